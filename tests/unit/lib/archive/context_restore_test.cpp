// Whole contexts. Every table gets a row, so a new one is in these tests before anybody thinks of it.
#include <sys/stat.h>

#include <filesystem>

#include "archive/broken_archive.hpp"
#include "model/changes.hpp"
#include "model/contexts/context_rows.hpp"
#include "unit/lib/archive/archive_fixture.hpp"

namespace gw::test {
namespace {

using archive::BrokenArchive;

constexpr std::int64_t kFilled = 1'234;

class ContextRestore : public ArchiveTest {
 protected:
  void SetUp() override {
    const sql::Lease lease = database.pool->acquire();
    for (const sql::TableLayout& table : head_tables())
      if (table.find("cid") != nullptr) fill_row(*lease, table, kFilled);
    // What rows of files name, by their owners.
    for (const char* space : {"1234_ctx_store", "1234_ctx_1234_user_store", "1234_ctx_compose_store"})
      root.files.spaces[space]["t1234"] = {std::string("content of ") + space, {}};
    // All files lie in the server's own store here.
    lease->execute("DELETE FROM file_stores WHERE cid=?", kFilled);
  }

  void remove_context() {
    model::contexts::delete_context_rows(*database.pool->acquire(), ContextId(kFilled));
  }
};

TEST_F(ContextRestore, GivesEveryRowOfEveryTableBack) {
  const auto before = state(kFilled);
  const std::string bytes = backup(kFilled);
  EXPECT_TRUE(report.missing.empty());
  EXPECT_EQ(report.files, 3);
  remove_context();
  EXPECT_TRUE(state(kFilled).empty());
  root.files.spaces.clear();
  const auto restored = restore(bytes);
  EXPECT_EQ(restored.files, 3);
  EXPECT_EQ(state(kFilled), before);
  ASSERT_EQ(files_stored(), 3U);
  for (const auto& [space, files] : root.files.spaces)
    EXPECT_EQ(files.begin()->second.bytes, "content of " + space);
  EXPECT_EQ(number("SELECT COUNT(*) FROM infostore_versions WHERE cid=1234 AND file_id='t1234'"), 0);
}

TEST_F(ContextRestore, TakesAnotherNumberAndName) {
  const std::string bytes = backup(kFilled);
  archive::RestoreRequest request;
  request.as_context = ContextId(77);
  EXPECT_EQ(problem_of([&] { restore(bytes, request); }), "exists");
  request.as_name = "Other";
  EXPECT_EQ(problem_of([&] { restore(bytes, request); }), "exists") << "the mapping belongs to the first";
  run("DELETE FROM context_mappings WHERE cid=1234");
  const std::size_t before = files_stored();
  EXPECT_EQ(restore(backup(kFilled), request).context, ContextId(77));
  EXPECT_EQ(number("SELECT COUNT(*) FROM contexts WHERE cid=77 AND name='other'"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM events WHERE cid=77"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM events WHERE cid=1234"), 1);
  EXPECT_EQ(files_stored(), before + 3);
}

TEST_F(ContextRestore, MakesEveryClientReadAnew) {
  const std::string bytes = backup(kFilled);
  remove_context();
  database.clock.advance(1'000);
  restore(bytes);
  const sql::Lease lease = database.pool->acquire();
  EXPECT_EQ(model::tombstone_horizon(*lease, ContextId(kFilled)), database.clock.now());
  EXPECT_EQ(model::last_stamp(*lease, ContextId(kFilled)), database.clock.now());
}

TEST_F(ContextRestore, RefusesWhatIsThereAndLeavesNoFile) {
  const std::string bytes = backup(kFilled);
  const std::size_t files = files_stored();
  EXPECT_EQ(problem_of([&] { restore(bytes); }), "exists");
  EXPECT_EQ(files_stored(), files);
}

TEST_F(ContextRestore, WritesNothingOfABrokenArchive) {
  const std::string bytes = backup(kFilled, {}, archive::Compression::None);
  remove_context();
  root.files.spaces.clear();
  const std::size_t end = bytes.find_last_not_of('\0');
  for (const std::size_t length : {std::size_t{0}, end / 3, end / 2, end - 70})
    EXPECT_THROW(restore(bytes.substr(0, length)), BrokenArchive) << length;
  std::string changed = bytes;
  changed[changed.find("content of")] = 'k';
  EXPECT_THROW(restore(changed), BrokenArchive);
  EXPECT_TRUE(state(kFilled).empty());
  EXPECT_EQ(files_stored(), 0U);
}

TEST_F(ContextRestore, TakesTheFilesAwayWhenTheRowsCannotBeWritten) {
  run("UPDATE contexts SET name='named' WHERE cid=1234");
  const std::string bytes = backup(kFilled);
  remove_context();
  root.files.spaces.clear();
  // A context of the same mapping, which only the transaction finds.
  run("INSERT INTO contexts (cid,name,enabled,admin,file_quota,created) VALUES (5,'five',1,2,-1,0)");
  run("INSERT INTO context_mappings (mapping,cid) VALUES ('t1234',5)");
  EXPECT_EQ(problem_of([&] { restore(bytes); }), "exists");
  EXPECT_EQ(files_stored(), 0U);
  EXPECT_TRUE(state(kFilled).empty());
}

TEST_F(ContextRestore, TellsOfFilesThatTheStoreLost) {
  root.files.spaces.erase("1234_ctx_store");
  const auto before = state(kFilled);
  const std::string bytes = backup(kFilled);
  EXPECT_EQ(report.files, 2);
  EXPECT_FALSE(report.missing.empty());
  remove_context();
  restore(bytes);
  EXPECT_EQ(state(kFilled), before);
}

TEST_F(ContextRestore, LeavesNoTemporaryFolder) {
  const std::string parent = testing::TempDir() + "restore" + std::to_string(::getpid());
  std::filesystem::create_directory(parent);
  ::setenv("TMPDIR", parent.c_str(), 1);
  const std::string bytes = backup(kFilled);
  remove_context();
  restore(bytes);
  ::unsetenv("TMPDIR");
  EXPECT_TRUE(std::filesystem::is_empty(parent));
  std::filesystem::remove_all(parent);
}

TEST(OlderBackup, GoesThroughTheStepsThatCameSince) {
  class OlderArchive : public ArchiveTest {
   public:
    void TestBody() override {}
    std::int64_t size_after_restore(const std::string& bytes) {
      restore(bytes);
      return number("SELECT file_size FROM infostore_items WHERE cid=9 AND id=31");
    }
  };
  std::string bytes;
  archive::TarWriter tar([&](std::string_view piece) { bytes += piece; }, archive::Compression::Zstd, {1});
  archive::Manifest manifest;
  manifest.schema = 12;  // the step behind it made the column, out of the versions
  manifest.context = ContextId(9);
  manifest.context_name = "nine";
  tar.add(archive::kManifestName, archive::to_json(manifest).dump());
  tar.add("rows/contexts.jsonl", R"({"name":"nine","enabled":1,"admin":2,"file_quota":-1,"created":1})"
                                 "\n");
  tar.add(
      "rows/context_sequence.jsonl",
      R"({"last_stamp":5,"next_id":40,"account_stamp":0,"folder_stamp":0,"tombstone_horizon":0,"next_user_id":3})"
      "\n");
  tar.add("rows/infostore_items.jsonl",
          R"({"id":31,"folder_id":20,"created_by":2,"modified_by":2,"creation_date":1,"last_modified":5,)"
          R"("color_label":0,"current_version":1,"number_of_versions":1,"highest_version":1})"
          "\n");
  tar.add("rows/infostore_versions.jsonl",
          R"({"item":31,"version":1,"file_size":4711,"file_owner":0,"created_by":2,"created":1})"
          "\n");
  tar.finish();
  EXPECT_EQ(OlderArchive().size_after_restore(bytes), 4'711);
}

}  // namespace
}  // namespace gw::test
