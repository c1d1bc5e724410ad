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

TEST_F(FileTrees, ShowFilesSharedOneByOneBesideTheCollections) {
  const ItemRef file = store(kAnna, home(kAnna), "plan.txt", "1").ref;
  const ItemRef twin = store(kAnna, subfolder(kAnna, home(kAnna), "x"), "plan.txt", "2").ref;
  for (const ItemRef& ref : {file, twin})
    update(kAnna, ref, "{'object_permissions':[{'entity':4,'group':false,'bits':1}]}");
  const std::string other = "plan (" + std::to_string(twin.id.value) + ").txt";
  const auto found = names(kBerta, "Userstore");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[1], other);
  EXPECT_EQ(found[2], "plan.txt");
  EXPECT_EQ(find(kBerta, "Userstore/plan.txt").item->id, file.id.value);
  EXPECT_EQ(find(kBerta, "Userstore/" + other).item->id, twin.id.value);
  EXPECT_EQ(find(kCarl, "Userstore/plan.txt").kind, Kind::Missing);
  EXPECT_EQ(names(kAnna, "Userstore").size(), 1U);
}

TEST_F(FileTrees, CountWhatLiesBelowAsFarAsTheLimit) {
  const FolderId folder = subfolder(kAnna, home(kAnna), "a");
  for (const char* name : {"1", "2", "3"}) store(kAnna, folder, name, "x");
  FileTree tree(as(kAnna));
  const Node top = tree.find(home_path(kAnna));
  EXPECT_EQ(tree.count_below(top, 100), 4);
  EXPECT_GT(tree.count_below(top, 2), 2);
}

}  // namespace
}  // namespace gw::test
