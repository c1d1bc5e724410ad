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
