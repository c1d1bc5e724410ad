// The search expressions of module `mail`, both forms. Source: spec mail section 6.4.
#pragma once

#include <optional>

#include "core/json.hpp"
#include "mail/search_term.hpp"

namespace gw::ajax {

/// Limits of one expression.
inline constexpr int kMaxTermDepth = 50;
inline constexpr int kMaxTermNodes = 1'000;

/// `[{col, pattern}, …]` or `{"filter": […]}`. Empty: an empty array, which finds nothing.
/// `shortest`: characters that a pattern must have. Errors: MSG-1011, MSG-0068, SVL-0028, MSG-0048.
std::optional<mail::SearchTerm> parse_mail_search(const Json& body, int shortest);

}  // namespace gw::ajax
