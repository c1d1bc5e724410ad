// A scheduling message as text to what it says: method, and the events by UID. Judges nothing. Source: RFC
// 5546 section 3.2, RFC 6047 section 2.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "model/calendar/invitation.hpp"

namespace gw::mailbox::scheduling {

/// Bytes of a part, and events of one message; larger ones are not read.
inline constexpr std::size_t kLargestMessage = std::size_t{4} << 20U;
inline constexpr std::size_t kMostEvents = 500;

enum class Method { None, Publish, Request, Reply, Add, Cancel, Refresh, Counter, DeclineCounter };
/// Of METHOD in any case. Errors: None.
Method find_method(std::string_view word);
/// In capital letters; empty for None.
std::string_view word_of(Method method);

struct ItipMessage {
  Method method = Method::None;
  std::vector<model::calendar::Invitation> invitations;  ///< one for each UID, in order
};

/// `fallback`: the method that the MIME part names, for texts without METHOD. `zones`: of the user, for times
/// in zones that nobody knows. Components without UID and others than VEVENT are left out. A message without
/// a start (answers need none) gives events whose sent members lack it. Errors: empty for what is no
/// iCalendar, and for messages beyond the limits.
std::optional<ItipMessage> read_itip(std::string_view text, std::string_view fallback,
                                     const std::vector<TimeZone>& zones);

}  // namespace gw::mailbox::scheduling
