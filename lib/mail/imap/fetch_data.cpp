#include "mail/imap/fetch_data.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/imap/body_structure.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/headers.hpp"
#include "mail/mime/words.hpp"

namespace gw::mail::imap {
namespace {

constexpr std::size_t kMostAddresses = 10'000;
constexpr std::size_t kMostKeywords = 1'000;
constexpr std::size_t kLongestPreview = 200;

/// `(name adl mailbox host)` each; a host of NIL begins or ends a group, whose name is left out.
AddressList parse_addresses(const Value& list) {
  AddressList addresses;
  for (const Value& each : list.items) {
    const auto mailbox = each.at(2).string(), host = each.at(3).string();
    if (!mailbox || !host || addresses.size() >= kMostAddresses) continue;
    // Servers write these two where a header cannot be read.
    const bool has_host = !host->empty() && *host != "MISSING_DOMAIN" && *host != ".MISSING-HOST-NAME.";
    std::string address(*mailbox == "MISSING_MAILBOX" ? "" : *mailbox);
    if (has_host) address += "@" + std::string(*host);
    addresses.push_back(mime::make_address(each.at(0).string(), address));
  }
  return addresses;
}

std::string first_id(std::string_view text) {
  const auto ids = mime::parse_message_ids(text);
  return ids.empty() ? std::string() : ids.front();
}

void apply_envelope(Message& message, const Value& envelope, Detail detail) {
  if (const auto date = envelope.at(0).string()) message.sent = mime::parse_date(*date);
  if (const auto subject = envelope.at(1).string()) message.subject = mime::decode_words(*subject);
  AddressList* const lists[] = {&message.from, &message.sender, &message.reply_to,
                                &message.to,   &message.cc,     &message.bcc};
  for (std::size_t i = 0; i < std::size(lists); ++i) {
    const bool is_heading = lists[i] != &message.sender && lists[i] != &message.reply_to;
    if (detail == Detail::List && !is_heading) continue;
    // Servers write the author into sender and reply-to where a mail has none.
    const bool is_author = i > 0 && envelope.at(2 + i) == envelope.at(2);
    *lists[i] = is_author ? message.from : parse_addresses(envelope.at(2 + i));
  }
  if (detail == Detail::List) return;
  message.in_reply_to = first_id(envelope.at(8).string().value_or(""));
  message.message_id = first_id(envelope.at(9).string().value_or(""));
}

void apply_structure(Message& message, const Value& body, Detail detail) {
  if (!body.is_list()) return;
  if (detail == Detail::List && is_of_texts_alone(body))
    message.has_attachment = false;
  else
    message.structure = parse_body_structure(body);
}

void apply_flags(Message& message, const Value& list) {
  for (const Value& each : list.items) {
    if (message.flags.keywords.size() >= kMostKeywords) break;
    add_flag_word(message.flags, each.text);
  }
}

void apply_headers(Message& message, std::string_view section) {
  mime::HeaderList headers = mime::parse_headers(section);
  if (const auto references = mime::find_value(headers, "References"))
    message.references = mime::parse_message_ids(*references);
  message.headers.insert(message.headers.end(), std::make_move_iterator(headers.begin()),
                         std::make_move_iterator(headers.end()));
}

/// `BODY[HEADER.FIELDS (DATE)]<0>` without the origin, upper case.
std::string section_name(std::string_view name) {
  if (name.ends_with('>')) name = name.substr(0, name.rfind('<'));
  std::string upper(name);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

/// A value that may stand in brackets: `EMAILID (M1)`, `MODSEQ (7)`.
const Value& unwrapped(const Value& value) { return value.is_list() ? value.at(0) : value; }

void apply_section(FetchData& data, std::string_view name, const Value& value) {
  if (name.starts_with("BODY[HEADER") && value.string()) apply_headers(data.message, value.text);
  data.sections.emplace_back(name, value.string());
}

void apply_item(FetchData& data, std::string_view name, const Value& value, Detail detail) {
  Message& message = data.message;
  if (name == "UID") {
    message.uid = static_cast<Uid>(std::min<std::uint64_t>(value.number(), UINT32_MAX));
  } else if (name == "FLAGS") {
    data.has_flags = true;
    apply_flags(message, value);
  } else if (name == "INTERNALDATE") {
    message.received = parse_internal_date(value.text);
  } else if (name == "RFC822.SIZE") {
    message.size = static_cast<std::int64_t>(std::min<std::uint64_t>(value.number(), INT64_MAX));
  } else if (name == "ENVELOPE") {
    apply_envelope(message, value, detail);
  } else if (name == "BODYSTRUCTURE" || name == "BODY") {
    apply_structure(message, value, detail);
  } else if (name == "MODSEQ") {
    data.modseq = unwrapped(value).number();
  } else if (name == "EMAILID") {
    message.email_id = unwrapped(value).text;
  } else if (name == "THREADID") {
    message.thread_id = unwrapped(value).text;
  } else if (name == "PREVIEW") {
    if (value.string()) message.preview = first_characters(replace_invalid_utf8(value.text), kLongestPreview);
  } else if (name.ends_with(']')) {
    apply_section(data, name, value);
  }
}

int month_number(std::string_view name) {
  constexpr std::string_view kNames = "janfebmaraprmayjunjulaugsepoctnovdec";
  const std::size_t at = name.size() == 3 ? kNames.find(to_lower_ascii(name)) : std::string_view::npos;
  return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

}  // namespace

const std::string* FetchData::find_section(std::string_view name) const {
  const auto found =
      std::find_if(sections.begin(), sections.end(), [&](const auto& each) { return each.first == name; });
  return found == sections.end() || !found->second ? nullptr : &*found->second;
}

FetchData parse_fetch(std::uint32_t sequence, std::string_view items, Detail detail) {
  FetchData data;
  data.sequence = sequence;
  Cursor cursor(items);
  if (!cursor.take('(')) throw BadResponse("a FETCH without items");
  while (!cursor.take(')')) {
    const std::string_view word = cursor.next_word();
    if (word.empty()) throw BadResponse("a FETCH item has no name");
    const std::string upper = section_name(word);
    const std::string_view name = upper;
    data.has_only_flags &= name == "UID" || name == "FLAGS" || name == "MODSEQ";
    apply_item(data, name, cursor.next(), detail);
  }
  return data;
}

std::optional<Millis> parse_internal_date(std::string_view text) {
  // A day of one digit stands with or without the blank before it.
  text = trim(text);
  std::string padded;
  if (text.size() == 25) {
    padded.append(1, ' ').append(text);
    text = padded;
  }
  const auto number = [&](std::size_t at, std::size_t count) -> std::int64_t {
    const auto found = at + count <= text.size() ? parse_number(trim(text.substr(at, count))) : std::nullopt;
    return found ? static_cast<std::int64_t>(*found) : -1;
  };
  if (text.size() != 26) return std::nullopt;
  const auto day = date_from_civil({static_cast<std::int32_t>(number(7, 4)), month_number(text.substr(3, 3)),
                                    static_cast<int>(number(0, 2))});
  const std::int64_t hours = number(12, 2), minutes = number(15, 2), seconds = number(18, 2);
  const std::int64_t zone_hours = number(22, 2), zone_minutes = number(24, 2);
  if (!day || hours < 0 || minutes < 0 || seconds < 0 || zone_hours < 0 || zone_minutes < 0)
    return std::nullopt;
  const std::int64_t offset = (zone_hours * 60 + zone_minutes) * (text[21] == '-' ? -60 : 60);
  return Millis{day->to_millis() + (hours * 3'600 + minutes * 60 + seconds - offset) * 1'000};
}

}  // namespace gw::mail::imap
