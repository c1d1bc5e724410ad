// Any JSON as an event that a client of chronos sends, and as a list of ids: taken within its limits or
// refused with a promised code; what was taken reads the same from what we write of it.
#include <cstdint>
#include <string>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/event_input.hpp"
#include "ajax/chronos/event_members.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "core/json.hpp"
#include "fuzz/require.hpp"
#include "model/calendar/event_checks.hpp"

namespace {

using namespace gw;
using gw::fuzz::require;
namespace calendar = gw::model::calendar;
using calendar::EventField;

bool is_same_alarm(const calendar::Alarm& a, const calendar::Alarm& b) {
  return a.uid == b.uid && a.action == b.action && a.offset_seconds == b.offset_seconds &&
         a.is_related_to_end == b.is_related_to_end && a.at == b.at && a.acknowledged == b.acknowledged;
}

/// Objects inside an event go both ways, each alone.
void check_parts(const calendar::EventInput& input) {
  const calendar::EventData& event = input.event;
  for (const auto& [field, time] :
       {std::pair(EventField::StartDate, &event.start), {EventField::EndDate, &event.end}})
    if (input.sent.has(field))
      require(ajax::parse_event_time(ajax::write_event_time(*time), "time") == *time);
  for (const calendar::Attendee& attendee : event.attendees) {
    const calendar::Attendee again = ajax::parse_attendee(ajax::write_attendee(attendee));
    // A group answers through its members.
    const bool has_answer = attendee.cu_type != calendar::CuType::Group;
    require(again.uri == attendee.uri && again.cu_type == attendee.cu_type && again.role == attendee.role &&
            (!has_answer || again.part_stat == attendee.part_stat));
  }
  for (const calendar::Alarm& alarm : event.alarms)
    require(is_same_alarm(ajax::parse_alarm(ajax::write_alarm(alarm)), alarm));
}

Json member_of(EventField field, const calendar::SeenEvent& seen) {
  std::string text;
  if (!ajax::append_member(text, field, seen)) return {};
  const auto value = Json::parse(text);
  require(value.has_value());
  return *value;
}

/// Plain members, all together: what is shown is taken again, and shown the same.
void check_members(const calendar::EventInput& input) {
  const calendar::SeenEvent seen{input.event, 0};
  Json shown = Json::object();
  for (const EventField field :
       {EventField::Uid, EventField::Summary, EventField::Location, EventField::Description,
        EventField::Rrule, EventField::Categories, EventField::Geo, EventField::Class, EventField::Status,
        EventField::Transp, EventField::DeleteExceptionDates, EventField::ExtendedProperties}) {
    Json value = member_of(field, seen);
    if (!value.is_missing()) shown.set(ajax::json_name(field).data(), std::move(value));
  }
  const calendar::EventInput again = ajax::parse_event(shown);
  const calendar::SeenEvent seen_again{again.event, 0};
  for (unsigned bit = 0; bit < static_cast<unsigned>(EventField::Count_); ++bit) {
    const auto field = static_cast<EventField>(bit);
    if (again.sent.has(field)) require(member_of(field, seen_again).equals(member_of(field, seen)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = Json::parse({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  fuzz::is_taken({"SVL-0028", "SVL-0031", "CAL-4040", "CAL-4044", "CAL-4045", "CAL-4061", "CAL-5072"},
                 [&] { require(ajax::parse_event_refs(*value).size() <= calendar::kMostEvents); });
  calendar::EventInput input;
  const bool is_taken = fuzz::is_taken(
      {"SVL-0028", "CAL-4001", "CAL-4003", "CAL-4005", "CAL-4006", "CAL-4034", "CAL-4061", "CAL-4220"},
      [&] { input = ajax::parse_event(*value); });
  if (!is_taken) return 0;
  check_parts(input);
  const bool is_storable =
      fuzz::is_taken({"CAL-4001", "CAL-4002", "CAL-4003", "CAL-4005", "CAL-4006", "CAL-4034", "CAL-4223",
                      "CAL-5070", "CAL-5071", "CAL-5073", "CAL-5074"},
                     [&] { calendar::check_sent(input); });
  if (is_storable) check_members(input);
  return 0;
}
