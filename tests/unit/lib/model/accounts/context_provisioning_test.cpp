#include "model/contexts/context_rows.hpp"
#include "model/folders/folder_access.hpp"
#include "model/groups/membership.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::test {
namespace {

using model::contexts::ContextChanges;
using model::contexts::NewContext;

using ContextProvisioning = AccountTest;

std::vector<std::string> tables_with(TestDatabase& database, const std::string& column) {
  const sql::Lease lease = database.pool->acquire();
  const std::string statement = lease->engine() == sql::Engine::Sqlite
                                    ? "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p "
                                      "ON p.name=? WHERE m.type='table'"
                                    : "SELECT table_name FROM information_schema.columns WHERE "
                                      "table_schema=DATABASE() AND column_name=?";
  std::vector<std::string> names;
  sql::Query row = lease->query(statement, column);
  while (row.next()) names.push_back(row.string(0));
  std::sort(names.begin(), names.end());
  return names;
}

TEST_F(ContextProvisioning, ANewContextHasAdminSystemFoldersAndGroups) {
  const auto context = make_context(7);
  EXPECT_EQ(context.id, ContextId(7));
  EXPECT_EQ(context.name, "context7");
  EXPECT_EQ(context.admin, UserId(2));
  EXPECT_TRUE(context.enabled);
  for (const int folder : {1, 2, 3, 4, 6, 9, 10, 15})
    EXPECT_EQ(number("SELECT COUNT(*) FROM folders WHERE cid=7 AND id=" + std::to_string(folder)), 1)
        << folder;
  EXPECT_EQ(number("SELECT COUNT(*) FROM user_groups WHERE cid=7"), 2);
  EXPECT_EQ(number("SELECT MIN(id) FROM folders WHERE cid=7 AND id>15"), 20);
  const auto admin = model::users::load_user(*database.pool->acquire(), ContextId(7), UserId(2));
  EXPECT_EQ(admin.login, "oxadmin");
  EXPECT_TRUE(admin.modules.has(model::Module::EditGroup));
  EXPECT_TRUE(admin.calendar_folder && admin.contacts_folder && admin.tasks_folder && admin.infostore_folder);
}

TEST_F(ContextProvisioning, TheNextIdIsOneMoreThanTheGreatest) {
  make_context(7);
  model::UnitOfWork work(*database.environment, {});
  NewContext wanted;
  wanted.admin = new_user("oxadmin");
  EXPECT_EQ(model::contexts::create_context(work, wanted).id, ContextId(8));
}

TEST_F(ContextProvisioning, IdNameAndMappingAreUniqueAndRefusedNamesAreTold) {
  make_context(1);
  const auto create = [&](auto change) {
    model::UnitOfWork work(*database.environment, {});
    NewContext wanted;
    wanted.admin = new_user("oxadmin");
    change(wanted);
    return problem_of([&] { model::contexts::create_context(work, wanted); });
  };
  EXPECT_EQ(create([](NewContext& c) { c.id = ContextId(1); }), "exists");
  EXPECT_EQ(create([](NewContext& c) { c.name = "CONTEXT1"; }), "exists");
  EXPECT_EQ(create([](NewContext& c) { c.mappings = {"context1"}; }), "exists");
  EXPECT_EQ(create([](NewContext& c) { c.name = "has blank"; }), "invalid");
  EXPECT_EQ(create([](NewContext& c) { c.name = "has@at"; }), "invalid");
  EXPECT_EQ(create([](NewContext& c) { c.name = "1"; }), "invalid");
  EXPECT_EQ(create([](NewContext& c) { c.id = ContextId(0); }), "invalid");
  EXPECT_EQ(create([](NewContext& c) { c.admin.login = "a b"; }), "invalid");
  EXPECT_EQ(number("SELECT COUNT(*) FROM contexts"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM context_sequence"), 1);
}

TEST_F(ContextProvisioning, AContextIsFoundByMappingNameAndIdInThisOrder) {
  make_context(1);
  make_context(2);
  ContextChanges changes;
  changes.add_mappings = {"Example.COM"};
  model::contexts::change_context(*administration(2), changes);
  const sql::Lease lease = database.pool->acquire();
  EXPECT_EQ(model::contexts::find_context(*lease, "example.com")->id, ContextId(2));
  EXPECT_EQ(model::contexts::find_context(*lease, "Context1")->id, ContextId(1));
  EXPECT_EQ(model::contexts::find_context(*lease, "2")->id, ContextId(2));
  EXPECT_FALSE(model::contexts::find_context(*lease, "02"));
  EXPECT_FALSE(model::contexts::find_context(*lease, "unknown"));
  EXPECT_EQ(model::contexts::find_context(*lease, ContextId(2))->mappings,
            std::vector<std::string>{"example.com"});
}

TEST_F(ContextProvisioning, ChangeTellsWhatIsWrong) {
  make_context(1);
  make_context(2);
  const auto change = [&](auto set) {
    ContextChanges changes;
    set(changes);
    return problem_of([&] { model::contexts::change_context(*administration(2), changes); });
  };
  EXPECT_EQ(change([](ContextChanges& c) { c.name = "context1"; }), "exists");
  EXPECT_EQ(change([](ContextChanges& c) { c.remove_mappings = {"nobody"}; }), "not found");
  EXPECT_EQ(change([](ContextChanges& c) { c.name = "renamed"; }), "");
  EXPECT_EQ(problem_of([&] { model::contexts::change_context(*administration(99), {}); }), "CTX-0002");
}

TEST_F(ContextProvisioning, EveryTableOfATenantIsInTheList) {
  std::vector<std::string> listed;
  for (const auto& table : model::contexts::account_tables()) listed.emplace_back(table.name);
  std::sort(listed.begin(), listed.end());
  EXPECT_EQ(listed, tables_with(database, "cid"));
  for (const std::string& table : tables_with(database, "user_id")) {
    if (table == "contacts") continue;  // there it names the user whose address book entry it is
    const auto tables = model::contexts::account_tables();
    const auto row =
        std::find_if(tables.begin(), tables.end(), [&](const auto& t) { return t.name == table; });
    ASSERT_NE(row, tables.end()) << table;
    EXPECT_TRUE(row->per_user) << table;
  }
}

TEST_F(ContextProvisioning, DeleteLeavesNoRowAndOtherContextsAlone) {
  make_context(1);
  make_context(2);
  make_user("user1", 2);
  ContextChanges changes;
  changes.add_mappings = {"two.example"};
  model::contexts::change_context(*administration(2), changes);
  model::contexts::delete_context(*administration(2));
  for (const auto& table : model::contexts::account_tables())
    EXPECT_EQ(number("SELECT COUNT(*) FROM " + std::string(table.name) + " WHERE cid=2"), 0) << table.name;
  EXPECT_EQ(number("SELECT COUNT(*) FROM users WHERE cid=1"), 1);
  EXPECT_EQ(problem_of([&] { model::contexts::delete_context(*administration(2)); }), "CTX-0002");
}

TEST_F(ContextProvisioning, AQuotaIsANumberOfBytesOrUnlimited) {
  make_context(1);
  ContextChanges changes;
  changes.file_quota = -2;
  EXPECT_EQ(problem_of([&] { model::contexts::change_context(*administration(1), changes); }), "invalid");
  changes.file_quota = -1;
  EXPECT_EQ(problem_of([&] { model::contexts::change_context(*administration(1), changes); }), "");
}

TEST_F(ContextProvisioning, ADisabledContextLocksEverybodyOutAtOnce) {
  make_context(1);
  model::users::AccountState state;
  ASSERT_TRUE(model::users::load_caller(*database.pool->acquire(), ContextId(1), UserId(2), &state));
  ContextChanges changes;
  changes.enabled = false;
  model::contexts::change_context(*administration(1), changes);
  EXPECT_FALSE(model::users::load_caller(*database.pool->acquire(), ContextId(1), UserId(2), &state));
  EXPECT_TRUE(state.is_locked);
  changes.enabled = true;
  model::contexts::change_context(*administration(1), changes);
  EXPECT_TRUE(model::users::load_caller(*database.pool->acquire(), ContextId(1), UserId(2)));
}

}  // namespace
}  // namespace gw::test
