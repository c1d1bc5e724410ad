// Files that are parked for a few minutes.
#include "model/files/managed_files.hpp"

#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

namespace files = model::files;

class ManagedFiles : public FileCabinet {
 protected:
  std::vector<std::string> keep(UserId user, std::size_t count, const std::string& bytes = "1") {
    std::vector<files::NewManagedFile> taken;
    for (std::size_t i = 0; i < count; ++i) {
      auto& file = taken.emplace_back();
      file.name = "a.txt";
      file.media_type = "text/plain";
      file.bytes = std::make_unique<files::IncomingFile>(as(user), files::kContextFiles, -1);
      file.bytes->write(bytes);
    }
    return files::keep_managed_files(as(user), taken);
  }
  bool is_there(UserId user, const std::string& id) {
    return files::use_managed_file(as(user), id).has_value();
  }
  void wait(int minutes) { database.clock.advance(minutes * 60'000); }
};

TEST_F(ManagedFiles, OnlyWhoBroughtThemSeesThem) {
  const std::string id = keep(kAnna, 1).front();
  EXPECT_EQ(id.size(), 32U);
  const auto found = files::use_managed_file(as(kAnna), id);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->name, "a.txt");
  EXPECT_EQ(found->file.size, 1);
  EXPECT_FALSE(is_there(kBerta, id));
  EXPECT_FALSE(is_there(kAnna, "x"));
  EXPECT_EQ(used(), 1);
}

TEST_F(ManagedFiles, TheyLiveOnWhileTheyAreUsedAndGoAfterwards) {
  const std::string used_one = keep(kAnna, 1).front();
  const std::string other = keep(kAnna, 1, "22").front();
  wait(6);
  EXPECT_TRUE(is_there(kAnna, used_one));
  wait(6);
  EXPECT_TRUE(is_there(kAnna, used_one));
  EXPECT_FALSE(is_there(kAnna, other));
  keep(kBerta, 1, "333");
  EXPECT_EQ(root.files.count(), 2U);
  EXPECT_EQ(used(), 4);
}

TEST_F(ManagedFiles, AUserHasAFewOnly) {
  keep(kAnna, files::kMaxManagedFiles);
  EXPECT_EQ(refusal([&] { keep(kAnna, 1); }), "QUOTA-0003");
  keep(kBerta, 1);
  wait(11);
  keep(kAnna, files::kMaxManagedFiles);
  EXPECT_EQ(used(), files::kMaxManagedFiles);
}

TEST_F(ManagedFiles, TheCheckOfTheStoreKnowsThem) {
  const std::string id = keep(kAnna, 1).front();
  const auto file = files::use_managed_file(as(kAnna), id);
  database.clock.advance(2 * files::kGraceMillis);
  auto found = files::check_files(as(kAdmin));
  EXPECT_TRUE(found.orphans.empty() && found.missing.empty() && found.usage.empty());
  root.files.spaces.at("1_ctx_store").erase(file->file.id);
  found = files::check_files(as(kAdmin));
  EXPECT_EQ(found.missing.size(), 1U);
  files::mend_files(as(kAdmin), found);
  found = files::check_files(as(kAdmin));
  EXPECT_TRUE(found.orphans.empty() && found.missing.empty() && found.usage.empty());
  EXPECT_EQ(used(), 0);
}

}  // namespace
}  // namespace gw::test
