// Decoding, rotating, cropping, scaling and writing pictures with libgd.
#include "model/contacts/picture.hpp"

#include <gd.h>

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <memory>

#include "core/error.hpp"
#include "core/errors/contact.hpp"
#include "core/text.hpp"

namespace gw::model::contacts {
namespace {

constexpr int kJpegQuality = 88;
constexpr int kPngCompression = 6;

struct ImageDeleter {
  void operator()(gdImagePtr image) const { gdImageDestroy(image); }
};
using Image = std::unique_ptr<gdImage, ImageDeleter>;

[[noreturn]] void fail() { throw ApiError(errors::con::kImageScaling); }

struct Size {
  int width = 0;
  int height = 0;
  bool operator==(const Size&) const = default;
};
Size size_of(const Image& image) { return {gdImageSX(image.get()), gdImageSY(image.get())}; }

/// libgd prints to stderr by default; what is wrong with a picture is told to whoever sent it.
void ignore_complaint(int, const char*, va_list) noexcept {}

/// Once per process. The pointer is a global of libgd, so it is set where pictures are decoded: in workers,
/// which end before our code is unloaded, never in the parent.
void silence_decoders() {
  static const bool is_done = (gdSetErrorMethod(ignore_complaint), true);
  static_cast<void>(is_done);
}

/// Empty when the decoder refuses. The caller has checked the number of pixels.
Image decode(std::string_view bytes, PictureFormat format) {
  silence_decoders();
  // The decoders only read, but their signature wants a plain pointer.
  auto* data = const_cast<char*>(bytes.data());
  const int size = static_cast<int>(bytes.size());
  gdImagePtr image = nullptr;
  switch (format) {
    case PictureFormat::Jpeg:
      image = gdImageCreateFromJpegPtrEx(size, data, 1);
      break;
    case PictureFormat::Png:
      image = gdImageCreateFromPngPtr(size, data);
      break;
    case PictureFormat::Gif:
      image = gdImageCreateFromGifPtr(size, data);
      break;
    case PictureFormat::Bmp:
      image = gdImageCreateFromBmpPtr(size, data);
      break;
  }
  return Image(image);
}

/// GIF and BMP become PNG: both keep what a scaled picture needs (transparency, true colour).
PictureFile encode(const Image& image, PictureFormat source) {
  int size = 0;
  void* data = nullptr;
  if (source == PictureFormat::Jpeg) {
    data = gdImageJpegPtr(image.get(), &size, kJpegQuality);
  } else {
    gdImageSaveAlpha(image.get(), 1);
    data = gdImagePngPtrEx(image.get(), &size, kPngCompression);
  }
  const std::unique_ptr<void, void (*)(void*)> owner(data, gdFree);
  if (data == nullptr || size <= 0) fail();
  const auto format = source == PictureFormat::Jpeg ? PictureFormat::Jpeg : PictureFormat::Png;
  return {std::string(static_cast<const char*>(data), static_cast<std::size_t>(size)),
          std::string(mime_type(format))};
}

Image new_canvas(Size size) {
  Image canvas(gdImageCreateTrueColor(size.width, size.height));
  if (!canvas) fail();
  gdImageAlphaBlending(canvas.get(), 0);
  const int transparent = gdImageColorAllocateAlpha(canvas.get(), 255, 255, 255, 127);
  gdImageFilledRectangle(canvas.get(), 0, 0, size.width - 1, size.height - 1, transparent);
  return canvas;
}

Image resample(const Image& source, Size size) {
  Image canvas = new_canvas(size);
  const Size from = size_of(source);
  gdImageCopyResampled(canvas.get(), source.get(), 0, 0, 0, 0, size.width, size.height, from.width,
                       from.height);
  return canvas;
}

Image cut(const Image& source, int x, int y, Size size) {
  Image canvas = new_canvas(size);
  gdImageCopy(canvas.get(), source.get(), 0, 0, x, y, size.width, size.height);
  return canvas;
}

/// Source: Exif 2.3 section 4.6.4, values 2 to 8.
Image upright(Image image, int orientation) {
  int quarter_turns = 0;  // counter-clockwise, as gdImageRotateInterpolated counts
  if (orientation == 3 || orientation == 4) quarter_turns = 2;
  if (orientation == 5 || orientation == 6) quarter_turns = 3;
  if (orientation == 7 || orientation == 8) quarter_turns = 1;
  if (quarter_turns != 0) {
    image.reset(gdImageRotateInterpolated(image.get(), static_cast<float>(quarter_turns * 90), 0));
    if (!image) fail();
  }
  if (orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7)
    gdImageFlipHorizontal(image.get());
  return image;
}

Size scaled(Size size, double factor) {
  const auto side = [factor](int length) {
    return std::clamp(static_cast<int>(std::lround(length * factor)), 1, kMaxSide);
  };
  return {side(size.width), side(size.height)};
}

/// How much to scale so that the picture fits into (or covers) the box; a missing side does not bind.
double factor_for(Size size, Size box, bool cover) {
  const double by_width = box.width > 0 ? static_cast<double>(box.width) / size.width : 0;
  const double by_height = box.height > 0 ? static_cast<double>(box.height) / size.height : 0;
  if (box.width == 0) return by_height;
  if (box.height == 0) return by_width;
  return cover ? std::max(by_width, by_height) : std::min(by_width, by_height);
}

Image centred_on(const Image& image, Size box) {
  Image canvas = new_canvas(box);
  const Size size = size_of(image);
  gdImageCopy(canvas.get(), image.get(), (box.width - size.width) / 2, (box.height - size.height) / 2, 0, 0,
              size.width, size.height);
  return canvas;
}

Image scale(Image image, const Transformation& wanted) {
  const Size box{wanted.width, wanted.height};
  if (box.width == 0 && box.height == 0) return image;
  const Size before = size_of(image);
  const bool both = box.width > 0 && box.height > 0;
  const bool cover = both && (wanted.scale == ScaleType::Cover || wanted.scale == ScaleType::CoverAndCrop);
  double factor = factor_for(before, box, cover);
  if (wanted.shrink_only) factor = std::min(factor, 1.0);
  const Size after = scaled(before, factor);
  if (after != before) image = resample(image, after);
  if (!both) return image;
  if (wanted.scale == ScaleType::ContainForceDimension) return centred_on(image, box);
  if (wanted.scale == ScaleType::CoverAndCrop) {
    const Size kept{std::min(box.width, after.width), std::min(box.height, after.height)};
    if (kept != after)
      return cut(image, (after.width - kept.width) / 2, (after.height - kept.height) / 2, kept);
  }
  return image;
}

Image crop(Image image, const Transformation& wanted) {
  if (wanted.crop_width == 0 && wanted.crop_height == 0) return image;
  const Size size = size_of(image);
  const int x = std::clamp(wanted.crop_x, 0, size.width - 1);
  const int y = std::clamp(wanted.crop_y, 0, size.height - 1);
  const auto side = [](int asked, int left) { return asked > 0 ? std::min(asked, left) : left; };
  return cut(image, x, y,
             {side(wanted.crop_width, size.width - x), side(wanted.crop_height, size.height - y)});
}

bool has_too_many_pixels(const PictureInfo& info) {
  return std::int64_t{info.width} * info.height > kMaxPixels;
}

[[noreturn]] void refuse_type(std::string_view declared) {
  const bool is_known = declared == "image/jpeg" || declared == "image/jpg" || declared == "image/pjpeg" ||
                        declared == "image/png" || declared == "image/gif" || declared == "image/bmp";
  if (is_known) throw ApiError(errors::con::kImageBroken);
  if (declared.starts_with("image/")) throw ApiError(errors::con::kImageFormat, {std::string(declared)});
  throw ApiError(errors::con::kNoPicture);
}

}  // namespace

PictureFile prepare_picture(std::string_view bytes, std::string_view declared_type, std::int64_t max_bytes) {
  const auto size = static_cast<std::int64_t>(bytes.size());
  if (size > max_bytes)
    throw ApiError(errors::con::kImageTooLarge, {std::to_string(size), std::to_string(max_bytes)});
  const std::string type = to_lower_ascii(trim(declared_type.substr(0, declared_type.find(';'))));
  if (type.empty()) throw ApiError(errors::con::kImageTypeMissing);
  const auto info = inspect_picture(bytes);
  if (!info) refuse_type(type);
  if (has_too_many_pixels(*info)) fail();
  Image image = decode(bytes, info->format);
  if (!image) throw ApiError(errors::con::kImageBroken);
  if (info->width <= kStoredWidth && info->height <= kStoredHeight)
    return {std::string(bytes), std::string(mime_type(info->format))};
  // Scaling drops the EXIF block, so the orientation must go into the pixels.
  image = upright(std::move(image), info->camera.orientation);
  return encode(
      scale(std::move(image), {.width = kStoredWidth, .height = kStoredHeight, .shrink_only = true}),
      info->format);
}

PictureFile transform_picture(const PictureFile& picture, const Transformation& wanted) {
  if (wanted.is_nothing()) return picture;
  const auto info = inspect_picture(picture.bytes);
  if (!info || has_too_many_pixels(*info)) fail();
  const bool turns = wanted.rotate && info->camera.orientation != 1;
  if (!turns && wanted.width == 0 && wanted.height == 0 && wanted.crop_width == 0 && wanted.crop_height == 0)
    return picture;
  Image image = decode(picture.bytes, info->format);
  if (!image) fail();
  if (turns) image = upright(std::move(image), info->camera.orientation);
  Transformation capped = wanted;
  capped.width = std::clamp(wanted.width, 0, kMaxSide);
  capped.height = std::clamp(wanted.height, 0, kMaxSide);
  image = scale(crop(std::move(image), capped), capped);
  return encode(image, info->format);
}

}  // namespace gw::model::contacts
