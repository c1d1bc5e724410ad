#include "ajax/login/passwordchange.hpp"

#include "ajax/session_check.hpp"
#include "core/errors/account.hpp"
#include "core/errors/servlet.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/provisioning.hpp"
#include "session/login.hpp"
#include "session/password.hpp"

namespace gw::ajax {
namespace {

/// Null and "" are the same. Errors: ApiError `missing` unless `may_be_absent`.
std::string read_password(const Json& body, const char* name, const ErrorCode& missing, bool may_be_absent) {
  const Json value = body.get(name);
  const std::string text(value.as_string());
  if (!value.is_missing() && !value.is_null() && !value.is_string())
    throw ApiError(errors::svl::kBadParameter, {name, "(hidden)"});
  if (text.empty() && !may_be_absent) throw ApiError(missing);
  return text;
}

void check_old_password(Invocation& invocation, const std::string& old_password) {
  const session::Credentials credentials{
      {}, old_password, invocation.request.remote_address, invocation.request.user_agent};
  if (!session::confirm_password(invocation.work.database(), invocation.work.settings(),
                                 invocation.work.environment().clock, invocation.caller().context,
                                 invocation.caller().user, credentials))
    throw ApiError(errors::usr::kPasswordWrong);
}

Response update(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"a JSON object"});
  // Only a guest may have no password yet.
  const std::string old_password = read_password(
      invocation.body, "old_password", errors::usr::kOldPasswordMissing, invocation.caller().is_guest);
  const std::string new_password =
      read_password(invocation.body, "new_password", errors::usr::kNewPasswordMissing, false);
  model::users::check_new_password(new_password);
  check_old_password(invocation, old_password);
  invocation.work.release();
  const std::string hash =
      session::hash_password(new_password, invocation.work.settings().session.password_cost);
  model::users::store_password_hash(invocation.work, invocation.caller().user, hash);
  session::SessionStore& sessions = invocation.runtime.sessions;
  sessions.remove_all_of_user(invocation.work.database(), invocation.caller().context,
                              invocation.caller().user, invocation.session->id);
  // This session goes on, and reaches the mailbox with the new password.
  session::Session own = *invocation.session;
  if (!own.sealed_password.empty() && !invocation.work.settings().mail.takes_tokens())
    sessions.change_mail_password(invocation.work.database(), own,
                                  secret_of(invocation.request, invocation.runtime, own), new_password);
  return Response::empty_data();
}

constexpr Action kPasswordChangeActions[] = {
    {"update", kPut, update, kBody | kNotInMultiple, {}, model::Module::EditPassword},
};

}  // namespace

const ApiModule kPasswordChangeModule{"passwordchange", kPasswordChangeActions};

}  // namespace gw::ajax
