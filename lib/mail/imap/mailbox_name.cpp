#include "mail/imap/mailbox_name.hpp"

#include <cstdint>
#include <optional>

#include "core/text.hpp"

namespace gw::mail::imap {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// One code point of valid UTF-8; moves on.
char32_t next_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i)
    point = (point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(length);
  return point;
}

void append_utf8(std::string& out, char32_t point) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) return put(point);
  if (point < 0x800) return put(0xC0 | (point >> 6U)), put(0x80 | (point & 0x3F));
  if (point < 0x10000) {
    put(0xE0 | (point >> 12U));
  } else {
    put(0xF0 | (point >> 18U));
    put(0x80 | ((point >> 12U) & 0x3F));
  }
  put(0x80 | ((point >> 6U) & 0x3F));
  put(0x80 | (point & 0x3F));
}

/// Collects UTF-16 units as base64 without padding.
class Shifted {
 public:
  explicit Shifted(std::string& out) : out_(out) {}
  void add(char32_t point) {
    if (point < 0x10000) return add_unit(static_cast<std::uint32_t>(point));
    add_unit(0xD800 + static_cast<std::uint32_t>((point - 0x10000) >> 10U));
    add_unit(0xDC00 + static_cast<std::uint32_t>((point - 0x10000) & 0x3FF));
  }
  void finish() {
    if (bits_ > 0) out_ += kAlphabet[(value_ << (6 - bits_)) & 0x3F];
    bits_ = 0;
  }

 private:
  void add_unit(std::uint32_t unit) {
    value_ = (value_ << 16U) | unit;
    bits_ += 16;
    while (bits_ >= 6) {
      bits_ -= 6;
      out_ += kAlphabet[(value_ >> bits_) & 0x3F];
    }
    value_ &= (1U << bits_) - 1;
  }
  std::string& out_;
  std::uint32_t value_ = 0, bits_ = 0;
};

/// The UTF-16 of a shifted piece as UTF-8. Errors: empty when it is broken.
std::optional<std::string> decode_shifted(std::string_view piece) {
  std::string out;
  std::uint32_t value = 0, bits = 0, high = 0;
  for (const char c : piece) {
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    value = (value << 6U) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 16) continue;
    bits -= 16;
    const std::uint32_t unit = (value >> bits) & 0xFFFF;
    value &= (1U << bits) - 1;
    if (high != 0) {
      if (unit < 0xDC00 || unit > 0xDFFF) return std::nullopt;
      append_utf8(out, 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00));
      high = 0;
    } else if (unit >= 0xD800 && unit <= 0xDBFF) {
      high = unit;
    } else if (unit >= 0xDC00 && unit <= 0xDFFF) {
      return std::nullopt;
    } else {
      append_utf8(out, unit);
    }
  }
  if (high != 0 || bits >= 6 || value != 0) return std::nullopt;
  return out;
}

}  // namespace

std::string encode_mailbox(std::string_view name) {
  const std::string clean = replace_invalid_utf8(name);
  std::string_view rest = clean;
  std::string out;
  while (!rest.empty()) {
    const char c = rest.front();
    if (c >= ' ' && c <= '~') {
      out += c;
      if (c == '&') out += '-';
      rest.remove_prefix(1);
      continue;
    }
    out += '&';
    Shifted shifted(out);
    while (!rest.empty() && !(rest.front() >= ' ' && rest.front() <= '~')) shifted.add(next_code_point(rest));
    shifted.finish();
    out += '-';
  }
  return out;
}

std::string decode_mailbox(std::string_view name) {
  std::string out;
  std::string_view rest = name;
  while (!rest.empty()) {
    const std::size_t ampersand = rest.find('&');
    out += rest.substr(0, ampersand);
    if (ampersand == std::string_view::npos) break;
    rest.remove_prefix(ampersand + 1);
    const std::size_t dash = rest.find('-');
    if (dash == std::string_view::npos) return replace_invalid_utf8(name);
    const auto piece = dash == 0 ? std::optional<std::string>("&") : decode_shifted(rest.substr(0, dash));
    if (!piece) return replace_invalid_utf8(name);
    out += *piece;
    rest.remove_prefix(dash + 1);
  }
  return replace_invalid_utf8(out);
}

std::string normalize_mailbox(std::string_view name) {
  return equal_ignoring_ascii_case(name, "INBOX") ? "INBOX" : std::string(name);
}

}  // namespace gw::mail::imap
