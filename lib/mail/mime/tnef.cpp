// A bounds-checked reader of little-endian attributes and of the property lists inside attachments.
#include "mail/mime/tnef.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/text.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/parameters.hpp"

namespace gw::mail::mime {
namespace {

constexpr std::uint32_t kSignature = 0x223E9F78;
constexpr std::size_t kMaxTnefFiles = 1'000;
constexpr std::uint32_t kMaxProperties = 10'000, kMaxValues = 100'000;

/// Attribute ids, [MS-OXTNEF] 2.1.3.2: the low half names it.
enum Attribute : std::uint16_t {
  kAttachRendering = 0x9002,  ///< begins a new attachment
  kAttachTitle = 0x8010,
  kAttachData = 0x800F,
  kAttachProperties = 0x9005,
  kMessageProperties = 0x9003,
  kOemCodepage = 0x9007,
  kBody = 0x800C,
};

class TnefReader {
 public:
  explicit TnefReader(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  std::optional<std::string_view> take(std::size_t count) {
    if (count > left()) return std::nullopt;
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  std::optional<std::uint32_t> number(std::size_t count) {
    const auto piece = take(count);
    if (!piece) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8U | static_cast<unsigned char>((*piece)[i]);
    return value;
  }
  std::optional<std::string_view> padded(std::size_t count) {
    const auto piece = take(count);
    if (piece) take(std::min(left(), (4 - count % 4) % 4));
    return piece;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

struct Property {
  std::uint16_t type = 0, id = 0;
  std::string_view value;
};

/// Bytes of one value of a fixed-size type; 0: its length stands before it.
std::size_t fixed_size(std::uint16_t type) {
  switch (type & 0x0FFFU) {
    case 0x0001:
      return 4;  // null
    case 0x0002:
      return 4;  // 16 bit, padded
    case 0x0003:
      return 4;  // 32 bit
    case 0x0004:
      return 4;  // float
    case 0x0005:
      return 8;  // double
    case 0x0006:
      return 8;  // currency
    case 0x0007:
      return 8;  // date
    case 0x000A:
      return 4;  // error
    case 0x000B:
      return 4;  // boolean, padded
    case 0x0014:
      return 8;  // 64 bit
    case 0x0040:
      return 8;  // file time
    case 0x0048:
      return 16;  // GUID
    default:
      return 0;
  }
}

bool skip_name(TnefReader& reader) {
  if (!reader.take(16)) return false;
  const auto kind = reader.number(4);
  if (!kind) return false;
  if (*kind == 0) return reader.number(4).has_value();
  const auto length = reader.number(4);
  return length && reader.padded(*length);
}

/// Calls `use` for the first value of each property. Source: [MS-OXTNEF] 2.1.3.5.
template <class Use>
void read_properties(std::string_view bytes, const Use& use) {
  TnefReader reader(bytes);
  const auto count = reader.number(4);
  if (!count || *count > kMaxProperties) return;
  for (std::uint32_t i = 0; i < *count; ++i) {
    const auto type = reader.number(2), id = reader.number(2);
    if (!type || !id) return;
    if (*id >= 0x8000 && !skip_name(reader)) return;
    const std::size_t fixed = fixed_size(static_cast<std::uint16_t>(*type));
    const bool is_multiple = (*type & 0x1000U) != 0;
    std::uint32_t values = 1;
    if (is_multiple || fixed == 0) {
      const auto written = reader.number(4);
      if (!written || *written > kMaxValues) return;
      values = *written;
    }
    for (std::uint32_t v = 0; v < values; ++v) {
      std::size_t size = fixed;
      if (fixed == 0) {
        const auto length = reader.number(4);
        if (!length) return;
        size = *length;
      }
      const auto value = reader.padded(size);
      if (!value) return;
      if (v == 0)
        use(Property{static_cast<std::uint16_t>(*type & 0x0FFFU), static_cast<std::uint16_t>(*id), *value});
    }
  }
}

std::string text_of(const Property& property, const std::string& charset) {
  std::string_view bytes = property.value;
  if (property.type == 0x001F) return to_utf8(bytes, "utf-16le");
  return to_utf8(bytes.substr(0, bytes.find('\0')), charset);
}

void read_attachment_properties(std::string_view bytes, const std::string& charset, TnefFile& file) {
  std::string short_name;
  read_properties(bytes, [&](const Property& property) {
    switch (property.id) {
      case 0x3707:
        file.name = clean_filename(text_of(property, charset)).value_or(file.name);
        break;  // long name
      case 0x3704:
        short_name = clean_filename(text_of(property, charset)).value_or("");
        break;
      case 0x370E:
        file.type = to_lower_ascii(trim(clean_line(text_of(property, charset))));
        break;
      case 0x3701:  // data, when it is no attribute of its own
        // An embedded object has an interface id before its bytes.
        if (file.bytes.empty())
          file.bytes = property.value.substr(
              property.type == 0x000D ? std::min<std::size_t>(16, property.value.size()) : 0);
        break;
      default:
        break;
    }
  });
  if (file.name.empty()) file.name = short_name;
}

}  // namespace

bool is_tnef(std::string_view bytes) { return TnefReader(bytes).number(4) == kSignature; }

Tnef parse_tnef(std::string_view bytes) {
  Tnef out;
  if (!is_tnef(bytes)) return out;
  out.charset = "windows-1252";
  TnefReader reader(bytes);
  reader.take(6);  // signature and key
  while (reader.left() > 0) {
    const auto level = reader.number(1);
    const auto id = reader.number(4);
    const auto length = reader.number(4);
    if (!level || !id || !length) break;
    const auto data = reader.take(*length);
    if (!data) break;
    reader.take(std::min<std::size_t>(2, reader.left()));  // checksum: Outlook ignores it, too
    const auto attribute = static_cast<std::uint16_t>(*id & 0xFFFFU);
    if (attribute == kAttachRendering && out.files.size() < kMaxTnefFiles) out.files.emplace_back();
    if (attribute == kOemCodepage && data->size() >= 4)
      out.charset = "cp" + std::to_string(*TnefReader(*data).number(4));
    if (attribute == kBody) out.text = data->substr(0, data->find('\0'));
    if (attribute == kMessageProperties)
      read_properties(*data, [&](const Property& property) {
        if (property.id == 0x1013) out.html = property.value;
      });
    if (out.files.empty()) continue;
    TnefFile& file = out.files.back();
    if (attribute == kAttachTitle && file.name.empty())
      file.name = clean_filename(to_utf8(data->substr(0, data->find('\0')), out.charset)).value_or("");
    if (attribute == kAttachData) file.bytes = *data;
    if (attribute == kAttachProperties) read_attachment_properties(*data, out.charset, file);
  }
  std::size_t number = 0;
  for (TnefFile& file : out.files)
    if (++number; file.name.empty()) file.name = "attachment-" + std::to_string(number);
  return out;
}

}  // namespace gw::mail::mime
