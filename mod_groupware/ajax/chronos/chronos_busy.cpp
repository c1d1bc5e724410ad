// chronos: freeBusy. Source: spec chronos section 10.
#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/chronos_actions.hpp"
#include "ajax/chronos/chronos_parameters.hpp"
#include "ajax/chronos/event_json.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "ajax/envelope.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"

namespace gw::ajax::chronos_actions {
namespace {

namespace calendar = model::calendar;

/// Most attendees of one question. Errors beyond it: CAL-5073.
constexpr std::size_t kMaxAsked = 1'000;

std::string_view busy_word(calendar::BusyType type) {
  switch (type) {
    case calendar::BusyType::Free:
      return "FREE";
    case calendar::BusyType::Tentative:
      return "BUSY-TENTATIVE";
    case calendar::BusyType::Unavailable:
      return "BUSY-UNAVAILABLE";
    case calendar::BusyType::Busy:
      break;
  }
  return "BUSY";
}

Json write_slots(const std::vector<calendar::BusySlot>& slots, EventJson& writer) {
  Json list = Json::array();
  for (const calendar::BusySlot& slot : slots) {
    Json json = Json::object();
    json.set("startTime", Json::integer(slot.from.value));
    json.set("endTime", Json::integer(slot.until.value));
    json.set("fbType", Json::string(busy_word(slot.type)));
    if (slot.event) json.set("event", writer.write(*slot.event));
    list.append(std::move(json));
  }
  return list;
}

}  // namespace

Response free_busy(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const calendar::TimeRange range{parse_instant(arguments.text("from"), "from"),
                                  parse_instant(arguments.text("until"), "until")};
  if (range.until < range.from)
    throw ApiError(errors::svl::kBadParameter, {"until", std::string(arguments.text("until"))});
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with attendees"});
  const auto attendees = parse_attendees(invocation.body.get("attendees"));
  if (attendees.size() > kMaxAsked)
    throw ApiError(errors::cal::kTooManyAttendees, {std::to_string(kMaxAsked)});
  const std::string_view masked = arguments.text("maskId");
  const auto found =
      calendar::free_busy(invocation.work, attendees, range,
                          masked.empty() ? ObjectId() : parse_event_id(masked), arguments.boolean("merge"));
  EventJson writer(invocation, light_fields(), false);
  Json data = Json::array();
  for (const calendar::AttendeeBusy& busy : found) {
    Json entry = Json::object();
    entry.set("attendee", write_attendee(busy.attendee));
    entry.set("freeBusyTime", write_slots(busy.slots, writer));
    if (busy.warning)
      entry.set("warnings", Json::array().append(make_error_members(
                                busy.warning->code(), busy.warning->arguments(), invocation.caller().locale,
                                next_error_id(), Category::Warning)));
    data.append(std::move(entry));
  }
  return Response::with_data(std::move(data));
}

}  // namespace gw::ajax::chronos_actions
