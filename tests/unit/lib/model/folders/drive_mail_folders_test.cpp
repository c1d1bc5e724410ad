#include "model/folders/drive_mail_folders.hpp"

#include "core/errors/composition.hpp"
#include "folder_world.hpp"
#include "model/folders/folder_access.hpp"
#include "model/jobs/job_runner.hpp"

namespace gw::test {
namespace {

using model::folders::Folder;

/// Files of which one can be locked: then their folder stays.
class LockableFiles final : public model::folders::FolderContent {
 public:
  model::ObjectModule module() const override { return model::ObjectModule::Infostore; }
  std::int64_t count_readable(model::UnitOfWork&, FolderId, const model::Rights&) const override { return 0; }
  bool is_empty(model::Transaction&, FolderId) const override { return true; }
  bool may_delete_all(model::Transaction&, FolderId, const model::Rights&) const override { return true; }
  void delete_all(model::Transaction&, FolderId) const override {
    if (is_locked) throw ApiError(errors::msgcs::kSharedFolderInconsistent);
  }
  void delete_made_by(model::Transaction&, FolderId, UserId) const override {}
  bool is_locked = false;
};

class DriveMailFolders : public FolderWorld {
 protected:
  DriveMailFolders() { database.contents.push_back(&files); }
  FolderId make(const std::string& title, std::int64_t ends = 0, UserId user = kAnna) {
    model::folders::DriveMailFolder wanted;
    wanted.title = title;
    wanted.ends = Millis{ends};
    wanted.link.is_link = true;
    wanted.link.expires = wanted.ends;
    return model::folders::create_drive_mail_folder(*work_for(user), wanted);
  }
  void clean(UserId user = kAnna) { model::folders::remove_ended_drive_mail(*work_for(user)); }
  /// What the server does by the clock.
  std::int64_t run_job() {
    const model::jobs::Job job{"drive-mail", Milliseconds{1}, model::folders::remove_unsent_drive_mail};
    model::jobs::JobRunner runner(*database.environment, std::vector{job});
    return runner.run_now().front().done;
  }
  std::int64_t unsent() {
    sql::Lease connection = database.pool->acquire();
    sql::Query row = connection->query("SELECT COUNT(*) FROM drive_mail_unsent");
    return row.next() ? row.integer(0) : -1;
  }
  std::int64_t now() const { return database.clock.now().value; }

  LockableFiles files;
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

TEST_F(DriveMailFolders, GoWhenTheirMailWasNeverSent) {
  const FolderId lost = make("lost"), sent = make("sent"), taken_back = make("taken back");
  const FolderId moved = make("moved"), others = make("others", 0, kBert);
  move(kAnna, moved, text(defaults[kAnna].infostore));
  model::folders::let_drive_mail_go(*work_for(kAnna), sent);
  model::folders::discard_drive_mail_folder(*work_for(kAnna), taken_back);
  EXPECT_FALSE(stored(taken_back).has_value());
  EXPECT_EQ(unsent(), 3);
  database.clock.advance(model::folders::kDriveMailPatience.count() - 1);
  const FolderId young = make("young");
  EXPECT_EQ(run_job(), 0);
  EXPECT_TRUE(stored(lost).has_value());
  database.clock.advance(1);
  EXPECT_EQ(run_job(), 2);
  EXPECT_FALSE(stored(lost) || stored(others));
  EXPECT_TRUE(stored(sent) && stored(moved) && stored(young));
  EXPECT_EQ(unsent(), 1);
  EXPECT_EQ(run_job(), 0);
}

TEST_F(DriveMailFolders, AMailWhoseFolderWasGivenUpDoesNotGo) {
  const FolderId late = make("late");
  const auto let_go = [&] { model::folders::let_drive_mail_go(*work_for(kAnna), late); };
  database.clock.advance(model::folders::kDriveMailPatience.count());
  EXPECT_EQ(code_of(let_go), "MSGCS-0022");
  run_job();
  EXPECT_EQ(code_of(let_go), "MSGCS-0022");
}

TEST_F(DriveMailFolders, AFolderThatCannotGoNowIsTriedAgain) {
  const FolderId folder = make("kept");
  files.is_locked = true;
  database.clock.advance(model::folders::kDriveMailPatience.count());
  EXPECT_EQ(run_job(), 0);
  EXPECT_TRUE(stored(folder).has_value());
  EXPECT_EQ(unsent(), 1);
}

TEST_F(DriveMailFolders, WhatCouldNotBeTakenBackIsLeftToTheJob) {
  const FolderId refused = make("refused"), early = make("early");
  // The mail server says no when it has all of the mail.
  model::folders::let_drive_mail_go(*work_for(kAnna), refused);
  files.is_locked = true;
  for (const FolderId folder : {refused, early})
    EXPECT_EQ(code_of([&] { model::folders::discard_drive_mail_folder(*work_for(kAnna), folder); }),
              "MSGCS-0023");
  EXPECT_EQ(unsent(), 2);
  files.is_locked = false;
  EXPECT_EQ(run_job(), 0);
  database.clock.advance(model::folders::kDriveMailPatience.count());
  EXPECT_EQ(run_job(), 2);
  EXPECT_FALSE(stored(refused) || stored(early));
  EXPECT_EQ(unsent(), 0);
}

TEST_F(DriveMailFolders, ABadEndOrNoFileFolderMakesNothing) {
  EXPECT_EQ(code_of([&] { make("past", now() - 1); }), "SHR-0004");
  EXPECT_EQ(children(kAnna, text(defaults[kAnna].infostore)).size(), 0U);
  EXPECT_EQ(code_of([&] { make("no home", 0, kGuest); }), "MSGCS-0022");
}

}  // namespace
}  // namespace gw::test
