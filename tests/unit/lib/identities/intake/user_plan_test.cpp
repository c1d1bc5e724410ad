#include "identities/intake/user_plan.hpp"

#include "identities/intake/member_names.hpp"
#include "unit/lib/identities/directory_fixture.hpp"

namespace gw::identities::intake {
namespace {

using model::bindings::Binding;
using model::bindings::State;

class UserPlanTest : public test::DirectoryTest {
 protected:
  Listed listed(const std::string& uid) { return {"id-" + uid, "uid=" + uid + ",dc=x", "1", entry(uid)}; }
  /// A user who came from the directory.
  UserId bound(const std::string& uid, State state = State::Present, Millis since = {}) {
    const UserId id = create_bound_user(*administration(), "corp", map_user(corp(), entry(uid)));
    Binding binding = binding_of(map_user(corp(), entry(uid)), id);
    binding.state = state;
    binding.since = since;
    known[binding.uuid] = binding;
    return id;
  }
  UserPlan plan(std::vector<Listed> all) {
    auto work = administration();
    return plan_users({*work, corp(), UserId(2), known, std::move(all)}, report);
  }
  static std::vector<std::string> words(const UserPlan& plan) {
    std::vector<std::string> all;
    for (const UserStep& step : plan.steps)
      all.push_back(std::string(word_of(step.difference.action)) + " " + step.difference.name);
    return all;
  }

  KnownBindings known;
  Report report;
};

using Words = std::vector<std::string>;

TEST_F(UserPlanTest, NewOnesAreMadeUnlessTheyAreDisabledOrOfTheSameName) {
  make_user("taken");
  auto disabled = listed("bert");
  disabled.entry->attributes["locked"] = {"x"};
  auto twice = listed("cleo");
  twice.entry->attributes["uid"] = {"anna"};
  const UserPlan made = plan({listed("anna"), disabled, twice, listed("taken"), listed("oxadmin")});
  EXPECT_EQ(words(made), Words{"create anna"});
  EXPECT_EQ(report.counts(Kind::User).skipped, 3);
  EXPECT_EQ(report.counts(Kind::User).failed, 1);
}

TEST_F(UserPlanTest, UsersOfTheSameNameAreAdoptedWhenToldSoButNeverTheAdministrator) {
  make_user("taken");
  settings.import.adopts = true;
  EXPECT_EQ(words(plan({listed("taken"), listed("oxadmin")})), Words{"change taken"});
}

TEST_F(UserPlanTest, WhoIsGoneIsSuspendedThenPurged) {
  bound("anna");
  bound("bert", State::Gone, database.clock.now());
  settings.import.purge_after = Milliseconds(1'000);
  UserPlan first = plan({});
  EXPECT_EQ(words(first), Words{"suspend anna"});
  EXPECT_EQ(first.suspended, 1U);
  EXPECT_EQ(first.active, 1U);
  database.clock.advance(1'000);
  EXPECT_EQ(words(plan({})), (Words{"suspend anna", "purge bert"}));
  settings.import.purge_after = Milliseconds(-1);
  EXPECT_EQ(words(plan({})), Words{"suspend anna"});
}

TEST_F(UserPlanTest, WhoComesBackIsRestoredAndWhoIsDisabledSuspended) {
  bound("anna", State::Gone);
  bound("bert");
  auto disabled = listed("bert");
  disabled.entry->attributes["locked"] = {"x"};
  const UserPlan made = plan({listed("anna"), disabled});
  EXPECT_EQ(words(made), (Words{"restore anna", "suspend bert"}));
  EXPECT_EQ(made.steps[0].changes->changes.enabled, true);
  EXPECT_EQ(made.steps[1].changes->changes.enabled, false);
  EXPECT_EQ(made.steps[1].binding.state, State::Disabled);
}

TEST_F(UserPlanTest, MarksAloneAreTouchedAndWhatIsAsBeforeIsNot) {
  bound("anna");
  bound("bert");
  Listed as_before = listed("bert");
  as_before.entry.reset();
  const UserPlan made = plan({listed("anna"), as_before});
  EXPECT_TRUE(made.steps.empty());
  ASSERT_EQ(made.touched.size(), 1U);
  EXPECT_EQ(made.login_of_uuid.at("id-bert"), "bert");
}

TEST_F(UserPlanTest, AnEntryThatIsNotGoodKeepsItsUser) {
  bound("anna");
  auto broken = listed("anna");
  broken.entry->attributes["mail"] = {"no address"};
  EXPECT_TRUE(plan({broken}).steps.empty());
  EXPECT_EQ(report.counts(Kind::User).failed, 1);
}

TEST_F(UserPlanTest, GroupsInGroupsAreResolvedInCirclesToo) {
  UserPlan users;
  users.login_of_uuid = {{"1", "anna"}, {"2", "bert"}};
  users.uuid_of_dn = {{"uid=anna,dc=x", "1"}, {"uid=bert,dc=x", "2"}};
  const auto group = [](const std::string& name, std::vector<std::string> members) {
    directory::Entry made;
    made.dn = "cn=" + name + ",dc=x";
    made.attributes = {{"member", std::move(members)}};
    return Listed{name, made.dn, "", made};
  };
  directory::Rule by_name(1), by_login(1);
  by_name[0].attribute = by_login[0].attribute = "member";
  by_login[0].kind = directory::Source::Kind::Login;
  const std::vector<Listed> groups{group("a", {"UID=Anna, DC=x", "cn=b,dc=x", "cn=nobody,dc=x"}),
                                   group("b", {"uid=bert,dc=x", "cn=a,dc=x"})};
  const MemberNames names(groups, by_name, users);
  EXPECT_EQ(names.logins_of("a"), (std::set<std::string>{"anna", "bert"}));
  EXPECT_EQ(names.logins_of("b"), (std::set<std::string>{"anna", "bert"}));
  EXPECT_TRUE(names.logins_of("c").empty());
  const std::vector<Listed> logins{group("a", {"Anna", "nobody"})};
  EXPECT_EQ(MemberNames(logins, by_login, users).logins_of("a"), std::set<std::string>{"anna"});
}

TEST(Report, CountsAllAndTellsAHundredProblems) {
  Report report;
  for (int i = 0; i < 150; ++i)
    report.note_failure(Kind::Group, "g" + std::to_string(i), std::string(1'000, 'x'));
  report.note_done(Kind::User, Action::Restore);
  const Json json = report.to_json();
  EXPECT_EQ(json.get("groups").get("failed").as_integer(), 150);
  EXPECT_EQ(json.get("problems").size(), 100U);
  EXPECT_LE(json.get("problems").at(0).as_string().size(), 300U);
  EXPECT_EQ(json.get("users").get("restored").as_integer(), 1);
  EXPECT_EQ(report.done(), 1);
}

}  // namespace
}  // namespace gw::identities::intake
