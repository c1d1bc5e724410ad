#include "dav/file_tree.hpp"

#include "core/error.hpp"
#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

using dav::FileTree;
using dav::Kind;
using dav::Node;

class FileTrees : public FileCabinet {
 protected:
  std::vector<std::string> names(UserId user, const std::string& path) {
    FileTree tree(as(user));
    std::vector<std::string> found;
    for (const Node& node : tree.children(tree.find(path))) found.push_back(node.name);
    return found;
  }
  Node find(UserId user, const std::string& path) { return FileTree(as(user)).find(path); }
  std::string home_path(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return "Userstore/" + model::users::load_user(*lease, kContext, user).display_name;
  }
};

using Names = std::vector<std::string>;

TEST_F(FileTrees, HaveAFixedTop) {
  EXPECT_EQ(names(kAnna, ""), (Names{"Public files", "Trash", "Userstore"}));
  EXPECT_EQ(find(kAnna, "Userstore").kind, Kind::Store);
  EXPECT_EQ(find(kAnna, "Trash").folder, trash(kAnna));
  EXPECT_EQ(find(kAnna, "userstore").kind, Kind::Missing);
  EXPECT_FALSE(find(kAnna, "elsewhere/x").has_parent);
}

TEST_F(FileTrees, ShowFoldersBeforeFilesByName) {
  subfolder(kAnna, home(kAnna), "b");
  subfolder(kAnna, home(kAnna), "a");
  store(kAnna, home(kAnna), "0.txt", "0");
  store(kAnna, home(kAnna), "Z.txt", "Z");
  EXPECT_EQ(names(kAnna, home_path(kAnna)), (Names{"a", "b", "0.txt", "Z.txt"}));
  EXPECT_EQ(find(kAnna, home_path(kAnna) + "/Z.txt").kind, Kind::File);
  EXPECT_EQ(find(kAnna, home_path(kAnna) + "/z.txt").kind, Kind::Missing);
  EXPECT_TRUE(find(kAnna, home_path(kAnna) + "/z.txt").has_parent);
  EXPECT_FALSE(find(kAnna, home_path(kAnna) + "/Z.txt/below").has_parent);
}

TEST_F(FileTrees, ShowNothingOfOthersButWhatIsShared) {
  const FolderId hidden = subfolder(kAnna, home(kAnna), "hidden");
  const FolderId open = subfolder(kAnna, hidden, "open");
  share(open, kBerta, kReadAll);
  store(kAnna, open, "seen.txt", "1");
  store(kAnna, hidden, "unseen.txt", "1");
  EXPECT_EQ(find(kBerta, home_path(kAnna)).kind, Kind::Owner);
  EXPECT_EQ(names(kBerta, home_path(kAnna)), (Names{"open"}));
  EXPECT_EQ(names(kBerta, home_path(kAnna) + "/open"), (Names{"seen.txt"}));
  EXPECT_EQ(find(kBerta, home_path(kAnna) + "/hidden").kind, Kind::Missing);
  EXPECT_EQ(find(kBerta, home_path(kAnna) + "/hidden/open").kind, Kind::Missing);
  EXPECT_EQ(find(kCarl, home_path(kAnna)).kind, Kind::Missing);
  EXPECT_EQ(names(kCarl, "Userstore").size(), 1U);
}

TEST_F(FileTrees, ToldApartWhenTwoSharedFoldersHaveOneName) {
  for (const char* parent : {"one", "two"})
    share(subfolder(kAnna, subfolder(kAnna, home(kAnna), parent), "same"), kBerta, kReadAll);
  const auto found = names(kBerta, home_path(kAnna));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], "same");
  EXPECT_TRUE(found[1].starts_with("same ("));
  for (const std::string& name : found)
    EXPECT_EQ(find(kBerta, home_path(kAnna) + "/" + name).kind, Kind::Folder);
}

TEST_F(FileTrees, RefusePathsThatNobodyMayAskFor) {
  EXPECT_THROW(find(kAnna, "Userstore/../Trash"), HttpError);
  EXPECT_THROW(find(kAnna, std::string("a\0b", 3)), HttpError);
}

}  // namespace
}  // namespace gw::test
