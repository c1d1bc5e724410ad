#include "session/app_passwords/app_password_service.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors/app_password.hpp"
#include "core/log.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "model/server_secret.hpp"
#include "model/settings/availability.hpp"
#include "model/users/user_directory.hpp"
#include "session/app_passwords/app_password_rows.hpp"

namespace gw::session::app_passwords {
namespace {

constexpr std::string_view kSecretName = "app passwords";

std::string checked_password_name(std::string_view typed) {
  const std::string_view name = trim(typed);
  if (name.empty() || !is_valid_utf8(name) || has_control_characters(name) ||
      name.find_first_of("\r\n\t") != std::string_view::npos || count_characters(name) > kMaxAppPasswordName)
    throw ApiError(errors::app_password::kBadName, {std::to_string(kMaxAppPasswordName)});
  return std::string(name);
}

}  // namespace

std::string load_app_password_secret(sql::Connection& connection) {
  return model::server_secret(connection, kSecretName);
}

std::vector<const AppScopeRow*> offered_scopes(const model::UnitOfWork& work) {
  std::vector<const AppScopeRow*> offered;
  for (const AppScopeRow& row : app_scopes())
    if (!row.module || (model::settings::is_available(*row.module, work.settings()) &&
                        work.caller().modules.has(*row.module)))
      offered.push_back(&row);
  return offered;
}

NewAppPassword create(model::UnitOfWork& work, std::string_view scope, std::string_view name) {
  const auto offered = offered_scopes(work);
  const auto row = std::find_if(offered.begin(), offered.end(),
                                [&](const AppScopeRow* each) { return each->name == scope; });
  if (row == offered.end())
    throw ApiError(errors::app_password::kUnknownScope, {std::string(first_characters(scope, 32))});
  const ContextId context = work.context();
  const UserId user = work.caller().user;
  const std::string secret = load_app_password_secret(work.connection());
  NewAppPassword made;
  made.facts.id = random_uuid();
  made.facts.scope = (*row)->scope;
  made.facts.name = checked_password_name(name);
  made.facts.created = work.now();
  made.text = make_app_password();
  const std::string digest =
      digest_app_password(secret, context, user, fold_app_password(made.text).value_or(""));
  work.write([&](model::Transaction& transaction) {
    transaction.stamp();
    if (list_app_passwords(transaction.connection(), context, user).size() >= kMaxAppPasswords)
      throw ApiError(errors::app_password::kTooMany, {std::to_string(kMaxAppPasswords)});
    insert_app_password(transaction.connection(), context, user, made.facts, digest);
  });
  log(LogLevel::Notice, "GW0392",
      fmt::format("user {} in context {} made an app password for {}", user.value, context.value, scope));
  return made;
}

std::vector<AppPassword> list(model::UnitOfWork& work, UserId user) {
  return list_app_passwords(work.connection(), work.context(), user);
}

void revoke(model::UnitOfWork& work, UserId user, std::string_view id) {
  work.write([&](model::Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    if (!delete_app_password(transaction.connection(), work.context(), user, id))
      throw ApiError(errors::app_password::kNotFound);
    // Whoever remembers that it was right notices by the stamp.
    model::users::touch_accounts(transaction, work.context(), stamp);
  });
}

}  // namespace gw::session::app_passwords
