// Charset conversion by ICU. Not for JSON or HTTP headers, which are UTF-8 by rule.
#include "formats/charset.hpp"

#include <unicode/ucnv.h>

#include <limits>
#include <memory>

#include "core/text.hpp"

namespace gw::formats {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// Longest charset name we look up; ICU's own limit is 60.
constexpr std::size_t kMaxName = 60;

Converter open_converter(const std::string& name) {
  // A comma starts ICU's converter options, an empty name means "the process default": neither is a charset
  // name.
  if (name.empty() || name.size() > kMaxName || name.find(',') != std::string::npos) return nullptr;
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

}  // namespace

bool is_known_charset(const std::string& name) { return open_converter(name) != nullptr; }

std::optional<std::string> to_utf8(std::string_view bytes, const std::string& charset) {
  const Converter converter = open_converter(charset);
  if (converter == nullptr) return std::nullopt;
  // One byte gives at most three bytes of UTF-8 in every charset ICU has; the second try covers exotic ones.
  std::string out(bytes.size() * 3 + 16, '\0');
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (out.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_reset(converter.get());
    const std::int32_t length =
        ucnv_toAlgorithmic(UCNV_UTF8, converter.get(), out.data(), static_cast<std::int32_t>(out.size()),
                           bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
    out.resize(static_cast<std::size_t>(length));
    if (status != U_BUFFER_OVERFLOW_ERROR)
      return U_SUCCESS(status) ? std::optional(std::move(out)) : std::nullopt;
  }
  return std::nullopt;
}

std::string guess_utf8(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  return to_utf8(bytes, "windows-1252").value_or(replace_invalid_utf8(bytes));
}

ByteOrderMark find_byte_order_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {"UTF-8", 3};
  if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return {"UTF-32LE", 4};
  if (bytes.starts_with("\xFF\xFE")) return {"UTF-16LE", 2};
  if (bytes.starts_with("\xFE\xFF")) return {"UTF-16BE", 2};
  return {};
}

}  // namespace gw::formats
