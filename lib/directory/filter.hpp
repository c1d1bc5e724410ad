// Filters and names of a directory with what people typed in them. Nothing else may put text into a filter.
// Source: RFC 4515, RFC 4514.
#pragma once

#include <string>
#include <string_view>

namespace gw::directory {

/// As the value of an assertion: whatever means something in a filter is escaped. Errors: noexcept but for
/// memory.
std::string escape_filter_value(std::string_view value);
/// As the value of an attribute in a distinguished name.
std::string escape_dn_value(std::string_view value);

/// What somebody signs in with: `user` before the last `@`, `domain` behind it, `whole` both.
struct LoginName {
  std::string user, domain, whole;
};

/// %u, %d and %l of the pattern become the escaped parts of the name; %% is a percent sign.
std::string fill_filter(std::string_view pattern, const LoginName& name);
std::string fill_dn(std::string_view pattern, const LoginName& name);
/// Whether every % of the pattern is followed by u, d, l or %.
bool is_pattern(std::string_view pattern);

/// Whether the text is one filter. Limits: 20 levels, 4,096 bytes.
bool is_filter(std::string_view text);
/// Both must hold; an empty one says nothing.
std::string both(std::string_view a, std::string_view b);
/// `(attribute=value)`; the attribute comes from the configuration.
std::string equals(std::string_view attribute, std::string_view value);

}  // namespace gw::directory
