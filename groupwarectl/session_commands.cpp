// groupwarectl session …: who is logged in, and ending it. Servers that cache a session notice at its next
// request, because ending touches the accounts of the context.
#include <memory>

#include "core/time.hpp"
#include "groupwarectl/commands.hpp"
#include "model/users/user_directory.hpp"
#include "session/memory_cache.hpp"
#include "session/session_store.hpp"

namespace groupwarectl {
namespace {

struct SessionListOptions {
  ContextChoice context;
  UserChoice user;
};

struct KillSessionOptions {
  SessionListOptions chosen;
  std::string session;
};

/// One user, or all of the context.
std::vector<gw::UserId> choose_users(Tool& tool, gw::model::UnitOfWork& work, const UserChoice& choice) {
  if (!choice.login.empty() || choice.id) return {tool.load_user(work, choice).id};
  std::vector<gw::UserId> ids = gw::model::users::list_internal_ids(work.connection(), work.context());
  for (const gw::UserId guest : gw::model::users::list_guest_ids(work.connection(), work.context()))
    ids.push_back(guest);
  return ids;
}

gw::Json to_json(const gw::session::Session& session) {
  gw::Json object = gw::Json::object();
  object.set("id", gw::Json::string(session.id));
  object.set("user", gw::Json::integer(session.user.value));
  object.set("login", gw::Json::string(session.login_name));
  object.set("client", gw::Json::string(session.client));
  object.set("address", gw::Json::string(session.address));
  object.set("created", gw::Json::string(gw::format_utc(session.created)));
  object.set("last_active", gw::Json::string(gw::format_utc(session.last_active)));
  return object;
}

/// What looks expired here may be alive for a server with longer lifetimes; servers delete what is expired.
gw::Settings without_expiry(gw::Settings settings) {
  settings.session.short_lifetime = settings.session.long_lifetime = std::chrono::hours(24 * 365 * 10);
  return settings;
}

/// The store with a cache of its own: only the rows count here.
struct Sessions {
  explicit Sessions(Tool& tool)
      : settings(without_expiry(tool.settings())),
        cache(gw::system_clock(), 16),
        store(settings, cache, gw::system_clock()) {
    store.on_end([&tool](const gw::session::Session& session, bool was_last) {
      tool.tell_session_end(session, was_last);
    });
  }
  gw::Settings settings;
  gw::session::MemoryCache cache;
  gw::session::SessionStore store;
};

int list_sessions(Tool& tool, const SessionListOptions& options) {
  const auto work = tool.work_for(options.context);
  Sessions sessions(tool);
  gw::Json all = gw::Json::array();
  for (const gw::UserId user : choose_users(tool, *work, options.user))
    for (const auto& session : sessions.store.list_of_user(work->database(), work->context(), user))
      all.append(to_json(session));
  tool.print_list(all);
  return 0;
}

int kill_sessions(Tool& tool, const KillSessionOptions& options) {
  const auto work = tool.work_for(options.chosen.context);
  Sessions sessions(tool);
  std::int64_t ended = 0;
  for (const gw::UserId user : choose_users(tool, *work, options.chosen.user)) {
    const auto found = sessions.store.list_of_user(work->database(), work->context(), user);
    if (options.session.empty()) {
      sessions.store.remove_all_of_user(work->database(), work->context(), user, {});
      ended += static_cast<std::int64_t>(found.size());
      continue;
    }
    for (const auto& session : found) {
      if (session.id != options.session) continue;
      sessions.store.remove(work->database(), session);
      ++ended;
    }
  }
  if (!options.session.empty() && ended == 0)
    throw gw::model::ProvisioningError(gw::model::ProvisioningError::Kind::NotFound,
                                       "The session does not exist");
  if (ended > 0)
    work->write([&](gw::model::Transaction& transaction) {
      gw::model::users::touch_accounts(transaction, work->context(), transaction.stamp());
    });
  tool.print(gw::Json::object().set("ended", gw::Json::integer(ended)));
  return 0;
}

void add_session_choice(CLI::App* command, SessionListOptions& options) {
  add_context_option(command, options.context);
  add_user_filter(command, options.user);
}

}  // namespace

void add_session_commands(CommandLine line) {
  CLI::App* group = line.app.add_subcommand("session", "Who is logged in")->require_subcommand(1);
  add_choosing_command(line, group, "list", "List sessions", add_session_choice, list_sessions);
  auto killed = std::make_shared<KillSessionOptions>();
  CLI::App* command =
      add_command(line, group, "kill", "End sessions of a context, a user, or one", killed, kill_sessions);
  add_session_choice(command, killed->chosen);
  command->add_option("--session", killed->session, "End only this one")->check(not_empty());
}

}  // namespace groupwarectl
