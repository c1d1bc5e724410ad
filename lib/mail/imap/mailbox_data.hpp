// Responses about mailboxes: LIST, STATUS, NAMESPACE, QUOTA, ACL. Names stay as they are on the wire. Source:
// RFC 9051 section 7.3, RFC 5258, 2342, 9208, 4314.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/imap/value.hpp"

namespace gw::mail::imap {

struct ListEntry {
  std::set<std::string, std::less<>> attributes;  ///< lower case, with backslash: `\noselect`, `\sent`
  char separator = '\0';                          ///< 0: no hierarchy
  std::string name;
  bool has_subscribed_children = false;  ///< CHILDINFO
  [[nodiscard]] bool has(std::string_view attribute) const { return attributes.contains(attribute); }
};
/// Also of LSUB and XLIST. Errors: BadResponse.
ListEntry parse_list(std::string_view text);

struct StatusEntry {
  std::string name;
  std::map<std::string, std::uint64_t, std::less<>> values;  ///< upper case: MESSAGES, UIDNEXT
  [[nodiscard]] std::uint64_t value(std::string_view item) const;
};
StatusEntry parse_status(std::string_view text);

struct Namespace {
  std::string prefix;
  char separator = '\0';
};
struct Namespaces {
  std::vector<Namespace> personal, others, shared;
};
Namespaces parse_namespaces(std::string_view text);

/// `QUOTA "" (STORAGE 10 512)`: usage and limit by resource, upper case.
struct QuotaEntry {
  std::string root;
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>, std::less<>> resources;
};
QuotaEntry parse_quota(std::string_view text);

struct AclEntry {
  std::string name;
  std::vector<std::pair<std::string, std::string>> rights;  ///< identifier and letters
};
AclEntry parse_acl(std::string_view text);
/// `MYRIGHTS INBOX lrs`: mailbox and letters.
std::pair<std::string, std::string> parse_my_rights(std::string_view text);

/// `ESEARCH (TAG "A1") UID COUNT 7 ALL 1:9`: what stands behind a result word; empty when it is missing.
std::string_view find_esearch(std::string_view text, std::string_view result);

}  // namespace gw::mail::imap
