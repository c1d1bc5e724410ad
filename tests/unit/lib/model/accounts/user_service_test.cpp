#include "model/users/user_service.hpp"

#include "model/contacts/user_contacts.hpp"
#include "model/users/named_users.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::test {
namespace {

using model::users::UserInput;

class UserService : public AccountTest {
 protected:
  void SetUp() override {
    make_context();
    make_user("user1");
    make_user("user2");
  }
  static UserInput named(const std::string& name) {
    UserInput input;
    input.contact.contact.nickname = name;
    const int columns[] = {515};
    input.contact.sent = model::contacts::fields_of(columns);
    return input;
  }
};

TEST_F(UserService, WithoutTheGlobalAddressBookPeopleSeeThemselvesOnly) {
  EXPECT_EQ(model::users::list_visible(*acting(UserId(3))).size(), 3U);
  model::users::UserChanges changes;
  changes.modules = model::kDefaultModules;
  changes.modules->set(model::Module::GlobalAddressBook, false);
  model::users::change_user(*administration(), UserId(3), changes);
  const auto work = acting(UserId(3));
  const auto visible = model::users::list_visible(*work);
  ASSERT_EQ(visible.size(), 1U);
  EXPECT_EQ(visible[0].id, UserId(3));
  EXPECT_EQ(problem_of([&] { model::users::load_visible(*work, UserId(4)); }), "USR-0010");
}

TEST_F(UserService, PeopleChangeThemselvesAndTheAdminEverybody) {
  const auto user1 = acting(UserId(3));
  EXPECT_EQ(problem_of([&] { model::users::update_user(*user1, UserId(3), named("Nick"), kAny); }), "");
  EXPECT_EQ(problem_of([&] { model::users::update_user(*user1, UserId(4), named("Nick"), kAny); }),
            "USR-0013");
  EXPECT_EQ(
      problem_of([&] { model::users::update_user(*acting(UserId(2)), UserId(4), named("Boss"), kAny); }), "");
  EXPECT_EQ(model::contacts::find_user_contact(*database.pool->acquire(), ContextId(1), UserId(4))->nickname,
            "Boss");
}

TEST_F(UserService, LanguageZoneAndContactChangeTogetherOrNotAtAll) {
  UserInput input = named("Nick");
  input.locale = "de_DE";
  input.timezone = "Europe/Berlin";
  const auto work = acting(UserId(3));
  EXPECT_EQ(problem_of([&] { model::users::update_user(*work, UserId(3), input, Millis{1}); }), "CON-0119");
  EXPECT_EQ(model::users::load_visible(*work, UserId(3)).locale, "en_US");
  work->release();
  model::users::update_user(*work, UserId(3), input, kAny);
  EXPECT_EQ(model::users::load_visible(*work, UserId(3)).locale, "de_DE");
  EXPECT_EQ(acting(UserId(3))->caller().timezone.name(), "Europe/Berlin");
  input.timezone = "Nowhere/Land";
  EXPECT_EQ(problem_of([&] { model::users::update_user(*work, UserId(3), input, kAny); }), "USR-0024");
  input.timezone.reset();
  input.locale = "xx_YY";
  EXPECT_EQ(problem_of([&] { model::users::update_user(*work, UserId(3), input, kAny); }), "USR-0023");
}

TEST_F(UserService, ANewDisplayNameReachesTheAccount) {
  UserInput input;
  input.contact.contact.display_name = "Fresh Name";
  const int columns[] = {500};
  input.contact.sent = model::contacts::fields_of(columns);
  model::users::update_user(*acting(UserId(3)), UserId(3), input, kAny);
  EXPECT_EQ(acting(UserId(3))->caller().display_name, "Fresh Name");
}

TEST_F(UserService, AttributesBelongToTheirUser) {
  const auto work = acting(UserId(3));
  EXPECT_FALSE(model::users::get_attribute(*work, UserId(3), "color"));
  work->release();
  EXPECT_TRUE(model::users::set_attribute(*work, UserId(3), "color", "red", false));
  EXPECT_FALSE(model::users::set_attribute(*work, UserId(3), "color", "blue", true));
  EXPECT_EQ(model::users::get_attribute(*work, UserId(3), "color"), "red");
  work->release();
  EXPECT_TRUE(model::users::set_attribute(*work, UserId(3), "color", "blue", false));
  EXPECT_EQ(model::users::get_attribute(*work, UserId(3), "color"), "blue");
  work->release();
  EXPECT_TRUE(model::users::set_attribute(*work, UserId(3), "color", std::nullopt, false));
  EXPECT_FALSE(model::users::get_attribute(*work, UserId(3), "color"));
  work->release();
  EXPECT_EQ(problem_of([&] { model::users::get_attribute(*work, UserId(4), "color"); }), "USR-0013");
  EXPECT_EQ(problem_of([&] { model::users::set_attribute(*work, UserId(4), "color", "x", false); }),
            "USR-0013");
  EXPECT_EQ(problem_of([&] { model::users::set_attribute(*work, UserId(3), "", "x", false); }), "USR-0022");
  EXPECT_EQ(problem_of([&] {
              model::users::set_attribute(*work, UserId(3), "big", std::string(70'000, 'x'), false);
            }),
            "SVL-0010");
}

TEST_F(UserService, ManyAreNamedAtOnceAndNobodyElse) {
  const UserId asked[] = {UserId(4), UserId(3), UserId(99)};
  auto found = model::users::list_named(*database.pool->acquire(), ContextId(1), asked);
  ASSERT_EQ(found.size(), 2U);
  if (found[0].id == UserId(4)) std::swap(found[0], found[1]);
  EXPECT_EQ(found[0].id, UserId(3));
  EXPECT_EQ(found[1].display_name, "Name of user2");
  EXPECT_EQ(found[1].mail, "user2@example.test");
  EXPECT_EQ(found[1].calendar,
            model::users::load_user(*database.pool->acquire(), ContextId(1), UserId(4)).calendar_folder);
  EXPECT_TRUE(model::users::list_named(*database.pool->acquire(), ContextId(2), asked).empty());
  EXPECT_TRUE(model::users::list_named(*database.pool->acquire(), ContextId(1), {}).empty());
}

}  // namespace
}  // namespace gw::test
