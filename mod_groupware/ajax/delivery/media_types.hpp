// Media types of files on their way to a browser: what a name promises, what the bytes are, and which of them
// a browser may show inside our origin. Source: spec infostore 5; WHATWG MIME Sniffing for the signatures.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gw::ajax {

inline constexpr std::string_view kUnknownType = "application/octet-stream";
/// How many bytes of a file's begin sniffing looks at.
inline constexpr std::size_t kSniffedBytes = 1'024;

/// By extension; kUnknownType when it says nothing.
std::string_view media_type_of_name(std::string_view file_name);
/// By the first bytes: a known signature, text/html for text that a browser would take for HTML, text/plain
/// for other text, else kUnknownType.
std::string_view sniff_media_type(std::string_view first_bytes);
/// `type/subtype` in lower case without parameters; empty when it has no such form.
std::string bare_media_type(std::string_view content_type);
/// `text` of `text/plain`.
std::string_view primary_type(std::string_view media_type);
/// It cannot run in our origin when a browser shows it.
bool may_be_shown_inline(std::string_view media_type);

/// The type a stored file is sent with. `first_bytes` is asked for only when the type stored and the name
/// disagree, or when the file claims to be text. The result is bare.
template <class FirstBytes>
std::string delivered_media_type(std::string_view stored, std::string_view file_name,
                                 FirstBytes&& first_bytes) {
  std::string type = bare_media_type(stored);
  const std::string_view promised = media_type_of_name(file_name);
  const bool agrees = !type.empty() && type != kUnknownType && type == promised;
  if (agrees && primary_type(type) != "text") return type;
  const std::string_view real = sniff_media_type(first_bytes());
  if (real == "text/html") return std::string(real);
  if (agrees) return type;
  // Text formats have no signature: a name that promises one is as good as the bytes, which are text.
  if (real == "text/plain" && (promised != kUnknownType || !type.empty()))
    return promised != kUnknownType ? std::string(promised) : type;
  // Office documents are ZIP files: the name says more than the signature.
  if (real == "application/zip" && primary_type(promised) == "application") return std::string(promised);
  if (real != kUnknownType) return std::string(real);
  if (promised != kUnknownType) return std::string(promised);
  return type.empty() ? std::string(kUnknownType) : type;
}

}  // namespace gw::ajax
