#include "session/multifactor/qr_picture.hpp"

#include <gd.h>
#include <qrencode.h>

#include <memory>

namespace gw::session::multifactor {
namespace {

constexpr int kModuleSize = 5;  ///< pixels
constexpr int kQuietZone = 4;   ///< modules
constexpr std::size_t kMaxText = 1'200;

struct CodeFree {
  void operator()(QRcode* code) const { QRcode_free(code); }
};
struct PictureFree {
  void operator()(gdImagePtr picture) const { gdImageDestroy(picture); }
};

}  // namespace

std::string make_qr_picture(const std::string& text) {
  if (text.size() > kMaxText) return {};
  const std::unique_ptr<QRcode, CodeFree> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
  if (!code) return {};
  const int edge = (code->width + 2 * kQuietZone) * kModuleSize;
  const std::unique_ptr<gdImage, PictureFree> picture(gdImageCreate(edge, edge));
  if (!picture) return {};
  gdImageColorAllocate(picture.get(), 255, 255, 255);  // the first colour is the background
  const int black = gdImageColorAllocate(picture.get(), 0, 0, 0);
  for (int y = 0; y < code->width; ++y)
    for (int x = 0; x < code->width; ++x) {
      if ((code->data[y * code->width + x] & 1U) == 0) continue;
      const int left = (x + kQuietZone) * kModuleSize, top = (y + kQuietZone) * kModuleSize;
      gdImageFilledRectangle(picture.get(), left, top, left + kModuleSize - 1, top + kModuleSize - 1, black);
    }
  int size = 0;
  void* bytes = gdImagePngPtr(picture.get(), &size);
  if (bytes == nullptr) return {};
  const std::string png(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  gdFree(bytes);
  return png;
}

}  // namespace gw::session::multifactor
