#include "model/folders/drive_mail_folders.hpp"

#include "folder_world.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::test {
namespace {

using model::folders::Folder;

class DriveMailFolders : public FolderWorld {
 protected:
  FolderId make(const std::string& title, std::int64_t ends = 0, UserId user = kAnna) {
    model::folders::DriveMailFolder wanted;
    wanted.title = title;
    wanted.ends = Millis{ends};
    wanted.link.is_link = true;
    wanted.link.expires = wanted.ends;
    return model::folders::create_drive_mail_folder(*work_for(user), wanted);
  }
  void clean(UserId user = kAnna) { model::folders::remove_ended_drive_mail(*work_for(user)); }
  std::int64_t now() const { return database.clock.now().value; }
};

TEST_F(DriveMailFolders, EachMailHasOneBelowTheSameFolder) {
  const FolderId first = make("Plans");
  const FolderId second = make("Plans");
  const Folder one = *stored(first);
  const Folder two = *stored(second);
  EXPECT_EQ(one.title, "Plans");
  EXPECT_EQ(two.title, "Plans (2)");
  EXPECT_EQ(one.parent, two.parent);
  const Folder root = *stored(one.parent);
  EXPECT_EQ(root.title, "Drive Mail");
  EXPECT_EQ(root.parent, defaults[kAnna].infostore);
  EXPECT_NE(stored(make("Plans", 0, kBert))->parent, root.id);
}

TEST_F(DriveMailFolders, OnlyTheOwnerAndTheLinkReadIt) {
  permit(kAnna, defaults[kAnna].infostore,
         {user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kViewerBits)});
  const FolderId folder = make("Plans");
  const Entries entries = permissions(folder);
  ASSERT_EQ(entries.size(), 2U);
  const bool own_first = entries[0].entity == kAnna.value;
  EXPECT_EQ(to_bits(entries[own_first ? 0 : 1].rights), model::kOwnerBits);
  EXPECT_EQ(to_bits(entries[own_first ? 1 : 0].rights), model::kViewerBits);
  EXPECT_FALSE(
      model::folders::find_access(*database.pool->acquire(), work_for(kBert)->caller(), folder).has_value());
  EXPECT_EQ(permissions(stored(folder)->parent).size(), 1U);
}

TEST_F(DriveMailFolders, GoWhenTheirTimeIsOver) {
  const FolderId kept = make("kept");
  const FolderId early = make("early", now() + 1'000);
  const FolderId late = make("late", now() + 100'000);
  const FolderId moved = make("moved", now() + 1'000);
  move(kAnna, moved, text(defaults[kAnna].infostore));
  clean();
  EXPECT_TRUE(stored(early).has_value());
  database.clock.advance(2'000);
  clean(kBert);
  EXPECT_TRUE(stored(early).has_value());
  clean();
  EXPECT_FALSE(stored(early).has_value());
  EXPECT_TRUE(stored(kept) && stored(late) && stored(moved));
}

TEST_F(DriveMailFolders, ABadEndOrNoFileFolderMakesNothing) {
  EXPECT_EQ(code_of([&] { make("past", now() - 1); }), "SHR-0004");
  EXPECT_EQ(children(kAnna, text(defaults[kAnna].infostore)).size(), 0U);
  EXPECT_EQ(code_of([&] { make("no home", 0, kGuest); }), "MSGCS-0022");
}

}  // namespace
}  // namespace gw::test
