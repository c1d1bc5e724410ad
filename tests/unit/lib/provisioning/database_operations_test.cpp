#include "provisioning/database_operations.hpp"

#include "model/databases/databases.hpp"
#include "provisioning_fixture.hpp"

namespace gw::provisioning {
namespace {

class DatabaseOperations : public test::ProvisioningTest {
 protected:
  DatabaseOperations() {
    database.environment->databases = &all;
    restart();
  }
  ~DatabaseOperations() override { database.environment->databases = nullptr; }
  Json register_other(const std::string& more = "") {
    return as_master("Util", "registerDatabase",
                     "{'db':{'name':'shard','url':'" + other.settings.database.url + "'" + more + "}}");
  }
  void create(int id, const std::string& more) {
    as_master("Context", "createModuleAccessByName",
              "{'ctx':{'id':" + std::to_string(id) + ",'name':'c" + std::to_string(id) + "'" + more +
                  "},'admin_user':" + user_data("admin") + ",'access_combination_name':'all'}");
  }
  std::size_t listed_in(const std::string& database_choice) {
    return as_master("Context", "listByDatabase", "{'db':" + database_choice + "}").size();
  }

  test::TestDatabase other;
  model::databases::Databases all{*database.pool};
};

TEST_F(DatabaseOperations, ADatabaseIsRegisteredChangedAndForgotten) {
  const Json made = register_other();
  EXPECT_EQ(made.get("id").as_integer(), 1);
  EXPECT_EQ(made.get("maxUnits").as_integer(), 1'000);
  EXPECT_EQ(made.get("currentUnits").as_integer(), 0);
  EXPECT_TRUE(made.get("password").is_missing());
  EXPECT_EQ(made.get("url").as_string(), model::databases::public_url(other.settings.database.url));
  as_master("Util", "changeDatabase",
            "{'db':{'id':1,'name':'renamed','maxUnits':5,'url':'" + std::string(made.get("url").as_string()) +
                "'}}");
  const Json listed = as_master("Util", "listDatabase", "{'search_pattern':'REN*'}");
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed.at(0).get("maxUnits").as_integer(), 5);
  EXPECT_EQ(as_master("Util", "listAllDatabase", "{}").size(), 1U);
  EXPECT_EQ(fault_of([&] { register_other(); }), "invalid_data") << "it is registered already";
  as_master("Util", "unregisterDatabase", "{'database':{'name':'renamed'}}");
  EXPECT_EQ(as_master("Util", "listAllDatabase", "{}").size(), 0U);
  EXPECT_EQ(fault_of([&] { as_master("Util", "unregisterDatabase", "{'database':{'id':1}}"); }),
            "no_such_database");
  EXPECT_EQ(register_other().get("id").as_integer(), 2) << "numbers are not given again";
}

TEST_F(DatabaseOperations, ContextsLieWhereTheyWereMade) {
  register_other();
  create(7, "");
  create(8, ",'writeDatabase':{'id':0}");
  create(9, ",'writeDatabase':{'name':'shard'}");
  EXPECT_EQ(fault_of([&] { create(10, ",'writeDatabase':{'id':4}"); }), "no_such_database");
  EXPECT_EQ(listed_in("{'id':1}"), 2U);
  EXPECT_EQ(listed_in("{'name':'shard'}"), 2U);
  EXPECT_EQ(listed_in("{'id':0}"), 1U);
  EXPECT_EQ(as_master("Context", "getData", "{'ctx':{'id':7}}").get("writeDatabase").dump(), "{\"id\":1}");
  EXPECT_TRUE(as_master("Context", "getData", "{'ctx':{'id':8}}").get("writeDatabase").is_missing());
  EXPECT_EQ(as_master("Context", "listAll", "{}").size(), 3U);
  EXPECT_EQ(as_master("Util", "listAllDatabase", "{}").at(0).get("currentUnits").as_integer(), 2);
  EXPECT_EQ(fault_of([&] { as_master("Util", "unregisterDatabase", "{'database':{'id':1}}"); }),
            "invalid_data");
  const std::string moved = "{'ctx':{'id':7,'writeDatabase':{'id':0}}}";
  EXPECT_EQ(fault_of([&] { as_master("Context", "change", moved); }), "not_offered");
}

TEST_F(DatabaseOperations, TheAdministratorOfAContextWorksThere) {
  register_other();
  create(7, ",'loginMappings':['seven.test']");
  EXPECT_EQ(make_user(7, "anna").get("id").as_integer(), 3);
  EXPECT_EQ(as_admin("User", "listAll", "{'ctx':{'name':'seven.test'}}").size(), 2U);
  as_master("Context", "changeQuota", "{'ctx':{'id':7},'module':'task','quotaValue':'9'}");
  as_master("Context", "change", "{'ctx':{'id':7,'name':'other','loginMappings':['eight.test']}}");
  EXPECT_TRUE(as_master("Context", "exists", "{'ctx':{'name':'eight.test'}}").is_true());
  EXPECT_FALSE(as_master("Context", "exists", "{'ctx':{'name':'seven.test'}}").is_true());
  as_master("Context", "disableAll", "{}");
  EXPECT_EQ(fault_of([&] { make_user(7, "berta"); }), "invalid_credentials");
  as_master("Context", "enableAll", "{}");
  make_user(7, "berta");
  as_master("Context", "delete", "{'ctx':{'id':7}}");
  EXPECT_EQ(listed_in("{'id':1}"), 0U);
  create(7, "");
}

TEST_F(DatabaseOperations, AChangeThatWasCutOffIsDoneByTheSameChange) {
  register_other();
  create(7, ",'loginMappings':['seven.test']");
  // The first of its three transactions alone.
  database.pool->acquire()->execute("INSERT INTO context_mappings (mapping,cid) VALUES ('late.test',7)");
  as_master("Context", "change", "{'ctx':{'id':7,'loginMappings':['late.test']}}");
  const Json data = as_master("Context", "getData", "{'ctx':{'id':7}}");
  EXPECT_EQ(data.get("loginMappings").dump(), "[\"7\",\"c7\",\"late.test\"]");
  const auto count = [](sql::Pool& pool) {
    const sql::Lease lease = pool.acquire();
    sql::Query row = lease->query("SELECT COUNT(*) FROM context_mappings WHERE mapping='late.test'");
    return row.next() ? row.integer(0) : -1;
  };
  EXPECT_EQ(count(*other.pool), 1);
  EXPECT_EQ(count(*database.pool), 1);
  EXPECT_FALSE(as_master("Context", "exists", "{'ctx':{'name':'seven.test'}}").is_true());
}

TEST_F(DatabaseOperations, WhatCannotBeUsedIsRefused) {
  const auto refusal = [&](const std::string& data) {
    return fault_of([&] { as_master("Util", "registerDatabase", "{'db':" + data + "}"); });
  };
  EXPECT_EQ(refusal("{'name':'x'}"), "invalid_data");
  EXPECT_EQ(refusal("{'name':'x','url':'sqlite:/nonexistent/a/b.db'}"), "invalid_data");
  EXPECT_EQ(refusal("{'name':'x','url':'sqlite:relative.db'}"), "invalid_data");
  EXPECT_EQ(refusal("{'name':'x','url':'" + database.settings.database.url + "'}"), "invalid_data");
  EXPECT_EQ(refusal("{'name':'x','url':'" + other.settings.database.url + "','master':'false'}"),
            "invalid_data");
  EXPECT_EQ(as_master("Util", "listAllDatabase", "{}").size(), 0U);
}

TEST(DatabaseAddress, WhatIsMissingComesFromTheOtherFields) {
  EXPECT_EQ(complete_url("jdbc:mysql://db.test", "gw", "s@c/ret", "groupware"),
            "mysql://gw:s%40c%2Fret@db.test/groupware");
  EXPECT_EQ(complete_url("db.test:3307", "gw", "x", "one"), "mysql://gw:x@db.test:3307/one");
  EXPECT_EQ(complete_url("mysql://a:b@db.test/kept?ssl=required", std::nullopt, "new", "other"),
            "mysql://a:new@db.test/kept?ssl=required");
  EXPECT_EQ(complete_url("mysql://a:b@db.test/kept", std::nullopt, std::nullopt, "other"),
            "mysql://a:b@db.test/kept");
  EXPECT_EQ(complete_url("sqlite:/x/y.db", "gw", "x", "one"), "sqlite:/x/y.db");
}

}  // namespace
}  // namespace gw::provisioning
