// The scheme decides, and it is read only after everything a browser ignores was removed.
#include "mail/html/urls.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace gw::mail::html {
namespace {

constexpr std::size_t kLongestLink = 8'192;
constexpr std::array<std::string_view, 5> kLinkSchemes{"http", "https", "ftp", "mailto", "tel"};
constexpr std::array<std::string_view, 6> kDataTypes{"image/png", "image/gif",  "image/jpeg",
                                                     "image/jpg", "image/webp", "image/bmp"};
/// Reading operations only: a mail may make the browser call them.
constexpr std::array<std::string_view, 6> kOwnPaths{"/ajax/image/",        "/ajax/file?",
                                                    "/ajax/mail/compose/", "/appsuite/api/image/",
                                                    "/appsuite/api/file?", "/appsuite/api/mail/compose/"};

/// Browsers drop tab and line ends everywhere, and blanks and controls around the address.
std::string squeeze(std::string_view address) {
  std::string out;
  for (const char c : address)
    if (static_cast<unsigned char>(c) > ' ' && c != 0x7F)
      out += c;
    else if (c == ' ' && !out.empty())
      out += "%20";
  while (out.ends_with("%20")) out.resize(out.size() - 3);
  return out;
}

/// Lower case; empty when the address has none.
std::string scheme_of(std::string_view address) {
  const std::size_t end = address.find_first_of(":/?#\\");
  return end == std::string_view::npos || address[end] != ':' ? std::string()
                                                              : to_lower_ascii(address.substr(0, end));
}

bool is_data_image(std::string_view address) {
  const std::size_t comma = address.find(',');
  if (comma == std::string_view::npos) return false;
  const std::string head = to_lower_ascii(address.substr(5, comma - 5));
  if (!head.ends_with(";base64")) return false;
  const std::string_view type = std::string_view(head).substr(0, head.find(';'));
  if (std::find(kDataTypes.begin(), kDataTypes.end(), type) == kDataTypes.end()) return false;
  const std::string_view bytes = address.substr(comma + 1);
  return std::all_of(bytes.begin(), bytes.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=' || c == '%';
  });
}

bool is_own_path(std::string_view address) {
  if (address.find("..") != std::string_view::npos || address.find('\\') != std::string_view::npos)
    return false;
  return std::any_of(kOwnPaths.begin(), kOwnPaths.end(),
                     [&](std::string_view path) { return address.starts_with(path); });
}

bool is_protocol_relative(std::string_view address) {
  return address.size() > 2 && (address[0] == '/' || address[0] == '\\') &&
         (address[1] == '/' || address[1] == '\\');
}

}  // namespace

std::optional<std::string> clean_link(std::string_view decoded) {
  if (decoded.size() > kLongestLink) return std::nullopt;
  std::string address = squeeze(decoded);
  if (address.empty()) return std::nullopt;
  if (address.front() == '#') return address;
  if (is_protocol_relative(address)) return "https://" + address.substr(2);
  const std::string scheme = scheme_of(address);
  if (std::find(kLinkSchemes.begin(), kLinkSchemes.end(), scheme) == kLinkSchemes.end()) return std::nullopt;
  return address;
}

std::optional<std::string> clean_image(std::string_view decoded, const ImagePolicy& policy, bool& blocked) {
  std::string address = squeeze(decoded);
  if (is_protocol_relative(address)) address = "https://" + address.substr(2);
  const std::string scheme = scheme_of(address);
  if (scheme == "data") return is_data_image(address) ? std::optional(address) : std::nullopt;
  if (address.size() > kLongestLink) return std::nullopt;
  if (scheme == "cid") {
    if (!policy.address_of) return std::nullopt;
    const std::string_view cid = std::string_view(address).substr(4);
    return policy.address_of(percent_decode(cid, false).value_or(std::string(cid)));
  }
  if (scheme == "http" || scheme == "https") {
    if (!policy.blocks_remote) return address;
    blocked = true;
    return std::nullopt;
  }
  if (scheme.empty() && is_own_path(address)) return address;
  // A bare file name may be the name of a part of the mail.
  if (scheme.empty() && policy.address_of && !address.empty() &&
      address.find_first_of("/\\?#:") == std::string::npos)
    return policy.address_of(address);
  return std::nullopt;
}

}  // namespace gw::mail::html
