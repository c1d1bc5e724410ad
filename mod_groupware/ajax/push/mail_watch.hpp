// How the push child gets at the INBOX of a user who has somebody to tell of new mail. The passwords of users
// are known to requests only, so a request tells. Source: spec push-modern section 5.
#pragma once

#include <chrono>
#include <optional>

#include "ajax/action.hpp"
#include "ajax/runtime.hpp"
#include "core/ids.hpp"
#include "push/control_record.hpp"

namespace gw::ajax {

/// For the session of the request, which listens for `life`. Empty: nobody needs to listen, as mail servers
/// tell (GroupwareMailNotify) or the child does not want to; or nobody can: no mail module, no password, no
/// address of the server.
/// Errors: none: whoever only wants events must not fail for his mail. Owns: a secret; wipe it.
/// Cost: a query; the look-up of the mail server's name.
std::optional<push::MailWatch> find_mail_watch(const Invocation& invocation,
                                               std::chrono::milliseconds life) noexcept;

/// For whoever registered over UDP: without his password, so only where a master of the mail server signs in.
/// Otherwise as above.
std::optional<push::MailWatch> find_master_watch(Runtime& runtime, ContextId context, UserId user) noexcept;

}  // namespace gw::ajax
