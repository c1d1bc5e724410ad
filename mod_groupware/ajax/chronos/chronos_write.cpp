// chronos: new, update, delete, move, updateAttendee, changeOrganizer.
#include <algorithm>
#include <iterator>
#include <optional>
#include <span>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/chronos_actions.hpp"
#include "ajax/chronos/chronos_parameters.hpp"
#include "ajax/chronos/event_files.hpp"
#include "ajax/chronos/event_input.hpp"
#include "ajax/chronos/event_json.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "ajax/envelope.hpp"
#include "core/errors/servlet.hpp"

namespace gw::ajax::chronos_actions {
namespace {

namespace calendar = model::calendar;

Response answer_result(Invocation& invocation, const calendar::CalendarResult& result,
                       const calendar::WriteOptions& options) {
  EventJson writer(invocation, options.fields, true);
  const bool is_stored = result.conflicts.empty();
  return Response::with_data(writer.write(result),
                             is_stored ? std::optional(result.timestamp) : std::nullopt);
}

const Json& object_body(const Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  return invocation.body;
}

/// `{event, comment}`, or the bare event of older clients.
struct EventBody {
  Json event;
  std::string comment;
};
EventBody event_body(const Invocation& invocation) {
  Json body = sent_event_json(invocation);
  const Json event = body.get("event");
  if (!event.is_object()) return {std::move(body), {}};
  return {event, std::string(body.get("comment").as_string())};
}

/// The one that was written, among what a result speaks of: the exception, where an occurrence was changed.
/// Nothing where an occurrence stayed as it was: its series' files are not its own.
std::optional<calendar::EventRef> written_event(const calendar::CalendarResult& result,
                                                const calendar::EventRef& asked, bool this_and_future) {
  if (!asked.recurrence_id) return asked;
  // Of a series that was cut the later part keeps the id.
  if (this_and_future) return calendar::EventRef{asked.folder, asked.event, std::nullopt};
  for (const auto* list : {&result.created, &result.updated})
    for (const calendar::SeenEvent& seen : *list)
      if (seen.event.series == asked.event && seen.event.id != asked.event && seen.event.recurrence_id)
        return calendar::EventRef{seen.event.folder, seen.event.id, std::nullopt};
  return std::nullopt;
}

/// Each element may say for itself that later occurrences go, too; what says the same is deleted together.
std::vector<calendar::RemoveOutcome> remove_each(Invocation& invocation, const Json& list,
                                                 std::span<const calendar::EventRef> refs,
                                                 const calendar::WriteOptions& options) {
  const auto takes_later = [&](std::size_t i) {
    return options.this_and_future || parse_recurrence_range(list.at(i).get("recurrenceRange").as_string());
  };
  std::vector<bool> ranges;
  for (std::size_t i = 0; i < refs.size(); ++i) ranges.push_back(takes_later(i));
  std::vector<calendar::RemoveOutcome> outcomes;
  for (std::size_t start = 0, end = 0; start < refs.size(); start = end) {
    while (end < refs.size() && ranges[end] == ranges[start]) ++end;
    calendar::WriteOptions same = options;
    same.this_and_future = ranges[start];
    auto some = calendar::remove(invocation.work, refs.subspan(start, end - start), same);
    std::move(some.begin(), some.end(), std::back_inserter(outcomes));
  }
  return outcomes;
}

Json write_outcome(const calendar::EventRef& ref, const calendar::RemoveOutcome& outcome,
                   const Invocation& invocation, EventJson& writer) {
  Json json = outcome.error ? Json::object() : writer.write(outcome.result);
  const Json named = write_event_ref(ref);
  json.set("folderId", named.get("folder")).set("id", named.get("id"));
  if (ref.recurrence_id) json.set("recurrenceId", named.get("recurrenceId"));
  if (outcome.error)
    json.set("error", make_error_members(outcome.error->code(), outcome.error->arguments(),
                                         invocation.caller().locale, next_error_id()));
  return json;
}

}  // namespace

Response create(Invocation& invocation) {
  const FolderId folder = parse_calendar_id(invocation.arguments.text("folder"));
  calendar::WriteOptions options = write_options(invocation.arguments);
  EventBody body = event_body(invocation);
  options.comment = std::move(body.comment);
  calendar::EventInput input = parse_event(body.event);
  EventFiles files(invocation, input);
  calendar::CalendarResult result;
  files.write([&](model::Transaction& transaction) {
    result = calendar::create(transaction, folder, input, options);
    if (result.created.empty()) return;
    const calendar::EventData& made = result.created.front().event;
    files.settle(transaction, result, {made.folder, made.id, std::nullopt}, options.fields);
  });
  return answer_result(invocation, result, options);
}

Response update(Invocation& invocation) {
  const calendar::EventRef ref = asked_event(invocation);
  calendar::WriteOptions options = write_options(invocation.arguments);
  EventBody body = event_body(invocation);
  options.comment = std::move(body.comment);
  calendar::EventInput input = parse_event(body.event);
  EventFiles files(invocation, input);
  calendar::CalendarResult result;
  files.write([&](model::Transaction& transaction) {
    result = calendar::update(transaction, ref, input, options);
    if (!result.conflicts.empty()) return;
    if (const auto written = written_event(result, ref, options.this_and_future))
      files.settle(transaction, result, *written, options.fields);
  });
  return answer_result(invocation, result, options);
}

Response remove(Invocation& invocation) {
  const Json& body = invocation.body;
  const Json events = body.get("events");
  calendar::WriteOptions options = write_options(invocation.arguments);
  options.comment = body.get("comment").as_string();
  const Json& list = events.is_missing() ? body : events;
  const auto refs = parse_event_refs(list);
  const auto outcomes = remove_each(invocation, list, refs, options);
  EventJson writer(invocation, options.fields, true);
  Json data = Json::array();
  Millis newest;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    data.append(write_outcome(refs[i], outcomes[i], invocation, writer));
    if (!outcomes[i].error) newest = std::max(newest, outcomes[i].result.timestamp);
  }
  return Response::with_data(std::move(data), newest.value > 0 ? newest : newest_of(invocation, {}));
}

Response move(Invocation& invocation) {
  const calendar::WriteOptions options = write_options(invocation.arguments);
  const FolderId target = parse_calendar_id(invocation.arguments.text("targetFolder"));
  return answer_result(invocation, calendar::move(invocation.work, asked_event(invocation), target, options),
                       options);
}

Response update_attendee(Invocation& invocation) {
  const Json& body = object_body(invocation);
  const calendar::WriteOptions options = write_options(invocation.arguments);
  const Json attendee = body.get("attendee"), alarms = body.get("alarms");
  if (!attendee.is_object()) throw ApiError(errors::svl::kMissing, {"attendee"});
  std::optional<std::vector<calendar::Alarm>> own_alarms;
  if (!alarms.is_missing()) own_alarms = parse_alarms(alarms);
  return answer_result(invocation,
                       calendar::update_attendee(invocation.work, asked_event(invocation),
                                                 parse_attendee(attendee), own_alarms, options),
                       options);
}

Response change_organizer(Invocation& invocation) {
  const Json& body = object_body(invocation);
  calendar::WriteOptions options = write_options(invocation.arguments);
  options.comment = body.get("comment").as_string();
  const Json organizer = body.get("organizer");
  if (!organizer.is_object()) throw ApiError(errors::svl::kMissing, {"organizer"});
  return answer_result(invocation,
                       calendar::change_organizer(invocation.work, asked_event(invocation),
                                                  parse_calendar_user(organizer, "organizer"), options),
                       options);
}

}  // namespace gw::ajax::chronos_actions
