// HTML of strangers made fit for a page of ours: parsed as a browser would, and written anew from an
// allow-list of elements, attributes, styles and addresses. What is not known does not come out. Source: spec
// mail section 10.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mail/html/urls.hpp"

namespace gw::mail::html {

struct CleanOptions {
  ImagePolicy images;
  /// A `<div class="gw-mail">` with styles scoped to it instead of a whole document.
  bool is_embedded = true;
  /// Cut when this many visible characters were written; 0: never. Elements are closed again.
  std::size_t max_visible = 0;
};

struct CleanResult {
  std::string html;
  bool has_blocked_images = false;  ///< remote images were left out (`modified` of the API)
  bool is_truncated = false;
  /// The text was over a limit of the parser: `html` is a notice, to be shown instead of it.
  bool is_refused = false;
};

inline constexpr std::string_view kWrapperClass = "gw-mail";
/// Before the classes and ids of the mail, so that they meet neither our page's styles nor its scripts.
inline constexpr std::string_view kNamePrefix = "m-";
/// Elements nested deeper are left out; their text stays.
inline constexpr std::size_t kMaxDepth = 200;

/// Cleaning the result with the same options changes nothing: passes are made until that holds (two in nearly
/// all mails, at most four; what never settles is shown as text).
/// Errors: none. Threads: any. Cost: linear in the input, see Tree for the limits.
CleanResult clean_html(std::string_view utf8, const CleanOptions& options);

}  // namespace gw::mail::html
