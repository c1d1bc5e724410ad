#include "ajax/upload/upload_spool.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/error.hpp"

namespace gw::ajax {
namespace {

namespace fs = std::filesystem;

class UploadSpoolTest : public testing::Test {
 protected:
  UploadSpoolTest() {
    std::string pattern = (fs::temp_directory_path() / "gwspool.XXXXXX").string();
    folder = mkdtemp(pattern.data());
  }
  ~UploadSpoolTest() override { fs::remove_all(folder); }

  [[nodiscard]] long files() const {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
  }

  void add(UploadSpool& spool, const PartHead& head, std::string_view data) {
    spool.begin_part(head);
    spool.part_data(data);
    spool.end_part();
  }

  std::string folder;
  Request request;
};

TEST_F(UploadSpoolTest, WritesFilesToDiskAndFieldsIntoTheForm) {
  UploadSpool spool(folder, {1'000, 1'000}, request);
  add(spool, {"json", {}, ""}, "{}");
  add(spool, {"file", "a.txt", "text/plain"}, "hello");
  EXPECT_EQ(request.form.get("json"), "{}");
  ASSERT_EQ(request.uploads.size(), 1U);
  const Upload& upload = request.uploads[0];
  EXPECT_EQ(upload.field, "file");
  EXPECT_EQ(upload.file_name, "a.txt");
  EXPECT_EQ(upload.size, 5);
  std::ifstream file(upload.path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "hello");
  struct stat info {};
  ASSERT_EQ(stat(upload.path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(UploadSpoolTest, RemovesItsFilesAtTheEnd) {
  {
    UploadSpool spool(folder, {1'000, 1'000}, request);
    add(spool, {"file", "a", ""}, "1");
    spool.begin_part({"file_1", "unfinished", ""});
    EXPECT_EQ(files(), 2);
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(UploadSpoolTest, IgnoresAFileFieldThatWasLeftEmpty) {
  UploadSpool spool(folder, {1'000, 1'000}, request);
  spool.begin_part({"file", "", ""});
  spool.end_part();
  EXPECT_TRUE(request.uploads.empty());
  EXPECT_EQ(files(), 0);
}

TEST_F(UploadSpoolTest, KeepsANamedFileWithoutBytes) {
  UploadSpool spool(folder, {1'000, 1'000}, request);
  spool.begin_part({"file", "empty.ics", ""});
  spool.end_part();
  ASSERT_EQ(request.uploads.size(), 1U);
  EXPECT_EQ(request.uploads[0].size, 0);
}

TEST_F(UploadSpoolTest, RefusesAFileBeyondTheLimit) {
  UploadSpool spool(folder, {10, 1'000}, request);
  spool.begin_part({"file", "a", ""});
  spool.part_data("0123456789");
  try {
    spool.part_data("0");
    ADD_FAILURE() << "it was taken";
  } catch (const ApiError& error) {
    EXPECT_EQ(format_code(error.code()), "UPL-0005");
  }
}

TEST_F(UploadSpoolTest, CountsAllFieldsTogether) {
  UploadSpool spool(folder, {10, 10}, request);
  add(spool, {"a", {}, ""}, "123456");
  spool.begin_part({"b", {}, ""});
  EXPECT_THROW(spool.part_data("123456"), HttpError);
}

TEST_F(UploadSpoolTest, NamesThePartsOfMultipartMixed) {
  UploadSpool spool(folder, {100, 100}, request);
  add(spool, {"", {}, "application/json"}, "{}");
  add(spool, {"", {}, "text/calendar"}, "BEGIN");
  EXPECT_EQ(request.form.get("json"), "{}");
  ASSERT_EQ(request.uploads.size(), 1U);
  EXPECT_EQ(request.uploads[0].field, "file_0");
}

TEST_F(UploadSpoolTest, IsUnavailableWithoutItsFolder) {
  UploadSpool spool(folder + "/absent", {100, 100}, request);
  EXPECT_THROW(spool.begin_part({"file", "a", ""}), Unavailable);
}

TEST_F(UploadSpoolTest, StaleFilesOfKilledProcessesAreRemovedAndOthersStay) {
  const auto touch = [this](const char* name, std::chrono::hours age) {
    const fs::path path = fs::path(folder) / name;
    std::ofstream(path) << "x";
    fs::last_write_time(path, fs::file_time_type::clock::now() - age);
  };
  touch("groupware-upload-old", std::chrono::hours(48));
  touch("groupware-upload-new", std::chrono::hours(0));
  touch("somebody-elses", std::chrono::hours(48));
  EXPECT_EQ(remove_stale_uploads(folder, std::chrono::hours(24)), 1);
  EXPECT_EQ(files(), 2);
  EXPECT_EQ(remove_stale_uploads(folder + "/absent", std::chrono::hours(24)), 0);
}

}  // namespace
}  // namespace gw::ajax
