#include "model/calendar/calendar_access.hpp"

#include "agenda.hpp"

namespace gw::test {
namespace {

using calendar::Classification;
using calendar::Sight;

class CalendarAccess : public Agenda {
 protected:
  folders::FolderAccess folder(UserId user, FolderId id) {
    return calendar::load_calendar_folder(as(user).connection(), as(user).caller(), id);
  }
  Sight sight(UserId user, const EventData& event, FolderId id) {
    return sight_in(event, folder(user, id), as(user).caller());
  }
};

TEST_F(CalendarAccess, FoldersOfOtherModulesAreRefused) {
  sql::Lease lease = database.pool->acquire();
  const FolderId contacts = model::users::load_user(*lease, kContext, kAnna).contacts_folder;
  lease.release();
  EXPECT_EQ(refusal([&] { folder(kAnna, contacts); }), "CAL-4060");
  EXPECT_EQ(refusal([&] { folder(kBerta, home(kAnna)); }), "FLD-0003");
  const FolderId dumb = public_folder({2, 0, 2, 2, false});
  EXPECT_EQ(
      refusal([&] { calendar::load_readable_folder(as(kAnna).connection(), as(kAnna).caller(), dumb); }),
      "CAL-4030");
}

// Who sees what of which class: owner, one who takes part, a reader of the owner's calendar, one who may
// write there, one who reads his own things only.
TEST_F(CalendarAccess, ClassesDecideWhatReadersSee) {
  const FolderId place = home(kAnna);
  share(place, kBerta, kReadAll);
  share(place, kCarl, kAuthor);
  struct Row {
    Classification classification;
    Sight owner, reader, writer;
  };
  for (const Row& row : {Row{Classification::Public, Sight::Everything, Sight::Everything, Sight::Everything},
                         Row{Classification::Confidential, Sight::Everything, Sight::Block, Sight::Block},
                         Row{Classification::Private, Sight::Everything, Sight::Nothing, Sight::Nothing}}) {
    EventData event = meeting(kAnna, "x", "20240701T090000Z", "20240701T100000Z");
    event.classification = row.classification;
    EXPECT_EQ(sight(kAnna, event, place), row.owner);
    EXPECT_EQ(sight(kBerta, event, place), row.reader);
    EXPECT_EQ(sight(kCarl, event, place), row.writer);
    invite(event, kBerta);
    EXPECT_EQ(sight(kBerta, event, place), Sight::Everything) << "takes part";
    // The writer made it for the owner: it is the owner's all the same.
    event.created_by = kCarl;
    EXPECT_EQ(sight(kCarl, event, place), row.writer);
  }
}

TEST_F(CalendarAccess, WhoReadsOnlyHisOwnSeesNothingElse) {
  const FolderId place = home(kAnna);
  share(place, kBerta, kOwnOnly);
  EventData event = meeting(kAnna, "x", "20240701T090000Z", "20240701T100000Z");
  EXPECT_EQ(sight(kBerta, event, place), Sight::Nothing);
  event.created_by = kBerta;
  EXPECT_EQ(sight(kBerta, event, place), Sight::Everything);
}

TEST_F(CalendarAccess, EventsLieWhereTheirAttendeesHaveThem) {
  const FolderId open = public_folder(kAuthor);
  EventData event = meeting(kAnna, "x", "20240701T090000Z", "20240701T100000Z");
  invite(event, kBerta);
  share(home(kBerta), kAnna, kReadAll);
  EXPECT_TRUE(lies_in(event, folder(kAnna, home(kAnna))));
  EXPECT_TRUE(lies_in(event, folder(kAnna, home(kBerta))));
  EXPECT_FALSE(lies_in(event, folder(kAnna, open)));
  EXPECT_EQ(folder_for(event, kBerta), home(kBerta));
  EXPECT_EQ(folder_for(event, kCarl), FolderId());
  find_attendee(event, kBerta)->is_hidden = true;
  EXPECT_FALSE(lies_in(event, folder(kAnna, home(kBerta))));
  EXPECT_EQ(folder_for(event, kBerta), FolderId());
  const EventData common = meeting(kAnna, "x", "20240701T090000Z", "20240701T100000Z", open);
  EXPECT_TRUE(lies_in(common, folder(kBerta, open)));
  EXPECT_EQ(folder_for(common, kAnna), open);
}

TEST_F(CalendarAccess, AMaskLeavesTimesAndIdsAlone) {
  EventData event = meeting(kAnna, "secret", "20240701T090000Z", "20240701T100000Z");
  event.id = event.series = ObjectId(7);
  event.uid = "u";
  event.rrule = "FREQ=DAILY";
  event.classification = Classification::Confidential;
  event.is_transparent = true;
  event.location = event.description = event.url = event.color = event.related_to = "secret";
  event.categories = {"secret"};
  event.geo = calendar::Geo{1, 2};
  event.extended = json("{'X-A':{'value':'secret'}}");
  event.alarms.resize(1);
  event.attachments.resize(1);
  event.status = calendar::EventStatus::Confirmed;
  mask(event, "de_DE");
  EXPECT_EQ(event.summary, "Privat");
  EXPECT_EQ(event.id, ObjectId(7));
  EXPECT_EQ(event.uid, "u");
  EXPECT_EQ(event.rrule, "FREQ=DAILY");
  EXPECT_EQ(event.start, at("20240701T090000Z"));
  EXPECT_TRUE(event.is_transparent);
  EXPECT_EQ(event.classification, Classification::Confidential);
  EXPECT_FALSE(event.location || event.description || event.url || event.color || event.geo ||
               event.organizer || event.related_to);
  EXPECT_TRUE(event.categories.empty() && event.attendees.empty() && event.alarms.empty() &&
              event.attachments.empty() && event.extended.is_missing());
  EXPECT_EQ(event.created_by, UserId());
  EXPECT_EQ(event.status, calendar::EventStatus::None);
  mask(event, "xx_XX");
  EXPECT_EQ(event.summary, "Private");
}

TEST_F(CalendarAccess, OnePersonAloneIsNoMeeting) {
  EventData event = meeting(kAnna, "x", "20240701T090000Z", "20240701T100000Z");
  EXPECT_FALSE(is_scheduled(event));
  invite(event, kBerta);
  EXPECT_TRUE(is_scheduled(event));
  event.organizer.reset();
  EXPECT_FALSE(is_scheduled(event));
}

}  // namespace
}  // namespace gw::test
