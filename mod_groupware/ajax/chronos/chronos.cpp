// Module `chronos`: single events, and the table of all its actions. Source: spec chronos section 6.
#include "ajax/chronos/chronos.hpp"

#include "ajax/chronos/all_calendars.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/chronos_actions.hpp"
#include "ajax/chronos/chronos_parameters.hpp"
#include "ajax/chronos/event_json.hpp"
#include "ajax/delivery/document_delivery.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;

Response answer_event(Invocation& invocation, const calendar::SeenEvent& seen, calendar::EventFields fields) {
  EventJson writer(invocation, fields, true);
  return Response::with_text(writer.text(seen), seen.event.timestamp);
}

/// Web clients ask without `fields` when somebody opens an event: they get all of it.
calendar::EventFields single_fields(const Invocation& invocation) {
  return asked_fields(invocation.arguments, calendar::EventFields::all());
}

Response get_event(Invocation& invocation) {
  const auto fields = single_fields(invocation);
  const calendar::EventRef ref = asked_event(invocation);
  const calendars::CalendarProvider& provider = calendars_of(invocation).of(invocation.work, ref.folder);
  return answer_event(invocation, provider.get(invocation.work, ref, fields), fields);
}

Response resolve_event(Invocation& invocation) {
  const auto fields = single_fields(invocation);
  const auto seen = calendar::resolve(invocation.work, invocation.arguments.text("id"), fields);
  if (!seen) return Response::empty_data(newest_of(invocation, {}));
  return answer_event(invocation, *seen, fields);
}

constexpr Parameter kRangeEvents[] = {{"rangeStart", Type::Text, true},
                                      {"rangeEnd", Type::Text, true},
                                      {"folder"},
                                      {"expand", Type::Boolean},
                                      {"updateCache", Type::Boolean},
                                      GW_EVENT_FIELDS,
                                      GW_EVENT_ORDER};
constexpr Parameter kListEvents[] = {GW_EVENT_FIELDS};
constexpr Parameter kUpdatedEvents[] = {{"folder", Type::Id, true},
                                        {"timestamp", Type::Timestamp, true},
                                        GW_EVENT_FIELDS,
                                        GW_EVENT_ORDER,
                                        GW_EVENT_RANGE};
#define GW_EVENT_ID \
  {"folder", Type::Id, true}, {"id", Type::Id, true}, { "recurrenceId" }
constexpr Parameter kGetEvent[] = {GW_EVENT_ID, GW_EVENT_FIELDS};
constexpr Parameter kResolveEvent[] = {{"id", Type::Id, true}, GW_EVENT_FIELDS};
constexpr Parameter kNewEvent[] = {{"folder", Type::Id, true}, GW_EVENT_WRITE};
constexpr Parameter kChangeEvent[] = {GW_EVENT_ID, GW_EVENT_WRITE};
constexpr Parameter kMoveEvent[] = {GW_EVENT_ID, {"targetFolder", Type::Id, true}, GW_EVENT_WRITE};
constexpr Parameter kRemoveEvents[] = {GW_EVENT_WRITE};
constexpr Parameter kAttachedFile[] = {
    {"folder", Type::Id, true}, {"id", Type::Id, true}, {"managedId", Type::Integer, true}, GW_DOCUMENT};
constexpr Parameter kZippedFiles[] = {{"folder", Type::Id, true}, {"id", Type::Id, true}, {"body"}};
constexpr Parameter kFreeBusy[] = {
    {"from", Type::Text, true}, {"until", Type::Text, true}, {"maskId"}, {"merge", Type::Boolean}};
#undef GW_EVENT_ID

constexpr auto kCalendar = model::Module::Calendar;

namespace action = chronos_actions;
constexpr Action kChronosActions[] = {
    {"all", kGet, action::all, 0, kRangeEvents, kCalendar},
    {"all", kPut, action::all_of_folders, kBody, kRangeEvents, kCalendar},
    {"changeOrganizer", kPut, action::change_organizer, kBody | kSerial, kChangeEvent, kCalendar},
    {"delete", kPut, action::remove, kBody | kSerial, kRemoveEvents, kCalendar},
    {"freeBusy", kPut, action::free_busy, kBody, kFreeBusy, kCalendar},
    {"get", kGet, get_event, 0, kGetEvent, kCalendar},
    {"getAttachment", kGet, action::get_attachment, kDownloads, kAttachedFile, kCalendar},
    {"list", kPut, action::list, kBody, kListEvents, kCalendar},
    {"move", kPut, action::move, kSerial, kMoveEvent, kCalendar},
    {"needsAction", kGet, action::needs_action, 0, kRangeEvents, kCalendar},
    {"new", kPut, action::create, kBody | kSerial, kNewEvent, kCalendar},
    {"new", kPost, action::create, kUpload | kSerial | kNotInMultiple, kNewEvent, kCalendar},
    {"resolve", kGet, resolve_event, 0, kResolveEvent, kCalendar},
    {"update", kPut, action::update, kBody | kSerial, kChangeEvent, kCalendar},
    {"update", kPost, action::update, kUpload | kSerial | kNotInMultiple, kChangeEvent, kCalendar},
    {"updateAttendee", kPut, action::update_attendee, kBody | kSerial, kChangeEvent, kCalendar},
    {"updates", kGet, action::updates, 0, kUpdatedEvents, kCalendar},
    {"zipAttachments", kPut | kPost, action::zip_attachments, kDownloads, kZippedFiles, kCalendar},
};

}  // namespace

const ApiModule kChronosModule{"chronos", kChronosActions};

}  // namespace gw::ajax
