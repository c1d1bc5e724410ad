// groupwarectl app-password … and user multifactor: what opens an account beside its password.
#include <memory>

#include "core/time.hpp"
#include "groupwarectl/commands.hpp"
#include "session/app_passwords/app_password_service.hpp"
#include "session/multifactor/multifactor_service.hpp"

namespace groupwarectl {
namespace {

namespace app_passwords = gw::session::app_passwords;
namespace multifactor = gw::session::multifactor;

struct SignInOptions {
  ContextChoice context;
  UserChoice user;
};

struct RevokeOptions {
  SignInOptions chosen;
  std::string password;
  bool all = false;
};

struct MultifactorOptions {
  SignInOptions chosen;
  bool removes = false;
};

gw::Json to_json(const app_passwords::AppPassword& password) {
  const bool was_used = password.last_used.value > 0;
  gw::Json object = gw::Json::object();
  object.set("id", gw::Json::string(password.id));
  object.set("scope", gw::Json::string(app_passwords::app_scope(password.scope).name));
  object.set("name", gw::Json::string(password.name));
  object.set("created", gw::Json::string(gw::format_utc(password.created)));
  object.set("last_used", gw::Json::string(was_used ? gw::format_utc(password.last_used) : "never"));
  object.set("address", gw::Json::string(password.address));
  object.set("client", gw::Json::string(password.client));
  return object;
}

gw::Json to_json(const multifactor::Device& device) {
  gw::Json object = gw::Json::object();
  object.set("id", gw::Json::string(device.id));
  object.set("provider", gw::Json::string(device.provider));
  object.set("name", gw::Json::string(device.name));
  object.set("created", gw::Json::string(gw::format_utc(device.created)));
  return object;
}

int list_app_passwords(Tool& tool, const SignInOptions& options) {
  const auto work = tool.work_for(options.context);
  const gw::UserId user = tool.load_user(*work, options.user).id;
  gw::Json all = gw::Json::array();
  for (const auto& password : app_passwords::list(*work, user)) all.append(to_json(password));
  tool.print_list(all);
  return 0;
}

int revoke_app_passwords(Tool& tool, const RevokeOptions& options) {
  if (options.all != options.password.empty())
    throw UsageError("write either --password-id and the id that app-password list shows, or --all");
  const auto work = tool.work_for(options.chosen.context);
  const gw::UserId user = tool.load_user(*work, options.chosen.user).id;
  std::vector<std::string> ids;
  if (options.all)
    for (const auto& password : app_passwords::list(*work, user)) ids.push_back(password.id);
  else
    ids.push_back(options.password);
  for (const std::string& id : ids) app_passwords::revoke(*work, user, id);
  tool.print(gw::Json::object().set("revoked", gw::Json::integer(static_cast<std::int64_t>(ids.size()))));
  return 0;
}

int show_multifactor(Tool& tool, const MultifactorOptions& options) {
  const auto work = tool.work_for(options.chosen.context);
  const gw::UserId user = tool.load_user(*work, options.chosen.user).id;
  if (options.removes) {
    const auto count = static_cast<std::int64_t>(multifactor::reset_devices(*work, user));
    tool.print(gw::Json::object().set("removed", gw::Json::integer(count)));
    return 0;
  }
  gw::Json all = gw::Json::array();
  for (const multifactor::Device& device : multifactor::list_devices_of(*work, user))
    all.append(to_json(device));
  tool.print_list(all);
  return 0;
}

void add_sign_in_choice(CLI::App* command, SignInOptions& options) {
  add_context_option(command, options.context);
  add_object_options(command, options.user.id, options.user.login, "user", "Login");
}

}  // namespace

void add_app_password_commands(CommandLine line) {
  CLI::App* group =
      line.app.add_subcommand("app-password", "Passwords of one program each")->require_subcommand(1);
  add_choosing_command(line, group, "list", "List a user's app passwords, with their last use",
                       add_sign_in_choice, list_app_passwords);
  auto revoked = std::make_shared<RevokeOptions>();
  CLI::App* command =
      add_command(line, group, "revoke", "End app passwords at once", revoked, revoke_app_passwords);
  add_sign_in_choice(command, revoked->chosen);
  command->add_option("--password-id", revoked->password, "Which one, as list shows it")->check(not_empty());
  command->add_flag("--all", revoked->all, "All of the user");
}

void add_multifactor_command(CommandLine line, CLI::App* group) {
  auto options = std::make_shared<MultifactorOptions>();
  CLI::App* command = add_command(line, group, "multifactor", "List the devices of the second factor",
                                  options, show_multifactor);
  add_sign_in_choice(command, options->chosen);
  command->add_flag("--delete", options->removes, "Remove them all, for a user who has lost them");
}

}  // namespace groupwarectl
