#include "model/groups/group_service.hpp"

#include "model/field_json.hpp"
#include "model/groups/membership.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::test {
namespace {

namespace groups = model::groups;

class GroupService : public AccountTest {
 protected:
  void SetUp() override {
    make_context();
    make_user("user1");
    make_user("user2");
  }
  static groups::GroupInput input(const std::string& json) {
    return groups::parse_group(*Json::parse(json), true);
  }
  std::string create(const std::string& json) {
    return problem_of([&] { groups::create_group(*administration(), input(json)); });
  }
  groups::Group made(const std::string& name = "team") {
    return groups::create_group(*administration(), input(R"({"name":")" + name + R"(","display_name":"The )" +
                                                         name + R"(","members":[4,3,3]})"));
  }
};

TEST_F(GroupService, ACreatedGroupIsStoredWithSortedMembers) {
  const auto group = made();
  const auto loaded = groups::load_group(*administration(), GroupId(group.id));
  EXPECT_EQ(loaded.name, "team");
  EXPECT_EQ(loaded.members, (std::vector<std::int64_t>{3, 4}));
  EXPECT_EQ(loaded.last_modified, group.last_modified);
  EXPECT_GE(group.id, 20);
}

TEST_F(GroupService, EachRuleHasItsCode) {
  made();
  EXPECT_EQ(create(R"({"name":"x"})"), "GRP-0004");
  EXPECT_EQ(create(R"({"name":"bad/name","display_name":"X"})"), "GRP-0005");
  EXPECT_EQ(create(R"({"name":"TEAM","display_name":"X"})"), "GRP-0006");
  EXPECT_EQ(create(R"({"name":"x","display_name":"X","members":[99]})"), "GRP-0007");
  EXPECT_EQ(create(R"({"name":"x","display_name":"X","members":"all"})"), "GRP-0008");
  EXPECT_EQ(create(R"({"name":"x","display_name":"ALL users"})"), "GRP-0015");
  run("UPDATE users SET guest_created_by=2 WHERE cid=1 AND id=4");
  EXPECT_EQ(create(R"({"name":"x","display_name":"X","members":[4]})"), "GRP-0016");
  EXPECT_EQ(create(R"({"display_name":"Only Display"})"), "");
}

TEST_F(GroupService, RightsAreNeededForEveryChange) {
  const auto group = made();
  const auto work = acting(UserId(3));
  const GroupId ids[] = {GroupId(group.id)};
  EXPECT_EQ(problem_of([&] { groups::create_group(*work, input(R"({"display_name":"X"})")); }), "GRP-0009");
  EXPECT_EQ(problem_of([&] { groups::update_group(*work, ids[0], input("{}"), kAny); }), "GRP-0011");
  EXPECT_EQ(problem_of([&] { groups::delete_groups(*work, ids, kAny); }), "GRP-0012");
  EXPECT_EQ(groups::list_groups(*work).size(), 3U);
}

TEST_F(GroupService, TheComputedGroupsAndTheStandardGroupStay) {
  for (const GroupId id : {kAllUsersGroup, kStandardGroup, kAllGuestsGroup}) {
    const GroupId ids[] = {id};
    EXPECT_EQ(problem_of([&] { groups::update_group(*administration(), id, input("{}"), kAny); }),
              "GRP-0014");
    EXPECT_EQ(problem_of([&] { groups::delete_groups(*administration(), ids, kAny); }), "GRP-0013");
  }
  EXPECT_EQ(groups::load_group(*administration(), kAllUsersGroup).members,
            (std::vector<std::int64_t>{2, 3, 4}));
  EXPECT_EQ(groups::load_group(*administration(), kStandardGroup).members,
            (std::vector<std::int64_t>{2, 3, 4}));
  EXPECT_TRUE(groups::load_group(*administration(), kAllGuestsGroup).members.empty());
}

TEST_F(GroupService, AnUpdateIsPartialAndChecksTheVersion) {
  const auto group = made();
  const GroupId id(group.id);
  EXPECT_EQ(problem_of([&] {
              groups::update_group(*administration(), id, input(R"({"display_name":"X"})"),
                                   Millis{group.last_modified.value - 1});
            }),
            "GRP-0010");
  EXPECT_EQ(problem_of([&] { groups::update_group(*administration(), GroupId(999), input("{}"), kAny); }),
            "GRP-0003");
  const auto changed = groups::update_group(*administration(), id, input(R"({"display_name":"Renamed"})"),
                                            group.last_modified);
  EXPECT_EQ(changed.display_name, "Renamed");
  EXPECT_EQ(changed.name, "team");
  EXPECT_EQ(changed.members, (std::vector<std::int64_t>{3, 4}));
  EXPECT_GT(changed.last_modified, group.last_modified);
}

TEST_F(GroupService, MembershipReachesTheCallerAtOnce) {
  const auto group = made();
  EXPECT_TRUE(acting(UserId(3))->caller().in_group(GroupId(group.id)));
  groups::update_group(*administration(), GroupId(group.id), input(R"({"members":[4]})"), kAny);
  EXPECT_FALSE(acting(UserId(3))->caller().in_group(GroupId(group.id)));
  EXPECT_TRUE(acting(UserId(4))->caller().in_group(GroupId(group.id)));
}

TEST_F(GroupService, ADeletedGroupLeavesNoPermission) {
  const auto group = made();
  run("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (1,15,1," +
      std::to_string(group.id) + ",257)");
  const GroupId ids[] = {GroupId(group.id)};
  EXPECT_EQ(problem_of([&] { groups::delete_groups(*administration(), ids, Millis{1}); }), "GRP-0010");
  groups::delete_groups(*administration(), ids, group.last_modified);
  EXPECT_EQ(number("SELECT COUNT(*) FROM folder_permissions WHERE is_group=1 AND entity=" +
                   std::to_string(group.id)),
            0);
  EXPECT_EQ(problem_of([&] { groups::load_group(*administration(), ids[0]); }), "GRP-0003");
}

TEST_F(GroupService, UpdatesTellNewModifiedAndDeletedApart) {
  const auto old = made("old");
  const auto gone = made("gone");
  const Millis since = gone.last_modified;
  database.clock.advance(10);
  const auto fresh = made("fresh");
  groups::update_group(*administration(), GroupId(old.id), input(R"({"display_name":"Changed"})"), kAny);
  const GroupId ids[] = {GroupId(gone.id)};
  const Millis last = groups::delete_groups(*administration(), ids, kAny);
  const auto updates = groups::list_group_updates(*administration(), since);
  ASSERT_EQ(updates.created.size(), 1U);
  EXPECT_EQ(updates.created[0].id, fresh.id);
  ASSERT_EQ(updates.modified.size(), 1U);
  EXPECT_EQ(updates.modified[0].id, old.id);
  ASSERT_EQ(updates.deleted.size(), 1U);
  EXPECT_EQ(updates.deleted[0].value, gone.id);
  EXPECT_EQ(updates.timestamp, last);
  const auto nothing = groups::list_group_updates(*administration(), last);
  EXPECT_TRUE(nothing.created.empty() && nothing.modified.empty() && nothing.deleted.empty());
  EXPECT_EQ(nothing.timestamp, last);
}

TEST_F(GroupService, ANewUserModifiesTheGroupsHeJoins) {
  const Millis since = groups::load_group(*administration(), kStandardGroup).last_modified;
  make_user("user3");
  const auto updates = groups::list_group_updates(*administration(), since);
  ASSERT_EQ(updates.modified.size(), 2U);
  EXPECT_EQ(updates.modified[0].id, 0);
  EXPECT_EQ(updates.modified[1].id, 1);
}

TEST_F(GroupService, SearchKnowsWildcardsAndFoldsCase) {
  made("alpha");
  made("beta");
  const auto count = [&](const char* pattern) {
    return groups::search_groups(*administration(), pattern).size();
  };
  EXPECT_EQ(count("*"), 4U);
  EXPECT_EQ(count(""), 4U);
  EXPECT_EQ(count("ALPH"), 1U);
  EXPECT_EQ(count("the ?eta"), 1U);
  EXPECT_EQ(count("nothing"), 0U);
}

TEST_F(GroupService, ListKeepsTheOrderAskedForAndSkipsUnknown) {
  const auto group = made();
  const GroupId ids[] = {GroupId(group.id), GroupId(999), kAllUsersGroup};
  const auto found = groups::list_groups(*administration(), ids);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id, group.id);
  EXPECT_EQ(found[1].id, 0);
}

TEST_F(GroupService, ChangesAreHeardOfByAllUsers) {
  database.events.events.clear();
  made();
  ASSERT_EQ(database.events.events.size(), 1U);
  EXPECT_EQ(database.events.events[0].module, model::ObjectModule::Group);
  EXPECT_EQ(told(database.events.events[0]), std::vector{model::kEverybody});
}

}  // namespace
}  // namespace gw::test
