#include <gtest/gtest.h>

#include "model/contacts/picture.hpp"
#include "picture_samples.hpp"

namespace gw::test {
namespace {

using model::contacts::inspect_picture;
using model::contacts::PictureFormat;

TEST(InspectPicture, KnowsFormatAndSize) {
  const std::pair<std::string, PictureFormat> samples[] = {{sample_jpeg(61, 43), PictureFormat::Jpeg},
                                                           {sample_png(61, 43), PictureFormat::Png},
                                                           {sample_gif(61, 43), PictureFormat::Gif},
                                                           {sample_bmp(61, 43), PictureFormat::Bmp}};
  for (const auto& [bytes, format] : samples) {
    const auto info = inspect_picture(bytes);
    ASSERT_TRUE(info.has_value());
    EXPECT_EQ(info->format, format);
    EXPECT_EQ(info->width, 61);
    EXPECT_EQ(info->height, 43);
    EXPECT_EQ(info->camera.orientation, 1);
  }
}

TEST(InspectPicture, ReadsTheOrientation) {
  for (char value = 1; value <= 8; ++value)
    EXPECT_EQ(inspect_picture(with_orientation(sample_jpeg(8, 8), value))->camera.orientation, value);
  EXPECT_EQ(inspect_picture(with_orientation(sample_jpeg(8, 8), 9))->camera.orientation, 1);
}

TEST(InspectPicture, FindsNothingInAHeadThatIsCutOff) {
  const std::string jpeg = with_orientation(sample_jpeg(600, 600), 6);
  for (const std::string& bytes : {jpeg, sample_png(2, 70'000), sample_gif(600, 600), sample_bmp(600, 600)}) {
    const auto whole = inspect_picture(bytes);
    ASSERT_TRUE(whole.has_value());
    for (std::size_t length = 0; length < std::min<std::size_t>(bytes.size(), 1'000); ++length) {
      const auto info = inspect_picture(std::string_view(bytes).substr(0, length));
      if (!info) continue;
      ASSERT_EQ(info->width, whole->width) << length << " bytes";
      ASSERT_EQ(info->height, whole->height) << length << " bytes";
    }
  }
}

TEST(InspectPicture, SurvivesEveryCutAndEveryFlippedByte) {
  const std::string jpeg = with_orientation(sample_jpeg(16, 16), 6);
  for (const std::string& bytes : {jpeg, sample_png(16, 16), sample_gif(16, 16), sample_bmp(16, 16)}) {
    for (std::size_t length = 0; length < std::min<std::size_t>(bytes.size(), 400); ++length)
      inspect_picture(bytes.substr(0, length));
    for (std::size_t i = 0; i < std::min<std::size_t>(bytes.size(), 400); ++i) {
      std::string broken = bytes;
      broken[i] = static_cast<char>(~broken[i]);
      inspect_picture(broken);
    }
  }
}

}  // namespace
}  // namespace gw::test
