#include "identities/directory_login.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "directory/values.hpp"
#include "identities/user_changes.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/users/user_directory.hpp"

namespace gw::identities {
namespace {

namespace bindings = model::bindings;
using directory::DirectoryError;
using Verdict = session::PasswordAuthority::Verdict;

constexpr std::size_t kMaxTypedName = 384;

/// At the last `@`, as for users of this server; without one at the first `\`, as in DOMAIN\user.
std::optional<directory::LoginName> split_typed(std::string_view typed) {
  const std::string_view name = trim(typed);
  if (name.empty() || name.size() > kMaxTypedName || !is_valid_utf8(name) || has_control_characters(name) ||
      name.find_first_of("\r\n\t") != name.npos)
    return std::nullopt;
  if (const std::size_t at = name.rfind('@'); at != name.npos)
    return directory::LoginName{std::string(trim(name.substr(0, at))), std::string(trim(name.substr(at + 1))),
                                std::string(name)};
  if (const std::size_t slash = name.find('\\'); slash != name.npos)
    return directory::LoginName{std::string(name.substr(slash + 1)), std::string(name.substr(0, slash)),
                                std::string(name)};
  return directory::LoginName{std::string(name), {}, std::string(name)};
}

void tell_failure(const DirectorySettings& settings, const DirectoryError& error) {
  const bool is_down = error.kind() == DirectoryError::Kind::Unreachable;
  log(is_down ? LogLevel::Info : LogLevel::Error, "GW0762",
      fmt::format("directory {} cannot tell who signs in: {}", settings.name, error.what()));
}

void tell_refusal(const DirectorySettings& settings, std::string_view why) {
  log(LogLevel::Notice, "GW0763", fmt::format("directory {} let somebody in, but {}", settings.name, why));
}

/// What differs is changed; whoever may sign in is not kept out because a value is not good.
void update_user(model::UnitOfWork& work, const directory::Directory& directory, UserId id,
                 const MappedUser& user, std::optional<bindings::Binding> known) {
  const DirectorySettings& settings = directory.settings();
  try {
    const bool takes_values = settings.login.updates && user.problem.empty();
    const UserDifference difference =
        takes_values ? compare_stored(work.connection(), work.context(), id, user) : UserDifference();
    work.release();
    if (known && difference.is_empty() && known->dn == user.dn) return;
    bindings::Binding binding = binding_of(user, id);
    if (known) {
      binding.state = known->state;
      binding.since = known->since;
    }
    // The next import takes what was not taken now.
    if (!takes_values) binding.mark = known ? known->mark : std::string();
    change_bound_user(work, settings.name, binding, difference, user);
  } catch (const ApiError& error) {
    tell_refusal(settings, fmt::format("his values were not taken: {}", error.what()));
  } catch (const model::ProvisioningError& error) {
    tell_refusal(settings, fmt::format("his values were not taken: {}", error.what()));
  }
}

/// Empty: refused, and why is told.
std::optional<UserId> make_user(model::UnitOfWork& work, const directory::Directory& directory,
                                const MappedUser& user) {
  const std::string& name = directory.settings().name;
  try {
    return create_bound_user(work, name, user);
  } catch (const ApiError& error) {
    tell_refusal(directory.settings(), fmt::format("he cannot be made here: {}", error.what()));
  } catch (const model::ProvisioningError& error) {
    // Two first sign-ins at once: the other one has made him.
    const auto made =
        bindings::find_binding(work.connection(), work.context(), name, bindings::Kind::User, user.uuid);
    work.release();
    if (made) return UserId(made->object);
    tell_refusal(directory.settings(), fmt::format("he cannot be made here: {}", error.what()));
  }
  return std::nullopt;
}

}  // namespace

session::PasswordAuthority::Answer DirectoryLogin::check(const std::string& name,
                                                         const std::string& password) const {
  const auto typed = split_typed(name);
  if (!typed) return {};
  bool is_down = false;
  for (const auto& each : directories_.all()) {
    if (!each->settings().login.enabled) continue;
    try {
      const auto entry = each->authenticate(*typed, password);
      if (!entry) continue;
      if (Answer answer = admit(*each, *entry, *typed); answer.verdict == Verdict::Right) return answer;
    } catch (const DirectoryError& error) {
      tell_failure(each->settings(), error);
      is_down = true;
    }
  }
  return {is_down ? Verdict::Down : Verdict::Wrong, {}, {}};
}

session::PasswordAuthority::Answer DirectoryLogin::admit(directory::Directory& directory,
                                                         const directory::Entry& entry,
                                                         const directory::LoginName& name) const {
  const MappedUser user = map_user(directory, entry);
  const auto context = find_context(directory, entry, user, name);
  if (!context) {
    tell_refusal(directory.settings(), "his context does not exist");
    return {};
  }
  model::UnitOfWork work(environment_, {});
  work.enter(context->id, context->database);
  work.replace_caller(model::contexts::provisioning_caller(context->id, context->admin));
  const auto found = find_user(work, *context, directory, user);
  return found ? Answer{Verdict::Right, context->id, *found} : Answer{};
}

std::optional<model::contexts::Context> DirectoryLogin::find_context(const directory::Directory& directory,
                                                                     const directory::Entry& entry,
                                                                     const MappedUser& user,
                                                                     const directory::LoginName& name) const {
  const DirectoryLoginSettings& settings = directory.settings().login;
  std::string wanted = name.domain;
  if (settings.context == DirectoryContext::MailDomain) {
    const std::string mail = user.mail.value_or("");
    wanted = mail.substr(std::min(mail.size(), mail.rfind('@') + 1));
  } else if (settings.context == DirectoryContext::Attribute) {
    directory::Source source;
    source.attribute = to_lower_ascii(settings.context_attribute);
    wanted = directory::read_value(entry, {std::move(source)});
  } else if (wanted.empty()) {
    wanted = environment_.settings.default_context;
  }
  if (wanted.empty()) return std::nullopt;
  sql::Scope database(environment_.pool);
  return model::contexts::find_context(database.connection(), to_lower_ascii(wanted));
}

std::optional<UserId> DirectoryLogin::find_user(model::UnitOfWork& work,
                                                const model::contexts::Context& context,
                                                const directory::Directory& directory,
                                                const MappedUser& user) const {
  const DirectorySettings& settings = directory.settings();
  if (user.uuid.empty()) {
    tell_refusal(settings, user.problem);
    return std::nullopt;
  }
  auto known =
      bindings::find_binding(work.connection(), context.id, settings.name, bindings::Kind::User, user.uuid);
  if (known) {
    update_user(work, directory, UserId(known->object), user, known);
    return UserId(known->object);
  }
  if (!user.problem.empty()) {
    tell_refusal(settings, user.problem);
    return std::nullopt;
  }
  const auto same_name = model::users::find_by_login(work.connection(), context.id, user.login);
  if (!same_name) {
    work.release();
    if (settings.login.creates) return make_user(work, directory, user);
    tell_refusal(settings,
                 "nobody here has his login, and create=on does not stand in GroupwareDirectoryLogin");
    return std::nullopt;
  }
  const bool is_taken =
      same_name->guest_created_by || same_name->id == context.admin ||
      bindings::find_origin(work.connection(), context.id, bindings::Kind::User, same_name->id.value);
  work.release();
  if (is_taken) {
    tell_refusal(settings, "the user of his login is somebody else");
    return std::nullopt;
  }
  update_user(work, directory, same_name->id, user, std::nullopt);
  return same_name->id;
}

bool lets_sign_in(const Settings& settings) {
  return std::any_of(settings.directories.list.begin(), settings.directories.list.end(),
                     [](const DirectorySettings& each) { return each.login.enabled; });
}

}  // namespace gw::identities
