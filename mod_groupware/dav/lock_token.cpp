#include "dav/lock_token.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::dav {

bool is_lock_token(std::string_view text) {
  return text.starts_with(kTokenScheme) && text.size() <= kMaxToken &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c > ' ' && c < 0x7F && c != '<' && c != '>' && c != '&' && c != '"';
         });
}

std::optional<std::string_view> token_in_header(std::string_view header) {
  std::string_view token = trim(header);
  const bool opens = token.starts_with('<'), closes = token.ends_with('>');
  if (opens != closes || token.size() < (opens ? 2U : 1U)) return std::nullopt;
  if (opens) token = token.substr(1, token.size() - 2);
  if (token.empty() || token.find_first_of("<>") != token.npos) return std::nullopt;
  return token;
}

}  // namespace gw::dav
