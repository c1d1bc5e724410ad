// Steps 1-5 of the request check: session parameter, session, secret cookie, context and user, address.
// Source: spec conventions section 9.4.
#pragma once

#include <optional>

#include "ajax/request.hpp"
#include "ajax/runtime.hpp"
#include "core/error.hpp"
#include "model/unit_of_work.hpp"
#include "session/session.hpp"

namespace gw::ajax {

/// Finds the request's session and puts its caller into `work`. `public_allowed`: the public-session cookie
/// together with the secret cookie is enough (pictures). Errors: HttpError 400 when the parameter is missing;
/// SES-0203, -0204, -0205, -0206. Cost: no query for a cached session, then users::load_caller.
session::Session check_session(const Request& request, Runtime& runtime, model::UnitOfWork& work,
                               bool public_allowed);

/// The value of the request's secret cookie for this session; empty when there is none. Valid while the
/// request lives.
std::string_view secret_of(const Request& request, const Runtime& runtime, const session::Session& session);
/// Step 3 alone, in constant time.
bool has_secret(const Request& request, const Runtime& runtime, const session::Session& session);
/// Step 4 alone: puts the session's caller into `work`. Gives the account stamp of the context.
/// Errors: SES-0203 (also for a guest whose time is over), SES-0204.
std::int64_t load_session_caller(model::UnitOfWork& work, const session::Session& session);
/// Step 4 for a session that may come from the cache; step 2 once more when the context's accounts changed
/// since. Errors: SES-0203, SES-0204.
void confirm_session(Runtime& runtime, model::UnitOfWork& work, session::Session& session);
/// The database that has the session, or the token, of this id; `work` enters it. Errors: Unavailable.
sql::Scope& database_with(model::UnitOfWork& work, std::string_view id);
enum class Liveness { Alive, Ended, Unknown };
/// Steps 2 and 4 for a session that was let in before and listens since. Does not keep it alive.
/// Errors: noexcept; Unknown while the database does not answer. Cost: two queries at most.
Liveness look_at_session(Runtime& runtime, const session::Session& session) noexcept;
/// Whether there is such a user, no guest, and he may work. Empty while the database does not answer.
/// Errors: noexcept
std::optional<bool> is_user(Runtime& runtime, ContextId context, UserId user) noexcept;
/// Step 5 alone. Where addresses may change, the session's address follows the request's. Errors: SES-0205.
void check_address(const Request& request, Runtime& runtime, model::UnitOfWork& work,
                   session::Session& session);
/// SES-0203 that names the session only when the text looks like an id.
ApiError expired_error(std::string_view id);

}  // namespace gw::ajax
