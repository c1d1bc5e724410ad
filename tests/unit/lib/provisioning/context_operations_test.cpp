#include "core/error.hpp"
#include "model/users/user_directory.hpp"
#include "provisioning_fixture.hpp"

namespace gw::provisioning {
namespace {

using test::parsed;
using test::ProvisioningTest;

class ContextOperations : public ProvisioningTest {};

TEST_F(ContextOperations, AContextIsMadeFoundChangedAndDeleted) {
  const Json made = as_master(
      "Context", "create",
      "{'ctx':{'id':7,'name':'Acme','maxQuota':50,'loginMappings':['acme.test','7'],'userAttributes':"
      "{'config':{'a':'1'}}},'admin_user':" +
          user_data("admin") + "}");
  EXPECT_EQ(made.get("id").as_integer(), 7);
  EXPECT_EQ(made.get("loginMappings").dump(), "[\"7\",\"acme\",\"acme.test\"]");
  EXPECT_TRUE(as_master("Context", "exists", "{'ctx':{'name':'ACME.test'}}").is_true());
  EXPECT_FALSE(as_master("Context", "exists", "{'ctx':{'id':8}}").is_true());

  as_master("Context", "change",
            "{'ctx':{'id':7,'name':'acme2','maxQuota':-1,'loginMappings':['other.test'],"
            "'userAttributes':{'config':{'a':null,'b':'2'}}}}");
  const Json data = as_master("Context", "getData", "{'ctx':{'id':7}}");
  EXPECT_EQ(data.get("name").as_string(), "acme2");
  EXPECT_EQ(data.get("maxQuota").as_integer(), -1);
  EXPECT_EQ(data.get("loginMappings").dump(), "[\"7\",\"acme2\",\"other.test\"]");
  EXPECT_EQ(data.get("userAttributes").dump(), "{\"config\":{\"b\":\"2\"}}");
  EXPECT_EQ(as_master("Context", "getAdminId", "{'ctx':{'id':7}}").as_integer(), 2);

  as_master("Context", "delete", "{'ctx':{'id':7}}");
  EXPECT_EQ(fault_of([&] { as_master("Context", "getData", "{'ctx':{'id':7}}"); }), "no_such_context");
}

TEST_F(ContextOperations, WhatIsTakenOrMissingIsRefused) {
  make_context(1);
  const auto create = [&](const std::string& context, const std::string& admin) {
    return fault_of(
        [&] { as_master("Context", "create", "{'ctx':" + context + ",'admin_user':" + admin + "}"); });
  };
  EXPECT_EQ(create("{'id':1}", user_data("admin")), "context_exists");
  EXPECT_EQ(create("{'id':2,'name':'c1'}", user_data("admin")), "context_exists");
  EXPECT_EQ(create("{'id':2}", "{'name':'admin'}"), "invalid_data");
  EXPECT_EQ(create("{'id':2,'filestoreId':9}", user_data("admin")), "no_such_filestore");
  EXPECT_EQ(create("{'id':'x'}", user_data("admin")), "invalid_data");
  EXPECT_EQ(fault_of([&] { as_master("Context", "delete", "{'ctx':{'id':9}}"); }), "no_such_context");
  EXPECT_EQ(fault_of([&] { as_master("Context", "delete", "{}"); }), "invalid_data");
  EXPECT_EQ(fault_of([&] {
              as_master("Context", "changeModuleAccessByName",
                        "{'ctx':{'id':1},'access_combination_name':'nonsense'}");
            }),
            "invalid_data");
  EXPECT_EQ(fault_of([&] { as_master("Context", "moveContextDatabase", "{'ctx':{'id':1}}"); }),
            "not_offered");
}

TEST_F(ContextOperations, ListsFindByPatternAndInPages) {
  for (const int id : {1, 2, 3}) make_context(id);
  EXPECT_EQ(as_master("Context", "list", "{'search_pattern':'C*'}").size(), 3U);
  EXPECT_EQ(as_master("Context", "list", "{'search_pattern':'c2'}").size(), 1U);
  const Json page = as_master("Context", "listPageAll", "{'offset':'1','length':'1'}");
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page.at(0).get("id").as_integer(), 2);
  as_master("Context", "disableAll", "{}");
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_FALSE(as_master("Context", "listAll", "{}").at(i).get("enabled").is_true());
}

TEST_F(ContextOperations, AccessOfAContextHoldsForAllItsUsers) {
  make_context(1, "groupware_premium");
  make_user(1, "anna");
  const auto name = [&](const char* user) {
    return as_admin("User", "getAccessCombinationName",
                    std::string("{'ctx':{'id':1},'user':{'name':'") + user + "'}}");
  };
  EXPECT_EQ(name("anna").as_string(), "groupware_premium");
  as_master("Context", "changeModuleAccessByName", "{'ctx':{'id':1},'access_combination_name':'pim'}");
  EXPECT_EQ(as_master("Context", "getAccessCombinationName", "{'ctx':{'id':1}}").as_string(), "pim");
  EXPECT_EQ(name("anna").as_string(), "pim");
  make_user(1, "berta");
  EXPECT_EQ(name("berta").as_string(), "pim");
  as_master("Context", "changeModuleAccess", "{'ctx':{'id':1},'access':{'tasks':false}}");
  EXPECT_TRUE(name("berta").is_null());
  EXPECT_FALSE(as_master("Context", "getModuleAccess", "{'ctx':{'id':1}}").get("tasks").is_true());
}

TEST_F(ContextOperations, ForcedCapabilitiesOutliveChangesOfAccess) {
  make_context(1, "all");
  make_user(1, "anna");
  const auto has_tasks = [&](const char* user) {
    const Json ids = as_admin("User", "getUserCapabilities",
                              std::string("{'ctx':{'id':1},'user':{'name':'") + user + "'}}");
    return ("," + std::string(ids.as_string()) + ",").find(",tasks,") != std::string::npos;
  };
  EXPECT_TRUE(has_tasks("anna"));
  as_master("Context", "changeCapabilities", "{'ctx':{'id':1},'capsToRemove':'tasks'}");
  EXPECT_FALSE(has_tasks("anna"));
  make_user(1, "berta");
  EXPECT_FALSE(has_tasks("berta"));
  as_master("Context", "changeModuleAccessByName", "{'ctx':{'id':1},'access_combination_name':'all'}");
  EXPECT_FALSE(has_tasks("anna"));
  const Json access = as_admin("User", "getModuleAccess", "{'ctx':{'id':1},'user':{'name':'anna'}}");
  EXPECT_TRUE(access.get("tasks").is_true()) << "what was given is shown, not what is forced";
  as_admin("User", "changeCapabilities", "{'ctx':{'id':1},'user':{'name':'anna'},'capsToDrop':'tasks'}");
  EXPECT_TRUE(has_tasks("anna"));
  EXPECT_EQ(
      fault_of([&] { as_master("Context", "changeCapabilities", "{'ctx':{'id':1},'capsToAdd':'flying'}"); }),
      "invalid_data");
}

TEST_F(ContextOperations, ItsOwnNumberOfContactsHolds) {
  make_context(1);
  make_user(1, "anna");
  as_master("Context", "changeQuota", "{'ctx':{'id':1},'module':'contact','quotaValue':'3'}");
  const Json quotas = as_master("Context", "listQuota", "{'ctx':{'id':1}}");
  EXPECT_NE(quotas.dump().find("{\"module\":\"contact\",\"limit\":3}"), std::string::npos) << quotas.dump();
  model::UnitOfWork work(*database.environment, {});
  work.replace_caller(*model::users::load_caller(work.connection(), ContextId(1), UserId(3)));
  const FolderId folder = model::users::load_user(work.connection(), ContextId(1), UserId(3)).contacts_folder;
  const auto add = [&] {
    Json contact = parsed("{'display_name':'x'}");
    contact.set("folder_id", Json::integer(folder.value));
    model::contacts::create(work, model::contacts::parse_contact(contact, true));
  };
  // Both users are in the address book already.
  add();
  EXPECT_THROW(add(), ApiError);
  EXPECT_EQ(fault_of([&] {
              as_master("Context", "changeQuota", "{'ctx':{'id':1},'module':'flights','quotaValue':'3'}");
            }),
            "invalid_data");
  as_master("Context", "changeQuota", "{'ctx':{'id':1},'module':'contact','quotaValue':'-1'}");
  EXPECT_NE(as_master("Context", "listQuota", "{'ctx':{'id':1}}").dump().find("\"limit\":250000"),
            std::string::npos);
}

TEST_F(ContextOperations, AStoreThatIsRegisteredCanBeGivenToANewContext) {
  const Json store =
      as_master("Util", "registerFilestore",
                "{'fstore':{'url':'file:/tmp/provisioning-test-store','size':1000,'maxContexts':1}}");
  const std::string id = std::to_string(store.get("id").as_integer());
  as_master("Context", "create",
            "{'ctx':{'id':1,'filestoreId':" + id + "},'admin_user':" + user_data("admin") + "}");
  EXPECT_EQ(as_master("Context", "listByFilestore", "{'fs':{'id':" + id + "}}").size(), 1U);
  EXPECT_EQ(fault_of([&] {
              as_master("Context", "create",
                        "{'ctx':{'id':2,'filestoreId':" + id + "},'admin_user':" + user_data("admin") + "}");
            }),
            "invalid_data");
  EXPECT_EQ(fault_of([&] { as_master("Util", "unregisterFilestore", "{'store':{'id':" + id + "}}"); }),
            "invalid_data");
  as_master("Context", "delete", "{'ctx':{'id':1}}");
  as_master("Util", "unregisterFilestore", "{'store':{'id':" + id + "}}");
  EXPECT_EQ(as_master("Util", "listAllFilestore", "{}").size(), 0U);
}

TEST_F(ContextOperations, ServersAndReasonsAreKept) {
  as_master("Util", "registerServer", "{'srv':{'name':'local'}}");
  EXPECT_EQ(fault_of([&] { as_master("Util", "registerServer", "{'srv':{'name':'local'}}"); }),
            "invalid_data");
  as_master("Util", "unregisterServer", "{'srv':{'name':'local'}}");
  EXPECT_EQ(as_master("Util", "listAllServer", "{}").size(), 0U);
  const Json reason = as_master("Util", "createMaintenanceReason", "{'reason':{'text':'Update'}}");
  EXPECT_EQ(as_master("Util", "listMaintenanceReason", "{'search_pattern':'up*'}").size(), 1U);
  as_master("Util", "deleteMaintenanceReason",
            "{'reasons':[{'id':" + std::to_string(reason.get("id").as_integer()) + "}]}");
  EXPECT_EQ(fault_of([&] { as_master("Util", "deleteMaintenanceReason", "{'reasons':[{'id':99}]}"); }),
            "no_such_reason");
}

}  // namespace
}  // namespace gw::provisioning
