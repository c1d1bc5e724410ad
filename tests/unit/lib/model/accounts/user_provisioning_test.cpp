#include "model/contacts/user_contacts.hpp"
#include "model/users/account_rules.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::test {
namespace {

using model::users::NewUser;
using model::users::UserChanges;

class UserProvisioning : public AccountTest {
 protected:
  void SetUp() override { make_context(); }

  template <class Change>
  std::string create_with(Change change) {
    NewUser wanted = new_user("user1");
    change(wanted);
    return problem_of([&] { model::users::create_user(*administration(), wanted); });
  }
  template <class Set>
  std::string change_with(UserId user, Set set) {
    UserChanges changes;
    set(changes);
    return problem_of([&] { model::users::change_user(*administration(), user, changes); });
  }
  std::optional<model::Caller> caller(UserId user) {
    return model::users::load_caller(*database.pool->acquire(), ContextId(1), user);
  }
};

TEST_F(UserProvisioning, ANewUserHasContactFoldersAliasAndStandardGroup) {
  const auto user = make_user("user1");
  EXPECT_EQ(user.id, UserId(3));
  EXPECT_EQ(user.display_name, "Name of user1");
  EXPECT_EQ(user.locale, database.settings.default_locale);
  EXPECT_EQ(user.aliases, std::vector<std::string>{"user1@example.test"});
  EXPECT_EQ(user.groups, (std::vector<GroupId>{kAllUsersGroup, kStandardGroup}));
  const sql::Lease lease = database.pool->acquire();
  const auto contact = model::contacts::find_user_contact(*lease, ContextId(1), user.id);
  ASSERT_TRUE(contact);
  EXPECT_EQ(contact->id, user.contact.value);
  EXPECT_EQ(contact->folder_id, 6);
  EXPECT_EQ(contact->created_by, 3);
  EXPECT_EQ(contact->email1, "user1@example.test");
  for (const FolderId folder :
       {user.calendar_folder, user.contacts_folder, user.tasks_folder, user.infostore_folder})
    EXPECT_EQ(number("SELECT owner FROM folders WHERE cid=1 AND id=" + std::to_string(folder.value)), 3);
}

TEST_F(UserProvisioning, CreationIsHeardOfOnce) {
  database.events.events.clear();
  make_user("user1");
  const auto& events = database.events.events;
  EXPECT_EQ(std::count_if(events.begin(), events.end(),
                          [](const auto& event) {
                            return event.module == model::ObjectModule::User &&
                                   event.kind == model::ChangeKind::Created && event.object == ObjectId(3);
                          }),
            1);
}

TEST_F(UserProvisioning, LoginsAreLowerCasedAndUnique) {
  EXPECT_EQ(create_with([](NewUser& u) { u.login = " UsEr1 "; }), "");
  EXPECT_TRUE(model::users::find_by_login(*database.pool->acquire(), ContextId(1), "USER1"));
  EXPECT_EQ(create_with([](NewUser& u) { u.contact.display_name = "Another"; }), "exists");
}

TEST_F(UserProvisioning, BadValuesAreRefused) {
  for (const char* login : {"", " ", "a b", "a@b", "ümlaut", "a/b"})
    EXPECT_EQ(create_with([&](NewUser& u) { u.login = login; }), "invalid") << login;
  EXPECT_EQ(create_with([](NewUser& u) { u.login = std::string(129, 'a'); }), "invalid");
  EXPECT_EQ(create_with([](NewUser& u) { u.mail = "no address"; }), "invalid");
  EXPECT_EQ(create_with([](NewUser& u) { u.locale = "zz_ZZ"; }), "invalid");
  EXPECT_EQ(create_with([](NewUser& u) { u.timezone = "Mars/Olympus"; }), "invalid");
  EXPECT_EQ(create_with([](NewUser& u) { u.contact.display_name = std::string(321, 'a'); }), "invalid");
  EXPECT_EQ(create_with([](NewUser& u) { u.contact.first_name = std::string(256, 'a'); }), "invalid");
  EXPECT_EQ(create_with([](NewUser& u) {
              u.contact.last_name =
                  "a\x01"
                  "b";
            }),
            "invalid");
  EXPECT_EQ(create_with([](NewUser& u) { u.file_quota = -2; }), "invalid");
  EXPECT_EQ(change_with(UserId(2), [](UserChanges& c) { c.surname = std::string(256, 'a'); }), "invalid");
  EXPECT_EQ(change_with(UserId(2),
                        [](UserChanges& c) {
                          c.given_name =
                              "a\x7F"
                              "b";
                        }),
            "invalid");
  EXPECT_EQ(change_with(UserId(2), [](UserChanges& c) { c.file_quota = -5; }), "invalid");
  EXPECT_EQ(number("SELECT COUNT(*) FROM users WHERE cid=1"), 1);
}

TEST_F(UserProvisioning, DisplayNameAndAddressesBelongToOneUser) {
  make_user("user1");
  EXPECT_EQ(create_with([](NewUser& u) { u.login = "user2", u.mail = "two@example.test"; }), "exists");
  EXPECT_EQ(create_with([](NewUser& u) { u.login = "user2", u.contact.display_name = "Two"; }), "exists");
  EXPECT_EQ(create_with([](NewUser& u) {
              u.login = "user2", u.mail = "USER1@example.test", u.contact.display_name = "Two";
            }),
            "exists");
  EXPECT_EQ(create_with([](NewUser& u) {
              u.login = "user2", u.mail = "two@example.test", u.contact.display_name = "Two";
            }),
            "");
}

TEST_F(UserProvisioning, AMissingDisplayNameIsBuilt) {
  NewUser wanted;
  wanted.login = "user9";
  EXPECT_EQ(model::users::create_user(*administration(), wanted).display_name, "user9");
  wanted.login = "user10";
  wanted.contact.first_name = "Ada";
  wanted.contact.last_name = "Lovelace";
  EXPECT_EQ(model::users::create_user(*administration(), wanted).display_name, "Ada Lovelace");
}

TEST_F(UserProvisioning, UserIdsAreNeverUsedTwice) {
  const auto user = make_user("user1");
  model::users::delete_user(*administration(), user.id);
  EXPECT_EQ(make_user("user2").id, UserId(4));
}

TEST_F(UserProvisioning, ChangesReachAccountAliasesAndContact) {
  const auto user = make_user("user1");
  EXPECT_EQ(change_with(user.id,
                        [](UserChanges& c) {
                          c.mail = "new@example.test", c.display_name = "New Name", c.given_name = "New",
                          c.timezone = "Europe/Berlin";
                        }),
            "");
  const sql::Lease lease = database.pool->acquire();
  const auto changed = model::users::load_user(*lease, ContextId(1), user.id);
  EXPECT_EQ(changed.mail, "new@example.test");
  EXPECT_EQ(changed.timezone, "Europe/Berlin");
  EXPECT_EQ(changed.aliases, (std::vector<std::string>{"new@example.test", "user1@example.test"}));
  EXPECT_EQ(changed.password_hash, "hash of user1");
  EXPECT_GT(changed.last_modified, user.last_modified);
  const auto contact = model::contacts::find_user_contact(*lease, ContextId(1), user.id);
  EXPECT_EQ(contact->display_name, "New Name");
  EXPECT_EQ(contact->first_name, "New");
  EXPECT_EQ(contact->last_name, "Last user1");
  EXPECT_EQ(contact->email1, "new@example.test");
}

TEST_F(UserProvisioning, ADisabledUserIsOutAtOnceAlthoughCached) {
  const auto user = make_user("user1");
  ASSERT_TRUE(caller(user.id));
  ASSERT_TRUE(caller(user.id));
  EXPECT_EQ(change_with(user.id, [](UserChanges& c) { c.enabled = false; }), "");
  EXPECT_FALSE(caller(user.id));
  EXPECT_EQ(change_with(user.id, [](UserChanges& c) { c.enabled = true; }), "");
  EXPECT_TRUE(caller(user.id));
}

TEST_F(UserProvisioning, TheCallerCarriesGroupsModulesAndRole) {
  const auto user = make_user("user1");
  const auto found = caller(user.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->groups, (std::vector<GroupId>{kAllUsersGroup, kStandardGroup}));
  EXPECT_EQ(found->login_name, "user1");
  EXPECT_FALSE(found->is_context_admin);
  EXPECT_FALSE(found->modules.has(model::Module::EditGroup));
  EXPECT_TRUE(caller(UserId(2))->is_context_admin);
  EXPECT_FALSE(caller(UserId(99)));
  EXPECT_EQ(change_with(user.id, [](UserChanges& c) { c.modules = model::ModuleSet{1}; }), "");
  EXPECT_EQ(caller(user.id)->modules.bits, 1U);
}

TEST_F(UserProvisioning, ACallerReadInsideATransactionIsNotKept) {
  const auto user = make_user("user1");
  auto work = administration();
  EXPECT_THROW(work->write([&](model::Transaction& transaction) {
    transaction.connection().execute("UPDATE users SET login='ghost' WHERE cid=1 AND id=3");
    model::users::touch_accounts(transaction, ContextId(1), transaction.stamp());
    model::users::load_caller(transaction.connection(), ContextId(1), user.id);
    throw std::runtime_error("rolled back");
  }),
               std::runtime_error);
  work->release();
  EXPECT_EQ(caller(user.id)->login_name, "user1");
}

TEST_F(UserProvisioning, DeletionRemovesEverythingOfTheUserAndKeepsTheAdmin) {
  const auto user = make_user("user1");
  run("INSERT INTO user_attributes (cid,user_id,name,value) VALUES (1,3,'a','b')");
  model::users::delete_user(*administration(), user.id);
  EXPECT_EQ(number("SELECT COUNT(*) FROM users WHERE cid=1 AND id=3"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM user_attributes WHERE cid=1 AND user_id=3"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM group_members WHERE cid=1 AND user_id=3"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM contacts WHERE cid=1 AND user_id=3"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM folder_permissions WHERE cid=1 AND is_group=0 AND entity=3"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM folders WHERE cid=1 AND owner=3"), 0);
  EXPECT_FALSE(caller(user.id));
  EXPECT_EQ(problem_of([&] { model::users::delete_user(*administration(), user.id); }), "USR-0010");
  EXPECT_EQ(problem_of([&] { model::users::delete_user(*administration(), UserId(2)); }), "protected");
  EXPECT_EQ(change_with(UserId(2), [](UserChanges& c) { c.enabled = false; }), "protected");
}

TEST_F(UserProvisioning, APasswordHashIsStoredForOneUserOnly) {
  make_user("user1");
  make_user("user2");
  model::users::store_password_hash(*administration(), UserId(3), "new hash");
  const sql::Lease lease = database.pool->acquire();
  EXPECT_EQ(model::users::load_user(*lease, ContextId(1), UserId(3)).password_hash, "new hash");
  EXPECT_EQ(model::users::load_user(*lease, ContextId(1), UserId(4)).password_hash, "hash of user2");
  EXPECT_EQ(problem_of([&] { model::users::store_password_hash(*administration(), UserId(99), "x"); }),
            "USR-0010");
}

TEST(AccountRules, MailAddressesAreChecked) {
  for (const char* good : {"a@b", "a.b+c@example.test", "müller@example.test", "x@xn--e1afmkfd.test"})
    EXPECT_TRUE(model::users::is_mail_address(good)) << good;
  for (const char* bad :
       {"", "@b", "a@", "a b@c", "a@b..c", ".a@b", "a@-b", "a@b c", "a@ b", "<a@b>", "a@b,c@d"})
    EXPECT_FALSE(model::users::is_mail_address(bad)) << bad;
}

TEST(AccountRules, LocalesAreNormalised) {
  EXPECT_EQ(model::users::normalise_locale("en-us"), "en_US");
  EXPECT_EQ(model::users::normalise_locale("de"), "de");
  for (const char* bad : {"", "e", "zz_ZZ", "en_", "english_US", "en_XQ", "../de"})
    EXPECT_FALSE(model::users::normalise_locale(bad)) << bad;
}

TEST(AccountRules, PasswordsFollowThePolicy) {
  const auto check = [](std::string_view password) {
    return problem_of([&] { model::users::check_new_password(password); });
  };
  EXPECT_EQ(check("secret"), "");
  EXPECT_EQ(check("абвг"), "");
  EXPECT_EQ(check(""), "USR-0029");
  EXPECT_EQ(check("abc"), "USR-0020");
  EXPECT_EQ(check(std::string(513, 'a')), "USR-0021");
  EXPECT_EQ(check("tab\tbed"), "USR-0015");
}

}  // namespace
}  // namespace gw::test
