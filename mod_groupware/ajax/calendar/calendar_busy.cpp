// calendar: freebusy. Source: spec calendar section 5.
#include "ajax/calendar/appointment_people.hpp"
#include "ajax/calendar/calendar_actions.hpp"
#include "core/errors/appointment.hpp"

namespace gw::ajax::calendar_actions {
namespace {

namespace calendar = model::calendar;

std::int64_t shown_as_of_slot(calendar::BusyType type) {
  switch (type) {
    case calendar::BusyType::Free:
      return 4;
    case calendar::BusyType::Tentative:
      return 2;
    case calendar::BusyType::Unavailable:
      return 3;
    case calendar::BusyType::Busy:
      break;
  }
  return 1;
}

calendar::Attendee asked_attendee(const Invocation& invocation) {
  constexpr std::int64_t kUserType = 1, kResourceType = 3;
  const std::int64_t type = invocation.arguments.integer("type");
  if (type != kUserType && type != kResourceType) throw ApiError(errors::app::kBusyType);
  calendar::Attendee attendee;
  attendee.entity = invocation.arguments.integer("id");
  if (type == kResourceType) attendee.cu_type = calendar::CuType::Resource;
  return attendee;
}

/// All that is known of a slot: its times, and the appointment where it may be read.
Json write_slot(Invocation& invocation, AppointmentView& view, const calendar::BusySlot& slot,
                const Json& participants) {
  Json json = Json::object();
  if (slot.event) {
    view.prepare({&*slot.event, 1});
    json = model::write_object(view.show(*slot.event), appointment_fields(), invocation.format);
    json.remove("users");
    json.remove("note");
  } else {
    const TimeZone& zone = invocation.format.zone;
    json.set("start_date", Json::integer(to_zone_time(slot.from, zone)));
    json.set("end_date", Json::integer(to_zone_time(slot.until, zone)));
  }
  json.set("shown_as", Json::integer(shown_as_of_slot(slot.type)));
  json.set("participants", participants);
  return json;
}

}  // namespace

Response free_busy(Invocation& invocation) {
  const calendar::Attendee attendee = asked_attendee(invocation);
  const WireRange range = asked_wire_range(invocation);
  const auto found = calendar::free_busy(invocation.work, {&attendee, 1}, range.wide);
  AppointmentView view(invocation, true);
  Json data = Json::array();
  const TimeZone& zone = invocation.format.zone;
  for (const calendar::AttendeeBusy& busy : found) {
    calendar::EventData asked;
    asked.attendees.push_back(busy.attendee);
    Appointment people;
    write_people(people, asked);
    for (const calendar::BusySlot& slot : busy.slots) {
      const bool is_inside =
          to_zone_time(slot.from, zone) < range.end && to_zone_time(slot.until, zone) > range.start;
      if (is_inside) data.append(write_slot(invocation, view, slot, people.participants));
    }
  }
  return Response::with_data(std::move(data));
}

}  // namespace gw::ajax::calendar_actions
