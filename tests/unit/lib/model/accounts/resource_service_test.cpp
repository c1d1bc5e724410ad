#include "model/resources/resource_service.hpp"

#include "model/field_json.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::test {
namespace {

namespace resources = model::resources;

class ResourceService : public AccountTest {
 protected:
  void SetUp() override {
    make_context();
    make_user("user1");
  }
  static resources::ResourceInput input(const std::string& json) {
    return resources::parse_resource(*Json::parse(json), true);
  }
  std::string create(const std::string& json) {
    return problem_of([&] { resources::create_resource(*administration(), input(json)); });
  }
  resources::Resource made(const std::string& name = "beamer") {
    return resources::create_resource(*administration(),
                                      input(R"({"name":")" + name + R"(","display_name":"The )" + name +
                                            R"(","mailaddress":")" + name + R"(@example.test"})"));
  }
};

TEST_F(ResourceService, ANewResourceIsAvailableUnlessToldOtherwise) {
  const auto resource = made();
  const auto loaded = resources::load_resource(*administration(), ResourceId(resource.id));
  EXPECT_TRUE(loaded.available);
  EXPECT_EQ(loaded.mail, "beamer@example.test");
  const auto room = resources::create_resource(
      *administration(),
      input(
          R"({"name":"room","display_name":"Room","mailaddress":"r@example.test","availability":false,"description":"2nd\nfloor"})"));
  EXPECT_FALSE(resources::load_resource(*administration(), ResourceId(room.id)).available);
  const auto cleared = resources::update_resource(*administration(), ResourceId(room.id),
                                                  input(R"({"availability":null})"), kAny);
  EXPECT_TRUE(cleared.available);
  EXPECT_EQ(create(R"({"name":"y","display_name":"Y","mailaddress":"y@x.test","availability":{}})"),
            "RES-0011");
}

TEST_F(ResourceService, EachRuleHasItsCode) {
  made();
  EXPECT_EQ(create(R"({"display_name":"X","mailaddress":"x@example.test"})"), "RES-0008");
  EXPECT_EQ(create(R"({"name":"x","mailaddress":"x@example.test"})"), "RES-0008");
  EXPECT_EQ(create(R"({"name":"x","display_name":"X"})"), "RES-0008");
  EXPECT_EQ(create(R"({"name":"Beamer","display_name":"X","mailaddress":"x@example.test"})"), "RES-0006");
  EXPECT_EQ(create(R"({"name":"x","display_name":"The beamer","mailaddress":"x@example.test"})"), "RES-0006");
  EXPECT_EQ(create(R"({"name":"x","display_name":"X","mailaddress":"BEAMER@example.test"})"), "RES-0010");
  EXPECT_EQ(create(R"({"name":"x/y","display_name":"X","mailaddress":"x@example.test"})"), "RES-0011");
  EXPECT_EQ(create(R"({"name":"x","display_name":"X","mailaddress":"nonsense"})"), "RES-0012");
  EXPECT_EQ(
      create(R"({"name":"x","display_name":")" + std::string(256, 'x') + R"(","mailaddress":"x@x.test"})"),
      "RES-0011");
  EXPECT_EQ(number("SELECT COUNT(*) FROM resources"), 1);
}

TEST_F(ResourceService, AddressesBeyondAsciiAreComparedTheSameWayOnBothSides) {
  EXPECT_EQ(create(R"({"name":"x","display_name":"X","mailaddress":"Äther@example.test"})"), "");
  EXPECT_EQ(create(R"({"name":"y","display_name":"Y","mailaddress":"Äther@EXAMPLE.test"})"), "RES-0010");
}

TEST_F(ResourceService, OnlyPeopleWithTheRightChangeResources) {
  const auto resource = made();
  const auto work = acting(UserId(3));
  const ResourceId ids[] = {ResourceId(resource.id)};
  EXPECT_EQ(problem_of([&] { resources::create_resource(*work, input("{}")); }), "RES-0009");
  EXPECT_EQ(problem_of([&] { resources::update_resource(*work, ids[0], input("{}"), kAny); }), "RES-0009");
  EXPECT_EQ(problem_of([&] { resources::delete_resources(*work, ids, kAny); }), "RES-0009");
  EXPECT_EQ(resources::list_resources(*work).size(), 1U);
}

TEST_F(ResourceService, AnUpdateIsPartialAndChecksTheVersion) {
  const auto resource = made();
  const ResourceId id(resource.id);
  EXPECT_EQ(problem_of([&] {
              resources::update_resource(*administration(), id, input(R"({"description":"x"})"),
                                         Millis{resource.last_modified.value - 1});
            }),
            "RES-0013");
  EXPECT_EQ(
      problem_of([&] { resources::update_resource(*administration(), ResourceId(999), input("{}"), kAny); }),
      "RES-0005");
  const auto changed = resources::update_resource(*administration(), id, input(R"({"availability":false})"),
                                                  resource.last_modified);
  EXPECT_FALSE(changed.available);
  EXPECT_EQ(changed.name, "beamer");
  EXPECT_GT(changed.last_modified, resource.last_modified);
}

TEST_F(ResourceService, DeletionChecksTheVersionOfEachAndIsAllOrNothing) {
  const auto first = made("one");
  database.clock.advance(10);
  const auto second = made("two");
  const ResourceId ids[] = {ResourceId(first.id), ResourceId(second.id)};
  EXPECT_EQ(problem_of([&] { resources::delete_resources(*administration(), ids, first.last_modified); }),
            "RES-0013");
  EXPECT_EQ(number("SELECT COUNT(*) FROM resources"), 2);
  EXPECT_EQ(problem_of([&] { resources::delete_resources(*administration(), {}, kAny); }), "RES-0007");
  resources::delete_resources(*administration(), ids, second.last_modified);
  EXPECT_EQ(number("SELECT COUNT(*) FROM resources"), 0);
}

TEST_F(ResourceService, UpdatesTellNewModifiedAndDeletedApart) {
  const auto old = made("old");
  const auto gone = made("gone");
  const Millis since = gone.last_modified;
  const auto fresh = made("fresh");
  resources::update_resource(*administration(), ResourceId(old.id), input(R"({"description":"x"})"), kAny);
  const ResourceId ids[] = {ResourceId(gone.id)};
  const Millis last = resources::delete_resources(*administration(), ids, kAny);
  const auto updates = resources::list_resource_updates(*administration(), since);
  ASSERT_EQ(updates.created.size(), 1U);
  EXPECT_EQ(updates.created[0].id, fresh.id);
  ASSERT_EQ(updates.modified.size(), 1U);
  EXPECT_EQ(updates.modified[0].id, old.id);
  ASSERT_EQ(updates.deleted.size(), 1U);
  EXPECT_EQ(updates.deleted[0].value, gone.id);
  EXPECT_EQ(updates.timestamp, last);
}

TEST_F(ResourceService, AStampOlderThanTheTombstonesAsksForAFreshStart) {
  const auto old = made("old");
  auto work = administration();
  work->write([&](model::Transaction& transaction) {
    model::prune_tombstones(transaction.connection(), ContextId(1), Millis{old.last_modified.value + 5});
  });
  EXPECT_EQ(problem_of([&] { resources::list_resource_updates(*administration(), old.last_modified); }),
            "SVL-0010");
  EXPECT_EQ(resources::list_resource_updates(*administration(), Millis{0}).created.size(), 1U);
}

TEST_F(ResourceService, SearchLooksAtNamesAndAddress) {
  made("alpha");
  made("beta");
  const auto count = [&](const char* pattern) {
    return resources::search_resources(*administration(), pattern).size();
  };
  EXPECT_EQ(count("*"), 2U);
  EXPECT_EQ(count("the alpha"), 1U);
  EXPECT_EQ(count("beta@*"), 1U);
  EXPECT_EQ(count("gamma"), 0U);
}

}  // namespace
}  // namespace gw::test
