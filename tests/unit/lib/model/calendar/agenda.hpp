// Calendars of three users whose events are put straight into the tables: what reading makes of them does not
// depend on who wrote them.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "core/errors/calendar.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/calendar/calendar_reading.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/contacts/contact_service.hpp"
#include "unit/lib/model/sample_context.hpp"

namespace gw::test {

namespace calendar = model::calendar;
namespace folders = model::folders;
using calendar::EventData;
using calendar::EventField;
using calendar::EventFlag;
using calendar::EventTime;
using calendar::PartStat;
using calendar::SeenEvent;

/// `20240701`, `20240701T090000`, the same with Z, `Europe/Berlin:20240701T090000`.
inline EventTime at(const std::string& text) {
  const auto time = calendar::parse_time(text);
  EXPECT_TRUE(time.has_value()) << text;
  return time.value_or(EventTime());
}
inline Millis instant(const std::string& text) { return instant_of(at(text), TimeZone::utc()); }

/// From midnight UTC of the first day to midnight UTC of the last.
inline calendar::TimeRange days(const std::string& first, const std::string& last) {
  return {instant(first), instant(last)};
}

class Agenda : public SampleContext {
 protected:
  Agenda()
      : SampleContext({&model::contacts::contact_folder_content(), &calendar::calendar_folder_content()}) {}

  FolderId home(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).calendar_folder;
  }

  /// A public calendar that every user may use as `rights` say.
  FolderId public_folder(const model::Rights& rights) {
    const FolderId id = make_folder(2, 2, kAdmin);
    const sql::Lease lease = database.pool->acquire();
    lease->execute("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (?,?,1,0,?)",
                   kContext, id, model::to_bits(rights));
    return id;
  }
  /// Another personal calendar.
  FolderId second_calendar(UserId owner) {
    const FolderId id = make_folder(1, 1, owner);
    const sql::Lease lease = database.pool->acquire();
    lease->execute("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (?,?,0,?,?)",
                   kContext, id, owner, model::kOwnerBits);
    return id;
  }

  void invite(EventData& event, UserId user, PartStat part_stat = PartStat::NeedsAction) {
    calendar::Attendee attendee;
    attendee.entity = user.value;
    attendee.uri = "mailto:user" + std::to_string(user.value) + "@example.test";
    attendee.part_stat = part_stat;
    if (!event.folder) attendee.folder = home(user);
    event.attendees.push_back(std::move(attendee));
  }
  void book(EventData& event, std::int64_t resource) {
    calendar::Attendee attendee;
    attendee.entity = resource;
    attendee.cu_type = calendar::CuType::Resource;
    attendee.part_stat = PartStat::Accepted;
    event.attendees.push_back(std::move(attendee));
  }

  /// Organized by its owner, in his default calendar or in a public folder.
  EventData meeting(UserId owner, const std::string& summary, const std::string& start,
                    const std::string& end, FolderId place = {}) {
    EventData event;
    event.folder = place;
    event.summary = summary;
    event.start = at(start);
    event.end = at(end);
    event.created_by = event.modified_by = owner;
    if (!place) event.calendar_user = owner;
    event.organizer.emplace().entity = owner.value;
    invite(event, owner, PartStat::Accepted);
    return event;
  }
  EventData series(UserId owner, const std::string& summary, const std::string& start, const std::string& end,
                   const std::string& rule) {
    EventData event = meeting(owner, summary, start, end);
    event.rrule = rule;
    return event;
  }

  /// Stores a new event; a rule makes it a series.
  ObjectId put(EventData& event) {
    as(kAdmin).write([&](model::Transaction& transaction) {
      event.timestamp = event.last_modified = event.created = transaction.stamp(1);
      event.id = ObjectId(transaction.next_id());
      if (event.rrule) event.series = event.id;
      if (event.uid.empty()) event.uid = "uid-" + std::to_string(event.id.value);
      calendar::store::insert(transaction.connection(), kContext, event);
    });
    return event.id;
  }
  ObjectId put(EventData&& event) { return put(event); }
  /// The occurrence that would start at `original` stands for itself.
  EventData exception(const EventData& master, const std::string& original) {
    EventData event = master;
    event.id = {};
    event.rrule.reset();
    event.recurrence_dates.clear();
    event.delete_exception_dates.clear();
    event.recurrence_id = in_terms_of(at(original), master.start);
    const std::int64_t length = master.end.local.seconds - master.start.local.seconds;
    event.start = *event.recurrence_id;
    event.end.local = {event.start.local.seconds + length};
    return event;
  }
  void rewrite(EventData& event) {
    as(kAdmin).write([&](model::Transaction& transaction) {
      event.timestamp = transaction.stamp();
      calendar::store::update(transaction.connection(), kContext, event, calendar::store::Attendees::Replace);
    });
  }
  void remove(const EventData& event, FolderId folder) {
    as(kAdmin).write([&](model::Transaction& transaction) {
      calendar::store::remove(transaction.connection(), kContext, std::array{event.id});
      write_tombstone(transaction.connection(), kContext, model::ObjectModule::Calendar, folder, event.id,
                      transaction.stamp());
    });
  }

  static std::vector<std::string> summaries(const std::vector<SeenEvent>& events) {
    std::vector<std::string> texts;
    for (const SeenEvent& seen : events) texts.push_back(seen.event.summary.value_or("-"));
    return texts;
  }
  /// Starts in UTC, or as they are when floating.
  static std::vector<std::string> starts(const std::vector<SeenEvent>& events) {
    std::vector<std::string> texts;
    for (const SeenEvent& seen : events) texts.push_back(calendar::format_recurrence_id(seen.event.start));
    return texts;
  }

 private:
  FolderId make_folder(int parent, int type, UserId owner) {
    const sql::Lease lease = database.pool->acquire();
    const FolderId id(model::reserve_ids(*lease, kContext));
    const std::string title = "Calendar " + std::to_string(id.value);
    lease->execute(
        "INSERT INTO folders "
        "(cid,id,parent,module,type,title,title_fold,owner,default_kind,subscribed,created_by,"
        "modified_by,created,last_modified) VALUES (?,?,?,2,?,?,?,?,0,1,2,2,0,0)",
        kContext, id, parent, type, title, title, owner);
    lease->execute("UPDATE context_sequence SET folder_stamp=folder_stamp+1 WHERE cid=?", kContext);
    return id;
  }
};

}  // namespace gw::test
