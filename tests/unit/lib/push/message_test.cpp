#include "push/message.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace gw::push {
namespace {

std::shared_ptr<const EventRecord> event(std::int32_t module, std::int64_t object,
                                         std::vector<FolderAudience> audiences, std::string data = {}) {
  auto record = std::make_shared<EventRecord>();
  record->context = 1;
  record->module = module;
  record->kind = kCreated;
  record->object = object;
  record->stamp = 5;
  record->data = std::move(data);
  record->audiences = std::move(audiences);
  return record;
}

std::vector<std::string> told(const std::shared_ptr<const EventRecord>& event, std::int32_t user,
                              bool is_guest = false) {
  std::vector<std::string> texts;
  for_each_message(event, 9, {user, is_guest}, [&](Message&& message) {
    EXPECT_EQ(message.position, 9U);
    texts.push_back(std::string(message.topic) + " " + format_data(message));
  });
  return texts;
}

TEST(Message, NamesTheFolderAndTheObject) {
  EXPECT_EQ(told(event(kContact, 42, {{31, {3, 4}}}), 4),
            std::vector<std::string>{
                R"(ox:contacts:changed {"folder":"31","id":"42","kind":"created","timestamp":5})"});
  EXPECT_TRUE(told(event(kContact, 42, {{31, {3, 4}}}), 5).empty());
}

TEST(Message, EachUserHearsOfTheFoldersThatHeSees) {
  const auto moved = event(kContact, 42, {{31, {3, 4}}, {32, {3}}});
  EXPECT_EQ(told(moved, 3).size(), 2U);
  EXPECT_EQ(told(moved, 4).size(), 1U);
}

TEST(Message, WhatIsForEverybodyIsForNoGuestWhoIsNotNamed) {
  const auto open = event(kContact, 42, {{6, {kEverybody}}, {31, {kEverybody, 9}}});
  EXPECT_EQ(told(open, 3).size(), 2U);
  EXPECT_TRUE(told(open, 8, true).empty());
  EXPECT_EQ(told(open, 9, true).size(), 1U);
  EXPECT_EQ(told(open, 9).size(), 2U) << "once for each folder";
}

TEST(Message, AFolderIsNotNamedToThoseWhoOnlySeeItsParent) {
  const auto folder = event(kFolder, 32, {{1, {3, 4}}, {32, {3}}});
  EXPECT_EQ(told(folder, 4),
            std::vector<std::string>{R"(ox:folders:changed {"folder":"1","kind":"updated","timestamp":5})"});
  EXPECT_EQ(told(folder, 3).back(), R"(ox:folders:changed {"folder":"32","kind":"created","timestamp":5})");
}

TEST(Message, WhatOtherMachinesTellIsAsMuchAsTheyKnow) {
  auto record = std::make_shared<EventRecord>(*event(kTask, 0, {{31, {3}}}));
  record->kind = kUnknownKind;
  record->stamp = 0;
  EXPECT_EQ(told(record, 3), std::vector<std::string>{R"(ox:tasks:changed {"folder":"31"})"});
  record->module = kAppointment;
  EXPECT_EQ(told(record, 3),
            std::vector<std::string>{R"(ox:calendar:updates {"folders":["cal://0/31"],"needsAction":[]})"});
  record->module = kMail;
  EXPECT_EQ(told(record, 3), std::vector<std::string>{R"(ox:mail:new {"folder":"default0/INBOX"})"});
  record->module = 99;
  EXPECT_TRUE(told(record, 3).empty());
}

TEST(Message, AnEventsOwnTextIsHandedOn) {
  EXPECT_EQ(told(event(kMail, 0, {{1, {3}}}, R"({"subject":"hi"})"), 3),
            std::vector<std::string>{R"(ox:mail:new {"subject":"hi"})"});
}

TEST(Message, WhoIsAskedForAnAnswerIsToldWhereHeFindsTheEvent) {
  const std::string asked = R"({"needsAction":[{"id":"42","recurrenceId":"20240701T070000Z"}]})";
  const auto invitation = event(kAppointment, 42, {{31, {3}}, {32, {4}}}, asked);
  const std::string begin = R"(ox:calendar:updates {"folders":["cal://0/32"],"needsAction":[)";
  EXPECT_EQ(told(invitation, 4),
            std::vector<std::string>{
                begin + R"({"id":"42","recurrenceId":"20240701T070000Z","folderId":"cal://0/32"}]})"});
  for (const char* broken : {"no JSON", "[]", R"({"needsAction":{}})", R"({"needsAction":[7]})"})
    EXPECT_EQ(told(event(kAppointment, 42, {{32, {4}}}, broken), 4), std::vector<std::string>{begin + "]}"});
}

TEST(Message, ChangesOfOneFolderAreToldAsOne) {
  const Message first{"ox:contacts:changed", 1, 31, 42, kCreated, 5, {}};
  Message again{"ox:contacts:changed", 2, 31, 42, kUpdated, 6, {}};
  ASSERT_TRUE(may_merge(first, again));
  merge(first, again);
  EXPECT_EQ(again.kind, kCreated);
  EXPECT_EQ(again.position, 2U);
  Message other{"ox:contacts:changed", 3, 31, 43, kUpdated, 4, {}};
  merge(again, other);
  EXPECT_EQ(format_data(other), R"({"folder":"31","timestamp":6})");
  EXPECT_FALSE(may_merge(first, {"ox:contacts:changed", 2, 32, 42, kUpdated, 6, {}}));
  EXPECT_FALSE(may_merge({"ox:mail:new", 1, 1, 0, 0, 0, {}}, {"ox:mail:new", 2, 1, 0, 0, 0, {}}));
}

}  // namespace
}  // namespace gw::push
