// CSS of mails, rewritten from its tokens: what is not understood does not come out. Not a full parser: no
// nesting, no custom properties, no import. Source: CSS Syntax Module Level 3 section 4; spec mail
// section 10.
#pragma once

#include <string>
#include <string_view>

#include "mail/html/urls.hpp"

namespace gw::mail::html {

/// Limits: bytes of one style text, of one declaration list; rules of one style element.
inline constexpr std::size_t kMaxStyle = std::size_t{256} << 10U;
inline constexpr std::size_t kMaxRules = 5'000;

struct CssPolicy {
  ImagePolicy images;
  /// Selector that every rule is put under (".gw-mail"); empty: none. Classes and ids of the mail get
  /// `prefix`.
  std::string scope, prefix;
};

/// The allowed declarations of a `style` attribute, in their order: `color: red; width: 10px`.
/// `blocked`: see clean_image. Cleaning the result again gives the same. Cost: linear.
std::string clean_declarations(std::string_view css, const CssPolicy& policy, bool& blocked);

/// The allowed rules of a style sheet. `@media` with simple conditions stays, other at-rules go.
/// The result holds neither `<` nor a backslash.
std::string clean_sheet(std::string_view css, const CssPolicy& policy, bool& blocked);

/// A class or id name with the prefix, once; characters that are none of a plain name make it empty.
std::string prefixed_name(std::string_view name, std::string_view prefix);

/// A single length or number of an HTML attribute (`width="50%"`); empty: not one.
std::string clean_length(std::string_view text);
/// A colour of an HTML attribute: `#abc`, `abcdef`, a name; empty: not one.
std::string clean_color(std::string_view text);

}  // namespace gw::mail::html
