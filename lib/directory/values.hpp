// Values of entries by the rules of a mapping. Source: spec ldap-and-subscriptions section 3, RFC 4530,
// MS-DTYP 2.3.4.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/entry.hpp"
#include "directory/mapping.hpp"

namespace gw::directory {

/// The text form of a UUID of 16 bytes, lower case. `is_guid`: the first three parts are little endian.
/// Errors: empty for another length.
std::string format_uuid(std::string_view bytes, bool is_guid);

/// The values of the first source that has any: trimmed texts of valid UTF-8 without control characters
/// other than line ends, none of them empty. Limits: 100,000 values of 64 KiB; longer ones are left out.
std::vector<std::string> read_values(const Entry& entry, const Rule& rule);
/// The first of them, or "".
std::string read_value(const Entry& entry, const Rule& rule);
/// Whether one of the sources holds: an equality or a bit as its kind says; text that is TRUE, 1 or yes.
bool read_flag(const Entry& entry, const Rule& rule);

}  // namespace gw::directory
