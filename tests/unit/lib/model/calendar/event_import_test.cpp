#include "writing_desk.hpp"

namespace gw::test {
namespace {

class ImportDesk : public WritingDesk {
 protected:
  std::vector<calendar::ImportOutcome> import(UserId writer, const std::vector<Draft>& masters,
                                              const std::vector<std::vector<Draft>>& exceptions = {}) {
    std::vector<EventInput> inputs;
    std::vector<std::vector<EventInput>> parts;
    for (const Draft& draft : masters) inputs.push_back(draft.input);
    for (const auto& drafts : exceptions) {
      parts.emplace_back();
      for (const Draft& draft : drafts) parts.back().push_back(draft.input);
    }
    return calendar::import_events(as(writer), home(writer), inputs, parts);
  }
  static Draft exception(std::string_view original, std::string_view start, std::string_view end,
                         const std::string& summary) {
    Draft draft(start, end, summary);
    draft.input.event.recurrence_id = when(original);
    return draft.send(EventField::RecurrenceId);
  }
  static Draft numbered(Draft draft, std::int64_t sequence) {
    draft.input.event.sequence = sequence;
    return draft.send(EventField::Sequence);
  }
};

constexpr std::string_view kBegin = "20240701T000000Z", kEnd = "20240801T000000Z";

TEST_F(ImportDesk, OrganizerAndAttendeesStayBehind) {
  Draft draft = Draft("20240701", "20240702").uid("u").with({user(kBerta), outsider("x@far.test")});
  draft.input.event.organizer.emplace().uri = "mailto:boss@far.test";
  draft.send(EventField::Organizer);
  const auto outcomes = import(kAnna, {draft});
  ASSERT_FALSE(outcomes[0].error.has_value());
  const EventData event = stored(outcomes[0].id);
  EXPECT_EQ(names_of(event), (Names{"Alpha, Anna"}));
  EXPECT_EQ(event.organizer->entity, kAnna.value);
  EXPECT_EQ(event.uid, "u");
}

TEST_F(ImportDesk, ASeriesComesWithItsExceptions) {
  const auto outcomes = import(
      kAnna, {Draft("20240701T090000Z", "20240701T100000Z", "Daily").rule("FREQ=DAILY;COUNT=3").uid("u")},
      {{exception("20240702T090000Z", "20240702T150000Z", "20240702T160000Z", "Moved"),
        exception("20240709T090000Z", "20240709T150000Z", "20240709T160000Z", "Lost")}});
  ASSERT_FALSE(outcomes[0].error.has_value());
  ASSERT_EQ(outcomes[0].warnings.size(), 1U);
  EXPECT_EQ(format_code(outcomes[0].warnings[0].code()), "CAL-1990");
  EXPECT_EQ(shown(kAnna, kBegin, kEnd),
            (Names{"20240701T090000Z Daily", "20240702T150000Z Moved", "20240703T090000Z Daily"}));
}

TEST_F(ImportDesk, EachStandsAlone) {
  const auto outcomes = import(kAnna, {Draft("20240702", "20240701"), Draft("20240701", "20240702").uid("u"),
                                       Draft("20240701", "20240702").uid("u")});
  ASSERT_EQ(outcomes.size(), 3U);
  EXPECT_EQ(format_code(outcomes[0].error->code()), "CAL-4221");
  EXPECT_FALSE(outcomes[1].error.has_value());
  EXPECT_EQ(format_code(outcomes[2].error->code()), "CAL-4090");
  EXPECT_EQ(shown(kAnna, kBegin, kEnd).size(), 1U);
}

TEST_F(ImportDesk, ANewerVersionReplacesWhatIsThere) {
  const Draft first = Draft("20240701T090000Z", "20240701T100000Z", "Old")
                          .rule("FREQ=DAILY;COUNT=3")
                          .uid("u")
                          .location("Hall");
  const ObjectId id =
      import(kAnna, {first},
             {{exception("20240702T090000Z", "20240702T090000Z", "20240702T100000Z", "X")}})[0]
          .id;
  Draft next("20240701T110000Z", "20240701T120000Z", "New");
  next.rule("FREQ=DAILY;COUNT=2").uid("u");
  EXPECT_EQ(format_code(import(kAnna, {numbered(next, 0)})[0].error->code()), "CAL-4090");
  const auto outcomes =
      import(kAnna, {numbered(next, 5)},
             {{exception("20240702T110000Z", "20240702T130000Z", "20240702T140000Z", "Y")}});
  ASSERT_FALSE(outcomes[0].error.has_value());
  EXPECT_EQ(outcomes[0].id, id);
  EXPECT_EQ(stored(id).sequence, 5);
  EXPECT_EQ(stored(id).location, std::nullopt);
  EXPECT_EQ(shown(kAnna, kBegin, kEnd), (Names{"20240701T110000Z New", "20240702T130000Z Y"}));
}

TEST_F(ImportDesk, WithoutUidEachIsNewAndOfOneOccurrenceTheLastCounts) {
  const auto outcomes =
      import(kAnna,
             {Draft("20240701T090000Z", "20240701T100000Z", "Daily").rule("FREQ=DAILY;COUNT=2"),
              Draft("20240710", "20240711", "One"), Draft("20240710", "20240711", "One")},
             {{exception("20240702T090000Z", "20240702T110000Z", "20240702T120000Z", "First"),
               exception("20240702T090000Z", "20240702T130000Z", "20240702T140000Z", "Second"),
               exception("20240701T090000Z", "20240701T130000Z", "20240701T120000Z", "Backwards")}});
  for (const auto& outcome : outcomes) EXPECT_FALSE(outcome.error.has_value());
  ASSERT_EQ(outcomes[0].warnings.size(), 1U);
  EXPECT_EQ(format_code(outcomes[0].warnings[0].code()), "CAL-4221");
  EXPECT_EQ(shown(kAnna, kBegin, kEnd),
            (Names{"20240701T090000Z Daily", "20240702T130000Z Second", "20240710 One", "20240710 One"}));
  EXPECT_NE(stored(outcomes[1].id).uid, stored(outcomes[2].id).uid);
  EXPECT_EQ(exceptions(outcomes[0].id).size(), 1U);
}

TEST_F(ImportDesk, WhatWasDeletedComesAgain) {
  const ObjectId id = import(kAnna, {Draft("20240701", "20240702").uid("u")})[0].id;
  remove(kAnna, id);
  EXPECT_FALSE(import(kAnna, {Draft("20240701", "20240702").uid("u")})[0].error.has_value());
}

}  // namespace
}  // namespace gw::test
