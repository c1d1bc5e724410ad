#include "folder_world.hpp"

namespace gw::model::folders {
namespace {

Caller make_caller(UserId user = UserId(3)) {
  Caller caller;
  caller.context = ContextId(1);
  caller.user = user;
  caller.groups = {kAllUsersGroup};
  caller.modules = kDefaultModules;
  return caller;
}

Folder make_folder(FolderType type, ObjectModule module = ObjectModule::Contact, UserId owner = UserId(3)) {
  Folder folder;
  folder.id = FolderId(50);
  folder.type = type;
  folder.module = module;
  folder.owner = owner;
  return folder;
}

PermissionEntry entry(std::int64_t entity, std::int64_t bits, bool is_group = false) {
  return {entity, is_group, *rights_from_bits(bits)};
}

TEST(PermissionBits, PresetsHaveTheirPublishedValues) {
  EXPECT_EQ(to_bits({1, 2, 0, 0, false}), 257);
  EXPECT_EQ(to_bits({1, 2, 2, 0, false}), 33025);
  EXPECT_EQ(to_bits({4, 2, 2, 2, false}), 4227332);
  EXPECT_EQ(to_bits({4, 2, 2, 2, true}), 272662788);
  EXPECT_EQ(to_bits(kOwnerRights), 403710016);
  EXPECT_EQ(to_bits({1, 2, 1, 0, false}), 16641);
  EXPECT_EQ(to_bits({1, 2, 1, 0, true}), 268452097);
  EXPECT_FALSE(rights_from_bits(3).has_value());
  EXPECT_FALSE(rights_from_bits(std::int64_t{1} << 40).has_value());
}

TEST(OwnRights, TakeTheMaximumOfEachFacetOverUserAndGroups) {
  Caller caller = make_caller();
  caller.groups = {kAllUsersGroup, GroupId(7)};
  const PermissionEntry entries[] = {entry(3, 1), entry(7, to_bits({2, 1, 0, 2, false}), true),
                                     entry(0, 257, true), entry(9, kOwnerBits)};
  EXPECT_EQ(own_rights(make_folder(FolderType::Private), entries, caller), (Rights{2, 2, 0, 2, false}));
}

TEST(OwnRights, AreNoneWhenTheModuleIsSwitchedOff) {
  Caller caller = make_caller();
  caller.modules.set(Module::Contacts, false);
  const PermissionEntry entries[] = {entry(3, kOwnerBits)};
  EXPECT_EQ(own_rights(make_folder(FolderType::Private), entries, caller), Rights{});
  EXPECT_EQ(to_bits(own_rights(make_folder(FolderType::Private, ObjectModule::Task), entries, caller)),
            kOwnerBits);
}

TEST(OwnRights, InPublicFoldersShrinkWithoutTheRightToEditThem) {
  Caller caller = make_caller();
  const PermissionEntry entries[] = {entry(3, kOwnerBits)};
  EXPECT_EQ(to_bits(own_rights(make_folder(FolderType::Public), entries, caller)), kOwnerBits);
  caller.modules.set(Module::EditPublicFolders, false);
  EXPECT_EQ(own_rights(make_folder(FolderType::Public), entries, caller), (Rights{1, 64, 1, 1, false}));
}

TEST(OwnRights, InSharedFoldersAreNoneWithoutTheRightToUseThem) {
  Caller caller = make_caller();
  const Folder shared = make_folder(FolderType::Private, ObjectModule::Contact, UserId(4));
  const PermissionEntry entries[] = {entry(3, kAuthorBits)};
  EXPECT_EQ(to_bits(own_rights(shared, entries, caller)), kAuthorBits);
  EXPECT_EQ(type_for(shared, caller), FolderType::Shared);
  caller.modules.set(Module::ReadCreateSharedFolders, false);
  EXPECT_EQ(own_rights(shared, entries, caller), Rights{});
}

TEST(OwnRights, OfSystemFoldersKeepTheAdminBitForTheContextAdminOnly) {
  Folder folder = make_folder(FolderType::System, ObjectModule::Contact, UserId(0));
  folder.id = system_folder::kGlobalAddressBook;
  const PermissionEntry entries[] = {entry(3, 268452097)};
  Caller caller = make_caller();
  EXPECT_EQ(to_bits(own_rights(folder, entries, caller)), 16641);
  caller.is_context_admin = true;
  EXPECT_EQ(to_bits(own_rights(folder, entries, caller)), 268452097);
}

TEST(OwnRights, HideTheGlobalAddressBookWithoutItsCapability) {
  Folder folder = make_folder(FolderType::System, ObjectModule::Contact, UserId(0));
  folder.id = system_folder::kGlobalAddressBook;
  Caller caller = make_caller();
  caller.modules.set(Module::GlobalAddressBook, false);
  const PermissionEntry entries[] = {entry(3, 16641)};
  EXPECT_FALSE(own_rights(folder, entries, caller).may_see());
}

TEST(OwnRights, OfTheOwnFileFolderAreAlwaysFullAndOfTheTrashWithoutAdmin) {
  Folder folder = make_folder(FolderType::Public, ObjectModule::Infostore);
  folder.default_kind = DefaultKind::Infostore;
  EXPECT_EQ(to_bits(own_rights(folder, {}, make_caller())), kOwnerBits);
  EXPECT_FALSE(own_rights(folder, {}, make_caller(UserId(4))).may_see());
  folder.type = FolderType::Trash;
  folder.default_kind = DefaultKind::Trash;
  const PermissionEntry entries[] = {entry(3, kOwnerBits)};
  EXPECT_FALSE(own_rights(folder, entries, make_caller()).admin);
}

TEST(OwnRights, OfGuestsIncludeNeitherAdminNorSubfolders) {
  Caller guest = make_caller(UserId(9));
  guest.is_guest = true;
  guest.groups = {kAllGuestsGroup};
  const PermissionEntry entries[] = {entry(9, kOwnerBits), entry(0, kOwnerBits, true)};
  EXPECT_EQ(own_rights(make_folder(FolderType::Private), entries, guest), (Rights{2, 64, 64, 64, false}));
}

}  // namespace
}  // namespace gw::model::folders
