#include "events/event_publisher.hpp"

#include <gtest/gtest.h>

#include "push/client_key.hpp"

namespace gw::events {
namespace {

model::Event event(model::ObjectModule module) {
  model::Event event{.context = ContextId(1),
                     .module = module,
                     .kind = model::ChangeKind::Moved,
                     .object = ObjectId(42),
                     .actor = UserId(3),
                     .stamp = {1'700'000'000'000},
                     .source_token = "tab",
                     .data = "{}"};
  event.tell(FolderId(31), std::vector<UserId>{UserId(4), UserId(3)});
  event.tell(FolderId(32), std::vector<UserId>{UserId(3)});
  return event;
}

TEST(EventPublisher, TheRecordIsTheEventInTheProtocolsNumbers) {
  const auto record = to_record(event(model::ObjectModule::Contact));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->context, 1);
  EXPECT_EQ(record->module, push::kContact);
  EXPECT_EQ(record->kind, push::kMoved);
  EXPECT_EQ(record->origin, push::Origin::Local);
  EXPECT_EQ(record->object, 42);
  EXPECT_EQ(record->actor, 3);
  EXPECT_EQ(record->stamp, 1'700'000'000'000);
  EXPECT_EQ(record->source_token, "tab");
  EXPECT_EQ(record->data, "{}");
  EXPECT_EQ(record->audiences, (std::vector<push::FolderAudience>{{31, {3, 4}}, {32, {3}}}));
}

TEST(EventPublisher, ModulesHaveTheNumbersOfTheProtocol) {
  const std::pair<model::ObjectModule, std::int32_t> rows[] = {
      {model::ObjectModule::Calendar, 1}, {model::ObjectModule::Task, 4},
      {model::ObjectModule::Contact, 7},  {model::ObjectModule::Mail, 19},
      {model::ObjectModule::Folder, 20},  {model::ObjectModule::Infostore, 137},
  };
  for (const auto& [module, number] : rows) EXPECT_EQ(to_record(event(module))->module, number);
  for (const auto module :
       {model::ObjectModule::User, model::ObjectModule::Group, model::ObjectModule::Resource})
    EXPECT_FALSE(to_record(event(module)));
}

TEST(EventPublisher, WhatNobodyMaySeeIsNotSent) {
  model::Event alone{.module = model::ObjectModule::Contact};
  EXPECT_FALSE(to_record(alone));
}

TEST(EventPublisher, ASessionsEndIsToldByItsHandle) {
  const auto end = to_session_end(ContextId(1), UserId(3), "0123456789abcdef0123456789abcdef", true);
  ASSERT_TRUE(end);
  EXPECT_EQ(*end, (push::SessionEnd{1, 3, push::session_handle("0123456789abcdef0123456789abcdef"), true}));
  EXPECT_FALSE(to_session_end(ContextId(1LL << 40), UserId(3), "x", true))
      << "the protocol has no number for it";
}

TEST(EventPublisher, WithoutAPushChildEventsAreLostAndCounted) {
  EventPublisher publisher("/nonexistent/gw-events.sock");
  publisher.publish(event(model::ObjectModule::Contact));
  publisher.publish(event(model::ObjectModule::User));
  EXPECT_EQ(publisher.published(), 0U);
  EXPECT_EQ(publisher.lost(), 1U);
  EXPECT_FALSE(publisher.flush());
}

}  // namespace
}  // namespace gw::events
