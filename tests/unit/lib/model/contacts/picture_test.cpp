#include "model/contacts/picture.hpp"

#include <gd.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "picture_samples.hpp"

namespace gw::test {
namespace {

using namespace model::contacts;  // NOLINT: the subject of this file

constexpr std::int64_t kLimit = 4'194'304;

std::string code_of(const std::string& bytes, const std::string& type, std::int64_t limit = kLimit) {
  try {
    prepare_picture(bytes, type, limit);
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

std::pair<int, int> size_of(const PictureFile& picture) {
  const auto info = inspect_picture(picture.bytes);
  return info ? std::pair{info->width, info->height} : std::pair{0, 0};
}

TEST(PreparePicture, KeepsTheBytesOfSmallPicturesOfTheFourFormats) {
  const std::pair<std::string, const char*> samples[] = {{sample_jpeg(60, 40), "image/jpeg"},
                                                         {sample_png(60, 40), "image/png"},
                                                         {sample_gif(60, 40), "image/gif"},
                                                         {sample_bmp(60, 40), "image/bmp"}};
  for (const auto& [bytes, type] : samples) {
    const PictureFile stored = prepare_picture(bytes, "image/jpeg", kLimit);
    EXPECT_EQ(stored.bytes, bytes) << type;
    EXPECT_EQ(stored.mime_type, type);
  }
}

TEST(PreparePicture, ScalesLargeOnesDownAndKeepsTheirShape) {
  EXPECT_EQ(size_of(prepare_picture(sample_jpeg(1'200, 800), "image/jpeg", kLimit)), (std::pair{600, 400}));
  EXPECT_EQ(size_of(prepare_picture(sample_png(400, 1'600), "image/png", kLimit)), (std::pair{200, 800}));
  EXPECT_EQ(prepare_picture(sample_bmp(1'200, 800), "image/bmp", kLimit).mime_type, "image/png");
}

TEST(PreparePicture, RefusesWithTheApisCodes) {
  const std::string jpeg = sample_jpeg(60, 40);
  EXPECT_EQ(code_of(jpeg, "image/jpeg", 10), "CON-0172");
  EXPECT_EQ(code_of(jpeg, ""), "CON-0170");
  EXPECT_EQ(code_of("<svg/>", "image/svg+xml"), "CON-0101");
  EXPECT_EQ(code_of("hello", "text/plain"), "CON-0158");
  EXPECT_EQ(code_of("hello", "image/png"), "CON-0136");
  EXPECT_EQ(code_of("", "image/png"), "CON-0136");
  EXPECT_EQ(code_of(sample_png(60, 40).substr(0, 60), "image/png"), "CON-0136");
}

TEST(PreparePicture, TheDecodersOfBrokenPicturesPrintNothing) {
  testing::internal::CaptureStderr();
  for (const std::string& whole :
       {sample_jpeg(60, 40), sample_png(60, 40), sample_gif(60, 40), sample_bmp(60, 40)})
    for (const std::size_t size : {whole.size() / 3, whole.size() / 2, whole.size() - 4})
      code_of(whole.substr(0, size), "image/png");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(PreparePicture, LooksAtTheSizeBeforeItDecodes) {
  std::string bomb = sample_png(60, 40);
  bomb.replace(16, 8, std::string("\x00\x00\xFF\xFF\x00\x00\xFF\xFF", 8));
  EXPECT_EQ(code_of(bomb, "image/png"), "CON-0108");
}

TEST(TransformPicture, FollowsTheScaleTypes) {
  const PictureFile source{sample_png(200, 100), "image/png"};
  const auto size = [&](const Transformation& wanted) { return size_of(transform_picture(source, wanted)); };
  EXPECT_EQ(size({.width = 100, .height = 100}), (std::pair{100, 50}));
  EXPECT_EQ(size({.width = 100}), (std::pair{100, 50}));
  EXPECT_EQ(size({.height = 10}), (std::pair{20, 10}));
  EXPECT_EQ(size({.width = 100, .height = 100, .scale = ScaleType::Cover}), (std::pair{200, 100}));
  EXPECT_EQ(size({.width = 50, .height = 50, .scale = ScaleType::Cover}), (std::pair{100, 50}));
  EXPECT_EQ(size({.width = 50, .height = 50, .scale = ScaleType::CoverAndCrop}), (std::pair{50, 50}));
  EXPECT_EQ(size({.width = 100, .height = 100, .scale = ScaleType::ContainForceDimension}),
            (std::pair{100, 100}));
  EXPECT_EQ(size({.width = 400, .height = 400}), (std::pair{400, 200}));
  EXPECT_EQ(size({.width = 400, .height = 400, .shrink_only = true}), (std::pair{200, 100}));
  EXPECT_EQ(size({.crop_x = 150, .crop_y = 90, .crop_width = 100, .crop_height = 100}), (std::pair{50, 10}));
  EXPECT_EQ(size({.width = 900'000, .shrink_only = true}), (std::pair{200, 100}));
  EXPECT_EQ(transform_picture(source, {}).bytes, source.bytes);
  EXPECT_EQ(transform_picture(source, {.rotate = true}).bytes, source.bytes);
}

TEST(TransformPicture, TurnsWhatTheCameraHeldSideways) {
  const PictureFile source{with_orientation(sample_jpeg(80, 40), 6), "image/jpeg"};
  EXPECT_EQ(size_of(transform_picture(source, {.rotate = true})), (std::pair{40, 80}));
  EXPECT_EQ(size_of(transform_picture(source, {.width = 40})), (std::pair{40, 20}));
}

}  // namespace
}  // namespace gw::test
