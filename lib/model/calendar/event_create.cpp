// New events: by clients, as exceptions of series, by imports.
#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/random.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"

namespace gw::model::calendar {
namespace {

/// Somebody outside organizes it: each who takes part has a copy of his own.
bool has_outside_organizer(const EventInput& input, People& people) {
  if (!input.sent.has(EventField::Organizer) || !input.event.organizer) return false;
  const CalendarUser& organizer = *input.event.organizer;
  if (organizer.entity != 0) return false;
  std::string address = address_of_uri(organizer.uri);
  if (address.empty()) address = organizer.email;
  return !address.empty() && !people.user_with(address);
}

/// Nothing is taken away from what the series does not hit.
void drop_dates_without_hit(EventData& event) {
  std::vector<EventTime>& dates = event.delete_exception_dates;
  if (!is_series_master(event)) return dates.clear();
  const OccurrenceFinder occurrences(event);
  std::erase_if(dates, [&](const EventTime& date) { return !occurrences.find(date, true); });
}

}  // namespace

void EventWriter::set_people(EventData& event, const EventInput& input, bool is_import) {
  ResolveOptions options{.checks_addresses = work_.settings().check_mail_addresses};
  if (!is_import && has_outside_organizer(input, people_)) {
    options.reach = Reach::CalendarUserOnly;
    event.organizer = input.event.organizer;
    event.organizer->entity = 0;
  } else {
    event.organizer = organizer_in(place_, people_);
  }
  const bool has_attendees = !is_import && input.sent.has(EventField::Attendees);
  const std::vector<Attendee> sent = has_attendees ? input.event.attendees : std::vector<Attendee>{};
  event.attendees = resolve_attendees(people_, sent, {}, place_, options);
  Attendee* own = find_attendee(event, user_);
  own->part_stat = PartStat::Accepted;
  for (const Attendee& line : sent) {
    if (line.entity != user_.value || line.cu_type != CuType::Individual) continue;
    if (line.part_stat != PartStat::NeedsAction) own->part_stat = line.part_stat;
    own->comment = line.comment;
  }
}

EventData EventWriter::new_event(const EventInput& input, bool is_import) {
  require_folder();
  if (!access_.rights.may_create_objects())
    throw ApiError(errors::cal::kNoWrite, {std::to_string(place_.folder.value)});
  if (!input.sent.has(EventField::StartDate)) throw ApiError(errors::cal::kMandatory, {"startDate"});
  EventData event;
  copy_members(event, input.event, both_of(input.sent, changeable_members()));
  complete_end(event, input.sent.has(EventField::EndDate));
  settle_times(event);
  event.uid = input.sent.has(EventField::Uid) && !input.event.uid.empty() ? input.event.uid : random_uuid();
  if (may_be_known(event.uid) &&
      store::is_uid_taken(connection_, caller_.context, event.uid, std::array{user_}, {}))
    throw ApiError(errors::cal::kUidConflict, {event.uid});
  set_people(event, input, is_import);
  check_class(event, is_own_private_folder());

  event.id = ObjectId(transaction_.next_id());
  check_quota(transaction_, event.id);
  if (event.rrule || !event.recurrence_dates.empty()) event.series = event.id;
  drop_dates_without_hit(event);
  if (place_.is_public)
    event.folder = place_.folder;
  else
    event.calendar_user = user_;
  event.sequence = input.sent.has(EventField::Sequence) ? std::max<std::int64_t>(input.event.sequence, 0) : 0;
  event.created_by = caller_.user;
  event.created = stamp_;
  sign(event);
  if (is_import) {
    if (input.event.created.value != 0) event.created = input.event.created;
    if (input.event.last_modified.value != 0) event.last_modified = input.event.last_modified;
  }
  return event;
}

/// The occurrence as an event of its own, not yet changed and not yet stored.
EventData EventWriter::new_exception(const EventData& master, const EventTime& original_start) {
  const auto occurrence = find_occurrence(master, original_start, true);
  if (!occurrence)
    throw ApiError(errors::cal::kOccurrenceNotFound,
                   {std::to_string(master.id.value), format_recurrence_id(original_start)});
  EventData exception = occurrence_event(master, *occurrence);
  exception.series = master.id;
  exception.id = ObjectId(transaction_.next_id());
  check_quota(transaction_, exception.id);
  exception.filename.reset();
  exception.created = stamp_;
  sign(exception);
  return exception;
}

AlarmsByUser EventWriter::alarms_for_new(const EventInput& input) {
  AlarmsByUser alarms;
  if (input.sent.has(EventField::Alarms) && !input.event.alarms.empty())
    alarms[user_] = identified_alarms(input.event.alarms, {}, transaction_);
  return alarms;
}

void EventWriter::create(const EventInput& input) {
  const EventData event = new_event(input, false);
  if (!passes_conflicts(event, {})) return;
  insert(event, alarms_for_new(input));
  created_.push_back(event.id);
  schedule_request(event, EventFields::all());
}

CalendarResult create(Transaction& transaction, FolderId folder, const EventInput& input,
                      const WriteOptions& options) {
  check_sent(input);
  EventWriter writer(transaction, folder, options);
  writer.create(input);
  return writer.finish();
}

CalendarResult create(UnitOfWork& work, FolderId folder, const EventInput& input,
                      const WriteOptions& options) {
  CalendarResult result;
  work.write([&](Transaction& transaction) { result = create(transaction, folder, input, options); });
  return result;
}

}  // namespace gw::model::calendar
