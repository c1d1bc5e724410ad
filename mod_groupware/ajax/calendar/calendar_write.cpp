// calendar: new, update, delete, confirm, copy. Source: spec calendar sections 5-7 and 9.
#include <algorithm>

#include "ajax/calendar/appointment_input.hpp"
#include "ajax/calendar/appointment_people.hpp"
#include "ajax/calendar/calendar_actions.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::ajax::calendar_actions {
namespace {

namespace calendar = model::calendar;

/// The columns of a conflict that anybody sees, and those of one who may read the event.
constexpr const char* kConflictMembers[] = {"id",
                                            "start_date",
                                            "end_date",
                                            "full_time",
                                            "shown_as",
                                            "created_by",
                                            "title",
                                            "location",
                                            "folder_id",
                                            "recurrence_id",
                                            "recurrence_position",
                                            "recurrence_date_position"};

Json write_appointment_conflict(Invocation& invocation, AppointmentView& view,
                                const calendar::Conflict& conflict) {
  const Json whole = model::write_object(view.show(conflict.event), appointment_fields(), invocation.format);
  Json json = Json::object();
  for (const char* member : kConflictMembers)
    if (Json value = whole.get(member); !value.is_missing()) json.set(member, std::move(value));
  if (!conflict.event.event.folder) json.remove("folder_id");
  calendar::EventData people;
  people.attendees = conflict.attendees;
  Appointment with_people;
  write_people(with_people, people);
  json.set("participants", with_people.participants);
  if (conflict.is_hard) json.set("hard_conflict", Json::boolean(true));
  return json;
}

/// `{id}`, or the conflicts because of which nothing was stored.
Response answer_written(Invocation& invocation, const calendar::CalendarResult& result, ObjectId id) {
  Json data = Json::object();
  if (result.conflicts.empty())
    return Response::with_data(data.set("id", Json::string(std::to_string(id.value))), result.timestamp);
  AppointmentView view(invocation, true);
  Json conflicts = Json::array();
  for (const calendar::Conflict& conflict : result.conflicts) {
    view.prepare({&conflict.event, 1});
    conflicts.append(write_appointment_conflict(invocation, view, conflict));
  }
  return Response::with_data(data.set("conflicts", std::move(conflicts)));
}

ObjectId made_id(const calendar::CalendarResult& result) {
  return result.created.empty() ? ObjectId() : result.created.front().event.id;
}

/// The exception that an update of an occurrence made or changed; else the event itself.
ObjectId changed_id(const calendar::CalendarResult& result, const calendar::EventRef& ref) {
  if (!ref.recurrence_id) return ref.event;
  for (const auto* list : {&result.created, &result.updated})
    for (const calendar::SeenEvent& seen : *list)
      if (seen.event.series == ref.event && calendar::is_exception(seen.event)) return seen.event.id;
  return ref.event;
}

Millis known_stamp(const Invocation& invocation) {
  return Millis{invocation.arguments.optional_integer("timestamp").value_or(calendar::kAnyVersion.value)};
}

bool was_kept(const ApiError& error) {
  return error.code() == errors::cal::kChanged || error.code() == errors::cal::kNotFound ||
         error.code() == errors::cal::kNotInFolder || error.code() == errors::cal::kOccurrenceNotFound;
}

}  // namespace

Response create(Invocation& invocation) {
  const AppointmentInput input = parse_appointment(invocation, invocation.body, nullptr);
  if (!input.folder) throw ApiError(errors::svl::kMissing, {"folder_id"});
  const auto result = calendar::create(invocation.work, input.folder, input.event, input.options);
  return answer_written(invocation, result, made_id(result));
}

Response update(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an appointment"});
  const calendar::EventRef ref =
      at_place(invocation, asked_appointment(invocation), body.get("recurrence_position"),
               body.get("recurrence_date_position"));
  const calendar::SeenEvent current = calendar::get(invocation.work, ref);
  AppointmentInput input = parse_appointment(invocation, body, &current.event);
  input.options.known = known_stamp(invocation);
  calendar::CalendarResult result;
  result.timestamp = current.event.timestamp;
  const bool moves = input.folder && input.folder != ref.folder;
  // A request that only moves changes nothing else.
  if (!input.event.sent.is_empty() || !moves)
    result = calendar::update(invocation.work, ref, input.event, input.options);
  const ObjectId id = changed_id(result, ref);
  if (result.conflicts.empty() && moves) {
    if (!input.event.sent.is_empty()) input.options.known = result.timestamp;
    result = calendar::move(invocation.work, {ref.folder, id, {}}, input.folder, input.options);
  }
  return answer_written(invocation, result, id);
}

Response remove(Invocation& invocation) {
  const Json list = invocation.body.is_array() ? invocation.body : Json::array().append(invocation.body);
  if (list.size() > calendar::kMostEvents)
    throw ApiError(errors::cal::kTooManyEvents, {std::to_string(calendar::kMostEvents)});
  calendar::WriteOptions options;
  options.known = known_stamp(invocation);
  Json kept = Json::array();
  Millis newest;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::optional<ApiError> error;
    try {
      const calendar::EventRef ref = parse_appointment_ref(invocation, list.at(i));
      const auto outcomes = calendar::remove(invocation.work, {&ref, 1}, options);
      error = outcomes.front().error;
      newest = std::max(newest, outcomes.front().result.timestamp);
    } catch (const ApiError& problem) {
      if (problem.code().prefix == "SVL") throw;
      error = problem;
    }
    if (!error) continue;
    // A single appointment that may not be deleted is a failed request; among several it is one that was
    // left.
    if (list.size() == 1 && !was_kept(*error)) throw ApiError(*error);
    kept.append(list.at(i));
  }
  if (newest.value == 0) newest = model::last_stamp(invocation.work.connection(), invocation.work.context());
  return Response::with_data(std::move(kept), newest);
}

Response confirm(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const Json occurrence = Json::integer(invocation.arguments.integer("occurrence"));
  const calendar::EventRef ref = at_place(invocation, asked_appointment(invocation), occurrence, {});
  // Without a name the owner of the calendar answers, in a shared one by whoever may write there.
  calendar::Attendee attendee;
  attendee.entity = body.get("id").to_integer().value_or(0);
  if (const std::string_view mail = body.get("mail").as_string(); !mail.empty()) {
    attendee.email = mail;
    attendee.uri = "mailto:" + attendee.email;
  }
  attendee.part_stat = parse_confirmation(body.get("confirmation"));
  if (const auto message = body.get("confirmmessage").to_text()) attendee.comment = *message;
  calendar::WriteOptions options;
  options.known = known_stamp(invocation);
  const auto result = calendar::update_attendee(invocation.work, ref, attendee, std::nullopt, options);
  return Response::empty_data(result.timestamp);
}

Response copy(Invocation& invocation) {
  const FolderId target = parse_folder_member(invocation.body.get("folder_id"));
  if (!target) throw ApiError(errors::svl::kMissing, {"folder_id"});
  const auto source = calendar::get(invocation.work, asked_appointment(invocation));
  calendar::EventInput input;
  input.event = source.event;
  input.event.uid.clear();
  for (const auto field :
       {calendar::EventField::StartDate, calendar::EventField::EndDate, calendar::EventField::Rrule,
        calendar::EventField::RecurrenceDates, calendar::EventField::DeleteExceptionDates,
        calendar::EventField::Summary, calendar::EventField::Location, calendar::EventField::Description,
        calendar::EventField::Color, calendar::EventField::Url, calendar::EventField::Categories,
        calendar::EventField::Geo, calendar::EventField::Class, calendar::EventField::Status,
        calendar::EventField::Transp, calendar::EventField::Attendees, calendar::EventField::Alarms,
        calendar::EventField::ExtendedProperties})
    input.sent.set(field);
  for (calendar::Alarm& alarm : input.event.alarms) {
    alarm.id = 0;
    alarm.uid.clear();
    alarm.acknowledged.reset();
  }
  calendar::WriteOptions options;
  options.check_conflicts = !invocation.arguments.boolean("ignore_conflicts");
  const auto result = calendar::create(invocation.work, target, input, options);
  return answer_written(invocation, result, made_id(result));
}

}  // namespace gw::ajax::calendar_actions
