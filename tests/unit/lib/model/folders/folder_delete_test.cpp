#include "folder_world.hpp"

namespace gw::test {
namespace {

using model::folders::FolderType;

class FolderDelete : public FolderWorld {
 protected:
  Millis last_stamp() { return model::last_stamp(*database.pool->acquire(), kContext); }
};

TEST_F(FolderDelete, TakesSubfoldersAndContentAlongAndLeavesTombstones) {
  const FolderId top = create(kAnna, "1", "Top");
  const FolderId inside = create_below(kAnna, top, "Inside");
  contacts.objects[inside] = 4;
  const Millis since = last_stamp();
  const auto deleted = remove(kAnna, top);
  EXPECT_FALSE(deleted.is_trashed);
  EXPECT_FALSE(stored(top).has_value());
  EXPECT_FALSE(stored(inside).has_value());
  EXPECT_TRUE(permissions(inside).empty());
  EXPECT_FALSE(contacts.objects.contains(inside));
  const auto found = updates(kAnna, since);
  EXPECT_EQ(found.gone, (std::vector<std::string>{text(top), text(inside)}));
  EXPECT_EQ(found.timestamp, deleted.stamp);
  ASSERT_EQ(found.changed.size(), 1U);
  EXPECT_EQ(*found.changed[0].id, "1");
}

TEST_F(FolderDelete, ChecksEveryRule) {
  const auto removes = [&](UserId user, FolderId id) { return code_of([&] { remove(user, id); }); };
  const FolderId shared =
      create(kAnna, "1", "Shared",
             Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kAuthorBits)});
  const FolderId open =
      create(kAnna, "2", "Open",
             Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kAuthorBits),
                     user_entry(kCarl, model::to_bits({64, 64, 0, 0, true}))});
  EXPECT_EQ(removes(kAnna, FolderId(6)), "FLD-0090");
  EXPECT_EQ(removes(kAnna, defaults[kAnna].contacts), "FLD-0031");
  EXPECT_EQ(removes(kAnna, defaults[kAnna].infostore_trash), "FLD-0031");
  EXPECT_EQ(removes(kBert, shared), "FLD-0030");
  EXPECT_EQ(removes(kBert, open), "FLD-0010");
  EXPECT_EQ(removes(kBert, defaults[kAnna].tasks), "FLD-0003");
  EXPECT_EQ(removes(kAnna, FolderId(99999)), "FLD-0008");
  contacts.objects[open] = 1;
  EXPECT_EQ(removes(kCarl, open), "FLD-0032");
  contacts.objects.clear();
  create_below(kAnna, open, "Hidden", Entries{user_entry(kAnna, model::kOwnerBits)});
  EXPECT_EQ(removes(kCarl, open), "FLD-0074");
  EXPECT_EQ(removes(kAnna, open), "none");
}

TEST_F(FolderDelete, RefusesWhenTheFolderChangedMeanwhile) {
  const FolderId id = create(kAnna, "1", "Mine");
  const Millis read = stored(id)->last_modified;
  rename(kAnna, id, "Newer");
  EXPECT_EQ(code_of([&] { model::folders::delete_folder(*work_for(kAnna), text(id), read); }), "FLD-0009");
  EXPECT_TRUE(stored(id).has_value());
}

TEST_F(FolderDelete, PutsFileFoldersIntoTheTrashAndTakesThemOutAgain) {
  const FolderId home = defaults[kAnna].infostore, trash = defaults[kAnna].infostore_trash;
  const FolderId top = create_files(kAnna, home, "Top");
  const FolderId inside = create_files(kAnna, top, "Inside");
  permit(kAnna, top, {user_entry(kAnna, model::kOwnerBits), user_entry(kBert, 257)});
  EXPECT_TRUE(remove(kAnna, top).is_trashed);
  EXPECT_EQ(stored(top)->parent, trash);
  EXPECT_EQ(stored(inside)->type, FolderType::Trash);
  EXPECT_EQ(permissions(top), Entries{user_entry(kAnna, model::kOwnerBits)});
  const FolderId again = create_files(kAnna, home, "Top");
  remove(kAnna, again);
  EXPECT_EQ(stored(again)->title, "Top (2)");

  model::folders::restore_folder(*work_for(kAnna), text(top));
  EXPECT_EQ(stored(top)->parent, home);
  EXPECT_EQ(stored(top)->type, FolderType::Public);
  EXPECT_EQ(stored(inside)->type, FolderType::Public);
  EXPECT_EQ(code_of([&] { model::folders::restore_folder(*work_for(kAnna), text(top)); }), "FLD-0013");
  EXPECT_FALSE(remove(kAnna, again).is_trashed);
  EXPECT_FALSE(stored(again).has_value());
}

TEST_F(FolderDelete, RestoresToTheOwnFileFolderWhenTheOldPlaceIsGone) {
  const FolderId top = create_files(kAnna, defaults[kAnna].infostore, "Top");
  const FolderId inside = create_files(kAnna, top, "Inside");
  remove(kAnna, inside);
  remove(kAnna, top, true);
  EXPECT_FALSE(stored(top).has_value());
  model::folders::restore_folder(*work_for(kAnna), text(inside));
  EXPECT_EQ(stored(inside)->parent, defaults[kAnna].infostore);
}

TEST_F(FolderDelete, ClearsObjectsButNotSubfolders) {
  const FolderId top =
      create(kAnna, "1", "Top", Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, 257)});
  const FolderId inside = create_below(kAnna, top, "Inside");
  contacts.objects[top] = 2;
  contacts.objects[inside] = 1;
  EXPECT_EQ(code_of([&] { model::folders::clear_folder(*work_for(kBert), text(top)); }), "FLD-0032");
  EXPECT_EQ(contacts.objects[top], 2);
  model::folders::clear_folder(*work_for(kAnna), text(top));
  EXPECT_EQ(contacts.objects[top], 0);
  EXPECT_EQ(contacts.objects[inside], 1);
  EXPECT_TRUE(stored(inside).has_value());
}

class FolderUpdatesTest : public FolderDelete {};

TEST_F(FolderUpdatesTest, TellOthersOfFoldersTheyMayNoLongerSee) {
  const FolderId shared =
      create(kAnna, "1", "Shared", Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, 257)});
  const Millis since = last_stamp();
  EXPECT_TRUE(updates(kBert, since).gone.empty());
  permit(kAnna, shared, {user_entry(kAnna, model::kOwnerBits)});
  const auto found = updates(kBert, since);
  EXPECT_EQ(found.gone, std::vector<std::string>{text(shared)});
  EXPECT_TRUE(found.changed.empty());
  EXPECT_EQ(found.timestamp, last_stamp());
  EXPECT_TRUE(updates(kBert, found.timestamp).gone.empty());
}

TEST_F(FolderUpdatesTest, DoNotNameFoldersTheCallerNeverKnew) {
  const Millis since = last_stamp();
  create(kAnna, "1", "Secret");
  EXPECT_TRUE(updates(kBert, since).gone.empty());
}

TEST_F(FolderUpdatesTest, GiveEveryChangeOnceInTheOrderOfStamps) {
  const FolderId first = create(kAnna, "1", "First"), second = create(kAnna, "1", "Second");
  const Millis since = last_stamp();
  rename(kAnna, second, "Second2");
  rename(kAnna, first, "First2");
  const auto found = updates(kAnna, since);
  ASSERT_EQ(found.changed.size(), 2U);
  EXPECT_EQ(found.changed[0].stored, second);
  EXPECT_EQ(found.changed[1].stored, first);
  EXPECT_EQ(updates(kAnna, found.timestamp).timestamp, found.timestamp);
}

TEST_F(FolderUpdatesTest, RefuseATimeWhoseTombstonesAreGone) {
  work_for(kAdmin)->write([&](model::Transaction& transaction) {
    model::prune_tombstones(transaction.connection(), kContext, transaction.stamp());
  });
  EXPECT_EQ(code_of([&] { updates(kAnna, Millis{5}); }), "FLD-1022");
  EXPECT_EQ(code_of([&] { updates(kAnna, Millis{0}); }), "none");
}

}  // namespace
}  // namespace gw::test
