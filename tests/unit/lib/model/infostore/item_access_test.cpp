#include "file_cabinet.hpp"

namespace gw::test {
namespace {

std::string grant(UserId user, int bits) {
  return "{'object_permissions':[{'entity':" + std::to_string(user.value) +
         ",'group':false,'bits':" + std::to_string(bits) + "}]}";
}

class ItemAccess : public FileCabinet {};

TEST_F(ItemAccess, WhoMayReadOwnObjectsOnlySeesWhatHeMade) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kOwnOnly);
  const auto hers = store(kAnna, home, "a.txt", "one");
  const auto own = store(kBerta, home, "b.txt", "two");
  EXPECT_EQ(names(kBerta, home), Names{"b.txt"});
  EXPECT_EQ(names(kAnna, home).size(), 2U);
  EXPECT_EQ(refusal([&] { get(kBerta, hers.ref); }), "IFO-0400");
  EXPECT_EQ(get(kBerta, own.ref).filename, "b.txt");
  EXPECT_EQ(infostore::list_refs(as(kBerta), std::array{hers.ref, own.ref}).items.size(), 1U);
  EXPECT_EQ(names_of(infostore::updates(as(kBerta), home, {}).changed), Names{"b.txt"});
  EXPECT_EQ(names_of(infostore::search(as(kBerta), {.pattern = "", .folder = {}}, {})), Names{"b.txt"});
}

TEST_F(ItemAccess, StrangersDoNotLearnThatAFileExists) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  EXPECT_EQ(refusal([&] { get(kBerta, file.ref); }), "IFO-0300");
  EXPECT_EQ(refusal([&] { names(kBerta, home(kAnna)); }), "FLD-0003");
  EXPECT_EQ(refusal([&] { update(kBerta, file.ref, "{'title':'x'}"); }), "IFO-0300");
  EXPECT_EQ(remove(kBerta, file.ref), "IFO-0300");
  EXPECT_EQ(refusal([&] { infostore::Deposit(as(kBerta), home(kAnna), file.ref.id); }), "IFO-0300");
}

TEST_F(ItemAccess, FoldersThatHoldOnlyFoldersAreEmptyListsAndOthersKeepNoFiles) {
  EXPECT_TRUE(names(kAnna, FolderId(9)).empty());
  EXPECT_TRUE(names(kAnna, FolderId(15)).empty());
  EXPECT_TRUE(names(kAnna, kShared).empty());
  EXPECT_EQ(refusal([&] { names(kAnna, FolderId(6)); }), "IFO-0302");
  EXPECT_EQ(refusal([&] { names(kAnna, FolderId(4711)); }), "FLD-0008");
}

TEST_F(ItemAccess, ASharedFileStandsInTheViewOfSharedFiles) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  const Millis before = get(kAnna, file.ref).last_modified;
  update(kAnna, file.ref, grant(kBerta, 1));
  EXPECT_EQ(names(kBerta, kShared), Names{"a.txt"});
  EXPECT_EQ(names(kAnna, kShared), Names{});
  EXPECT_EQ(names(kCarl, kShared), Names{});
  const Item seen = get(kBerta, file.ref);
  EXPECT_EQ(seen.folder_id, 10);
  EXPECT_FALSE(seen.shareable);
  EXPECT_TRUE(get(kAnna, file.ref).shareable);
  EXPECT_EQ(content(kBerta, {kShared, file.ref.id}), "one");
  EXPECT_EQ(names_of(infostore::list_shares(as(kAnna), {})), Names{"a.txt"});
  EXPECT_EQ(names_of(infostore::updates(as(kBerta), kShared, before).changed), Names{"a.txt"});
  EXPECT_EQ(names_of(infostore::search(as(kBerta), {.pattern = "a", .folder = {}}, {})), Names{"a.txt"});
}

TEST_F(ItemAccess, EachLevelOfAnObjectPermissionIncludesTheLowerOnes) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  const ItemRef view{kShared, file.ref.id};
  update(kAnna, file.ref, grant(kBerta, 1));
  EXPECT_EQ(refusal([&] { update(kBerta, view, "{'title':'x'}"); }), "IFO-0403");
  EXPECT_EQ(refusal([&] { remove(kBerta, view, true); }), "IFO-0445");
  update(kAnna, file.ref, grant(kBerta, 2));
  EXPECT_EQ(update(kBerta, view, "{'title':'x'}").ref.folder, kShared);
  add_version(kBerta, view, "two");
  EXPECT_EQ(content(kAnna, file.ref), "two");
  EXPECT_EQ(refusal([&] { remove(kBerta, view, true); }), "IFO-0445");
  update(kAnna, file.ref, grant(kBerta, 4));
  EXPECT_EQ(remove(kBerta, view, true), "");
}

TEST_F(ItemAccess, GroupsGetPermissionsToo) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  update(kAnna, file.ref, "{'object_permissions':[{'entity':0,'group':true,'bits':1}]}");
  EXPECT_EQ(names(kBerta, kShared), Names{"a.txt"});
  EXPECT_EQ(names(kCarl, kShared), Names{"a.txt"});
  EXPECT_EQ(names(kAnna, kShared), Names{});
}

TEST_F(ItemAccess, WhoLosesAPermissionIsToldThatTheFileIsGone) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  const auto shared = update(kAnna, file.ref,
                             "{'object_permissions':[{'entity':4,'group':false,'bits':1},"
                             "{'entity':5,'group':false,'bits':1}]}");
  update(kAnna, file.ref, grant(kCarl, 1));
  EXPECT_EQ(names(kBerta, kShared), Names{});
  const auto berta = infostore::updates(as(kBerta), kShared, shared.timestamp);
  EXPECT_EQ(berta.removed.size(), 1U);
  EXPECT_TRUE(berta.changed.items.empty());
  const auto carl = infostore::updates(as(kCarl), kShared, shared.timestamp);
  EXPECT_TRUE(carl.removed.empty());
  EXPECT_EQ(names_of(carl.changed), Names{"a.txt"});
}

TEST_F(ItemAccess, OnlyWhoMayWriteAndShareGivesPermissions) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kReadAll);
  const auto file = store(kAnna, home, "a.txt", "one");
  EXPECT_EQ(refusal([&] { update(kBerta, file.ref, grant(kCarl, 1)); }), "IFO-0403");
  EXPECT_EQ(refusal([&] { update(kAnna, file.ref, grant(UserId(99), 1)); }), "IFO-2100");
  {
    const sql::Lease lease = database.pool->acquire();
    lease->execute(
        "UPDATE users SET modules=? WHERE cid=? AND id=?",
        model::kDefaultModules.bits & ~static_cast<std::uint32_t>(model::Module::ReadCreateSharedFolders),
        kContext, kCarl);
  }
  const auto own = store(kCarl, this->home(kCarl), "c.txt", "one");
  EXPECT_EQ(refusal([&] { update(kCarl, own.ref, grant(kAnna, 1)); }), "IFO-0403");
  EXPECT_FALSE(get(kCarl, own.ref).shareable);
}

TEST_F(ItemAccess, PermissionsAreSentBackAsTheyWereGiven) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  update(kAnna, file.ref, grant(kBerta, 2));
  const std::string text = model::write_object(get(kAnna, file.ref), infostore::item_fields(), {}).dump();
  EXPECT_NE(text.find(R"("object_permissions":[{"entity":4,"group":false,"bits":2}])"), std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("current_version":true)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("version":"1")"), std::string::npos) << text;
  update(kAnna, file.ref, "{'object_permissions':[]}");
  EXPECT_TRUE(get(kAnna, file.ref).object_permissions.empty());
}

TEST_F(ItemAccess, AnIdIsFolderAndNumberOrTheNumberAlone) {
  EXPECT_EQ(infostore::parse_item_id("31841/36639").folder, FolderId(31841));
  EXPECT_EQ(infostore::parse_item_id("31841/36639").id, ObjectId(36639));
  EXPECT_EQ(infostore::parse_item_id("36639", FolderId(7)).folder, FolderId(7));
  for (const std::string text : {"", "abc", "1/", "/1", "-5", "1/2/3", "../1", "99999999999999999999"})
    EXPECT_EQ(refusal([&] { infostore::parse_item_id(text); }), "IFO-0300") << text;
}

}  // namespace
}  // namespace gw::test
