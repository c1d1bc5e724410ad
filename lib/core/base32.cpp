#include "core/base32.hpp"

namespace gw {
namespace {

constexpr std::string_view kBase32Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

}  // namespace

std::string to_base32(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() * 8 + 4) / 5);
  unsigned kept = 0;
  int bits = 0;
  for (const char c : bytes) {
    kept = (kept << 8 | static_cast<unsigned char>(c)) & 0xFFFU;
    for (bits += 8; bits >= 5; bits -= 5) out += kBase32Digits[kept >> (bits - 5) & 31U];
  }
  if (bits > 0) out += kBase32Digits[kept << (5 - bits) & 31U];
  return out;
}

std::optional<std::string> fold_base32(std::string_view typed, std::size_t length) {
  std::string folded;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool is_digit = (lower >= 'a' && lower <= 'z') || (lower >= '2' && lower <= '7');
    if (!is_digit || folded.size() == length) return std::nullopt;
    folded += lower;
  }
  if (folded.size() != length) return std::nullopt;
  return folded;
}

}  // namespace gw
