#include "model/folders/folder_access.hpp"

#include "model/contexts/integrity.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/forest.hpp"
#include "sql/fault/fault_driver.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::test {
namespace {

using model::folders::FolderChange;
using Entries = std::vector<model::PermissionEntry>;

constexpr UserId kOwner{3}, kFriend{4};

/// One process counts what it asks the database; the other one makes changes behind its back.
class CachedAccess : public AccountTest {
 protected:
  void SetUp() override {
    make_context();
    make_user("user1");
    make_user("user2");
    own_settings_ = database.settings.database;
    auto driver =
        std::make_unique<sql::fault::FaultDriver>(sql::make_driver(database.settings.database), plan_);
    own_pool_ = std::make_unique<sql::Pool>(std::move(driver), own_settings_);
    own_ = std::make_unique<model::Environment>(model::Environment{
        database.settings, *own_pool_, database.clock, database.events, database.contents});
  }

  /// A request to the first process.
  std::unique_ptr<model::UnitOfWork> request_of(UserId user) {
    auto work = std::make_unique<model::UnitOfWork>(*own_, model::Caller{});
    work->replace_caller(model::users::load_caller(work->connection(), ContextId(1), user).value());
    return work;
  }

  FolderId shared_folder(std::int64_t friend_bits = model::kViewerBits) {
    FolderChange change;
    change.title = "Shared";
    change.module = model::ObjectModule::Contact;
    change.permissions = entries(friend_bits);
    return model::folders::create_folder(*acting(kOwner), "1", change).id;
  }

  static Entries entries(std::int64_t friend_bits) {
    Entries made{{kOwner.value, false, *model::rights_from_bits(model::kOwnerBits)}};
    if (friend_bits != 0) made.push_back({kFriend.value, false, *model::rights_from_bits(friend_bits)});
    return made;
  }

  /// In the other process.
  void share(FolderId folder, std::int64_t friend_bits) {
    FolderChange change;
    change.permissions = entries(friend_bits);
    model::folders::change_folder(*acting(kOwner), std::to_string(folder.value), change);
  }

  static std::string access_error(model::UnitOfWork& work, FolderId folder) {
    return problem_of([&] { model::folders::load_access(work.connection(), work.caller(), folder); });
  }

  int statements() const { return plan_->calls(sql::fault::Point::Execute); }

  std::shared_ptr<sql::fault::Plan> plan_ = std::make_shared<sql::fault::Plan>();
  DatabaseSettings own_settings_;
  std::unique_ptr<sql::Pool> own_pool_;
  std::unique_ptr<model::Environment> own_;
};

TEST_F(CachedAccess, AFolderThatWasSeenCostsNoStatement) {
  const FolderId folder = shared_folder();
  EXPECT_EQ(access_error(*request_of(kFriend), folder), "");
  const auto work = request_of(kFriend);
  const int before = statements();
  const auto access = model::folders::load_access(work->connection(), work->caller(), folder);
  EXPECT_EQ(statements(), before);
  EXPECT_EQ(model::to_bits(access.rights), model::kViewerBits);
  EXPECT_EQ(access.title, "Shared");
  EXPECT_EQ(access.type, model::folders::FolderType::Shared);
}

TEST_F(CachedAccess, RightsTakenByAnotherProcessAreGoneAtTheNextRequest) {
  const FolderId folder = shared_folder();
  EXPECT_EQ(access_error(*request_of(kFriend), folder), "");
  share(folder, 0);
  EXPECT_EQ(access_error(*request_of(kFriend), folder), "FLD-0003");
  EXPECT_EQ(access_error(*request_of(kFriend), folder), "FLD-0003");
  share(folder, model::kAuthorBits);
  const auto work = request_of(kFriend);
  EXPECT_EQ(model::to_bits(model::folders::load_access(work->connection(), work->caller(), folder).rights),
            model::kAuthorBits);
}

TEST_F(CachedAccess, AFolderDeletedByAnotherProcessIsGoneAtTheNextRequest) {
  const FolderId folder = shared_folder();
  EXPECT_EQ(access_error(*request_of(kFriend), folder), "");
  model::folders::delete_folder(*acting(kOwner), std::to_string(folder.value), {}, true);
  EXPECT_EQ(access_error(*request_of(kFriend), folder), "FLD-0008");
}

TEST_F(CachedAccess, ModulesTakenByAnotherProcessAreGoneAtTheNextRequest) {
  const FolderId folder = shared_folder();
  EXPECT_EQ(access_error(*request_of(kFriend), folder), "");
  model::users::UserChanges changes;
  changes.modules = model::kDefaultModules;
  changes.modules->set(model::Module::ReadCreateSharedFolders, false);
  model::users::change_user(*administration(), kFriend, changes);
  EXPECT_EQ(access_error(*request_of(kFriend), folder), "FLD-0003");
}

TEST_F(CachedAccess, ATransactionDecidesByWhatIsStoredNowNotByItsRequestsBegin) {
  const FolderId folder = shared_folder();
  const auto work = request_of(kFriend);
  EXPECT_EQ(access_error(*work, folder), "");
  share(folder, 0);
  std::string inside;
  work->write([&](model::Transaction& transaction) {
    transaction.stamp();
    inside = access_error(*work, folder);
  });
  EXPECT_EQ(inside, "FLD-0003");
  EXPECT_EQ(access_error(*work, folder), "FLD-0003");
}

TEST_F(CachedAccess, ATransactionSeesItsOwnChangeAndLeavesNothingBehindWhenItFails) {
  const FolderId folder = shared_folder();
  const auto work = request_of(kOwner);
  FolderChange change;
  change.title = "Renamed";
  std::string inside;
  EXPECT_THROW(work->write([&](model::Transaction& transaction) {
    model::folders::change_folder(transaction, folder, change);
    inside = model::folders::load_access(transaction.connection(), work->caller(), folder).title;
    throw std::runtime_error("rolled back");
  }),
               std::runtime_error);
  EXPECT_EQ(inside, "Renamed");
  work->release();
  const auto later = request_of(kOwner);
  EXPECT_EQ(model::folders::load_access(later->connection(), later->caller(), folder).title, "Shared");
}

TEST_F(CachedAccess, ATitleThatWasLookedForCostsNoStatementUntilAFolderChanges) {
  const auto look = [&](const std::string& title, int* cost) {
    const auto work = request_of(kOwner);
    const int before = statements();
    const auto found = model::folders::find_subfolder(work->connection(), work->caller(), FolderId(1), title);
    *cost = statements() - before;
    return found;
  };
  int cost = 0;
  EXPECT_EQ(look("Shared", &cost), std::nullopt);
  EXPECT_GT(cost, 0);
  EXPECT_EQ(look("Shared", &cost), std::nullopt);
  EXPECT_EQ(cost, 0);
  const FolderId folder = shared_folder();
  EXPECT_EQ(look("Shared", &cost), folder);
  EXPECT_EQ(look("Shared", &cost), folder);
  EXPECT_EQ(cost, 0);
  EXPECT_EQ(look("shared", &cost), std::nullopt) << "titles are told apart by their bytes";
  FolderChange change;
  change.title = "Renamed";
  model::folders::change_folder(*acting(kOwner), std::to_string(folder.value), change);
  EXPECT_EQ(look("Shared", &cost), std::nullopt);
  EXPECT_EQ(look("Renamed", &cost), folder);
  const std::string long_title(5'000, 'x');
  EXPECT_EQ(look(long_title, &cost), std::nullopt);
  EXPECT_EQ(look(long_title, &cost), std::nullopt);
  EXPECT_GT(cost, 0) << "what no folder can be called is not kept";
}

TEST_F(CachedAccess, TheOwnerOfAFolderIsKnownWithItsRights) {
  const FolderId folder = shared_folder();
  EXPECT_EQ(access_error(*request_of(kFriend), folder), "");
  const auto work = request_of(kFriend);
  const int before = statements();
  EXPECT_EQ(model::folders::owner_of(work->connection(), work->caller(), folder), kOwner);
  EXPECT_EQ(statements(), before);
  EXPECT_EQ(model::folders::owner_of(work->connection(), work->caller(), FolderId(4'711)), UserId(0));
  share(folder, 0);
  const auto later = request_of(kFriend);
  EXPECT_EQ(model::folders::owner_of(later->connection(), later->caller(), folder), kOwner)
      << "also of a folder that the caller does not see";
}

TEST_F(CachedAccess, TheForestIsReadAgainWhenAFolderChanges) {
  const auto sees = [&](FolderId folder, int* cost) {
    const auto work = request_of(kFriend);
    const int before = statements();
    const auto forest = model::folders::Forest::find_unsubscribed(work->connection(), work->caller());
    *cost = statements() - before;
    return forest->find(folder) != nullptr;
  };
  int cost = 0;
  const FolderId folder = shared_folder();
  EXPECT_TRUE(sees(folder, &cost));
  EXPECT_GT(cost, 0);
  EXPECT_TRUE(sees(folder, &cost));
  EXPECT_EQ(cost, 0);
  share(folder, 0);
  EXPECT_FALSE(sees(folder, &cost));
  share(folder, model::kAuthorBits);
  EXPECT_TRUE(sees(folder, &cost));
}

// MySQL shows a transaction the state of its first read: what it reads after that may be older than the mark.
TEST_F(CachedAccess, ATransactionThatReadBeforeItsStampKnowsNoMarksOnMysql) {
  const auto work = request_of(kOwner);
  work->write([&](model::Transaction& transaction) {
    (void)transaction.connection().query("SELECT name FROM contexts WHERE cid=?", 1).next();
    EXPECT_FALSE(transaction.marks().are_known());
    transaction.stamp();
    EXPECT_EQ(transaction.marks().are_known(), own_pool_->engine() == sql::Engine::Sqlite);
  });
  work->write([&](model::Transaction& transaction) {
    transaction.stamp();
    EXPECT_TRUE(transaction.marks().are_known());
    model::users::touch_accounts(transaction, work->context(), transaction.stamp());
    EXPECT_FALSE(transaction.marks().are_known());
  });
}

TEST_F(CachedAccess, TheAudienceOfAFolderFollowsRightsAndMembersAndCostsNothingBetween) {
  const FolderId folder = shared_folder(0);
  const auto audience = [&](int* cost = nullptr) {
    std::vector<UserId> users;
    request_of(kOwner)->write([&](model::Transaction& transaction) {
      transaction.stamp();
      const int before = statements();
      users = model::folders::viewers(transaction, folder);
      if (cost != nullptr) *cost = statements() - before;
    });
    return users;
  };
  EXPECT_EQ(audience(), std::vector<UserId>{kOwner});
  int cost = -1;
  EXPECT_EQ(audience(&cost), std::vector<UserId>{kOwner});
  EXPECT_EQ(cost, 0);
  FolderChange change;
  change.permissions = entries(0);
  change.permissions->push_back({kStandardGroup.value, true, *model::rights_from_bits(model::kViewerBits)});
  model::folders::change_folder(*acting(kOwner), std::to_string(folder.value), change);
  const auto with_group = audience(&cost);
  EXPECT_GT(cost, 0);
  EXPECT_TRUE(std::count(with_group.begin(), with_group.end(), kFriend));
  const UserId joined = make_user("user3").id;
  const auto with_member = audience();
  EXPECT_TRUE(std::count(with_member.begin(), with_member.end(), joined));
}

TEST_F(CachedAccess, AFolderOfAllUsersHasOneAudienceHoweverManyTheyAre) {
  const FolderId folder = shared_folder(0);
  FolderChange change;
  change.permissions = entries(model::kViewerBits);
  change.permissions->push_back({kAllUsersGroup.value, true, *model::rights_from_bits(model::kViewerBits)});
  change.permissions->push_back({kStandardGroup.value, true, *model::rights_from_bits(model::kViewerBits)});
  model::folders::change_folder(*acting(kOwner), std::to_string(folder.value), change);
  const auto work = request_of(kOwner);
  const auto seen = model::folders::viewers(work->connection(), work->context(), folder);
  EXPECT_EQ(seen, (std::vector{model::kEverybody, kOwner, kFriend}));
  EXPECT_EQ(model::folders::expand(work->connection(), work->context(), seen),
            (std::vector{UserId(2), kOwner, kFriend}));
}

TEST_F(CachedAccess, TheGlobalAddressBookIsOfEverybodyUntilSomebodyIsKeptOut) {
  const auto audience = [&](int* cost = nullptr) {
    std::vector<UserId> users;
    request_of(kOwner)->write([&](model::Transaction& transaction) {
      transaction.stamp();
      transaction.note_folder_change();  // nothing comes from the cache
      const int before = statements();
      users = model::folders::viewers(transaction, model::folders::system_folder::kGlobalAddressBook);
      if (cost != nullptr) *cost = statements() - before;
    });
    return users;
  };
  int cost = -1;
  EXPECT_EQ(audience(&cost), std::vector{model::kEverybody});
  EXPECT_LE(cost, 1) << "the entries were read when the first user was made";
  FolderChange change;
  change.permissions = model::folders::list_permissions(*database.pool->acquire(), ContextId(1), FolderId(6));
  for (model::PermissionEntry& entry : *change.permissions)
    if (entry.entity == kFriend.value) entry.rights.folder = 0;
  model::folders::change_folder(*acting(UserId(2)), "6", change);
  EXPECT_EQ(audience(), (std::vector{UserId(2), kOwner}));
  const UserId joined = make_user("user3").id;
  EXPECT_EQ(audience(), (std::vector{UserId(2), kOwner, joined}));
  for (model::PermissionEntry& entry : *change.permissions) entry.rights.folder = 1;
  change.permissions->push_back({joined.value, false, change.permissions->back().rights});
  model::folders::change_folder(*acting(UserId(2)), "6", change);
  EXPECT_EQ(audience(), std::vector{model::kEverybody});
}

TEST_F(CachedAccess, ARepairOfPermissionsIsSeenByTheNextRequest) {
  const FolderId folder = shared_folder();
  const auto lose_owner = [&] {
    database.pool->acquire()->execute(
        "DELETE FROM folder_permissions WHERE cid=1 AND folder=? AND is_group=0 AND entity=?", folder,
        kOwner);
  };
  lose_owner();
  EXPECT_EQ(access_error(*request_of(kOwner), folder), "FLD-0003");
  model::contexts::repair_context(*administration());
  EXPECT_EQ(access_error(*request_of(kOwner), folder), "");
}

}  // namespace
}  // namespace gw::test
