// Addresses in HTML and CSS of mails: which may stay. Source: spec mail section 10.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gw::mail::html {

/// What becomes of the images of a mail.
struct ImagePolicy {
  bool blocks_remote = false;
  /// The address under which the image of a Content-ID (or file name) can be fetched; empty: it has none.
  std::function<std::optional<std::string>(std::string_view cid)> address_of;
};

/// The address of a link with blanks and controls taken out, as browsers do before they look at the scheme.
/// Allowed: http, https, ftp, mailto, tel, and `#part` of the same mail. Errors: empty for all others.
std::optional<std::string> clean_link(std::string_view decoded);

/// The address of an image. Allowed: http, https, `data:` with pixel images in base64, our own image paths,
/// and `cid:` through the policy. `blocked` becomes true when a remote one was refused by the policy. Errors:
/// empty for all others.
std::optional<std::string> clean_image(std::string_view decoded, const ImagePolicy& policy, bool& blocked);

}  // namespace gw::mail::html
