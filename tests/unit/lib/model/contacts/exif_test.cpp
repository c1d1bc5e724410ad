#include "model/contacts/exif.hpp"

#include <gtest/gtest.h>

#include "picture_samples.hpp"

namespace gw::test {
namespace {

using model::contacts::read_camera_notes;

TEST(CameraNotes, AreReadInBothByteOrders) {
  for (const bool is_little : {true, false}) {
    const auto notes = read_camera_notes(ExifBlock(is_little).bytes());
    EXPECT_EQ(notes.orientation, 6) << is_little;
    EXPECT_EQ(notes.model, "Model T");
    EXPECT_EQ(notes.iso_speed, 400);
    EXPECT_EQ(format_utc(notes.captured), "2026-11-30T10:34:56Z");
  }
}

TEST(CameraNotes, TakeATimeWithoutZoneAsUtc) {
  ExifBlock block(true);
  block.zone.clear();
  EXPECT_EQ(format_utc(read_camera_notes(block.bytes()).captured), "2026-11-30T12:34:56Z");
  block.zone = "somewhere";
  EXPECT_EQ(format_utc(read_camera_notes(block.bytes()).captured), "2026-11-30T12:34:56Z");
}

TEST(CameraNotes, LeaveOutWhatIsNoTime) {
  for (const char* text : {"    :  :     :  :  ", "0000:00:00 00:00:00", "2026:02:30 12:34:56",
                           "2026:11:30 25:00:00", "2026-11-30 12:34:56", "2026:11:30 12:34", ""}) {
    ExifBlock block(true);
    block.captured = text;
    EXPECT_EQ(read_camera_notes(block.bytes()).captured.value, 0) << text;
  }
}

TEST(CameraNotes, LeaveOutAModelThatIsNoText) {
  ExifBlock block(true);
  block.model = "\xFF\xFE";
  EXPECT_EQ(read_camera_notes(block.bytes()).model, "");
  block.model = "two\nlines";
  EXPECT_EQ(read_camera_notes(block.bytes()).model, "");
  block.model = std::string(300, 'm');
  EXPECT_EQ(read_camera_notes(block.bytes()).model, std::string(255, 'm'));
  block.model = "  T  ";
  EXPECT_EQ(read_camera_notes(block.bytes()).model, "T");
}

TEST(CameraNotes, SurviveEveryCutAndEveryFlippedByte) {
  const std::string bytes = ExifBlock(true).bytes();
  for (std::size_t length = 0; length < bytes.size(); ++length) read_camera_notes(bytes.substr(0, length));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string broken = bytes;
    broken[i] = static_cast<char>(~broken[i]);
    const auto notes = read_camera_notes(broken);
    EXPECT_TRUE(notes.orientation >= 1 && notes.orientation <= 8);
    EXPECT_LE(notes.model.size(), 255U);
  }
}

}  // namespace
}  // namespace gw::test
