// PHOTO: inline pictures only. A picture named by an address is never fetched; it stays in the original text.
#include <algorithm>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "formats/lines/text_value.hpp"
#include "formats/vcard/codecs.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"

namespace gw::formats::vcard {
namespace {

constexpr std::string_view kData = "data:";

std::string sniff_type(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n")) return "image/png";
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("GIF8")) return "image/gif";
  if (bytes.starts_with("BM")) return "image/bmp";
  return {};
}

std::string declared_type(const Property& property) {
  std::string type = to_lower_ascii(property.parameter("MEDIATYPE"));
  if (type.empty()) type = to_lower_ascii(property.parameter("TYPE"));
  if (type.empty()) return "application/octet-stream";
  return type.find('/') == std::string::npos ? "image/" + type : type;
}

void read_photo(ContactReading& reading, std::size_t index, const Row& row) {
  const Property& property = reading.property(index);
  if (reading.out().image) return;
  std::string_view packed = property.value;
  std::string type = declared_type(property);
  if (!property.is_base64) {
    // Some writers escape the comma and semicolon of a data: URI, which base64 itself never contains.
    if (to_lower_ascii(packed.substr(0, kData.size())) != kData) return;
    const std::size_t comma = packed.find(',');
    const std::string head = comma == std::string_view::npos ? "" : unescape_text(packed.substr(0, comma));
    if (head.find("base64") == std::string::npos) return;
    packed.remove_prefix(comma + 1);
    type = to_lower_ascii(std::string_view(head).substr(kData.size(), head.find(';') - kData.size()));
  }
  auto bytes = from_base64(packed);
  if (!bytes || bytes->empty()) {
    reading.warn_ignored(property);
    return;
  }
  if (std::string known = sniff_type(*bytes); !known.empty()) type = std::move(known);
  reading.out().image = Image{std::move(type), std::move(*bytes)};
  reading.record(index, row.column);
}

void write_photo(ContactWriting& writing, const Row& row) {
  if (!writing.image()) return;
  const Image& image = *writing.image();
  Property property;
  property.name = "PHOTO";
  property.is_base64 = true;
  property.value = to_base64(image.bytes);
  std::string type = image.content_type.substr(image.content_type.find('/') + 1);
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (!type.empty()) property.add_parameter("TYPE", type);
  writing.add(std::move(property), {row.column});
}

}  // namespace

const Codec kPhoto{read_photo, write_photo};

}  // namespace gw::formats::vcard
