// Images in the HTML that somebody writes: what lies on this server becomes a part of the mail. Source: spec
// mail section 8.2.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mime/composition.hpp"

namespace gw::ajax {

/// Limit of one mail; further images stay as they are.
inline constexpr std::size_t kMaxInlineImages = 200;

/// The image behind an address of ours; empty: it is none, and the address stays. One that brings its
/// Content-ID is one part, however often it is shown.
using ImageFinder = std::function<std::optional<mail::mime::Attachment>(std::string_view address)>;

struct HtmlWithImages {
  std::string html;
  std::vector<mail::mime::Attachment> images;
};
/// `html` must come from clean_html, whose spelling of tags this relies on. `data:` images become parts, too.
HtmlWithImages take_inline_images(std::string_view html, const ImageFinder& find);

/// Query parameters of an address such as `/ajax/image/mail/picture?folder=…`, entities undone; empty when it
/// has another path. `path`: below any API root.
std::optional<std::string> query_of_own_address(std::string_view address, std::string_view path);

}  // namespace gw::ajax
