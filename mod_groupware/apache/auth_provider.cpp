#include "apache/auth_provider.hpp"

#include <ap_provider.h>
#include <apr_strings.h>
#include <fmt/format.h>
#include <http_core.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mod_auth.h>

#include <optional>
#include <string>
#include <utility>

#include "apache/output.hpp"
#include "apache/process_context.hpp"
#include "apache/server_log.hpp"
#include "boundary/guards.hpp"
#include "boundary/pool_new.hpp"
#include "boundary/request_header.hpp"
#include "core/errors/login.hpp"
#include "core/errors/multifactor.hpp"
#include "dav/provider.hpp"
#include "model/users/user_directory.hpp"
#include "session/protocol_login.hpp"

namespace gw::apache {
namespace {

constexpr const char* kCallerKey = "groupware:caller";
constexpr const char* kStatusKey = "groupware:auth-status";

request_rec* outermost(request_rec* request) {
  while (request->main != nullptr) request = request->main;
  return request;
}

/// What app passwords must be for here. Empty: none are taken.
std::optional<session::app_passwords::AppScope> scope_of(request_rec* request) {
  if (dav::is_dav_location(request)) return session::app_passwords::AppScope::Webdav;
  return std::nullopt;
}

/// What is remembered of one protocol says nothing about another one.
std::string remembered_name(request_rec* request, const char* name) {
  const auto scope = scope_of(request);
  return fmt::format("{} {}", scope ? session::app_passwords::app_scope(*scope).name : "", name);
}

/// mod_auth_basic knows "right", "wrong" and "500". What else there is to say waits for check_user.
authn_status answer(request_rec* request, int status) {
  auto* kept = static_cast<int*>(apr_palloc(request->pool, sizeof(int)));
  *kept = status;
  apr_pool_userdata_setn(kept, kStatusKey, nullptr, request->pool);
  return AUTH_GENERAL_ERROR;
}

/// Empty: not known, or known under another state of the accounts.
std::optional<model::Caller> find_proven(model::UnitOfWork& work, AuthCache& cache, const std::string& name,
                                         const char* password) {
  const auto proven = cache.find(name, password, work.now());
  if (!proven) return std::nullopt;
  model::users::AccountState state;
  work.enter(proven->context);
  auto caller = model::users::load_caller(work.connection(), proven->context, proven->user, &state);
  work.release();
  if (caller && state.stamp == proven->account_stamp) return caller;
  if (!caller) work.forget_place(proven->context);
  cache.forget(name, password);
  return std::nullopt;
}

std::optional<model::Caller> log_in(request_rec* request, model::UnitOfWork& work, ProcessContext& process,
                                    const char* name, const char* password) {
  const session::Credentials credentials{name, password, request->useragent_ip,
                                         std::string(boundary::request_header(request, "User-Agent")),
                                         [&work](ContextId context) { work.enter(context); }};
  work.enter(session::find_context_of_login(work.connection(), work.settings(), name));
  const session::ProtocolLogin proved =
      session::log_in_to_protocol(work.database(), work.settings(), work.environment().clock,
                                  scope_of(request), credentials, process.runtime().authority);
  const ContextId context = proved.login.context.id;
  const UserId user = proved.login.user.id;
  model::users::AccountState state;
  auto caller = model::users::load_caller(work.connection(), context, user, &state);
  // The password may have been changed while it was being checked: what is remembered was right after the
  // stamp was read, and any later change ends it.
  const bool is_right = session::is_still_right(work.connection(), proved);
  work.release();
  if (caller && is_right)
    process.auth_cache().store(remembered_name(request, name), password, {context, user, state.stamp},
                               work.now());
  return caller;
}

/// 401, so that programs ask for another password; the page says which one.
authn_status refuse_without_factor(request_rec* request) {
  // Without its code: httpd takes what is followed by a colon for a URL.
  ap_custom_response(request, HTTP_UNAUTHORIZED, std::string(errors::mfa::kNeedsAppPassword.text).c_str());
  return AUTH_DENIED;
}

int status_of(const ErrorCode& code) {
  if (code == errors::lgi::kInvalidCredentials) return HTTP_UNAUTHORIZED;
  if (code == errors::lgi::kBackendDown) return HTTP_SERVICE_UNAVAILABLE;
  // Too many failures for this account.
  return code == errors::lgi::kTooManyAttempts ? HTTP_TOO_MANY_REQUESTS : HTTP_FORBIDDEN;
}

authn_status check(request_rec* request, const char* name, const char* password) {
  ProcessContext* process = ProcessContext::current();
  if (process == nullptr || !process->gate().wait_until_open())
    return answer(request, HTTP_SERVICE_UNAVAILABLE);
  const CurrentRequest current(request);
  model::UnitOfWork work(process->runtime().environment, {});
  try {
    auto caller = find_proven(work, process->auth_cache(), remembered_name(request, name), password);
    if (!caller) caller = log_in(request, work, *process, name, password);
    if (!caller) return AUTH_DENIED;
    apr_pool_t* pool = outermost(request)->pool;
    apr_pool_userdata_setn(boundary::pool_new<model::Caller>(pool, std::move(*caller)), kCallerKey, nullptr,
                           pool);
    return AUTH_GRANTED;
  } catch (const ApiError& error) {
    if (error.code() == errors::mfa::kNeedsAppPassword) return refuse_without_factor(request);
    const int status = status_of(error.code());
    return status == HTTP_UNAUTHORIZED ? AUTH_DENIED : answer(request, status);
  } catch (const HttpError& error) {
    return answer(request, error.status());
  } catch (const Unavailable&) {
    return answer(request, HTTP_SERVICE_UNAVAILABLE);
  }
}

/// Asks the other modules, and gives the status that our provider could not tell mod_auth_basic.
int check_user(request_rec* request) {
  static constexpr const char* kAsked = "groupware:auth-asked";
  void* found = nullptr;
  apr_pool_userdata_get(&found, kAsked, request->pool);
  if (found != nullptr) return DECLINED;
  apr_pool_userdata_setn(request, kAsked, nullptr, request->pool);
  const int result = ap_run_check_user_id(request);
  void* kept = nullptr;
  apr_pool_userdata_get(&kept, kStatusKey, request->pool);
  if (result != HTTP_INTERNAL_SERVER_ERROR || kept == nullptr) return result;
  const int status = *static_cast<int*>(kept);
  if (status == HTTP_SERVICE_UNAVAILABLE)
    apr_table_setn(request->err_headers_out, "Retry-After", kRetryAfter);
  return status;
}

extern "C" {

authn_status check_password(request_rec* request, const char* name, const char* password) noexcept {
  authn_status result = AUTH_GENERAL_ERROR;
  const int failed = boundary::guard_request(request, "Basic authentication", [&] {
    result = check(request, name, password);
    return OK;
  });
  return failed == OK ? result : answer(request, failed);
}

int check_user_hook(request_rec* request) noexcept {
  return boundary::guard_request(request, "Basic authentication", [request] { return check_user(request); });
}

}  // extern "C"

const authn_provider kProvider = {check_password, nullptr};

}  // namespace

void register_auth_provider(apr_pool_t* pool) {
  ap_register_auth_provider(pool, AUTHN_PROVIDER_GROUP, "groupware", AUTHN_PROVIDER_VERSION, &kProvider,
                            AP_AUTH_INTERNAL_PER_CONF);
  ap_hook_check_authn(check_user_hook, nullptr, nullptr, APR_HOOK_FIRST, AP_AUTH_INTERNAL_PER_CONF);
}

const model::Caller* find_signed_in(request_rec* request) {
  void* found = nullptr;
  apr_pool_userdata_get(&found, kCallerKey, outermost(request)->pool);
  return static_cast<const model::Caller*>(found);
}

}  // namespace gw::apache
