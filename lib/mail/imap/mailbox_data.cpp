#include "mail/imap/mailbox_data.hpp"

#include "core/text.hpp"

namespace gw::mail::imap {
namespace {

std::string next_string(Cursor& cursor) {
  const Value value = cursor.next();
  if (value.is_list()) throw BadResponse("a name is a list");
  // A mailbox may be called NIL.
  return std::string(value.is_nil() ? "NIL" : value.text);
}

std::vector<Namespace> namespaces_of(const Value& list) {
  constexpr std::size_t kMost = 100;
  std::vector<Namespace> found;
  for (const Value& each : list.items) {
    const auto prefix = each.at(0).string();
    if (!prefix || found.size() >= kMost) continue;
    const auto separator = each.at(1).string();
    found.push_back({std::string(*prefix), separator && !separator->empty() ? separator->front() : '\0'});
  }
  return found;
}

}  // namespace

ListEntry parse_list(std::string_view text) {
  ListEntry entry;
  Cursor cursor(text);
  const Value attributes = cursor.next();
  for (const Value& each : attributes.items) entry.attributes.insert(to_lower_ascii(each.text));
  const Value separator = cursor.next();
  if (separator.string() && !separator.text.empty()) entry.separator = separator.text.front();
  entry.name = next_string(cursor);
  if (!cursor.at_end()) {
    const Value extended = cursor.next();
    for (std::size_t i = 0; i + 1 < extended.items.size(); i += 2) {
      if (!equal_ignoring_ascii_case(extended.items[i].text, "CHILDINFO")) continue;
      for (const Value& each : extended.items[i + 1].items)
        entry.has_subscribed_children |= equal_ignoring_ascii_case(each.text, "SUBSCRIBED");
    }
  }
  return entry;
}

std::uint64_t StatusEntry::value(std::string_view item) const {
  const auto found = values.find(item);
  return found == values.end() ? 0 : found->second;
}

StatusEntry parse_status(std::string_view text) {
  StatusEntry entry;
  Cursor cursor(text);
  entry.name = next_string(cursor);
  const Value list = cursor.next();
  for (std::size_t i = 0; i + 1 < list.items.size(); i += 2)
    entry.values[to_upper(list.items[i].text)] = list.items[i + 1].number();
  return entry;
}

Namespaces parse_namespaces(std::string_view text) {
  Cursor cursor(text);
  Namespaces found;
  found.personal = namespaces_of(cursor.next());
  if (!cursor.at_end()) found.others = namespaces_of(cursor.next());
  if (!cursor.at_end()) found.shared = namespaces_of(cursor.next());
  return found;
}

QuotaEntry parse_quota(std::string_view text) {
  QuotaEntry entry;
  Cursor cursor(text);
  entry.root = next_string(cursor);
  const Value list = cursor.next();
  for (std::size_t i = 0; i + 2 < list.items.size(); i += 3)
    entry.resources[to_upper(list.items[i].text)] = {list.items[i + 1].number(), list.items[i + 2].number()};
  return entry;
}

AclEntry parse_acl(std::string_view text) {
  constexpr std::size_t kMost = 10'000;
  AclEntry entry;
  Cursor cursor(text);
  entry.name = next_string(cursor);
  while (!cursor.at_end() && entry.rights.size() < kMost) {
    std::string identifier = next_string(cursor);
    entry.rights.emplace_back(std::move(identifier), cursor.at_end() ? std::string() : next_string(cursor));
  }
  return entry;
}

std::pair<std::string, std::string> parse_my_rights(std::string_view text) {
  Cursor cursor(text);
  std::string name = next_string(cursor);
  return {std::move(name), cursor.at_end() ? std::string() : next_string(cursor)};
}

std::string_view find_esearch(std::string_view text, std::string_view result) {
  Cursor cursor(text);
  if (cursor.peek() == '(') cursor.next();
  while (!cursor.at_end()) {
    const std::string_view name = cursor.next_word();
    if (equal_ignoring_ascii_case(name, "UID")) continue;
    if (cursor.at_end()) break;
    if (cursor.peek() == '(') {
      cursor.next();
      continue;
    }
    const std::string_view value = cursor.next_word();
    if (name.empty() && value.empty()) throw BadResponse("an ESEARCH result cannot be read");
    if (equal_ignoring_ascii_case(name, result)) return value;
  }
  return {};
}

}  // namespace gw::mail::imap
