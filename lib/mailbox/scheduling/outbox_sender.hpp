// Sends what is due in the outbox of the user whose mailbox this is. Source: RFC 6047; users p5.
#pragma once

#include <cstddef>

#include "mailbox/mailbox.hpp"

namespace gw::mailbox::scheduling {

/// What one request does of it; the rest waits for the next one.
struct SendBudget {
  std::size_t mails = 20;
  Milliseconds time{10'000};
};

/// Tries each letter once. A server that does not answer ends it; letters that stay are tried again later,
/// and given up after two days (GW0601). Holds no database connection while it talks to a server. Gives how
/// many went out. Errors: none of mail; those of the database.
std::size_t send_due(Mailbox& mailbox, const SendBudget& budget = {});

}  // namespace gw::mailbox::scheduling
