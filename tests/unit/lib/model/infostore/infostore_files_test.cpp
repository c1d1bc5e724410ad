// Space, failures, consistency, and what becomes of files when accounts go.
#include "file_cabinet.hpp"
#include "model/groups/group_service.hpp"
#include "model/quotas/quota_service.hpp"

namespace gw::test {
namespace {

class InfostoreFiles : public FileCabinet {
 protected:
  /// Afterwards the database fails where `plan` says.
  void plan_faults() {
    plan = std::make_shared<sql::fault::Plan>();
    faulty_pool = std::make_unique<sql::Pool>(
        std::make_unique<sql::fault::FaultDriver>(sql::make_driver(database.settings.database), plan),
        database.settings.database);
  }
  /// Stores a file through the faulty pool.
  void store_faulty(UserId user, FolderId folder) {
    model::Environment environment{database.settings, *faulty_pool,      database.clock,
                                   database.events,   database.contents, &root};
    model::UnitOfWork work(environment, as(user).caller());
    std::optional<infostore::Deposit> file;
    file.emplace(work, folder);
    file->write("bytes");
    infostore::ItemInput wanted = input("{'filename':'a.txt'}", true);
    wanted.item.folder_id = folder.value;
    plan->add(fault);
    infostore::create(work, wanted, std::move(file));
  }
  std::shared_ptr<sql::fault::Plan> plan;
  std::unique_ptr<sql::Pool> faulty_pool;
  sql::fault::Fault fault;
};

TEST_F(InfostoreFiles, QuotaIsCheckedBeforeWhileAndAtTheEnd) {
  const FolderId home = this->home(kAnna);
  set_context_quota(10);
  EXPECT_EQ(refusal([&] { infostore::Deposit(as(kAnna), home, {}, 11); }), "FLS-0024");
  EXPECT_EQ(refusal([&] { store(kAnna, home, "a", "12345678901"); }), "FLS-0024");
  std::optional<infostore::Deposit> first, second;
  first.emplace(as(kAnna), home, std::nullopt, 6);
  second.emplace(as(kAnna), home, std::nullopt, 6);
  first->write("123456");
  second->write("123456");
  infostore::ItemInput wanted = input("{'filename':'a'}", true);
  wanted.item.folder_id = home.value;
  infostore::create(as(kAnna), wanted, std::move(first));
  EXPECT_EQ(refusal([&] { infostore::create(as(kAnna), wanted, std::move(second)); }), "FLS-0024");
  second.reset();
  EXPECT_EQ(root.files.count(), 1U);
  EXPECT_EQ(used(), 6);
  store(kAnna, home, "b", "1234");
  EXPECT_EQ(refusal([&] { store(kAnna, home, "c", "1"); }), "FLS-0024");
}

TEST_F(InfostoreFiles, AQuotaOfNothingAllowsEmptyFilesOnly) {
  set_context_quota(0);
  EXPECT_EQ(refusal([&] { store(kAnna, home(kAnna), "a", "1"); }), "FLS-0024");
  EXPECT_EQ(refusal([&] { store(kAnna, home(kAnna), "a", ""); }), "");
}

TEST_F(InfostoreFiles, WhoHasAQuotaOfHisOwnPaysForTheFilesInHisFolders) {
  set_context_quota(3);
  set_user_quota(kAnna, 100);
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kAuthor);
  const auto file = store(kBerta, home, "a", "12345");
  EXPECT_EQ(used(kAnna.value), 5);
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(root.files.spaces.at("1_ctx_3_user_store").size(), 1U);
  EXPECT_EQ(refusal([&] { store(kBerta, this->home(kBerta), "a", "12345"); }), "FLS-0024");
  store(kBerta, this->home(kBerta), "a", "123");
  EXPECT_EQ(root.files.spaces.at("1_ctx_store").size(), 1U);
  EXPECT_EQ(content(kAnna, file.ref), "12345");
}

TEST_F(InfostoreFiles, BytesAndQuotaFollowAFileIntoAFolderOfAnotherOwner) {
  set_user_quota(kAnna, 100);
  const FolderId annas = home(kAnna);
  share(annas, kBerta, kAuthor);
  const auto file = store(kBerta, home(kBerta), "a", "12345");
  add_version(kBerta, file.ref, "678");
  EXPECT_EQ(used(), 8);
  EXPECT_EQ(move(kBerta, file.ref, annas), "");
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(used(kAnna.value), 8);
  EXPECT_EQ(root.files.spaces.at("1_ctx_3_user_store").size(), 2U);
  EXPECT_EQ(root.files.count(), 2U);
  EXPECT_EQ(content(kAnna, file.ref), "678");
  EXPECT_EQ(content(kAnna, file.ref, 1), "12345");
  // By an update, too, and back.
  update(kBerta, file.ref, "{'folder_id':'" + std::to_string(home(kBerta).value) + "'}");
  EXPECT_EQ(used(), 8);
  EXPECT_EQ(used(kAnna.value), 0);
  EXPECT_EQ(content(kBerta, file.ref), "678");
  const auto found = model::files::check_files(as(kAdmin));
  EXPECT_TRUE(found.orphans.empty() && found.missing.empty() && found.usage.empty());
}

TEST_F(InfostoreFiles, AMoveIntoAFullQuotaIsRefusedAndTheTrashIsNot) {
  set_user_quota(kAnna, 4);
  const FolderId annas = home(kAnna);
  share(annas, kBerta, kAuthor);
  const auto file = store(kBerta, home(kBerta), "a", "12345");
  EXPECT_EQ(move(kBerta, file.ref, annas), "FLS-0024");
  EXPECT_EQ(names(kBerta, home(kBerta)), Names{"a"});
  const auto small = store(kBerta, annas, "b", "1234");
  set_context_quota(0);
  EXPECT_EQ(remove(kBerta, small.ref), "");
  EXPECT_EQ(names(kBerta, trash(kBerta)), Names{"b"});
  EXPECT_EQ(used(kAnna.value), 4);
  infostore::restore(as(kBerta), std::array{ItemRef{trash(kBerta), small.ref.id}});
  EXPECT_EQ(content(kAnna, small.ref), "1234");
  EXPECT_EQ(used(kAnna.value), 4);
}

TEST_F(InfostoreFiles, ABulkMoveThatFitsOnlySinglyMovesWhatFits) {
  set_user_quota(kAnna, 7);
  const FolderId annas = home(kAnna);
  share(annas, kBerta, kAuthor);
  const ItemRef first = store(kBerta, home(kBerta), "a", "12345").ref;
  const ItemRef second = store(kBerta, home(kBerta), "b", "12345").ref;
  const auto result = infostore::move(as(kBerta), std::array{first, second}, annas, kAnyVersion);
  ASSERT_EQ(result.refused.size(), 1U);
  EXPECT_EQ(format_code(result.refused.front().error.code()), "FLS-0024");
  EXPECT_EQ(names(kBerta, annas), Names{"a"});
  EXPECT_EQ(used(kAnna.value), 5);
  EXPECT_EQ(used(), 5);
}

TEST_F(InfostoreFiles, AStoreThatFailsDuringAMoveLeavesTheBytesWhereTheyWere) {
  set_user_quota(kAnna, 100);
  const FolderId annas = home(kAnna);
  share(annas, kBerta, kAuthor);
  const auto file = store(kBerta, home(kBerta), "a", "12345");
  root.files.fault = filestore::StoreError::Kind::Unavailable;
  EXPECT_EQ(move(kBerta, file.ref, annas), "");
  root.files.fault.reset();
  EXPECT_EQ(names(kAnna, annas), Names{"a"});
  EXPECT_EQ(content(kAnna, file.ref), "12345");
  EXPECT_EQ(used(), 5);
  EXPECT_EQ(root.files.count(), 1U);
}

TEST_F(InfostoreFiles, TheQuotaServiceTellsWhatIsUsed) {
  set_context_quota(1000);
  store(kAnna, home(kAnna), "a", "12345");
  EXPECT_EQ(model::quotas::file_quota(as(kBerta)).byte_limit, 1000);
  EXPECT_EQ(model::quotas::file_quota(as(kBerta)).byte_use, 5);
  set_user_quota(kBerta, 7);
  EXPECT_EQ(model::quotas::file_quota(as(kBerta)).byte_limit, 7);
  EXPECT_EQ(model::quotas::file_quota(as(kBerta)).byte_use, 0);
}

TEST_F(InfostoreFiles, WithoutAStoreNothingThatTouchesBytesWorks) {
  const FolderId home = this->home(kAnna);
  const auto file = store(kAnna, home, "a", "1");
  database.environment->files = nullptr;
  EXPECT_EQ(refusal([&] { store(kAnna, home, "b", "1"); }), "FLS-0004");
  EXPECT_EQ(refusal([&] { content(kAnna, file.ref); }), "FLS-0004");
  update(kAnna, file.ref, "{'title':'x'}");
  database.environment->files = &root;
}

TEST_F(InfostoreFiles, AStoreThatFailsIsToldByItsCode) {
  const FolderId home = this->home(kAnna);
  const auto file = store(kAnna, home, "a", "1");
  using Kind = filestore::StoreError::Kind;
  const std::pair<Kind, const char*> codes[] = {
      {Kind::Io, "FLS-0003"}, {Kind::Unavailable, "FLS-0004"}, {Kind::Full, "FLS-0011"}};
  for (const auto& [kind, code] : codes) {
    root.files.fault = kind;
    EXPECT_EQ(refusal([&] { store(kAnna, home, "b", "1"); }), code);
  }
  // What cannot be removed now is an orphan later: the deletion itself stands.
  EXPECT_EQ(remove(kAnna, file.ref, true), "");
  root.files.fault.reset();
  EXPECT_EQ(names(kAnna, home), Names{});
  EXPECT_EQ(used(), 0);
}

TEST_F(InfostoreFiles, AnAbandonedDepositLeavesNothing) {
  {
    infostore::Deposit file(as(kAnna), home(kAnna));
    file.write("one");
  }
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(used(), 0);
}

TEST_F(InfostoreFiles, AFailedTransactionLeavesNoFile) {
  plan_faults();
  fault = {.point = sql::fault::Point::CommitBefore, .kind = sql::ErrorKind::Other};
  EXPECT_THROW(store_faulty(kAnna, home(kAnna)), sql::SqlError);
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(names(kAnna, home(kAnna)), Names{});
  EXPECT_EQ(used(), 0);
}

TEST_F(InfostoreFiles, AnUnknownOutcomeKeepsTheFile) {
  plan_faults();
  fault = {.point = sql::fault::Point::CommitAfter,
           .kind = sql::ErrorKind::UnknownOutcome,
           .breaks_connection = true};
  EXPECT_THROW(store_faulty(kAnna, home(kAnna)), sql::SqlError);
  EXPECT_EQ(root.files.count(), 1U);
  EXPECT_EQ(names(kAnna, home(kAnna)), Names{"a.txt"});
  EXPECT_EQ(content(kAnna, infostore::parse_item_id(infostore::format_item_id(
                               infostore::list_folder(as(kAnna), home(kAnna), {}).items.front()))),
            "bytes");
}

TEST_F(InfostoreFiles, BothKindsOfOrphansAreFoundAndMended) {
  const FolderId home = this->home(kAnna);
  const auto one = store(kAnna, home, "one", "1");
  const auto two = store(kAnna, home, "two", "22");
  add_version(kAnna, two.ref, "333");
  EXPECT_TRUE(model::files::check_files(as(kAdmin)).orphans.empty());
  auto& space = root.files.spaces.at("1_ctx_store");
  space.erase(*get(kAnna, one.ref).file_id);
  space.erase(*get(kAnna, two.ref).file_id);
  space["stray"] = {"stray", database.clock.now()};
  {
    const sql::Lease lease = database.pool->acquire();
    lease->execute("UPDATE file_usage SET bytes=77 WHERE cid=? AND owner=0", kContext);
  }
  EXPECT_TRUE(model::files::check_files(as(kAdmin)).orphans.empty());  // too young to judge
  database.clock.advance(model::files::kGraceMillis);
  const auto found = model::files::check_files(as(kAdmin));
  ASSERT_EQ(found.orphans.size(), 1U);
  EXPECT_EQ(found.orphans.front().file_id, "stray");
  ASSERT_EQ(found.missing.size(), 2U);
  EXPECT_EQ(found.missing.back().reference.object, two.ref.id);
  EXPECT_EQ(found.missing.back().reference.part, 2);
  ASSERT_EQ(found.usage.size(), 1U);
  EXPECT_EQ(found.usage.front().actual, 6);
  model::files::mend_files(as(kAdmin), found);
  const auto after = model::files::check_files(as(kAdmin));
  EXPECT_TRUE(after.orphans.empty() && after.missing.empty() && after.usage.empty());
  EXPECT_EQ(names(kAnna, home), Names{"two"});
  EXPECT_EQ(content(kAnna, two.ref), "22");
  EXPECT_EQ(used(), 2);
}

TEST_F(InfostoreFiles, ADeletedUserTakesHisFoldersAndLeavesTheRest) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kAuthor);
  const auto foreign = store(kBerta, home, "in-annas-folder", "1");
  store(kBerta, this->home(kBerta), "own", "22");
  const auto shared = store(kAnna, home, "shared", "333");
  update(kAnna, shared.ref, "{'object_permissions':[{'entity':4,'group':false,'bits':1}]}");
  infostore::lock(as(kBerta), foreign.ref, std::nullopt);
  model::users::delete_user(as(kAdmin), kBerta);
  EXPECT_EQ(names(kAnna, home), (Names{"in-annas-folder", "shared"}));
  const Item item = get(kAnna, foreign.ref);
  EXPECT_EQ(item.created_by, kAdmin.value);
  EXPECT_EQ(item.locked_until.value, 0);
  EXPECT_TRUE(get(kAnna, shared.ref).object_permissions.empty());
  EXPECT_EQ(root.files.count(), 2U);
  EXPECT_EQ(used(), 4);
}

TEST_F(InfostoreFiles, ADeletedGroupLosesWhatWasSharedWithIt) {
  const auto made = model::groups::create_group(
      as(kAdmin),
      model::groups::parse_group(json("{'name':'readers','display_name':'Readers','members':[4]}"), true));
  const auto file = store(kAnna, home(kAnna), "a", "1");
  update(kAnna, file.ref,
         "{'object_permissions':[{'entity':" + std::to_string(made.id) + ",'group':true,'bits':1}]}");
  model::groups::delete_groups(as(kAdmin), std::array{GroupId(made.id)}, kAnyVersion);
  EXPECT_TRUE(get(kAnna, file.ref).object_permissions.empty());
}

TEST_F(InfostoreFiles, ADeletedContextDropsItsStores) {
  set_user_quota(kAnna, 100);
  store(kAnna, home(kAnna), "a", "1");
  store(kBerta, home(kBerta), "b", "1");
  EXPECT_EQ(root.files.count(), 2U);
  model::contexts::delete_context(as(kAdmin));
  EXPECT_TRUE(root.files.spaces.empty());
}

TEST_F(InfostoreFiles, CountsForTheFolderWhatTheCallerMayRead) {
  const FolderId home = this->home(kAnna);
  store(kAnna, home, "a", "1");
  store(kAnna, home, "b", "1");
  const auto& content = infostore::infostore_folder_content();
  EXPECT_EQ(content.count_readable(as(kAnna), home, kAuthor), 2);
  EXPECT_EQ(content.count_readable(as(kBerta), home, kOwnOnly), 0);
  EXPECT_EQ(content.count_readable(as(kBerta), home, {1, 0, 0, 0, false}), 0);
}

}  // namespace
}  // namespace gw::test
