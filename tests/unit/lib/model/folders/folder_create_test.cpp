#include "folder_world.hpp"

namespace gw::test {
namespace {

using model::ObjectModule;
using model::folders::FolderType;

class FolderCreate : public FolderWorld {};

TEST_F(FolderCreate, BelowPrivateBelongsToItsCreatorAlone) {
  const auto before = stored(FolderId(1))->last_modified;
  const FolderId id = create(kAnna, "1", "  Friends ");
  const auto folder = stored(id);
  EXPECT_EQ(folder->title, "Friends");
  EXPECT_EQ(folder->type, FolderType::Private);
  EXPECT_EQ(folder->owner, kAnna);
  EXPECT_EQ(permissions(id), Entries{user_entry(kAnna, model::kOwnerBits)});
  EXPECT_GT(stored(FolderId(1))->last_modified, before);
  ASSERT_FALSE(database.events.events.empty());
  EXPECT_EQ(database.events.events.back().kind, model::ChangeKind::Created);
  EXPECT_EQ(told(database.events.events.back(), id), std::vector<UserId>{kAnna});
}

TEST_F(FolderCreate, InheritsTheParentsEntriesAndMakesTheCreatorAdmin) {
  const FolderId open =
      create(kAnna, "2", "Open",
             Entries{user_entry(kAnna, model::kOwnerBits), group_entry(kAllUsersGroup, model::kAuthorBits)});
  const FolderId inside = create_below(kBert, open, "Inside");
  EXPECT_EQ(permissions(inside),
            (Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kOwnerBits),
                     group_entry(kAllUsersGroup, model::kAuthorBits)}));
  EXPECT_EQ(stored(inside)->type, FolderType::Public);
  EXPECT_EQ(stored(inside)->owner, kBert);
}

TEST_F(FolderCreate, BelowASharedFolderBelongsToTheOwnerOfTheParent) {
  const FolderId shared =
      create(kAnna, "1", "Ours",
             Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kAuthorBits)});
  const FolderId inside = create_below(kBert, shared, "Inside");
  EXPECT_EQ(stored(inside)->owner, kAnna);
  EXPECT_EQ(permissions(inside),
            (Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, model::kAuthorBits)}));
  EXPECT_EQ(get(kBert, text(inside)).parent, text(shared));
  EXPECT_EQ(
      code_of([&] { create_below(kBert, shared, "Grab", Entries{user_entry(kBert, model::kOwnerBits)}); }),
      "FLD-0070");
}

TEST_F(FolderCreate, RefusesBadTitles) {
  EXPECT_EQ(code_of([&] { create(kAnna, "1", " "); }), "FLD-0007");
  EXPECT_EQ(code_of([&] { create(kAnna, "1", "a\tb"); }), "FLD-0092");
  EXPECT_EQ(code_of([&] { create(kAnna, "1", std::string(256, 'x')); }), "FLD-0064");
  EXPECT_EQ(code_of([&] { create_files(kAnna, defaults[kAnna].infostore, "a/b"); }), "FLD-0092");
  EXPECT_EQ(code_of([&] { create(kAnna, "1", std::string(255, 'x')); }), "none");
  EXPECT_EQ(code_of([&] { create(kAnna, "2", "global ADDRESS book"); }), "FLD-0093");
  EXPECT_EQ(code_of([&] { create(kAnna, "1", "Öffentliche Ordner"); }), "FLD-0093");
}

TEST_F(FolderCreate, RefusesATakenNameWhateverItsCaseButNotOtherAccents) {
  create(kAnna, "1", "Müller");
  EXPECT_EQ(code_of([&] { create(kAnna, "1", "MÜLLER"); }), "FLD-0012");
  EXPECT_EQ(code_of([&] { create(kAnna, "1", "Muller"); }), "none");
  EXPECT_EQ(code_of([&] { create(kAnna, "1", "my contacts"); }), "FLD-0012");
  EXPECT_EQ(code_of([&] { create(kBert, "1", "Müller"); }), "none");
  create(kAnna, "2", "Open");
  EXPECT_EQ(code_of([&] { create(kBert, "2", "open"); }), "FLD-0012");
}

TEST_F(FolderCreate, ChecksTheModuleAgainstTheParent) {
  const auto below = [&](const std::string& parent, std::optional<ObjectModule> module) {
    return code_of([&] { create(kAnna, parent, "New " + parent, {}, module); });
  };
  EXPECT_EQ(below("1", std::nullopt), "FLD-0014");
  EXPECT_EQ(below("1", ObjectModule::Infostore), "FLD-0014");
  EXPECT_EQ(below("2", ObjectModule::Mail), "FLD-1030");
  EXPECT_EQ(below("15", ObjectModule::Contact), "FLD-0014");
  EXPECT_EQ(below("15", std::nullopt), "none");
  const std::string own = text(defaults[kAnna].contacts);
  EXPECT_EQ(below(own, ObjectModule::Infostore), "FLD-0014");
  EXPECT_EQ(below(own, ObjectModule::Task), "none");
  modules[kAnna] = model::kDefaultModules;
  modules[kAnna].set(model::Module::Tasks, false);
  EXPECT_EQ(below("1", ObjectModule::Task), "FLD-0002");
}

TEST_F(FolderCreate, NeedsTheRightToCreateSubfolders) {
  const auto below = [&](UserId user, const std::string& parent) {
    return code_of([&] { create(user, parent, "New"); });
  };
  for (const char* parent : {"0", "3", "6", "9", "13", "u:3"})
    EXPECT_EQ(below(kAnna, parent), "FLD-0006") << parent;
  EXPECT_EQ(below(kAnna, "10"), "FLD-0006");
  EXPECT_EQ(below(kAnna, text(defaults[kBert].contacts)), "FLD-0003");
  EXPECT_EQ(below(kAnna, "99999"), "FLD-0008");
  EXPECT_EQ(below(kAnna, "default0"), "FLD-1004");
  EXPECT_EQ(below(kGuest, "1"), "FLD-0006");
  EXPECT_EQ(code_of([&] { create_files(kAnna, defaults[kAnna].infostore_trash, "New"); }), "FLD-0013");
  modules[kAnna] = model::kDefaultModules;
  modules[kAnna].set(model::Module::EditPublicFolders, false);
  EXPECT_EQ(below(kAnna, "2"), "FLD-0005");
  EXPECT_EQ(below(kAnna, "1"), "none");
}

TEST_F(FolderCreate, MayStartUnsubscribed) {
  model::folders::FolderChange wanted;
  wanted.title = "Quiet";
  wanted.module = ObjectModule::Contact;
  wanted.subscribed = false;
  const FolderId id = model::folders::create_folder(*work_for(kAnna), "1", wanted).id;
  EXPECT_FALSE(get(kAnna, text(id)).is_subscribed);
}

TEST_F(FolderCreate, ChecksEveryRuleOfPermissionLists) {
  add_group({kBert});
  const auto owner = user_entry(kAnna, model::kOwnerBits);
  const auto viewer = [](UserId user) { return user_entry(user, 257); };
  const auto make = [&](const std::string& parent, Entries entries) {
    return code_of([&] { create(kAnna, parent, "Checked", std::move(entries)); });
  };
  EXPECT_EQ(make("1", {owner, viewer(kBert), viewer(kBert)}), "FLD-0079");
  EXPECT_EQ(make("1", {owner, group_entry(GroupId(7), 257), group_entry(GroupId(7), 1)}), "FLD-0080");
  EXPECT_EQ(make("1", {}), "FLD-0018");
  EXPECT_EQ(make("2", {viewer(kBert)}), "FLD-0018");
  EXPECT_EQ(make("1", {owner, user_entry(kBert, model::kOwnerBits)}), "FLD-0015");
  EXPECT_EQ(make("1", {viewer(kAnna), user_entry(kBert, model::kOwnerBits)}), "FLD-0016");
  EXPECT_EQ(make("1", {viewer(kAnna), group_entry(GroupId(7), model::kOwnerBits)}), "FLD-0017");
  EXPECT_EQ(make("1", {owner, viewer(UserId(77))}), "FLD-0044");
  EXPECT_EQ(make("1", {owner, group_entry(GroupId(77), 257)}), "FLD-0044");
  EXPECT_EQ(make("2", {owner, user_entry(kGuest, model::kOwnerBits)}), "FLD-0073");
  database.pool->acquire()->execute("UPDATE users SET modules=0 WHERE cid=? AND id=?", kContext, kCarl);
  EXPECT_EQ(make("1", {owner, viewer(kCarl)}), "FLD-0073");
  modules[kAnna] = model::kDefaultModules;
  modules[kAnna].set(model::Module::ReadCreateSharedFolders, false);
  EXPECT_EQ(make("1", {owner, viewer(kBert)}), "FLD-0072");
  EXPECT_EQ(make("2", {owner, viewer(kBert), group_entry(kAllGuestsGroup, 1)}), "none");
}

TEST_F(FolderCreate, RefusesToShareTwoFoldersOfOneNameWithTheSameUser) {
  const Entries shared{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, 257)};
  const FolderId first = create(kAnna, "1", "Team", shared);
  EXPECT_EQ(code_of([&] { create_below(kAnna, first, "team", shared); }), "FLD-0077");
  EXPECT_EQ(code_of([&] { create_below(kAnna, first, "Other", shared); }), "none");
}

}  // namespace
}  // namespace gw::test
