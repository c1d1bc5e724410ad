// A header section as lines, and the values that are neither words, addresses nor parameters: dates and
// Message-IDs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.hpp"
#include "mail/message.hpp"

namespace gw::mail::mime {

/// In order, names in their own case, values unfolded but not decoded: the form of Message::headers.
using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// Limits of one header section: bytes kept, lines kept. What is beyond is left out.
inline constexpr std::size_t kMaxHeaderBytes = 1U << 20U;
inline constexpr std::size_t kMaxHeaderLines = 10'000;

/// True for `Name:` with a name of printable ASCII (RFC 5322 section 2.2), blanks before the colon allowed.
bool is_header_line(std::string_view line);

/// Reads up to the empty line or the first line that is no header. A leading mbox line (`From `) is skipped.
HeaderList parse_headers(std::string_view section);
/// The first value; names compare without case.
std::optional<std::string_view> find_value(const HeaderList& headers, std::string_view name);

/// A Date header. Accepts missing weekdays and seconds, two-digit years, zone names, `GMT+0200`, comments,
/// `-` between day and month, ISO 8601 and ctime forms. Without a zone it is UTC.
/// Errors: empty when day, month or year cannot be read, or the year is not 1900..9999.
std::optional<Millis> parse_date(std::string_view value);
/// `Thu, 1 Jan 1970 00:00:00 +0000` in the zone. Source: RFC 5322 section 3.3.
std::string format_date(Millis instant, const TimeZone& zone);

/// All `<id>` of a References, In-Reply-To or Message-ID value, with their brackets, at most 1,000; a lone
/// token with `@` and no brackets gets them. Text between ids (old In-Reply-To) is passed over.
std::vector<std::string> parse_message_ids(std::string_view value);

/// `Name: value` folded at blanks to lines of at most 76 characters where they have blanks, without the last
/// CRLF. Source: RFC 5322 section 2.2.3.
std::string fold_header(std::string_view name, std::string_view value);

/// Fills addresses, subject, sent date, ids and references of a message from its headers, and keeps the
/// headers themselves. Source: spec mail section 3.
void apply_headers(Message& message, HeaderList headers);

}  // namespace gw::mail::mime
