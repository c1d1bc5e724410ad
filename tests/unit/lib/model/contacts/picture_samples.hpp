// Small pictures made on the spot.
#pragma once

#include <gd.h>

#include <string>

namespace gw::test {

template <class Encode>
std::string draw(int width, int height, const Encode& encode) {
  gdImagePtr image = gdImageCreateTrueColor(width, height);
  gdImageFilledRectangle(image, 0, 0, width / 2, height - 1, gdTrueColor(200, 30, 30));
  int size = 0;
  void* data = encode(image, &size);
  std::string bytes(static_cast<const char*>(data), static_cast<std::size_t>(size));
  gdFree(data);
  gdImageDestroy(image);
  return bytes;
}
inline std::string sample_png(int width, int height) {
  return draw(width, height, [](gdImagePtr image, int* size) { return gdImagePngPtr(image, size); });
}
inline std::string sample_jpeg(int width, int height) {
  return draw(width, height, [](gdImagePtr image, int* size) { return gdImageJpegPtr(image, size, 80); });
}
inline std::string sample_gif(int width, int height) {
  return draw(width, height, [](gdImagePtr image, int* size) { return gdImageGifPtr(image, size); });
}
inline std::string sample_bmp(int width, int height) {
  return draw(width, height, [](gdImagePtr image, int* size) { return gdImageBmpPtr(image, size, 0); });
}

/// The TIFF block of an Exif segment, as a camera writes it.
struct ExifBlock {
  explicit ExifBlock(bool little) : is_little(little) {}
  bool is_little;
  std::string model = "Model T";
  std::string captured = "2026:11:30 12:34:56";
  std::string zone = "+02:00";

  [[nodiscard]] std::string bytes() const {
    // Two directories, of three entries each, then the texts they point to.
    constexpr std::size_t kMain = 8, kExif = kMain + 2 + 3 * 12 + 4, kTexts = kExif + 2 + 3 * 12 + 4;
    const std::size_t captured_at = kTexts + model.size() + 1, zone_at = captured_at + captured.size() + 1;
    std::string out = (is_little ? "II" : "MM") + number(42, 2) + number(kMain, 4);
    out += number(3, 2) + text_entry(0x0110, model, kTexts) +
           entry(0x0112, 3, 1, number(6, 2) + number(0, 2)) + entry(0x8769, 4, 1, number(kExif, 4)) +
           number(0, 4);
    out += number(3, 2) + entry(0x8827, 3, 1, number(400, 2) + number(0, 2)) +
           text_entry(0x9003, captured, captured_at) + text_entry(0x9011, zone, zone_at) + number(0, 4);
    return out + model + '\0' + captured + '\0' + zone + '\0';
  }

 private:
  [[nodiscard]] std::string number(std::size_t value, std::size_t size) const {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) {
      const char byte = static_cast<char>(value >> 8 * i & 0xFF);
      out.insert(is_little ? out.end() : out.begin(), byte);
    }
    return out;
  }
  [[nodiscard]] std::string entry(std::size_t tag, std::size_t type, std::size_t count,
                                  const std::string& value) const {
    return number(tag, 2) + number(type, 2) + number(count, 4) + value;
  }
  /// Texts of up to three letters stand in the entry itself.
  [[nodiscard]] std::string text_entry(std::size_t tag, const std::string& text, std::size_t place) const {
    const std::size_t size = text.size() + 1;
    return entry(tag, 2, size, size <= 4 ? (text + std::string(4, '\0')).substr(0, 4) : number(place, 4));
  }
};

/// The JPEG with what a camera noted.
inline std::string with_exif(const std::string& jpeg, const ExifBlock& block) {
  const std::string exif = std::string("Exif\0\0", 6) + block.bytes();
  const std::size_t size = exif.size() + 2;
  return jpeg.substr(0, 2) + "\xFF\xE1" + static_cast<char>(size >> 8) + static_cast<char>(size & 0xFF) +
         exif + jpeg.substr(2);
}

/// The JPEG with an EXIF block that says how the camera was held.
inline std::string with_orientation(const std::string& jpeg, char value) {
  std::string exif("Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25);
  exif += value;
  exif += std::string("\0\0\0\0\0\0", 6);
  std::string segment("\xFF\xE1\0", 3);
  segment += static_cast<char>(exif.size() + 2);
  return jpeg.substr(0, 2) + segment + exif + jpeg.substr(2);
}

}  // namespace gw::test
