#include "apache/file_access.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace gw::apache {
namespace {

namespace fs = std::filesystem;

/// An account that owns nothing here and is in no group of ours.
const Account kStranger{54'321, {54'321}};

class FileAccess : public testing::Test {
 protected:
  FileAccess() {
    std::string pattern = (fs::temp_directory_path() / "gwaccess.XXXXXX").string();
    folder = mkdtemp(pattern.data());
    chmod(folder.c_str(), 0755);
  }
  ~FileAccess() override { fs::remove_all(folder); }
  std::string folder;
};

TEST_F(FileAccess, TheOwnerMayWrite) {
  const Account owner{getuid(), {getgid()}};
  EXPECT_EQ(explain_unwritable_folder(folder, owner), "");
}

TEST_F(FileAccess, AStrangerMayNotWriteAndTheTextNamesTheFix) {
  EXPECT_EQ(explain_unwritable_folder(folder, kStranger),
            "54321 may not write to " + folder + "; allow it: chown 54321 " + folder);
}

TEST_F(FileAccess, AGroupMayWriteWhenItsBitsSaySo) {
  chmod(folder.c_str(), 0770);
  EXPECT_EQ(explain_unwritable_folder(folder, {54'321, {54'321, getgid()}}), "");
  EXPECT_NE(explain_unwritable_folder(folder, kStranger), "");
}

TEST_F(FileAccess, AMissingFolderIsReportedWithItsPath) {
  EXPECT_NE(explain_unwritable_folder(folder + "/absent", kStranger).find(folder + "/absent: No such file"),
            std::string::npos);
}

TEST_F(FileAccess, AClosedFolderAboveIsReported) {
  fs::create_directory(folder + "/inner");
  chmod((folder + "/inner").c_str(), 0777);
  chmod(folder.c_str(), 0700);
  EXPECT_NE(explain_unwritable_folder(folder + "/inner", kStranger).find("may not enter " + folder),
            std::string::npos);
}

TEST_F(FileAccess, AFileThatRootMadeIsReportedAndAMissingOneIsFine) {
  const std::string file = folder + "/groupware.db";
  EXPECT_EQ(explain_unwritable_file(file, kStranger), "");
  std::ofstream(file) << "x";
  chmod(file.c_str(), 0644);
  EXPECT_NE(explain_unwritable_file(file, kStranger), "");
}

}  // namespace
}  // namespace gw::apache
