// Strict about the block's shape, because ordinary texts may begin a line with "begin 644 ".
#include "mail/mime/uuencode.hpp"

#include <algorithm>
#include <optional>

#include "core/text.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/parameters.hpp"

namespace gw::mail::mime {
namespace {

constexpr std::size_t kMaxUuFiles = 100;

std::string_view line_at(std::string_view text, std::size_t at, std::size_t& next) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  next = std::min(end + 1, text.size());
  std::string_view line = text.substr(at, end - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The name of `begin 644 name`; empty: no such line.
std::string_view name_of_begin(std::string_view line) {
  if (!line.starts_with("begin ")) return {};
  line.remove_prefix(6);
  const std::size_t blank = line.find(' ');
  if (blank < 3 || blank > 4) return {};
  const std::string_view mode = line.substr(0, blank);
  if (!std::all_of(mode.begin(), mode.end(), [](char c) { return c >= '0' && c <= '7'; })) return {};
  return trim(line.substr(blank + 1));
}

/// Adds the bytes of one line. False: it is none of the code. A sender may have cut blanks at the end.
bool decode_line(std::string_view line, std::string& to) {
  const auto value = [&](std::size_t at) {
    return at < line.size() ? (static_cast<unsigned>(static_cast<unsigned char>(line[at])) - 32U) & 63U : 0U;
  };
  if (line.empty()) return false;
  if (!std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '`'; })) return false;
  const std::size_t count = value(0), symbols = (count + 2) / 3 * 4;
  if (line.size() > symbols + 3) return false;
  for (std::size_t done = 0, at = 1; done < count; at += 4) {
    const unsigned group = value(at) << 18U | value(at + 1) << 12U | value(at + 2) << 6U | value(at + 3);
    for (unsigned shift = 16; done < count && shift <= 16; shift -= 8, ++done)
      to += static_cast<char>(group >> shift & 0xFFU);
  }
  return true;
}

/// Reads a block behind its first line. Errors: empty when it does not end as it should.
std::optional<std::string> read_block(std::string_view text, std::size_t& at) {
  std::string bytes;
  std::size_t next = at;
  while (next < text.size()) {
    const std::string_view line = line_at(text, next, next);
    if (line == "end") {
      at = next;
      return bytes;
    }
    if (line.empty()) continue;
    if (!decode_line(line, bytes)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

UuText extract_uuencoded(std::string_view text) {
  UuText out;
  if (text.find("begin ") == std::string_view::npos) {
    out.text = std::string(text);
    return out;
  }
  std::size_t failed = 0;
  constexpr std::size_t kMaxFailed = 20;  // every failure may have read to the end
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const std::string_view line = line_at(text, at, next);
    const std::string_view name = name_of_begin(line);
    if (!name.empty() && out.files.size() < kMaxUuFiles && failed < kMaxFailed) {
      if (auto bytes = read_block(text, next)) {
        out.files.push_back({clean_filename(to_utf8(name, {})).value_or("attachment"), std::move(*bytes)});
        at = next;
        continue;
      }
      ++failed;
      line_at(text, at, next);
    }
    out.text += text.substr(at, next - at);
    at = next;
  }
  return out;
}

}  // namespace gw::mail::mime
