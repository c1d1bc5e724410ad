#include "model/calendar/attendee_resolution.hpp"

#include "writing_desk.hpp"

namespace gw::test {
namespace {

using calendar::CuType;

TEST(CalendarAddresses, UrisAndAddressesBelongTogether) {
  EXPECT_EQ(calendar::mail_uri("a@b.test"), "mailto:a@b.test");
  EXPECT_EQ(calendar::mail_uri("a@bü.test"), "mailto:a@b%C3%BC.test");
  EXPECT_EQ(calendar::address_of_uri("MAILTO:a@b%C3%BC.test?subject=x"), "a@bü.test");
  EXPECT_EQ(calendar::address_of_uri("tel:+49"), "");
  EXPECT_EQ(calendar::address_of_uri("mailto:"), "");
}

TEST(CalendarAddresses, GroupsAndResourcesHaveNamesOfTheirOwn) {
  const std::string uri = calendar::entity_uri(ContextId(7), CuType::Group, 255);
  const auto named = calendar::parse_entity_uri(ContextId(7), uri);
  ASSERT_TRUE(named.has_value());
  EXPECT_EQ(named->type, CuType::Group);
  EXPECT_EQ(named->entity, 255);
  EXPECT_FALSE(calendar::parse_entity_uri(ContextId(8), uri).has_value());
  EXPECT_FALSE(calendar::parse_entity_uri(ContextId(7), "urn:uuid:zzz").has_value());
  EXPECT_FALSE(calendar::parse_entity_uri(ContextId(7), "").has_value());
}

TEST(CalendarAddresses, UsersAreTheSameByEntityAndElseByAddress) {
  calendar::CalendarUser a, b;
  a.uri = "mailto:X@far.test";
  b.uri = "mailto:x@FAR.test";
  EXPECT_TRUE(calendar::is_same_user(a, b));
  b.entity = 3;
  EXPECT_FALSE(calendar::is_same_user(a, b));
}

TEST_F(WritingDesk, AddressesOfUsersBecomeUsers) {
  const EventData event =
      stored(create(kAnna, Draft("20240701", "20240702").with({outsider("BERTA@example.test")})));
  const Attendee* berta = calendar::find_attendee(event, kBerta);
  ASSERT_NE(berta, nullptr);
  EXPECT_EQ(berta->cn, "Beta, Berta");
  EXPECT_EQ(berta->folder, home(kBerta));
}

TEST_F(WritingDesk, OutsidersNeedAnAddress) {
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").with({outsider("nobody")})); }),
            "CAL-4034");
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").with({Attendee{}})); }), "CAL-4034");
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").with({outsider("x@far.test")})); }),
            "");
  database.settings.check_mail_addresses = false;
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").with({outsider("nobody")})); }), "");
}

TEST_F(WritingDesk, NobodyTakesPartTwice) {
  const EventData event =
      stored(create(kAnna, Draft("20240701", "20240702")
                               .with({user(kBerta), outsider("berta@example.test"), user(kBerta), user(kAnna),
                                      outsider("x@far.test"), outsider("X@far.test")})));
  EXPECT_EQ(event.attendees.size(), 3U);
}

TEST_F(WritingDesk, GroupsBringTheirMembers) {
  const GroupId team = new_group("team", "[4,5]");
  const EventData event = stored(create(kAnna, Draft("20240701", "20240702").with({group(team)})));
  EXPECT_EQ(names_of(event), (Names{"Alpha, Anna", "Beta, Berta", "Gamma, Carl", "team"}));
  const std::string uri = calendar::entity_uri(kContext, CuType::Group, team.value);
  EXPECT_EQ(calendar::find_attendee(event, kBerta)->member, (Names{uri}));
}

TEST_F(WritingDesk, WhoeverLeavesAGroupLeavesItsEventsWithTheNextChange) {
  const GroupId team = new_group("team", "[4,5]");
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({group(team)}));
  set_members(team, "[5,2]");
  update(kAnna, id, Draft().with(stored(id).attendees));
  EXPECT_EQ(names_of(stored(id)), (Names{"Alpha, Anna", "Gamma, Carl", "Root, Admin", "team"}));
  EXPECT_TRUE(tombstones(home(kBerta)).contains(id));
  update(kAnna, id, Draft().with({user(kAnna)}));
  EXPECT_EQ(names_of(stored(id)), (Names{"Alpha, Anna"}));
}

TEST_F(WritingDesk, WhoWasInvitedHimselfStaysWhenTheGroupGoes) {
  const GroupId team = new_group("team", "[4,5]");
  const ObjectId id = create(kAnna, Draft("20240701", "20240702").with({user(kBerta), group(team)}));
  std::vector<Attendee> attendees = stored(id).attendees;
  std::erase_if(attendees, [](const Attendee& each) { return each.cu_type == CuType::Group; });
  update(kAnna, id, Draft().with(attendees));
  EXPECT_EQ(names_of(stored(id)), (Names{"Alpha, Anna", "Beta, Berta"}));
}

TEST_F(WritingDesk, EverybodyIsAGroup) {
  const EventData event = stored(create(kAnna, Draft("20240701", "20240702").with({group(kAllUsersGroup)})));
  EXPECT_EQ(event.attendees.size(), 5U);
  const ObjectId id = event.id;
  update(kAnna, id, Draft().with(event.attendees).location("Hall"));
  EXPECT_EQ(stored(id).attendees.size(), 5U);
}

TEST_F(WritingDesk, RoomsMustExistAndBeAvailable) {
  const ResourceId blue = new_room("blue");
  const ResourceId closed = new_room("closed", false);
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").with({room(ResourceId(999))})); }),
            "CAL-4034");
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").with({room(closed)})); }), "CAL-4034");
  const EventData event = stored(create(kAnna, Draft("20240701", "20240702").with({room(blue)})));
  ASSERT_EQ(event.attendees.size(), 2U);
  for (const Attendee& attendee : event.attendees) {
    EXPECT_EQ(attendee.part_stat, PartStat::Accepted);
    if (attendee.entity == blue.value) {
      EXPECT_EQ(attendee.uri, "mailto:blue@example.test");
    }
  }
}

TEST_F(WritingDesk, ThereAreLimitsForAttendees) {
  std::vector<Attendee> many;
  for (int i = 0; i < 1'001; ++i) many.push_back(outsider("x" + std::to_string(i) + "@far.test"));
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").with(many)); }), "CAL-5073");
  many.resize(1'000);
  EXPECT_EQ(refusal([&] { create(kAnna, Draft("20240701", "20240702").with(many)); }), "CAL-5073");
}

}  // namespace
}  // namespace gw::test
