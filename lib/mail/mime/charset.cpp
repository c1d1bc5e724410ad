// Charset names of mails and their conversion by ICU. Source: the WHATWG encoding standard for labels that
// lie.
#include "mail/mime/charset.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>

#include "core/text.hpp"

namespace gw::mail::mime {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;
struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// Longest label we look up; ICU's own limit is 60.
constexpr std::size_t kMaxLabel = 60;
/// Bytes that the detector sees.
constexpr std::size_t kDetectorBytes = 16'384;
/// Below this the detector guesses worse than windows-1252 does. Units: ICU's 0..100.
constexpr std::int32_t kEnoughConfidence = 35;

/// Label in lower case without punctuation, and what its texts really are. Empty: the label tells nothing.
constexpr std::array<std::pair<std::string_view, std::string_view>, 47> kLabels{{
    {"8859", ""},
    {"88591", "windows-1252"},
    {"88599", "windows-1254"},
    {"885911", "windows-874"},
    {"ansix341968", "us-ascii"},
    {"ansix341986", "us-ascii"},
    {"ascii", "us-ascii"},
    {"usascii", "us-ascii"},
    {"iso646us", "us-ascii"},
    {"7bit", "us-ascii"},
    {"8bit", ""},
    {"binary", ""},
    {"big5", "windows-950"},
    {"cn", "gb18030"},
    {"cngb", "gb18030"},
    {"cp936", "gb18030"},
    {"default", ""},
    {"en", ""},
    {"euckr", "windows-949"},
    {"gb2312", "gb18030"},
    {"gb231280", "gb18030"},
    {"gbk", "gb18030"},
    {"iso88591", "windows-1252"},
    {"iso8859", ""},
    {"iso88599", "windows-1254"},
    {"iso885911", "windows-874"},
    {"iso88598i", "iso-8859-8"},
    {"iso88598e", "iso-8859-8"},
    {"iso88596i", "iso-8859-6"},
    {"ksc56011987", "windows-949"},
    {"ksc5601", "windows-949"},
    {"kscs56011987", "windows-949"},
    {"latin1", "windows-1252"},
    {"latin9", "iso-8859-15"},
    {"macintosh", "macintosh"},
    {"none", ""},
    {"shiftjis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"xsjis", "windows-31j"},
    {"tis620", "windows-874"},
    {"unicode11utf7", "utf-7"},
    {"unicode11utf8", "utf-8"},
    {"unknown", ""},
    {"unknown8bit", ""},
    {"xunknown", ""},
    {"userdefined", ""},
    {"xuserdefined", ""},
}};

Converter open_converter(const std::string& name) {
  // A comma starts ICU's options, an empty name is the process default: neither is a charset.
  if (name.empty() || name.size() > kMaxLabel || name.find(',') != std::string::npos) return nullptr;
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

std::string squeeze(std::string_view label) {
  std::string out;
  for (const char c : to_lower_ascii(label))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

/// `win-1251`, `cp_1251`, `windows1251`: the number of a Windows code page behind a known word.
std::string windows_code_page(const std::string& squeezed) {
  for (const std::string_view word : {"xwindows", "windows", "xcp", "win", "cp", "ms", "x"}) {
    if (!squeezed.starts_with(word)) continue;
    const std::string number = squeezed.substr(word.size());
    if (number.size() == 4 && number.starts_with("125")) return "windows-" + number;
    if (number == "65001") return "utf-8";
    if (number == "20127") return "us-ascii";
    return {};
  }
  return {};
}

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

std::string without_nul(std::string text) {
  std::erase(text, '\0');
  return text;
}

/// An incomplete UTF-8 sequence at the end is taken away.
std::string_view without_broken_end(std::string_view text) {
  std::size_t back = 0;
  while (back < 3 && back < text.size() &&
         (static_cast<unsigned char>(text[text.size() - 1 - back]) & 0xC0U) == 0x80U)
    ++back;
  if (back == text.size()) return text;
  const auto lead = static_cast<unsigned char>(text[text.size() - 1 - back]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  return length > back + 1 ? text.substr(0, text.size() - 1 - back) : text;
}

/// ISO-2022 texts are 7 bit: without this they would pass for ASCII.
std::string_view find_escape_charset(std::string_view bytes) {
  if (bytes.find("\x1B$B") != std::string_view::npos || bytes.find("\x1B$@") != std::string_view::npos)
    return "iso-2022-jp";
  if (bytes.find("\x1B$)C") != std::string_view::npos) return "iso-2022-kr";
  return {};
}

std::string utf8_of(const std::u16string& wide) {
  std::string out(wide.size() * 3, '\0');
  std::int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8WithSub(out.data(), static_cast<std::int32_t>(out.size()), &length, wide.data(),
                     static_cast<std::int32_t>(wide.size()), 0xFFFD, nullptr, &status);
  out.resize(U_SUCCESS(status) ? static_cast<std::size_t>(length) : 0);
  std::erase(out, '\0');
  return out;
}

std::string convert(std::string_view bytes, UConverter* converter, Ends ends) {
  constexpr std::size_t kPiece = 1U << 20U;
  std::string out;
  std::u16string wide;
  while (true) {
    const std::string_view piece = bytes.substr(0, kPiece);
    bytes.remove_prefix(piece.size());
    // No charset gives more than this many UTF-16 units per byte; what is left over comes with the next turn.
    const char* from = piece.data();
    const char* const from_end = from + piece.size();
    const bool is_last = bytes.empty();
    UErrorCode status = U_ZERO_ERROR;
    do {
      const std::size_t had = wide.size();
      wide.resize(had + piece.size() * 2 + 64);
      UChar* to = wide.data() + had;
      status = U_ZERO_ERROR;
      ucnv_toUnicode(converter, &to, wide.data() + wide.size(), &from, from_end, nullptr,
                     is_last && ends == Ends::Whole ? 1 : 0, &status);
      wide.resize(static_cast<std::size_t>(to - wide.data()));
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    // A surrogate pair is never torn apart between two pieces.
    const bool is_torn = !is_last && !wide.empty() && (wide.back() & 0xFC00) == 0xD800;
    const char16_t torn = is_torn ? wide.back() : u'\0';
    if (is_torn) wide.pop_back();
    out += utf8_of(wide);
    wide.assign(is_torn ? 1 : 0, torn);
    if (is_last) return out;
  }
}

std::string detect_charset(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  const auto length = static_cast<std::int32_t>(std::min(bytes.size(), kDetectorBytes));
  ucsdet_setText(detector.get(), bytes.data(), length, &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return {};
  if (ucsdet_getConfidence(match, &status) < kEnoughConfidence) return {};
  const char* name = ucsdet_getName(match, &status);
  return U_SUCCESS(status) && name != nullptr ? real_charset(name) : std::string();
}

std::string guess(std::string_view bytes, Ends ends) {
  if (const std::string_view escaped = find_escape_charset(bytes); !escaped.empty())
    return to_utf8(bytes, escaped, ends);
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return to_utf8(bytes, "utf-16", ends);
  const std::string_view whole = ends == Ends::Cut ? without_broken_end(bytes) : bytes;
  if (is_valid_utf8(whole)) return without_nul(std::string(whole));
  const std::string found = detect_charset(bytes);
  return to_utf8(bytes, found.empty() || found == "us-ascii" ? "windows-1252" : found, ends);
}

}  // namespace

std::string real_charset(std::string_view label) {
  if (label.size() > kMaxLabel) return {};
  // RFC 2231 section 5: a language may follow a star.
  const std::string squeezed = squeeze(label.substr(0, label.find('*')));
  if (squeezed.empty()) return {};
  const auto* row =
      std::find_if(kLabels.begin(), kLabels.end(), [&](const auto& r) { return r.first == squeezed; });
  if (row != kLabels.end()) return std::string(row->second);
  if (squeezed == "utf8" || squeezed == "utf8n") return "utf-8";
  if (const std::string page = windows_code_page(squeezed); !page.empty()) return page;
  std::string name = to_lower_ascii(trim(label.substr(0, label.find('*'))));
  while (!name.empty() && std::string_view("\"';,").find(name.back()) != std::string_view::npos)
    name.pop_back();
  name.erase(0, name.find_first_not_of("\"'"));
  return open_converter(name) == nullptr ? std::string() : name;
}

std::string to_utf8(std::string_view bytes, std::string_view label, Ends ends) {
  std::string charset = real_charset(label);
  if (charset == "us-ascii" && (!is_ascii(bytes) || bytes.find('\x1B') != std::string_view::npos))
    charset.clear();
  if (charset.empty()) return guess(bytes, ends);
  if (charset == "us-ascii") return without_nul(std::string(bytes));
  if (charset == "utf-8") {
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    if (ends == Ends::Cut) bytes = without_broken_end(bytes);
    return without_nul(is_valid_utf8(bytes) ? std::string(bytes) : replace_invalid_utf8(bytes));
  }
  const Converter converter = open_converter(charset);
  return converter == nullptr ? without_nul(replace_invalid_utf8(bytes))
                              : convert(bytes, converter.get(), ends);
}

std::string clean_line(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte == 0 || byte == '\r') continue;
    if (utf8.substr(i).starts_with(kByteOrderMark)) {
      i += kByteOrderMark.size() - 1;
      continue;
    }
    out += byte < 0x20 || byte == 0x7F ? ' ' : utf8[i];
  }
  return out;
}

}  // namespace gw::mail::mime
