#include <thread>

#include "folder_world.hpp"

namespace gw::test {
namespace {

using model::ObjectModule;

class ChangeOfFolder : public FolderWorld {
 protected:
  Entries with_bert(std::int64_t bits) {
    return {user_entry(kAnna, model::kOwnerBits), user_entry(kBert, bits)};
  }
};

TEST_F(ChangeOfFolder, RenamesAndMovesTheStampOn) {
  const FolderId id = create(kAnna, "1", "Old");
  const Millis before = stored(id)->last_modified;
  const auto saved = rename(kAnna, id, "New");
  EXPECT_EQ(stored(id)->title, "New");
  EXPECT_GT(saved.stamp, before);
  EXPECT_EQ(stored(id)->last_modified, saved.stamp);
}

TEST_F(ChangeOfFolder, RefusesRenamesThatCollideOrAreNotAllowed) {
  create(kAnna, "1", "Taken");
  const FolderId id = create(kAnna, "1", "Mine");
  const FolderId open =
      create(kAnna, "2", "Open",
             Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kAuthorBits)});
  const FolderId shared = create(kAnna, "1", "Shared", with_bert(model::kAuthorBits));
  EXPECT_EQ(code_of([&] { rename(kAnna, id, "TAKEN"); }), "FLD-0012");
  EXPECT_EQ(code_of([&] { rename(kAnna, id, "MINE"); }), "none");
  EXPECT_EQ(code_of([&] { rename(kAnna, defaults[kAnna].contacts, "People"); }), "FLD-0011");
  EXPECT_EQ(code_of([&] { rename(kBert, open, "Closed"); }), "FLD-0086");
  EXPECT_EQ(code_of([&] { rename(kBert, shared, "Mine"); }), "FLD-0063");
  EXPECT_EQ(code_of([&] { rename(kAnna, FolderId(2), "Mine"); }), "FLD-0086");
  EXPECT_EQ(code_of([&] { rename(kAnna, id, " "); }), "FLD-0007");
}

TEST_F(ChangeOfFolder, LetsExactlyOneOfTwoWritersHaveAName) {
  const FolderId first = create(kAnna, "1", "First"), second = create(kAnna, "1", "Second");
  std::string results[2];
  std::thread one([&] { results[0] = code_of([&] { rename(kAnna, first, "Same"); }); });
  std::thread two([&] { results[1] = code_of([&] { rename(kAnna, second, "SAME"); }); });
  one.join();
  two.join();
  EXPECT_TRUE((results[0] == "none" && results[1] == "FLD-0012") ||
              (results[0] == "FLD-0012" && results[1] == "none"))
      << results[0] << " " << results[1];
}

TEST_F(ChangeOfFolder, NamesTheConflictWhenTheFolderIsNewerThanWhatTheClientRead) {
  const FolderId id = create(kAnna, "1", "Mine");
  const Millis read = stored(id)->last_modified;
  EXPECT_EQ(code_of([&] { change(kAnna, id, {.title = "A"}, Millis{read.value - 1}); }), "FLD-0009");
  EXPECT_EQ(code_of([&] { change(kAnna, id, {.title = "A"}, read); }), "none");
  EXPECT_EQ(code_of([&] { change(kAnna, id, {.title = "B"}, read); }), "FLD-0009");
  EXPECT_EQ(code_of([&] { change(kAnna, id, {.title = "B"}, Millis{INT64_MAX}); }), "none");
}

TEST_F(ChangeOfFolder, MovesWithItsSubfoldersAndTouchesBothParents) {
  const FolderId from = create(kAnna, "1", "From"), to = create(kAnna, "1", "To");
  const FolderId moved = create_below(kAnna, from, "Moved");
  const FolderId inside = create_below(kAnna, moved, "Inside");
  const auto saved = move(kAnna, moved, text(to));
  EXPECT_EQ(stored(moved)->parent, to);
  EXPECT_EQ(stored(inside)->parent, moved);
  EXPECT_EQ(stored(from)->last_modified, saved.stamp);
  EXPECT_EQ(stored(to)->last_modified, saved.stamp);
  const auto& event = database.events.events.back();
  EXPECT_EQ(event.kind, model::ChangeKind::Moved);
  EXPECT_EQ(event.source_folder, from);
}

TEST_F(ChangeOfFolder, ChecksEveryRuleOfMoves) {
  const auto moves = [&](UserId user, FolderId id, const std::string& to) {
    return code_of([&] { move(user, id, to); });
  };
  const FolderId own = create(kAnna, "1", "Own"), other = create(kAnna, "1", "Other");
  const FolderId inside = create_below(kAnna, own, "Inside");
  const FolderId tasks = create(kAnna, "1", "Tasks", {}, ObjectModule::Task);
  const FolderId open = create(kAnna, "2", "Open"), open2 = create(kAnna, "2", "Open2");
  const FolderId berts =
      create(kBert, "1", "Berts",
             Entries{user_entry(kBert, model::kOwnerBits), user_entry(kAnna, model::kAuthorBits)});
  EXPECT_EQ(moves(kAnna, defaults[kAnna].contacts, text(own)), "FLD-0021");
  EXPECT_EQ(moves(kAnna, berts, "1"), "FLD-0023");
  EXPECT_EQ(moves(kAnna, own, text(berts)), "FLD-0024");
  EXPECT_EQ(moves(kAnna, own, "u:4"), "FLD-0024");
  EXPECT_EQ(moves(kAnna, FolderId(6), "1"), "FLD-0025");
  EXPECT_EQ(moves(kAnna, own, "2"), "FLD-0026");
  EXPECT_EQ(moves(kAnna, open, "1"), "FLD-0027");
  EXPECT_EQ(moves(kAnna, own, "1"), "FLD-0028");
  EXPECT_EQ(moves(kAnna, own, text(inside)), "FLD-0045");
  EXPECT_EQ(moves(kAnna, own, text(own)), "FLD-0045");
  EXPECT_EQ(moves(kAnna, own, text(tasks)), "FLD-0049");
  EXPECT_EQ(moves(kAnna, own, text(defaults[kBert].contacts)), "FLD-0003");
  EXPECT_EQ(moves(kAnna, own, "default0/INBOX"), "FLD-1004");
  EXPECT_EQ(moves(kBert, open, text(open2)), "FLD-0003");
  create_below(kAnna, other, "own");
  EXPECT_EQ(moves(kAnna, own, text(other)), "FLD-0012");
  EXPECT_EQ(moves(kAnna, open, text(open2)), "none");
  EXPECT_EQ(moves(kAnna, inside, "1"), "none");
}

TEST_F(ChangeOfFolder, MovesOnlyWhatTheCallerAdministersDownToTheLastSubfolder) {
  const Entries both{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kOwnerBits)};
  const FolderId top = create(kAnna, "2", "Top", both), target = create(kAnna, "2", "Target", both);
  create_below(kAnna, top, "Hidden", Entries{user_entry(kAnna, model::kOwnerBits)});
  EXPECT_EQ(code_of([&] { move(kBert, top, text(target)); }), "FLD-0029");
  EXPECT_EQ(code_of([&] { move(kAnna, top, text(target)); }), "none");
}

TEST_F(ChangeOfFolder, ReplacesTheWholePermissionListAndLeavesSubfoldersAlone) {
  const FolderId top = create(kAnna, "1", "Top", with_bert(257));
  const FolderId inside = create_below(kAnna, top, "Inside");
  const Millis before = stored(inside)->last_modified;
  permit(kAnna, top, {user_entry(kAnna, model::kOwnerBits), user_entry(kCarl, 257)});
  EXPECT_EQ(permissions(top), (Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kCarl, 257)}));
  EXPECT_EQ(permissions(inside), with_bert(257));
  EXPECT_EQ(stored(inside)->last_modified, before);
  EXPECT_EQ(told(database.events.events.back(), top), (std::vector<UserId>{kAnna, kBert, kCarl}));
  EXPECT_EQ(code_of([&] { get(kBert, text(top)); }), "FLD-0003");
}

TEST_F(ChangeOfFolder, CascadesPermissionsToAllSubfoldersOrToNone) {
  const FolderId top = create(
      kAnna, "2", "Top", Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kOwnerBits)});
  const FolderId middle = create_below(kAnna, top, "Middle");
  const Entries wanted{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kOwnerBits),
                       user_entry(kCarl, 257)};
  permit(kBert, top, wanted, true);
  EXPECT_EQ(permissions(middle), wanted);
  const FolderId low = create_below(kAnna, middle, "Low", Entries{user_entry(kAnna, model::kOwnerBits)});
  const Entries less{user_entry(kBert, model::kOwnerBits)};
  EXPECT_EQ(code_of([&] { permit(kBert, top, less, true); }), "FLD-0010");
  EXPECT_EQ(permissions(top), wanted);
  EXPECT_EQ(permissions(middle), wanted);
  EXPECT_EQ(permissions(low).size(), 1U);
}

TEST_F(ChangeOfFolder, KeepsTheOwnerOfDefaultFoldersAsAdministrator) {
  const FolderId own = defaults[kAnna].contacts;
  const auto saved = permit(kAnna, own, {user_entry(kBert, 257)});
  ASSERT_EQ(saved.warnings.size(), 1U);
  EXPECT_EQ(format_code(*saved.warnings[0].code), "FLD-0091");
  EXPECT_EQ(permissions(own), with_bert(257));
  EXPECT_EQ(code_of([&] {
              permit(kAnna, own, {user_entry(kAnna, 257), user_entry(kBert, 257)});
            }),
            "FLD-0071");
}

TEST_F(ChangeOfFolder, OfTheGlobalAddressBookMayTouchVisibilityOnlyAndTheAdminAlone) {
  const FolderId book(6);
  Entries entries = permissions(book);
  entries[1].rights.folder = 0;
  EXPECT_EQ(code_of([&] { permit(kAnna, book, entries); }), "FLD-0010");
  EXPECT_EQ(code_of([&] { permit(kAdmin, book, entries); }), "none");
  EXPECT_EQ(code_of([&] { get(kAnna, "6"); }), "FLD-0003");
  entries[1].rights.write = 2;
  EXPECT_EQ(code_of([&] { permit(kAdmin, book, entries); }), "FLD-0081");
  entries = permissions(book);
  entries.push_back(group_entry(kAllUsersGroup, 257));
  EXPECT_EQ(code_of([&] { permit(kAdmin, book, entries); }), "FLD-0082");
}

TEST_F(ChangeOfFolder, ChangesTheModuleOfEmptyOrdinaryFoldersOnly) {
  const FolderId id = create(kAnna, "1", "Plain");
  contacts.objects[id] = 1;
  EXPECT_EQ(code_of([&] { change(kAnna, id, {.module = ObjectModule::Task}); }), "FLD-0078");
  contacts.objects.clear();
  EXPECT_EQ(code_of([&] { change(kAnna, id, {.module = ObjectModule::Infostore}); }), "FLD-0085");
  EXPECT_EQ(code_of([&] { change(kAnna, defaults[kAnna].contacts, {.module = ObjectModule::Task}); }),
            "FLD-0084");
  change(kAnna, id, {.module = ObjectModule::Task});
  EXPECT_EQ(stored(id)->module, ObjectModule::Task);
}

TEST_F(ChangeOfFolder, SubscriptionIsEachUsersOwnAndNeedsNoRight) {
  const FolderId top = create(kAnna, "1", "Top", with_bert(257));
  const FolderId inside = create_below(kAnna, top, "Inside");
  EXPECT_EQ(code_of([&] { change(kBert, top, {.subscribed = false}); }), "FLD-1017");
  change(kBert, inside, {.subscribed = false});
  const auto saved = change(kBert, top, {.subscribed = false});
  EXPECT_FALSE(get(kBert, text(top)).is_subscribed);
  EXPECT_TRUE(get(kAnna, text(top)).is_subscribed);
  EXPECT_EQ(get(kBert, text(top)).last_modified, saved.stamp);
  EXPECT_LT(stored(top)->last_modified, saved.stamp);
  EXPECT_EQ(code_of([&] { change(kAnna, defaults[kAnna].tasks, {.subscribed = false}); }), "FLD-1015");
}

TEST_F(ChangeOfFolder, KeepsMetaAndClearsIt) {
  const FolderId id = create(kAnna, "1", "Mine");
  model::folders::FolderChange wanted;
  wanted.meta = std::optional<std::string>(R"({"color":3})");
  change(kAnna, id, wanted);
  EXPECT_EQ(get(kAnna, text(id)).meta, R"({"color":3})");
  wanted.meta = std::optional<std::string>(std::string(70'000, ' '));
  EXPECT_EQ(code_of([&] { change(kAnna, id, wanted); }), "FLD-0064");
  wanted.meta = std::optional<std::string>();
  change(kAnna, id, wanted);
  EXPECT_FALSE(get(kAnna, text(id)).meta.has_value());
}

TEST_F(ChangeOfFolder, TakesWholeObjectsBackWithoutChangingAnything) {
  const FolderId id = create(kAnna, "1", "Mine");
  const Millis before = stored(id)->last_modified;
  model::folders::FolderChange same;
  same.title = "Mine";
  same.module = ObjectModule::Contact;
  same.permissions = permissions(id);
  same.subscribed = true;
  EXPECT_EQ(change(kAnna, id, same).stamp, before);
  EXPECT_EQ(stored(id)->last_modified, before);
}

TEST_F(ChangeOfFolder, SharedFoldersNeedTheRightToUseThem) {
  const FolderId shared = create(kAnna, "1", "Shared", with_bert(257));
  modules[kBert] = model::kDefaultModules;
  modules[kBert].set(model::Module::ReadCreateSharedFolders, false);
  EXPECT_EQ(code_of([&] { rename(kBert, shared, "X"); }), "FLD-0004");
  EXPECT_TRUE(children(kBert, "3").empty());
}

}  // namespace
}  // namespace gw::test
