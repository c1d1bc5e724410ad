// A conversation as a reader sees it as a tree: answers below what they answer. Source: spec mail section 4,
// `sort=thread`; RFC 5256 section 4.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mail/message.hpp"

namespace gw::mail::threading {

struct Placed {
  std::size_t index = 0;  ///< into the conversation
  int level = 0;          ///< 0 = root
};
/// Parents before their answers, siblings by the time of receipt, each mail once. A mail answers the last of
/// its references that is there, else what In-Reply-To names. Loops are cut. Messages need what
/// Fetch::Envelope, ::Threading and ::Received tell. Cost: n log n, no recursion.
std::vector<Placed> order_thread(std::span<const Message> conversation);

}  // namespace gw::mail::threading
