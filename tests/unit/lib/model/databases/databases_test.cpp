#include "model/databases/databases.hpp"

#include "core/error.hpp"
#include "model/jobs/job_runner.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::model::databases {
namespace {

using test::problem_of;

RegisteredDatabase named(const std::string& name, const std::string& url, std::int64_t max_units = -1) {
  return {0, name, url, max_units, 0, 0};
}

TEST(RegisteredDatabases, AnAddressIsShownWithoutItsPassword) {
  EXPECT_EQ(public_url("mysql://gw:s%40cret@db.test:3306/gw?ssl=off"), "mysql://gw@db.test:3306/gw?ssl=off");
  EXPECT_EQ(public_url("mysql://gw:a@b:c@db.test/gw"), "mysql://gw@db.test/gw");
  EXPECT_EQ(public_url("mysql://gw@db.test:3306/gw"), "mysql://gw@db.test:3306/gw");
  EXPECT_EQ(public_url("sqlite:/var/lib/a:b@c.db"), "sqlite:/var/lib/a:b@c.db");
}

TEST(RegisteredDatabases, TheOneWithTheGreatestPartFreeComesFirst) {
  const auto placed = [](std::int64_t id, std::int64_t most, std::int64_t units) {
    return RegisteredDatabase{id, "d", "", most, 0, units};
  };
  EXPECT_EQ(rank_databases({placed(1, 10, 5), placed(2, 1'000, 100), placed(3, 10, 10), placed(4, 0, 0),
                            placed(5, -1, 7)}),
            (std::vector<std::int64_t>{5, 2, 1}));
  EXPECT_TRUE(rank_databases({}).empty());
}

class Spread : public test::AccountTest {
 protected:
  Spread() { database.environment->databases = &all; }
  ~Spread() override { database.environment->databases = nullptr; }
  std::int64_t add(const RegisteredDatabase& wanted) {
    sql::Scope home(*database.pool);
    return add_database(home, wanted).id;
  }
  std::int64_t count_in_other(const std::string& statement) {
    const sql::Lease lease = other.pool->acquire();
    sql::Query row = lease->query(statement);
    return row.next() ? row.integer(0) : -1;
  }
  contexts::Context make_context_in(std::int64_t place, std::int64_t id) {
    UnitOfWork work(*database.environment, {});
    contexts::NewContext wanted;
    wanted.id = ContextId(id);
    wanted.database = place;
    wanted.mappings = {"m" + std::to_string(id)};
    wanted.admin = new_user("oxadmin");
    return contexts::create_context(work, wanted);
  }

  test::TestDatabase other;
  Databases all{*database.pool};
};

TEST_F(Spread, RowsKeepTheAddressSealed) {
  const std::int64_t id = add(named("one", other.settings.database.url));
  sql::Scope home(*database.pool);
  EXPECT_EQ(find_database(home.connection(), id)->url, other.settings.database.url);
  sql::Query row = home.connection().query("SELECT url FROM registered_databases WHERE id=?", id);
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.string(0).find(other.settings.database.url.substr(0, 8)), std::string::npos);
}

TEST_F(Spread, NamesAndAddressesAreThoseOfOneDatabase) {
  add(named("one", other.settings.database.url));
  EXPECT_EQ(problem_of([&] { add(named("one", "sqlite:/somewhere/else.db")); }), "exists");
  EXPECT_EQ(problem_of([&] { add(named("two", other.settings.database.url)); }), "exists");
  EXPECT_EQ(problem_of([&] { add(named("", "sqlite:/somewhere/else.db")); }), "invalid");
  EXPECT_EQ(problem_of([&] { add(named("three", "postgres://x")); }), "invalid");
  EXPECT_EQ(problem_of([&] { add(named("four", "sqlite:/x.db", -2)); }), "invalid");
}

TEST_F(Spread, WorkOfAContextIsDoneWhereItsDataAre) {
  const std::int64_t place = add(named("one", other.settings.database.url));
  EXPECT_EQ(make_context_in(place, 7).database, place);
  make_context_in(0, 8);
  EXPECT_EQ(count_in_other("SELECT COUNT(*) FROM users WHERE cid=7"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM users WHERE cid=7"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM users WHERE cid=8"), 1);

  const users::User anna = make_user("anna", 7);
  EXPECT_EQ(count_in_other("SELECT COUNT(*) FROM users WHERE cid=7"), 2);
  const auto work = acting(anna.id, 7);
  EXPECT_EQ(work->environment().pool.settings().number, place);
  UnitOfWork nested(work->environment(), work->caller());
  EXPECT_EQ(nested.database().pool().settings().number, place);
  UnitOfWork at_home(work->environment(), contexts::provisioning_caller(ContextId(8)));
  EXPECT_EQ(at_home.database().pool().settings().number, 0);
}

TEST_F(Spread, NamesAreUniqueInTheInstallationAndLeadToTheContext) {
  const std::int64_t place = add(named("one", other.settings.database.url));
  make_context_in(place, 7);
  make_context_in(0, 8);
  EXPECT_EQ(problem_of([&] { make_context_in(0, 7); }), "exists");
  EXPECT_EQ(problem_of([&] { make_context_in(place, 8); }), "exists");
  contexts::ContextChanges changes;
  changes.add_mappings = {"m8"};
  EXPECT_EQ(problem_of([&] { contexts::change_context(*administration(7), changes); }), "exists");
  changes = {};
  changes.name = "seven";
  changes.add_mappings = {"more"};
  changes.remove_mappings = {"m7"};
  changes.enabled = false;
  EXPECT_EQ(contexts::change_context(*administration(7), changes).name, "seven");
  {
    const sql::Lease home = database.pool->acquire();
    const auto found = contexts::find_context(*home, "more");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, ContextId(7));
    EXPECT_EQ(found->database, place);
    EXPECT_EQ(found->name, "seven");
    EXPECT_FALSE(found->enabled);
    EXPECT_EQ(found->mappings, std::vector<std::string>{"more"});
    EXPECT_FALSE(contexts::find_context(*home, "m7"));
  }
  contexts::delete_context(*administration(7));
  EXPECT_EQ(count_in_other("SELECT COUNT(*) FROM users WHERE cid=7"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM contexts WHERE cid=7"), 0);
  EXPECT_EQ(make_context_in(0, 7).database, 0) << "number and names are free again";
}

TEST_F(Spread, WhatCannotBeMadeGivesItsNamesBack) {
  const std::int64_t place = add(named("one", other.settings.database.url));
  UnitOfWork work(*database.environment, {});
  contexts::NewContext wanted;
  wanted.id = ContextId(7);
  wanted.database = place;
  wanted.admin = new_user("oxadmin");
  wanted.admin.timezone = "Nowhere/Else";
  EXPECT_NE(problem_of([&] { contexts::create_context(work, wanted); }), "");
  EXPECT_EQ(number("SELECT COUNT(*) FROM contexts"), 0);
  make_context_in(place, 7);
}

TEST_F(Spread, ANewContextGoesWhereThereIsRoomAndNobodyIsAway) {
  add(named("away", "sqlite:/nonexistent/folder/away.db"));
  const std::int64_t place = add(named("one", other.settings.database.url, 1));
  const auto place_of_new = [&](std::int64_t id) {
    UnitOfWork work(*database.environment, {});
    contexts::NewContext wanted;
    wanted.id = ContextId(id);
    wanted.admin = new_user("oxadmin");
    return contexts::create_context(work, wanted).database;
  };
  EXPECT_EQ(place_of_new(7), place);
  EXPECT_EQ(place_of_new(8), 0) << "one place, which is taken";
  EXPECT_EQ(problem_of([&] { make_context_in(place, 9); }), "invalid");
  EXPECT_EQ(problem_of([&] { make_context_in(99, 9); }), "not found");
  sql::Scope home(*database.pool);
  EXPECT_EQ(problem_of([&] { remove_database(home, place); }), "protected");
  home.release();
  contexts::delete_context(*administration(7));
  EXPECT_EQ(problem_of([&] { remove_database(home, place); }), "");
  EXPECT_EQ(problem_of([&] { remove_database(home, place); }), "not found");
}

TEST_F(Spread, OneThatIsAwayKeepsNobodyElseWaiting) {
  const std::int64_t away = add(named("away", "sqlite:/nonexistent/folder/away.db"));
  const std::int64_t place = add(named("one", other.settings.database.url));
  make_context_in(place, 7);
  run("INSERT INTO contexts (cid,name,enabled,admin,file_quota,created,database_id) VALUES "
      "(9,'c9',1,2,-1,0," +
      std::to_string(away) + ")");
  EXPECT_THROW(administration(9), Unavailable);
  EXPECT_NO_THROW(administration(7)->connection());
  std::vector<std::int64_t> visited;
  for_each_database(*database.environment,
                    [&](Environment& environment) { visited.push_back(environment.pool.settings().number); });
  EXPECT_EQ(visited, (std::vector<std::int64_t>{0, place}));
  const auto trouble = all.find_trouble();
  ASSERT_EQ(trouble.size(), 1U);
  EXPECT_EQ(trouble.front().name, "away");
}

TEST_F(Spread, ADatabaseGetsNewConnectionsWithItsNewAddress) {
  const std::int64_t id = add(named("one", "sqlite:/nonexistent/folder/away.db"));
  EXPECT_THROW(all.pool(id), Unavailable);
  sql::Scope home(*database.pool);
  RegisteredDatabase changed = *find_database(home.connection(), id);
  changed.url = other.settings.database.url;
  change_database(home, changed);
  home.release();
  all.refresh();
  EXPECT_EQ(all.pool(id).settings().url, other.settings.database.url);
  EXPECT_EQ(&all.pool(999), &all.home()) << "a number that nobody has";
}

TEST_F(Spread, JobsAreDoneInEachDatabaseOrOnce) {
  const std::int64_t place = add(named("one", other.settings.database.url));
  std::vector<std::int64_t> everywhere, once;
  const auto note_in = [](std::vector<std::int64_t>& list) {
    return [&list](jobs::JobRun& run) {
      list.push_back(run.environment().pool.settings().number);
      return std::int64_t{1};
    };
  };
  jobs::JobRunner runner(*database.environment, {{"everywhere", Milliseconds(60'000), note_in(everywhere)},
                                                 {"once", Milliseconds(60'000), note_in(once), true}});
  runner.run_due();
  runner.run_due();
  EXPECT_EQ(everywhere, (std::vector<std::int64_t>{0, place}));
  EXPECT_EQ(once, std::vector<std::int64_t>{0});
  EXPECT_EQ(runner.run_now("everywhere").front().done, 2);
}

TEST_F(Spread, WhatIsRegisteredIsMadeReadyAndBelongsToNobodyElse) {
  const DatabaseSettings& home = database.settings.database;
  EXPECT_EQ(problem_of([&] { prepare_database(home, named("one", home.url)); }), "invalid");
  EXPECT_EQ(problem_of([&] { prepare_database(home, named("one", "sqlite:/nonexistent/x/y.db")); }),
            "invalid");
  test::TestDatabase empty(test::TestDatabase::Schema::None);
  EXPECT_EQ(problem_of([&] { prepare_database(home, named("one", empty.settings.database.url)); }), "");
  other.add_bare_context(ContextId(3));
  EXPECT_EQ(problem_of([&] { prepare_database(home, named("one", other.settings.database.url)); }),
            "invalid");
}

}  // namespace
}  // namespace gw::model::databases
