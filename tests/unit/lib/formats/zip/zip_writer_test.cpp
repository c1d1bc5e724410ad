#include "formats/zip/zip_writer.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <map>

namespace gw::formats::zip {
namespace {

constexpr Millis kDay{1'700'000'000'000};

/// Names and contents, read back by another reader than the writer's own code; broken archives give what was
/// readable.
std::map<std::string, std::string> read_back(const std::string& bytes) {
  std::map<std::string, std::string> files;
  archive* handle = archive_read_new();
  archive_read_support_format_zip(handle);
  archive_read_open_memory(handle, bytes.data(), bytes.size());
  archive_entry* entry = nullptr;
  while (archive_read_next_header(handle, &entry) == ARCHIVE_OK) {
    std::string content;
    char piece[1'000];
    for (la_ssize_t read = 0; (read = archive_read_data(handle, piece, sizeof piece)) > 0;)
      content.append(piece, static_cast<std::size_t>(read));
    files[archive_entry_pathname(entry)] = content;
  }
  archive_read_free(handle);
  return files;
}

TEST(ZipWriter, FilesAndFoldersComeBackAsTheyWere) {
  std::string bytes;
  ZipWriter zip([&](std::string_view piece) {
    bytes += piece;
    return true;
  });
  const std::string large(300'000, 'x');
  ASSERT_TRUE(zip.add_folder("sub/empty", kDay));
  ASSERT_TRUE(zip.begin_file("sub/a.txt", 5, kDay));
  ASSERT_TRUE(zip.write("he") && zip.write("llo"));
  ASSERT_TRUE(zip.begin_file("large", static_cast<std::int64_t>(large.size()), kDay));
  ASSERT_TRUE(zip.write(large));
  ASSERT_TRUE(zip.begin_file("nothing", 0, kDay));
  ASSERT_TRUE(zip.finish());
  const auto files = read_back(bytes);
  EXPECT_EQ(files.size(), 4U);
  EXPECT_EQ(files.at("sub/a.txt"), "hello");
  EXPECT_EQ(files.at("large"), large);
  EXPECT_EQ(files.at("nothing"), "");
  EXPECT_TRUE(files.contains("sub/empty/"));
}

TEST(ZipWriter, ASecondFileOfANameGetsACounterBeforeItsExtension) {
  std::string bytes;
  ZipWriter zip([&](std::string_view piece) {
    bytes += piece;
    return true;
  });
  for (const char* text : {"1", "2", "3"})
    ASSERT_TRUE(zip.begin_file("d.x/a.txt", 1, kDay) && zip.write(text));
  ASSERT_TRUE(zip.begin_file("d.x/plain", 0, kDay) && zip.begin_file("d.x/plain", 0, kDay));
  ASSERT_TRUE(zip.finish());
  const auto files = read_back(bytes);
  EXPECT_EQ(files.at("d.x/a.txt"), "1");
  EXPECT_EQ(files.at("d.x/a (1).txt"), "2");
  EXPECT_EQ(files.at("d.x/a (2).txt"), "3");
  EXPECT_TRUE(files.contains("d.x/plain (1)"));
}

TEST(ZipWriter, NoEntryLeadsOutOfTheFolderWhereItIsUnpacked) {
  std::string bytes;
  ZipWriter zip([&](std::string_view piece) {
    bytes += piece;
    return true;
  });
  for (const char* path : {"../../etc/passwd", "/root/x", "a/..", "..\\b", ""})
    ASSERT_TRUE(zip.begin_file(path, 0, kDay));
  ASSERT_TRUE(zip.finish());
  for (const auto& [path, content] : read_back(bytes)) {
    EXPECT_FALSE(path.starts_with('/')) << path;
    EXPECT_EQ(("/" + path + "/").find("/../"), std::string::npos) << path;
    EXPECT_EQ(path.find('\\'), std::string::npos) << path;
  }
}

TEST(ZipWriter, NamesAreMarkedAsUtf8) {
  std::string bytes;
  ZipWriter zip([&](std::string_view piece) {
    bytes += piece;
    return true;
  });
  ASSERT_TRUE(
      zip.begin_file("Gr\xC3\xBC\xC3\x9F"
                     "e.txt",
                     0, kDay));
  ASSERT_TRUE(zip.finish());
  // Bit 11 of the general purpose flags of the first local header (APPNOTE 4.4.4).
  ASSERT_GT(bytes.size(), 8U);
  EXPECT_EQ(static_cast<unsigned char>(bytes[7]) & 0x08, 0x08);
  EXPECT_NE(bytes.find("Gr\xC3\xBC\xC3\x9F"
                       "e.txt"),
            std::string::npos);
}

TEST(ZipWriter, StopsWhenNobodyWantsMore) {
  int pieces = 0;
  ZipWriter zip([&](std::string_view) {
    ++pieces;
    return false;
  });
  const std::string block(65'536, '\x7F');
  bool goes_on = zip.begin_file("a", 1 << 30, kDay);
  for (int i = 0; goes_on && i < 100'000; ++i) goes_on = zip.write(block);
  EXPECT_FALSE(goes_on);
  EXPECT_FALSE(zip.begin_file("b", 0, kDay));
  EXPECT_FALSE(zip.finish());
  EXPECT_EQ(pieces, 1);
}

}  // namespace
}  // namespace gw::formats::zip
