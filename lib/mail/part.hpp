// The MIME structure of a message, as a server tells it (BODYSTRUCTURE) or as our own parser finds it. No
// bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gw::mail {

/// Decoded values; type and subtype lower case.
struct Part {
  /// "1", "2.1": the section number of IMAP, unique in one message. The root of a multipart message has "".
  std::string id;
  std::string type = "text", subtype = "plain";
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string charset;                  ///< empty: none was given
  std::optional<std::string> filename;  ///< decoded (RFC 2231, 2047, and their broken spellings)
  std::string disposition;              ///< "inline", "attachment", other words; empty: none
  std::string content_id;               ///< without angle brackets
  std::string encoding = "7bit";        ///< lower case
  std::int64_t size = -1;               ///< bytes as transferred; -1: not known
  std::int64_t decoded_size = -1;       ///< bytes after decoding, when known exactly
  std::int64_t lines = -1;
  std::vector<Part> children;  ///< of multipart; the one body of message/rfc822
  [[nodiscard]] bool is(const char* wanted_type, const char* wanted_subtype) const {
    return type == wanted_type && subtype == wanted_subtype;
  }
  [[nodiscard]] bool is_multipart() const { return type == "multipart"; }
  [[nodiscard]] std::string media_type() const { return type + "/" + subtype; }
};

/// Limits of every parser of structures. Deeper levels and further parts are cut, and the message says so.
inline constexpr int kMaxPartDepth = 100;
inline constexpr int kMaxParts = 10'000;

}  // namespace gw::mail
