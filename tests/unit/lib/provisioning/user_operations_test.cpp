#include "provisioning/user_fields.hpp"
#include "provisioning_fixture.hpp"

namespace gw::provisioning {
namespace {

using test::parsed;
using test::ProvisioningTest;

class UserOperations : public ProvisioningTest {
 protected:
  UserOperations() { make_context(1); }
  Json data_of(const std::string& name) {
    return as_admin("User", "getData", "{'ctx':{'id':1},'user':{'name':'" + name + "'}}");
  }
};

/// A value that fits the field.
Json sample_of(const UserField& field) {
  switch (field.member.kind) {
    case ValueKind::Int:
    case ValueKind::Long:
      return Json::integer(7);
    case ValueKind::Boolean:
      return Json::boolean(true);
    case ValueKind::Date:
      return Json::string("2001-12-31");
    case ValueKind::Map:
      return parsed("{'a':'b'}");
    default:
      return Json::string("Sample");
  }
}

TEST_F(UserOperations, EveryFieldThatIsSentComesBack) {
  make_user(1, "anna");
  Json change = parsed("{'ctx':{'id':1},'usrdata':{'name':'anna'}}");
  Json data = change.get("usrdata");
  for (const UserField& field : user_fields())
    if (field.home != FieldHome::Account) {
      const bool is_mail = field.member.name.starts_with("email");
      data.set(std::string(field.member.name), is_mail ? Json::string("x@example.test") : sample_of(field));
    }
  as_admin("User", "change", change.dump());
  const Json now = data_of("anna");
  for (const UserField& field : user_fields())
    if (field.home != FieldHome::Account) {
      const char* name = field.member.name.data();
      EXPECT_TRUE(now.get(name).equals(data.get(name))) << name << ": " << now.get(name).dump();
    }
}

TEST_F(UserOperations, OnlyWhatIsSentChangesAndNullClears) {
  make_user(1, "anna");
  as_admin("User", "change",
           "{'ctx':{'id':1},'usrdata':{'name':'anna','company':'Acme','language':'de_DE','aliases':"
           "['a@example.test'],'userAttributes':{'cloud':{'service':'gold'}},'imapLogin':'anna.imap'}}");
  as_admin("User", "change", "{'ctx':{'id':1},'usrdata':{'name':'anna','company':null,'title':'Dr.'}}");
  const Json now = data_of("anna");
  EXPECT_TRUE(now.get("company").is_missing());
  EXPECT_EQ(now.get("title").as_string(), "Dr.");
  EXPECT_EQ(now.get("language").as_string(), "de_DE");
  EXPECT_EQ(now.get("imapLogin").as_string(), "anna.imap");
  EXPECT_EQ(now.get("aliases").dump(), "[\"a@example.test\",\"anna@example.test\"]");
  EXPECT_EQ(now.get("userAttributes").get("cloud").get("service").as_string(), "gold");
  EXPECT_TRUE(now.get("password").is_missing());
  EXPECT_EQ(now.get("email1").as_string(), now.get("primaryEmail").as_string());
}

TEST_F(UserOperations, WhatBreaksARuleIsRefusedAndNamesTheField) {
  make_user(1, "anna");
  const auto create = [&](const std::string& data) {
    return fault_of([&] { as_admin("User", "create", "{'ctx':{'id':1},'usrdata':" + data + "}"); });
  };
  EXPECT_EQ(create(user_data("anna")), "invalid_data");
  EXPECT_EQ(create("{'name':'berta'}"), "invalid_data");
  EXPECT_EQ(create("{}"), "invalid_data");
  EXPECT_EQ(create("'text'"), "invalid_data");
  EXPECT_EQ(fault_of([&] {
              as_admin(
                  "User", "change",
                  "{'ctx':{'id':1},'usrdata':{'name':'anna','primaryEmail':'a@x.test','email1':'b@x.test'}}");
            }),
            "invalid_data");
  EXPECT_EQ(fault_of([&] { data_of("nobody"); }), "no_such_user");
  EXPECT_EQ(fault_of([&] { as_admin("User", "delete", "{'ctx':{'id':1},'user':{'id':2}}"); }),
            "invalid_data");
  try {
    as_admin("User", "create", "{'ctx':{'id':1},'usrdata':{'name':'berta','password':'secret'}}");
    FAIL();
  } catch (const Fault& fault) {
    EXPECT_EQ(fault.object(), "display_name");
  }
}

TEST_F(UserOperations, ListsNameThoseThatFit) {
  make_user(1, "anna");
  make_user(1, "berta");
  EXPECT_EQ(as_admin("User", "listAll", "{'ctx':{'id':1}}").size(), 3U);
  const Json found = as_admin("User", "list", "{'ctx':{'id':1},'search_pattern':'An*'}");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at(0).get("name").as_string(), "anna");
  EXPECT_EQ(as_admin("User", "listByAliasDomain", "{'ctx':{'id':1},'alias_domain':'example.test'}").size(),
            3U);
  EXPECT_EQ(
      as_admin("User", "getMultipleData", "{'ctx':{'id':1},'users':[{'id':3},{'name':'berta'}]}").size(), 2U);
  EXPECT_EQ(as_admin("User", "getContextAdmin", "{'ctx':{'id':1}}").get("contextadmin").is_true(), true);
}

TEST_F(UserOperations, ADeletedUserCanHaveAnHeir) {
  make_user(1, "anna");
  make_user(1, "berta");
  EXPECT_EQ(fault_of([&] { as_admin("User", "delete", "{'ctx':{'id':1},'user':{'id':3},'reassign':99}"); }),
            "no_such_user");
  EXPECT_EQ(fault_of([&] { as_admin("User", "delete", "{'ctx':{'id':1},'user':{'id':3},'reassign':3}"); }),
            "invalid_data");
  as_admin("User", "delete", "{'ctx':{'id':1},'user':{'id':3},'reassign':4}");
  EXPECT_FALSE(as_admin("User", "exists", "{'ctx':{'id':1},'user':{'id':3}}").is_true());
}

TEST_F(UserOperations, AContextNeverSeesAnothersUsers) {
  make_context(2);
  make_user(1, "anna");
  EXPECT_EQ(fault_of([&] { as_admin("User", "getData", "{'ctx':{'id':2},'user':{'name':'anna'}}"); }),
            "no_such_user");
  EXPECT_EQ(fault_of([&] { as_admin("User", "delete", "{'ctx':{'id':2},'user':{'id':3}}"); }),
            "no_such_user");
}

TEST_F(UserOperations, GroupsTakeAndLoseMembers) {
  make_user(1, "anna");
  const Json group = as_admin("Group", "create",
                              "{'ctx':{'id':1},'grp':{'name':'team','displayname':'Team','members':[3]}}");
  EXPECT_EQ(group.get("members").dump(), "[3]");
  as_admin("Group", "addMember", "{'ctx':{'id':1},'grp':{'name':'team'},'members':[{'name':'admin'}]}");
  as_admin("Group", "removeMember", "{'ctx':{'id':1},'grp':{'name':'team'},'members':[{'id':3}]}");
  EXPECT_EQ(as_admin("Group", "getData", "{'ctx':{'id':1},'grp':{'name':'Team'}}").get("members").dump(),
            "[2]");
  EXPECT_EQ(as_admin("Group", "getMembers", "{'ctx':{'id':1},'grp':{'name':'team'}}").size(), 1U);
  as_admin("Group", "change", "{'ctx':{'id':1},'grp':{'name':'team','displayname':'All of us'}}");
  EXPECT_EQ(as_admin("Group", "list", "{'ctx':{'id':1},'pattern':'all of*'}").size(), 1U);
  EXPECT_EQ(as_admin("Group", "listGroupsForUser", "{'ctx':{'id':1},'usr':{'name':'admin'}}").size(), 2U);
  EXPECT_EQ(fault_of([&] { as_admin("Group", "delete", "{'ctx':{'id':1},'grp':{'id':1}}"); }),
            "invalid_data");
  EXPECT_EQ(fault_of([&] { as_admin("Group", "getData", "{'ctx':{'id':1},'grp':{'id':99}}"); }),
            "no_such_group");
  as_admin("Group", "delete", "{'ctx':{'id':1},'grp':{'name':'team'}}");
}

TEST_F(UserOperations, ResourcesAreMadeChangedAndDeleted) {
  as_admin("Resource", "create",
           "{'ctx':{'id':1},'res':{'name':'beamer','displayname':'Beamer','email':'b@example.test'}}");
  as_admin("Resource", "change",
           "{'ctx':{'id':1},'res':{'name':'beamer','available':false,'description':'old'}}");
  const Json beamer = as_admin("Resource", "getData", "{'ctx':{'id':1},'res':{'name':'beamer'}}");
  EXPECT_FALSE(beamer.get("available").is_true());
  EXPECT_EQ(beamer.get("description").as_string(), "old");
  EXPECT_EQ(as_admin("Resource", "listAll", "{'ctx':{'id':1}}").size(), 1U);
  as_admin("Resource", "delete", "{'ctx':{'id':1},'res':{'name':'beamer'}}");
  EXPECT_EQ(fault_of([&] { as_admin("Resource", "getData", "{'ctx':{'id':1},'res':{'name':'beamer'}}"); }),
            "no_such_resource");
}

TEST_F(UserOperations, AccessChangesForEverybodyWhoHasACombination) {
  make_user(1, "anna");
  as_admin("User", "changeByModuleAccessName",
           "{'ctx':{'id':1},'user':{'name':'anna'},'access_combination_name':'pim'}");
  as_master("User", "changeModuleAccessGlobal",
            "{'filter':'pim','addAccess':{'infostore':true},'removeAccess':{'tasks':true}}");
  const Json anna = as_admin("User", "getModuleAccess", "{'ctx':{'id':1},'user':{'name':'anna'}}");
  EXPECT_TRUE(anna.get("infostore").is_true());
  EXPECT_FALSE(anna.get("tasks").is_true());
  const Json admin = as_admin("User", "getModuleAccess", "{'ctx':{'id':1},'user':{'name':'admin'}}");
  EXPECT_TRUE(admin.get("tasks").is_true());
}

}  // namespace
}  // namespace gw::provisioning
