// What becomes of rows when a user goes.
#include "model/calendar/event_store.hpp"

namespace gw::model::calendar::store {
namespace {

constexpr std::string_view kEventsOfUser =
    "SELECT DISTINCT event FROM event_attendees WHERE cid=? AND kind=1 AND entity=?";
constexpr std::string_view kToOutside =
    "UPDATE event_attendees SET kind=0,entity=0,folder_id=0,is_hidden=0 WHERE cid=? AND kind=1 AND entity=?";
constexpr std::string_view kNoOrganizer =
    "UPDATE events SET organizer_entity=0,stamp=? WHERE cid=? AND organizer_entity=?";
constexpr std::string_view kNoSentBy =
    "UPDATE events SET organizer_sent_by=0 WHERE cid=? AND organizer_sent_by=?";
constexpr std::string_view kNoAttendeeSentBy =
    "UPDATE event_attendees SET sent_by_entity=0 WHERE cid=? AND sent_by_entity=?";
constexpr std::string_view kEventCreator =
    "UPDATE events SET created_by=?,stamp=? WHERE cid=? AND created_by=?";
constexpr std::string_view kEventModifier = "UPDATE events SET modified_by=? WHERE cid=? AND modified_by=?";

}  // namespace

void forget_user(sql::Connection& connection, ContextId context, UserId user, UserId heir, Millis stamp) {
  std::vector<ObjectId> events;
  {
    sql::Query row = connection.query(kEventsOfUser, context, user);
    while (row.next()) events.push_back(row.id<ObjectId>(0));
  }
  connection.enqueue(kToOutside, context, user);
  for (const ObjectId event : events) touch(connection, context, event, stamp);
  connection.enqueue(kNoOrganizer, stamp, context, user);
  connection.enqueue(kNoSentBy, context, user);
  connection.enqueue(kNoAttendeeSentBy, context, user);
  connection.enqueue(kEventCreator, heir, stamp, context, user);
  connection.enqueue(kEventModifier, heir, context, user);
}

}  // namespace gw::model::calendar::store
