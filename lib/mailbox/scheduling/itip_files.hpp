// ATTACH of scheduling messages, both ways. Bytes are in the text itself or in another part of the mail;
// links stay what they are. Source: RFC 5545 section 3.8.1.1, RFC 8607 section 4 (FILENAME, SIZE).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/ical/component.hpp"
#include "model/calendar/invitation.hpp"

namespace gw::mailbox::scheduling {

/// Of one event, both ways; the others are left out.
inline constexpr std::size_t kMostFiles = 20;
/// Of all events of a mail that comes in.
inline constexpr std::size_t kMostFilesTaken = 100;
/// Bytes of all files of a mail that goes out, and of one that comes in.
inline constexpr std::int64_t kLargestFilesSent = 5LL << 20U, kLargestFilesTaken = 10LL << 20U;

/// Takes the files out of the component. Names are such as can be stored. Errors: what is no base64 is left
/// out.
std::vector<model::calendar::InvitationFile> take_files(formats::ical::Component& component);

/// Names the part of the mail.
formats::ical::Property file_property(const std::string& content_id, const std::string& name,
                                      const std::string& media_type, std::int64_t size);

}  // namespace gw::mailbox::scheduling
