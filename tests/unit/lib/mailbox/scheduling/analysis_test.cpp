#include "mailbox/scheduling/analysis.hpp"

#include "mailbox/scheduling/inbox_pickup.hpp"
#include "mailbox/scheduling/scheduling_actions.hpp"
#include "messages.hpp"
#include "unit/lib/model/calendar/writing_desk.hpp"

namespace gw::test {
namespace {

using namespace mailbox::scheduling;

class AnalysisDesk : public WritingDesk {
 protected:
  calendar::Invitation invitation(const std::string& text) {
    read = read_itip(text, "", {TimeZone::utc()});
    EXPECT_TRUE(read && read->invitations.size() == 1);
    return read->invitations.front();
  }
  Analysis judged(UserId user, const std::string& text, const std::string& sender) {
    const auto found = invitation(text);
    return analyze(as(user), read->method, found, sender);
  }
  CalendarResult ordered(UserId user, const std::string& text, const std::string& sender,
                         const ItipOrder& order) {
    const auto found = invitation(text);
    return perform(as(user), analyze(as(user), read->method, found, sender), found, order);
  }
  CalendarResult done(UserId user, const std::string& text, const std::string& sender, ItipAction action) {
    return ordered(user, text, sender, {action});
  }
  void taken(UserId user, const std::string& text, const std::string& sender) {
    const auto found = invitation(text);
    const Analysis analysis = analyze(as(user), read->method, found, sender);
    EXPECT_TRUE(analysis.is_automatic);
    perform_alone(as(user), analysis, found);
  }
  static Names actions(const Analysis& analysis) {
    Names names;
    for (const ItipAction action : analysis.actions) names.emplace_back(name_of(action));
    return names;
  }
  static std::vector<Oddity> oddities(const Analysis& analysis) {
    std::vector<Oddity> list;
    for (const Annotation& annotation : analysis.annotations) list.push_back(annotation.oddity);
    return list;
  }
  std::optional<EventData> annas_copy() {
    const auto found = calendar::find_invitation(as(kAnna), "foreign-1");
    return found ? std::optional(found->event) : std::nullopt;
  }
  std::optional<ItipMessage> read;
};

using Oddities = std::vector<Oddity>;

TEST_F(AnalysisDesk, AnInvitationIsShownAnsweredAndBroughtUpToDate) {
  create(kAnna, Draft("20240701T073000Z", "20240701T083000Z", "Busy"));
  const std::string request = foreign_message("google-request");
  Analysis analysis = judged(kAnna, request, "Boss@FAR.test");
  EXPECT_TRUE(analysis.is_automatic);
  EXPECT_EQ(oddities(analysis), Oddities());
  EXPECT_EQ(actions(analysis), (Names{"accept", "tentative", "decline", "accept_and_ignore_conflicts",
                                      "delegate", "counter", "ignore"}));
  ASSERT_EQ(analysis.changes.size(), 1U);
  EXPECT_EQ(analysis.changes[0].type, ChangeType::Create);
  EXPECT_EQ(analysis.changes[0].conflicts.size(), 1U);
  EXPECT_EQ(analysis.changes[0].introduction, "boss@far.test has invited you to \"Quarterly review\"");
  // Somebody else says it, or says it to somebody else.
  analysis = judged(kAnna, request, "thief@evil.test");
  EXPECT_FALSE(analysis.is_automatic);
  EXPECT_EQ(oddities(analysis), Oddities{Oddity::NotOrganizer});
  analysis = judged(kBerta, request, "boss@far.test");
  EXPECT_FALSE(analysis.is_automatic);
  EXPECT_EQ(oddities(analysis), Oddities{Oddity::NotInvited});
  EXPECT_EQ(done(kAnna, request, "boss@far.test", ItipAction::Accept).conflicts.size(), 1U);
  EXPECT_FALSE(annas_copy().has_value());
  done(kAnna, request, "boss@far.test", ItipAction::AcceptAndIgnoreConflicts);
  ASSERT_TRUE(annas_copy().has_value());
  EXPECT_EQ(answer_of(annas_copy()->id, kAnna), PartStat::Accepted);
  // The same again: it may be answered otherwise.
  analysis = judged(kAnna, request, "boss@far.test");
  EXPECT_TRUE(analysis.changes.empty());
  EXPECT_FALSE(analysis.is_automatic);
  EXPECT_TRUE(analysis.allows(ItipAction::Decline));
  MessageValues moved;
  moved.sequence = 1;
  moved.stamp = "20240602T100000Z";
  moved.start = "20240702T090000";
  moved.end = "20240702T100000";
  const std::string update = foreign_message("outlook-request", moved);
  EXPECT_EQ(oddities(judged(kAnna, update, "thief@evil.test")), Oddities{Oddity::NotOrganizer});
  EXPECT_EQ(actions(judged(kAnna, update, "thief@evil.test")), Names{"ignore"});
  analysis = judged(kAnna, update, "boss@far.test");
  EXPECT_EQ(analysis.changes.at(0).type, ChangeType::Update);
  EXPECT_FALSE(analysis.changes[0].differences.empty());
  taken(kAnna, update, "boss@far.test");
  EXPECT_EQ(answer_of(annas_copy()->id, kAnna), PartStat::NeedsAction);
  EXPECT_EQ(oddities(judged(kAnna, request, "boss@far.test")), Oddities{Oddity::Outdated});
  EXPECT_EQ(actions(judged(kAnna, request, "boss@far.test")), Names{"ignore"});
}

TEST_F(AnalysisDesk, ACancellationMustComeFromTheOrganizer) {
  EXPECT_EQ(oddities(judged(kAnna, foreign_message("apple-cancel"), "boss@far.test")),
            Oddities{Oddity::UnknownEvent});
  taken(kAnna, foreign_message("apple-request"), "boss@far.test");
  MessageValues values;
  values.sequence = 1;
  const std::string cancel = foreign_message("thunderbird-cancel", values);
  EXPECT_EQ(actions(judged(kAnna, cancel, "thief@evil.test")), Names{"ignore"});
  Analysis analysis = judged(kAnna, cancel, "boss@far.test");
  EXPECT_EQ(actions(analysis), (Names{"delete", "ignore"}));
  EXPECT_EQ(analysis.changes.at(0).type, ChangeType::Delete);
  taken(kAnna, cancel, "boss@far.test");
  EXPECT_EQ(annas_copy()->status, calendar::EventStatus::Cancelled);
  EXPECT_FALSE(judged(kAnna, cancel, "boss@far.test").is_automatic);
  done(kAnna, cancel, "boss@far.test", ItipAction::Delete);
  EXPECT_FALSE(annas_copy().has_value());
}

TEST_F(AnalysisDesk, AnswersCountFromThoseWhoWereAsked) {
  Draft draft("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000", "Ours");
  const ObjectId event = create(kAnna, draft.uid("ours-1").with({user(kAnna), outsider("x@far.test")}));
  MessageValues values;
  values.organizer = "anna@example.test";
  values.attendee = "x@far.test";
  values.uid = "ours-1";
  const std::string reply = foreign_message("outlook-reply", values);
  EXPECT_EQ(oddities(judged(kAnna, reply, "thief@evil.test")), Oddities{Oddity::NotAttendee});
  EXPECT_EQ(oddities(judged(kBerta, reply, "x@far.test")), Oddities{Oddity::UnknownEvent});
  Analysis analysis = judged(kAnna, reply, "x@far.test");
  EXPECT_EQ(actions(analysis), (Names{"update", "ignore"}));
  EXPECT_EQ(analysis.changes.at(0).introduction,
            "Guest, A <x@far.test> has accepted the invitation to \"Ours\"");
  taken(kAnna, reply, "x@far.test");
  EXPECT_EQ(stored(event).attendees.back().part_stat, PartStat::Accepted);
  values.stamp = "20240601T090000Z";
  values.part_stat = "DECLINED";
  EXPECT_EQ(oddities(judged(kAnna, foreign_message("google-reply", values), "x@far.test")),
            Oddities{Oddity::Outdated});
  values.attendee = "y@far.test";
  analysis = judged(kAnna, foreign_message("google-reply", values), "y@far.test");
  EXPECT_EQ(actions(analysis), (Names{"accept_party_crasher", "ignore"}));
  EXPECT_FALSE(analysis.is_automatic);
  // Another time is noted, and taken when the organizer wants it.
  values.attendee = "x@far.test";
  values.stamp = "20240603T090000Z";
  values.start = "20240701T110000";
  values.end = "20240701T120000";
  const std::string counter = foreign_message("outlook-counter", values);
  analysis = judged(kAnna, counter, "x@far.test");
  EXPECT_EQ(actions(analysis), (Names{"update", "declinecounter", "ignore"}));
  taken(kAnna, counter, "x@far.test");
  EXPECT_EQ(stored(event).start, when("Europe/Berlin:20240701T090000"));
  EXPECT_NE(stored(event).attendees.back().comment.value_or("").find("09:00"),
            std::string::npos);  // in her zone
  done(kAnna, counter, "x@far.test", ItipAction::Update);
  EXPECT_EQ(stored(event).start, when("Europe/Berlin:20240701T110000"));
}

TEST_F(AnalysisDesk, WhatIsOrganizedHereIsOnlyAnswered) {
  Draft draft("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000", "Ours");
  const ObjectId event = create(kAnna, draft.uid("ours-1").with({user(kAnna), user(kBerta)}));
  MessageValues values;
  values.organizer = "anna@example.test";
  values.attendee = "berta@example.test";
  values.uid = "ours-1";
  const std::string request = foreign_message("thunderbird-request", values);
  EXPECT_EQ(oddities(judged(kAnna, request, "anna@example.test")), Oddities{Oddity::OwnEvent});
  EXPECT_EQ(oddities(judged(kCarl, request, "anna@example.test")), Oddities{Oddity::UnknownEvent});
  EXPECT_FALSE(judged(kBerta, request, "anna@example.test").is_automatic);
  done(kBerta, request, "anna@example.test", ItipAction::Tentative);
  EXPECT_EQ(answer_of(event, kBerta), PartStat::Tentative);
  EXPECT_THROW(done(kBerta, request, "anna@example.test", ItipAction::Delete), ApiError);
}

TEST_F(AnalysisDesk, AnotherTimeIsProposedToTheOrganizer) {
  const std::string request = foreign_message("google-request");
  ItipOrder order{ItipAction::Counter, "rather later"};
  EXPECT_THROW(ordered(kAnna, request, "boss@far.test", order), ApiError);
  order.time = calendar::ProposedTime{when("20240701T120000Z"), when("20240701T130000Z"), {}};
  const CalendarResult result = ordered(kAnna, request, "boss@far.test", order);
  EXPECT_EQ(result.updated.size() + result.created.size(), 1U);
  // The calendar shows the organizer's time, and that she may come.
  EXPECT_EQ(annas_copy()->start, when("Europe/Berlin:20240701T090000"));
  EXPECT_EQ(answer_of(annas_copy()->id, kAnna), PartStat::Tentative);
  ASSERT_EQ(scheduling.events.size(), 1U);
  const calendar::SchedulingEvent& told = scheduling.events.front();
  EXPECT_EQ(told.method, calendar::SchedulingMethod::Counter);
  EXPECT_EQ(told.originator.entity, kAnna.value);
  EXPECT_EQ(told.recipients.front().uri, "mailto:boss@far.test");
  EXPECT_EQ(told.event.start, when("20240701T120000Z"));
  EXPECT_EQ(told.comment, "rather later");
  order.time->occurrence = when("20240702T070000Z");
  EXPECT_EQ(refusal([&] { ordered(kAnna, request, "boss@far.test", order); }), "CAL-4042");
  order.time = calendar::ProposedTime{when("20240701T120000Z"), when("20240702"), {}};
  EXPECT_EQ(refusal([&] { ordered(kAnna, request, "boss@far.test", order); }), "CAL-4229");
}

TEST_F(AnalysisDesk, SomebodyElseIsSentInOnesPlace) {
  const std::string request = foreign_message("outlook-request");
  ItipOrder order{ItipAction::Delegate};
  EXPECT_THROW(ordered(kAnna, request, "boss@far.test", order), ApiError);
  order.delegate = outsider("nobody");
  EXPECT_EQ(refusal([&] { ordered(kAnna, request, "boss@far.test", order); }), "CAL-4034");
  order.delegate = outsider("Boss@far.test");
  EXPECT_EQ(refusal([&] { ordered(kAnna, request, "boss@far.test", order); }), "CAL-4033");
  scheduling.events.clear();
  order.delegate = outsider("deputy@far.test");
  ordered(kAnna, request, "boss@far.test", order);
  ASSERT_EQ(scheduling.events.size(), 2U);
  const calendar::SchedulingEvent &answer = scheduling.events[0], &invited = scheduling.events[1];
  EXPECT_EQ(answer.method, calendar::SchedulingMethod::Reply);
  EXPECT_EQ(answer.recipients.front().uri, "mailto:boss@far.test");
  EXPECT_EQ(invited.method, calendar::SchedulingMethod::Request);
  EXPECT_EQ(invited.originator.entity, kAnna.value);
  EXPECT_EQ(invited.recipients.front().uri, "mailto:deputy@far.test");
  const Attendee own = *calendar::find_attendee(answer.event, kAnna);
  EXPECT_EQ(own.part_stat, PartStat::Delegated);
  EXPECT_EQ(own.parameters,
            (std::vector<std::pair<std::string, std::string>>{{"DELEGATED-TO", "mailto:deputy@far.test"}}));
  EXPECT_EQ(invited.event.attendees.back().parameters,
            (std::vector<std::pair<std::string, std::string>>{{"DELEGATED-FROM", own.uri}}));
  EXPECT_EQ(annas_copy()->attendees.back().uri, "mailto:deputy@far.test");
  EXPECT_EQ(refusal([&] { ordered(kAnna, request, "boss@far.test", order); }), "CAL-4033");
  // She comes herself after all.
  done(kAnna, request, "boss@far.test", ItipAction::Accept);
  EXPECT_TRUE(calendar::find_attendee(*annas_copy(), kAnna)->parameters.empty());
}

TEST_F(AnalysisDesk, WhomAnAttendeeSendsMayAnswer) {
  Draft draft("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000", "Ours");
  const ObjectId event = create(kAnna, draft.uid("ours-1").with({user(kAnna), outsider("x@far.test")}));
  MessageValues values;
  values.organizer = "anna@example.test";
  values.attendee = "y@far.test";
  values.uid = "ours-1";
  values.stamp = "20240603T090000Z";
  const std::string from_y = foreign_message("google-reply", values);
  EXPECT_FALSE(judged(kAnna, from_y, "y@far.test").is_automatic);
  values.attendee = "x@far.test";
  values.part_stat = "DELEGATED;DELEGATED-TO=\"mailto:Y@far.test\"";
  taken(kAnna, foreign_message("google-reply", values), "x@far.test");
  EXPECT_EQ(stored(event).attendees.back().part_stat, PartStat::Delegated);
  EXPECT_EQ(actions(judged(kAnna, from_y, "y@far.test")), (Names{"update", "ignore"}));
  taken(kAnna, from_y, "y@far.test");
  const Attendee line = stored(event).attendees.back();
  EXPECT_EQ(line.uri, "mailto:y@far.test");
  EXPECT_EQ(line.part_stat, PartStat::Accepted);
  ASSERT_FALSE(line.parameters.empty());
  EXPECT_EQ(line.parameters.front(),
            (std::pair<std::string, std::string>{"DELEGATED-FROM", "mailto:x@far.test"}));
}

TEST_F(AnalysisDesk, WhoLostAMailAsksForAll) {
  const std::string cancel = foreign_message("apple-cancel");
  EXPECT_EQ(actions(judged(kAnna, cancel, "boss@far.test")), (Names{"refresh", "ignore"}));
  EXPECT_EQ(actions(judged(kCarl, cancel, "boss@far.test")), Names{"ignore"});
  done(kAnna, cancel, "boss@far.test", ItipAction::Refresh);
  ASSERT_EQ(scheduling.events.size(), 1U);
  EXPECT_EQ(scheduling.events.front().method, calendar::SchedulingMethod::Refresh);
}

TEST(Analysis, NamesAreThoseOfTheApi) {
  EXPECT_EQ(find_action("accept_and_ignore_conflicts"), ItipAction::AcceptAndIgnoreConflicts);
  EXPECT_EQ(find_action("delegate"), ItipAction::Delegate);
  EXPECT_FALSE(find_action("forward").has_value());
  EXPECT_EQ(annotation_text(Oddity::UnknownSender, "Jo", "de_DE"), "Jo war nicht eingeladen.");
  EXPECT_EQ(name_of(ChangeType::CreateDeleteException), "CREATE_DELETE_EXCEPTION");
}

TEST(InboxPickup, FindsThePartForCalendars) {
  mail::Part text, calendar, file, alternative, mixed, forwarded;
  calendar.id = "1.2";
  calendar.subtype = "calendar";
  calendar.parameters = {{"method", "REPLY"}};
  file.id = "2";
  file.type = "application";
  file.subtype = "ics";
  alternative.type = mixed.type = "multipart";
  alternative.children = {text, calendar};
  mixed.children = {file, alternative};
  EXPECT_EQ(find_calendar_part(mixed)->id, "1.2");
  EXPECT_EQ(method_of(*find_calendar_part(mixed)), "REPLY");
  mixed.children = {text, file};
  EXPECT_EQ(find_calendar_part(mixed)->id, "2");
  forwarded.type = "message";
  forwarded.subtype = "rfc822";
  forwarded.children = {calendar};
  mixed.children = {text, forwarded};
  EXPECT_EQ(find_calendar_part(mixed), nullptr);
}

}  // namespace
}  // namespace gw::test
