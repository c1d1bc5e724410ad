// Typed reading of a rule's JSON, and of the arguments of a parsed command. Used by test_json and action_json
// only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/errors/mail_filter.hpp"
#include "core/json.hpp"
#include "mail/sieve/syntax.hpp"

namespace gw::mail::sieve {

[[noreturn]] void refuse_rule(const std::string& why);

/// One line, not empty. Errors: MAIL_FILTER-0018 missing or empty, -0025 line breaks, -0003 no text.
std::string line_of(const Json& json, const char* member);
/// At least one line; a text alone counts as a list of one. Errors: MAIL_FILTER-0025 empty list, else as
/// line_of. Limit: 1,000.
std::vector<std::string> lines_of(const Json& json, const char* member);
/// Errors: MAIL_FILTER-0025.
const std::string& check_line(const std::string& text);

/// Tags with their values, and the arguments without a tag.
struct SortedArguments {
  std::vector<std::pair<std::string, const Argument*>> tags;
  std::vector<const Argument*> positional;
  /// Takes it out. Null value pointer: the tag stands alone.
  std::optional<const Argument*> take(std::string_view tag);
};
/// Errors: empty when a tag lacks its value. Views into `arguments`.
std::optional<SortedArguments> sort_arguments(const std::vector<Argument>& arguments,
                                              const std::function<bool(std::string_view tag)>& has_value);
/// Of a text or a list. Errors: empty for other kinds.
std::optional<std::vector<std::string>> texts_of(const Argument* argument);
Json to_json(const std::vector<std::string>& texts);

}  // namespace gw::mail::sieve
