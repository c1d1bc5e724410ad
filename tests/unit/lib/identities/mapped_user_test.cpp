#include "identities/mapped_user.hpp"

#include "identities/user_changes.hpp"
#include "unit/lib/identities/directory_fixture.hpp"

namespace gw::identities {
namespace {

class MappedUserTest : public test::DirectoryTest {
 protected:
  UserId make(const MappedUser& user) { return create_bound_user(*administration(), "corp", user); }
  model::users::User load(UserId id) {
    auto work = administration();
    return model::users::load_user(work->connection(), ContextId(1), id);
  }
  UserDifference difference(UserId id, const MappedUser& user) {
    auto work = administration();
    return compare_stored(work->connection(), ContextId(1), id, user);
  }
  void change(UserId id, const MappedUser& user) {
    const UserDifference what = difference(id, user);
    change_bound_user(*administration(), "corp", binding_of(user, id), what, user);
  }
};

TEST_F(MappedUserTest, ValuesComeByTheMapping) {
  auto given = entry("Anna");
  given.attributes["title"] = {"Head"};
  given.attributes["lang"] = {"de-de"};
  const MappedUser user = map_user(corp(), given);
  EXPECT_EQ(user.problem, "");
  EXPECT_EQ(user.uuid, "id-Anna");
  EXPECT_EQ(user.dn, "uid=anna,dc=x");
  EXPECT_EQ(user.login, "anna");
  EXPECT_EQ(user.mail, "Anna@x.test");
  EXPECT_EQ(user.locale, "de_DE");
  EXPECT_EQ(user.contact.position, "Head");
  EXPECT_FALSE(user.is_disabled);
  EXPECT_FALSE(user.aliases);
  given.attributes["locked"] = {"x"};
  given.attributes.erase("displayname");
  EXPECT_TRUE(map_user(corp(), given).is_disabled);
  EXPECT_EQ(map_user(corp(), given).contact.display_name, "Anna Person");
}

TEST_F(MappedUserTest, WhatIsNotGoodIsToldNotThrown) {
  const auto problem = [&](const char* attribute, const std::string& value) {
    auto given = entry("anna");
    given.attributes[attribute] = {value};
    return map_user(corp(), given).problem;
  };
  EXPECT_NE(problem("uid", "a b"), "");
  EXPECT_NE(problem("uid", ""), "");
  EXPECT_NE(problem("uuid", ""), "");
  EXPECT_NE(problem("mail", "no address"), "");
  EXPECT_NE(problem("title", std::string(300, 'x')), "");
  EXPECT_EQ(problem("uid", "anna@ad.example"), "");
  EXPECT_EQ(map_user(corp(), entry(std::string(100, 'x'))).uuid.size(), 64U);
}

TEST_F(MappedUserTest, MappingsHaveKnownNames) {
  const auto check = [](const std::string& more) {
    try {
      check_mapping(directory::parse_mapping("[user]\nfilter = (a=b)\nid = uuid\n" + more));
      return std::string();
    } catch (const directory::MappingError& error) {
      return std::string(error.what());
    }
  };
  EXPECT_EQ(check("login = uid\nuserfield01 = x\n"), "");
  EXPECT_NE(check("mail = mail\n"), "");
  EXPECT_NE(check("login = uid\nemail1 = mail\n"), "");
  EXPECT_NE(check("login = uid\nbirthday = x\n"), "");
  EXPECT_NE(check("login = uid\n[group]\nfilter = (a=b)\nid = x\nname = cn\n"), "");
  EXPECT_NE(check("login = uid\n[resource]\nfilter = (a=b)\nid = x\nname = cn\nmail = mail\nseats = x\n"),
            "");
}

TEST_F(MappedUserTest, TimesOfThisMomentTellNothingYet) {
  const auto mark = [&](const std::string& modified) {
    return map_user(corp(), entry("anna", modified)).mark;
  };
  std::string now;
  for (const char c : format_utc(system_clock().now()))
    if (c >= '0' && c <= '9') now += c;
  EXPECT_EQ(mark(now.substr(0, 14) + "Z"), "");
  EXPECT_NE(mark("20200101000000Z"), "");
  EXPECT_NE(mark(now.substr(0, 14) + ".000001Z"), "");
  EXPECT_NE(mark("20200101000000Z"), mark("20200101000001Z"));
}

TEST_F(MappedUserTest, AUserFollowsHisEntry) {
  const UserId id = make(map_user(corp(), entry("anna")));
  EXPECT_EQ(load(id).login, "anna");
  EXPECT_EQ(load(id).display_name, "anna Person");
  EXPECT_FALSE(load(id).password_hash);
  EXPECT_TRUE(difference(id, map_user(corp(), entry("anna"))).is_empty());

  auto changed = entry("anna");
  changed.attributes["uid"] = {"anna.berg"};
  changed.attributes["mail"] = {"berg@x.test"};
  changed.attributes["sn"] = {"Berg"};
  changed.attributes["title"] = {"Head"};
  const MappedUser user = map_user(corp(), changed);
  std::vector<std::string> fields;
  for (const FieldChange& each : difference(id, user).fields) fields.push_back(each.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"login", "mail", "last_name", "position"}));
  change(id, user);
  EXPECT_TRUE(difference(id, user).is_empty());
  EXPECT_EQ(load(id).login, "anna.berg");
  // The old address is free for somebody else.
  EXPECT_EQ(load(id).aliases, std::vector<std::string>{"berg@x.test"});
  EXPECT_EQ(
      number("SELECT COUNT(*) FROM directory_objects WHERE cid=1 AND user_id=" + std::to_string(id.value)),
      1);
}

TEST_F(MappedUserTest, TwoOfOneNameAreToldApartByTheirLogins) {
  auto second = entry("anna2");
  second.attributes["displayname"] = {"anna Person"};
  make(map_user(corp(), entry("anna")));
  const MappedUser user = map_user(corp(), second);
  const UserId id = make(user);
  EXPECT_EQ(load(id).display_name, "anna Person (anna2)");
  EXPECT_TRUE(difference(id, user).is_empty());
}

TEST_F(MappedUserTest, BindingsGoWithTheUser) {
  const UserId id = make(map_user(corp(), entry("anna")));
  model::users::delete_user(*administration(), id);
  EXPECT_EQ(number("SELECT COUNT(*) FROM directory_objects"), 0);
}

}  // namespace
}  // namespace gw::identities
