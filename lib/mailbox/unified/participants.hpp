// Which accounts of a user take part in unified mail: those that he said, and only where he may have further
// ones.
#pragma once

#include <cstdint>
#include <vector>

#include "mailbox/mailbox.hpp"

namespace gw::mailbox::unified {

/// Their ids, ascending. Empty: there is no unified mail for this user.
std::vector<std::int64_t> participants(Mailbox& mailbox);
/// Errors: ACC-0013 when no account takes part.
void require_participants(Mailbox& mailbox);

}  // namespace gw::mailbox::unified
