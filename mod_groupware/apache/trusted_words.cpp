#include "apache/trusted_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "apache/words.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

constexpr std::size_t kLongestWord = 1'024;

/// Headers of a request are called HTTP_… where variables are made of them: whoever asks could write them.
std::string checked_variable(std::string_view label, std::string_view value) {
  const bool is_plain =
      !value.empty() && value.size() <= 128 && std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
      });
  if (!is_plain)
    throw DirectiveError(
        fmt::format("{} \"{}\": write the name of a variable, such as OIDC_CLAIM_email", label, value));
  if (to_upper_ascii(value).starts_with("HTTP_"))
    throw DirectiveError(
        fmt::format("{} \"{}\": this is a header of the request, which anybody can write; name a variable "
                    "that the module "
                    "sets which signs users in",
                    label, value));
  return std::string(value);
}

std::string checked_text(std::string_view label, std::string_view value) {
  const bool is_text =
      !value.empty() && value.size() <= kLongestWord && is_valid_utf8(value) &&
      std::none_of(value.begin(), value.end(), [](unsigned char c) { return c <= ' ' || c == 0x7F; });
  if (!is_text) throw DirectiveError(fmt::format("{} must not be empty and takes no blanks", label));
  return std::string(value);
}

std::string checked_logout(std::string_view label, std::string_view value) {
  std::string url = checked_text(label, value);
  const bool is_path = url.starts_with('/') && !url.starts_with("//") && url.find('\\') == url.npos;
  if (!is_path && !url.starts_with("https://") && !url.starts_with("http://"))
    throw DirectiveError(
        fmt::format("{} \"{}\": write a path of this server or a URL with https://", label, value));
  return url;
}

bool is_first_choice(std::string_view label, std::string_view value, std::string_view first,
                     std::string_view second) {
  if (equal_ignoring_ascii_case(value, first)) return true;
  if (equal_ignoring_ascii_case(value, second)) return false;
  throw DirectiveError(fmt::format("{} \"{}\": write {} or {}", label, value, first, second));
}

void take_word(TrustedWords& taken, std::string_view directive, std::string_view word) {
  const auto [key, value] = split_word(word);
  const std::string label = fmt::format("{} {}=", directive, key);
  if (key == "name")
    taken.name_variable = checked_variable(label, value);
  else if (key == "context")
    taken.context = checked_text(label, value);
  else if (key == "context-variable")
    taken.context_variable = checked_variable(label, value);
  else if (key == "second-factor")
    taken.has_second_factor = is_first_choice(label, value, "done", "ask");
  else if (key == "logout")
    taken.logout = checked_logout(label, value);
  else
    throw DirectiveError(fmt::format(
        "{}: \"{}\" is unknown; it takes name= context= context-variable= second-factor= logout=", directive,
        word));
}

}  // namespace

TrustedWords parse_trusted_user(std::string_view directive, std::span<const std::string_view> words) {
  TrustedWords taken;
  const std::string_view first = words.empty() ? std::string_view() : words.front();
  taken.is_on = is_first_choice(directive, first, "On", "Off");
  if (!taken.is_on && words.size() > 1)
    throw DirectiveError(fmt::format("{}: nothing can follow Off", directive));
  std::set<std::string_view> seen;
  for (const std::string_view word : words.subspan(1)) {
    take_word(taken, directive, word);
    if (!seen.insert(split_word(word).first).second)
      throw DirectiveError(fmt::format("{}: \"{}\" comes twice", directive, split_word(word).first));
  }
  if (!taken.context.empty() && !taken.context_variable.empty())
    throw DirectiveError(fmt::format("{}: write either context= or context-variable=", directive));
  return taken;
}

}  // namespace gw::apache
