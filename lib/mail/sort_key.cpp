#include "mail/sort_key.hpp"

#include <algorithm>
#include <cstdint>

#include "core/text.hpp"

namespace gw::mail {
namespace {

std::string big_endian(std::uint64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((number >> shift) & 0xFF);
  return bytes;
}

std::string key_of_text(std::string_view text) {
  // NUL ends the key, so that a shorter text comes before its continuation whatever follows.
  return Collator("").sort_key(text) + std::string(2, '\0');
}

std::string key_of_addresses(const AddressList& list) {
  if (list.empty()) return key_of_text("");
  return key_of_text(list.front().personal && !list.front().personal->empty() ? *list.front().personal
                                                                              : list.front().address);
}

/// RFC 5256 section 2.1 in its common cases: `Re:`, `Fwd:` and list tags do not count.
std::string_view base_subject(std::string_view subject) {
  for (;;) {
    subject = trim(subject);
    const std::size_t colon = subject.find(':');
    const std::string_view head = subject.substr(0, colon);
    const bool is_reply = colon != std::string_view::npos &&
                          (equal_ignoring_ascii_case(head, "re") || equal_ignoring_ascii_case(head, "fw") ||
                           equal_ignoring_ascii_case(head, "fwd"));
    if (!is_reply) return subject;
    subject.remove_prefix(colon + 1);
  }
}

}  // namespace

FetchSet fetch_for(SortField field) {
  FetchSet fetch;
  switch (field) {
    case SortField::Received:
    case SortField::Id:
      return fetch.add(Fetch::Received);
    case SortField::Size:
      return fetch.add(Fetch::Size);
    case SortField::Attachment:
      return fetch.add(Fetch::Attachment).add(Fetch::Flags);
    case SortField::Seen:
    case SortField::Flagged:
    case SortField::Answered:
    case SortField::Forwarded:
    case SortField::Draft:
    case SortField::Color:
      return fetch.add(Fetch::Flags);
    default:
      return fetch.add(Fetch::Envelope);
  }
}

std::string sort_key(const Message& message, SortField field) {
  const auto instant = [](const std::optional<Millis>& at) {
    return big_endian(static_cast<std::uint64_t>(at ? at->value : 0) ^ (1ULL << 63U));
  };
  const auto flag = [&](Flag each) { return std::string(1, message.flags.flags.has(each) ? '\1' : '\0'); };
  switch (field) {
    case SortField::Received:
      return instant(message.received);
    case SortField::Sent:
      return instant(message.sent ? message.sent : message.received);
    case SortField::From:
      return key_of_addresses(message.from);
    case SortField::To:
      return key_of_addresses(message.to);
    case SortField::Cc:
      return key_of_addresses(message.cc);
    case SortField::Subject:
      return key_of_text(base_subject(message.subject.value_or("")));
    case SortField::Size:
      return big_endian(static_cast<std::uint64_t>(std::max<std::int64_t>(message.size, 0)));
    case SortField::Id:
    case SortField::Account:
      return big_endian(message.uid);
    case SortField::Seen:
      return flag(Flag::Seen);
    case SortField::Flagged:
      return flag(Flag::Flagged);
    case SortField::Answered:
      return flag(Flag::Answered);
    case SortField::Forwarded:
      return flag(Flag::Forwarded);
    case SortField::Draft:
      return flag(Flag::Draft);
    case SortField::Color:
      return std::string(1, static_cast<char>(message.flags.color));
    case SortField::Attachment:
      return std::string(1, has_attachment(message) ? '\1' : '\0');
  }
  return {};
}

}  // namespace gw::mail
