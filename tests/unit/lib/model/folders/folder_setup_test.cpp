#include "folder_world.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::test {
namespace {

using model::ObjectModule;
using model::folders::FolderType;

class FolderSetup : public FolderWorld {};

TEST_F(FolderSetup, MakesTheSystemFoldersOfTheTable) {
  struct Row {
    std::int64_t id, parent;
    ObjectModule module;
  };
  for (const Row& row :
       {Row{1, 0, ObjectModule::System}, Row{2, 0, ObjectModule::System}, Row{3, 0, ObjectModule::System},
        Row{4, 0, ObjectModule::System}, Row{5, 4, ObjectModule::Contact}, Row{6, 4, ObjectModule::Contact},
        Row{9, 0, ObjectModule::System}, Row{10, 9, ObjectModule::Infostore},
        Row{15, 9, ObjectModule::Infostore}}) {
    const auto folder = stored(FolderId(row.id));
    ASSERT_TRUE(folder.has_value()) << row.id;
    EXPECT_EQ(folder->parent.value, row.parent) << row.id;
    EXPECT_EQ(folder->module, row.module) << row.id;
    EXPECT_EQ(folder->type, FolderType::System) << row.id;
  }
  EXPECT_FALSE(stored(FolderId(8)).has_value());
}

TEST_F(FolderSetup, GivesSystemFoldersTheRightsOfTheTable) {
  const auto bits = [&](UserId user, std::int64_t id) { return get(user, std::to_string(id)).own_bits; };
  for (const std::int64_t id : {1, 2, 15}) EXPECT_EQ(bits(kAnna, id), 4) << id;
  for (const std::int64_t id : {3, 9, 10}) EXPECT_EQ(bits(kAnna, id), 1) << id;
  EXPECT_EQ(bits(kAdmin, 10), 1 + (std::int64_t{1} << 28));
  for (const std::int64_t id : {1, 2, 3, 9, 10, 15}) EXPECT_EQ(bits(kGuest, id), 1) << id;
}

TEST_F(FolderSetup, GivesEveryUserAnEntryInTheGlobalAddressBook) {
  EXPECT_EQ(permissions(FolderId(6)), (Entries{user_entry(kAdmin, 268452097), user_entry(kAnna, 16641),
                                               user_entry(kBert, 16641), user_entry(kCarl, 16641)}));
  EXPECT_EQ(get(kAnna, "6").own_bits, 16641);
  EXPECT_EQ(get(kAdmin, "6").own_bits, 268452097);
}

TEST_F(FolderSetup, WithoutSelfEditTheGlobalAddressBookIsReadOnly) {
  database.settings.edit_own_contact = false;
  add_user(UserId(8), "Dora");
  EXPECT_EQ(get(UserId(8), "6").own_bits, 257);
}

TEST_F(FolderSetup, GivesANewUserHisDefaultFolders) {
  struct Row {
    FolderId id;
    std::int64_t parent;
    ObjectModule module;
    FolderType type;
    std::string title;
    std::int64_t kind;
  };
  const auto& made = defaults[kAnna];
  for (const Row& row :
       {Row{made.calendar, 1, ObjectModule::Calendar, FolderType::Private, "My Calendar", 2},
        Row{made.contacts, 1, ObjectModule::Contact, FolderType::Private, "My Contacts", 3},
        Row{made.tasks, 1, ObjectModule::Task, FolderType::Private, "My Tasks", 1},
        Row{made.infostore, 10, ObjectModule::Infostore, FolderType::Public, "Anna Adler", 8},
        Row{made.infostore_trash, 10, ObjectModule::Infostore, FolderType::Trash, "Deleted files", 12}}) {
    const auto folder = stored(row.id);
    ASSERT_TRUE(folder.has_value());
    EXPECT_EQ(folder->parent.value, row.parent);
    EXPECT_EQ(folder->module, row.module);
    EXPECT_EQ(folder->type, row.type);
    EXPECT_EQ(folder->title, row.title);
    EXPECT_EQ(static_cast<std::int64_t>(folder->default_kind), row.kind);
    EXPECT_EQ(folder->owner, kAnna);
    EXPECT_EQ(permissions(row.id), Entries{user_entry(kAnna, model::kOwnerBits)});
    EXPECT_GE(row.id.value, 20);
  }
}

TEST_F(FolderSetup, NamesDefaultFoldersInTheUsersLanguage) {
  work_for(UserId(8))->write([&](model::Transaction& transaction) {
    defaults[UserId(8)] =
        model::folders::create_default_folders(transaction, kContext, UserId(8), "Dora", "de_DE");
    defaults[UserId(9)] =
        model::folders::create_default_folders(transaction, kContext, UserId(9), "Emil", "xx_XX");
  });
  EXPECT_EQ(stored(defaults[UserId(8)].contacts)->title, "Meine Kontakte");
  EXPECT_EQ(stored(defaults[UserId(9)].contacts)->title, "My Contacts");
}

TEST_F(FolderSetup, RefusesASecondFileFolderOfTheSameNameUnlessNamesMayRepeat) {
  EXPECT_EQ(code_of([&] { add_user(UserId(8), "anna adler"); }), "FLD-0075");
  database.settings.unique_display_names = false;
  add_user(UserId(9), "Anna Adler");
  EXPECT_EQ(stored(defaults[UserId(9)].infostore)->title, "Anna Adler (2)");
}

TEST_F(FolderSetup, RemovingAUserErasesWhatIsHisAndHandsPublicFoldersToTheAdmin) {
  const FolderId own = create(kAnna, "1", "Mine");
  const FolderId open = create(kAnna, "2", "Open");
  const FolderId shared =
      create(kBert, "1", "Shared", Entries{user_entry(kBert, model::kOwnerBits), user_entry(kAnna, 257)});
  contacts.objects[own] = 3;
  work_for(kAdmin)->write([&](model::Transaction& transaction) {
    model::folders::delete_user_folders(transaction, kContext, kAnna);
  });
  EXPECT_FALSE(stored(own).has_value());
  EXPECT_FALSE(stored(defaults[kAnna].infostore).has_value());
  EXPECT_FALSE(contacts.objects.contains(own));
  EXPECT_EQ(stored(open)->owner, kAdmin);
  EXPECT_EQ(permissions(open), Entries{user_entry(kAdmin, model::kOwnerBits)});
  EXPECT_EQ(permissions(shared), Entries{user_entry(kBert, model::kOwnerBits)});
}

TEST_F(FolderSetup, RemovingAGroupTakesItsEntriesAway) {
  add_group({kBert});
  const FolderId open =
      create(kAnna, "2", "Open", Entries{user_entry(kAnna, model::kOwnerBits), group_entry(GroupId(7), 257)});
  work_for(kAdmin)->write([&](model::Transaction& transaction) {
    model::folders::delete_group_permissions(transaction, kContext, GroupId(7));
  });
  EXPECT_EQ(permissions(open), Entries{user_entry(kAnna, model::kOwnerBits)});
}

TEST_F(FolderSetup, ViewersAreUsersAndGroupMembersWhoSeeTheFolder) {
  add_group({kBert, kCarl});
  const FolderId open = create(
      kAnna, "2", "Open",
      Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kAdmin, 1), group_entry(GroupId(7), 257)});
  // Bits 256 let read what nobody can find.
  const FolderId hidden =
      create(kAnna, "2", "Hidden", Entries{user_entry(kAnna, model::kOwnerBits), user_entry(kBert, 256)});
  const auto lease = database.pool->acquire();
  EXPECT_EQ(model::folders::viewers(*lease, kContext, open),
            (std::vector<UserId>{kAdmin, kAnna, kBert, kCarl}));
  EXPECT_EQ(model::folders::viewers(*lease, kContext, hidden), std::vector<UserId>{kAnna});
}

TEST_F(FolderSetup, AccessTellsMissingFromInvisible) {
  auto work = work_for(kBert);
  const FolderId hidden = defaults[kAnna].contacts;
  EXPECT_EQ(code_of([&] { model::folders::load_access(work->connection(), work->caller(), hidden); }),
            "FLD-0003");
  EXPECT_EQ(code_of([&] { model::folders::load_access(work->connection(), work->caller(), FolderId(9999)); }),
            "FLD-0008");
  EXPECT_FALSE(model::folders::find_access(work->connection(), work->caller(), hidden).has_value());
  const auto own = model::folders::load_access(work->connection(), work->caller(), defaults[kBert].contacts);
  EXPECT_TRUE(own.is_default);
  EXPECT_EQ(own.module, ObjectModule::Contact);
  EXPECT_EQ(own.rights, model::folders::kOwnerRights);
}

TEST_F(FolderSetup, VisibleFoldersOfAModuleNeedOneQueryAndShowWhatGroupsOpen) {
  add_group({kBert});
  const FolderId open =
      create(kAnna, "2", "Open", Entries{user_entry(kAnna, model::kOwnerBits), group_entry(GroupId(7), 257)});
  auto work = work_for(kBert);
  std::vector<std::int64_t> ids;
  for (const auto& access :
       model::folders::visible_folders(work->connection(), work->caller(), ObjectModule::Contact))
    ids.push_back(access.id.value);
  EXPECT_EQ(ids, (std::vector<std::int64_t>{6, defaults[kBert].contacts.value, open.value}));
}

}  // namespace
}  // namespace gw::test
