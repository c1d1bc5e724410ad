// One action call inside an already checked request: what dispatch and `multiple` share.
#pragma once

#include "ajax/action.hpp"
#include "ajax/envelope.hpp"

namespace gw::ajax {

/// Who calls, for how long: one session check and one database connection for all calls of a `multiple`.
struct CallContext {
  Runtime& runtime;
  model::UnitOfWork& work;
  /// nullptr for actions that need no session.
  const session::Session* session = nullptr;
};

/// What a request names. Errors: ApiError SVL-0007, SVL-0021 (login: SVL-0001, SVL-0002).
struct Target {
  const ApiModule* module = nullptr;
  const Action* action = nullptr;
  std::string action_name;
};
Target resolve(const Request& request);

/// Checks the declared parameters, the module right and the body, then runs the action. `body` is taken when
/// it is given
/// (`multiple` has it parsed), else the request's body or part `json` is parsed.
/// Errors: what the action throws; HttpError 400 for a missing parameter (login module: ApiError SVL-0002).
Response call_action(const Target& target, const Request& request, const CallContext& context,
                     Json body = {});

/// Runs one element of a bundle and gives its envelope; failures become error envelopes, nothing is thrown
/// but bad_alloc.
Envelope call_to_envelope(const Target& target, const Request& request, const CallContext& context,
                          Json body);

/// Turns the exception that is being handled into an ApiError that a client may see, logging what an
/// administrator must know. HttpError and Unavailable are rethrown. Call inside a catch block only.
ApiError api_error_of_current_exception(std::string_view error_id);

}  // namespace gw::ajax
