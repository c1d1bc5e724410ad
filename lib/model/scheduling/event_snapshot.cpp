#include "model/scheduling/event_snapshot.hpp"

#include <array>

#include "model/calendar/event_time.hpp"

namespace gw::model::scheduling {
namespace {

using calendar::Attendee;
using calendar::CalendarUser;
using calendar::EventData;
using calendar::EventTime;

struct TextMember {
  const char* name;
  std::optional<std::string> EventData::*member;
};
constexpr std::array<TextMember, 7> kTexts{{{"rrule", &EventData::rrule},
                                            {"summary", &EventData::summary},
                                            {"location", &EventData::location},
                                            {"description", &EventData::description},
                                            {"color", &EventData::color},
                                            {"url", &EventData::url},
                                            {"relatedTo", &EventData::related_to}}};

struct UserMember {
  const char* name;
  std::string CalendarUser::*member;
};
constexpr std::array<UserMember, 4> kUserTexts{{{"uri", &CalendarUser::uri},
                                                {"cn", &CalendarUser::cn},
                                                {"email", &CalendarUser::email},
                                                {"sentBy", &CalendarUser::sent_by_uri}}};

Json number(std::int64_t value) { return Json::integer(value); }
template <class Enum>
Json number_of(Enum value) {
  return Json::integer(static_cast<int>(value));
}
/// Values of our own making: whatever else stands there is the first of its kind.
template <class Enum>
Enum enum_of(const Json& json, Enum last) {
  const std::int64_t value = json.as_integer();
  return value < 0 || value > static_cast<int>(last) ? Enum{} : static_cast<Enum>(value);
}

void set_text(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json.set(name, Json::string(text));
}
std::string text_of(const Json& json) { return std::string(json.as_string()); }

EventTime time_of(const Json& json) { return calendar::parse_time(json.as_string()).value_or(EventTime{}); }

Json write_line(const Attendee& attendee) {
  Json json = write_user(attendee);
  json.set("cuType", number_of(attendee.cu_type)).set("role", number_of(attendee.role));
  json.set("partStat", number_of(attendee.part_stat));
  if (attendee.comment) json.set("comment", Json::string(*attendee.comment));
  if (attendee.rsvp) json.set("rsvp", Json::boolean(*attendee.rsvp));
  if (attendee.is_hidden) json.set("isHidden", Json::boolean(true));
  Json members = Json::array(), parameters = Json::object();
  for (const std::string& member : attendee.member) members.append(Json::string(member));
  for (const auto& [name, value] : attendee.parameters) parameters.set(name, Json::string(value));
  if (members.size() > 0) json.set("member", std::move(members));
  if (parameters.size() > 0) json.set("parameters", std::move(parameters));
  return json;
}

Attendee read_line(const Json& json) {
  Attendee attendee;
  static_cast<CalendarUser&>(attendee) = read_user(json);
  attendee.cu_type = enum_of(json.get("cuType"), calendar::CuType::Unknown);
  attendee.role = enum_of(json.get("role"), calendar::AttendeeRole::None);
  attendee.part_stat = enum_of(json.get("partStat"), calendar::PartStat::Delegated);
  if (const Json comment = json.get("comment"); comment.is_string()) attendee.comment = text_of(comment);
  if (const Json rsvp = json.get("rsvp"); rsvp.is_boolean()) attendee.rsvp = rsvp.is_true();
  attendee.is_hidden = json.get("isHidden").is_true();
  const Json members = json.get("member");
  for (std::size_t i = 0; members.is_array() && i < members.size(); ++i)
    attendee.member.push_back(text_of(members.at(i)));
  if (const Json parameters = json.get("parameters"); parameters.is_object())
    parameters.for_each_member([&](std::string_view name, const Json& value) {
      attendee.parameters.emplace_back(std::string(name), text_of(value));
    });
  return attendee;
}

void write_numbers(Json& json, const EventData& event) {
  json.set("id", number(event.id.value)).set("series", number(event.series.value));
  json.set("calendarUser", number(event.calendar_user.value)).set("sequence", number(event.sequence));
  json.set("created", number(event.created.value)).set("lastModified", number(event.last_modified.value));
  json.set("class", number_of(event.classification)).set("status", number_of(event.status));
  json.set("isTransparent", Json::boolean(event.is_transparent));
}

void read_numbers(EventData& event, const Json& json) {
  event.id = ObjectId(json.get("id").as_integer());
  event.series = ObjectId(json.get("series").as_integer());
  event.calendar_user = UserId(json.get("calendarUser").as_integer());
  event.sequence = json.get("sequence").as_integer();
  event.created = {json.get("created").as_integer()};
  event.last_modified = {json.get("lastModified").as_integer()};
  event.classification = enum_of(json.get("class"), calendar::Classification::Confidential);
  event.status = enum_of(json.get("status"), calendar::EventStatus::Cancelled);
  event.is_transparent = json.get("isTransparent").is_true();
}

}  // namespace

Json write_user(const CalendarUser& user) {
  Json json = Json::object();
  if (user.entity != 0) json.set("entity", number(user.entity));
  for (const UserMember& row : kUserTexts) set_text(json, row.name, user.*row.member);
  if (user.sent_by_entity != 0) json.set("sentByEntity", number(user.sent_by_entity));
  return json;
}

CalendarUser read_user(const Json& json) {
  CalendarUser user;
  user.entity = json.get("entity").as_integer();
  for (const UserMember& row : kUserTexts) user.*row.member = text_of(json.get(row.name));
  user.sent_by_entity = json.get("sentByEntity").as_integer();
  return user;
}

Json write_snapshot(const EventData& event) {
  Json json = Json::object();
  json.set("uid", Json::string(event.uid));
  write_numbers(json, event);
  json.set("start", Json::string(calendar::format_time(event.start)));
  json.set("end", Json::string(calendar::format_time(event.end)));
  if (event.recurrence_id) json.set("occurrence", Json::string(calendar::format_time(*event.recurrence_id)));
  set_text(json, "extraDates", calendar::format_times(event.recurrence_dates));
  set_text(json, "deletedDates", calendar::format_times(event.delete_exception_dates));
  for (const TextMember& row : kTexts)
    if (event.*row.member) json.set(row.name, Json::string(*(event.*row.member)));
  if (event.geo)
    json.set("geo",
             Json::array().append(Json::real(event.geo->latitude)).append(Json::real(event.geo->longitude)));
  Json categories = Json::array(), attendees = Json::array();
  for (const std::string& category : event.categories) categories.append(Json::string(category));
  for (const Attendee& attendee : event.attendees) attendees.append(write_line(attendee));
  json.set("categories", std::move(categories)).set("attendees", std::move(attendees));
  if (event.organizer) json.set("organizer", write_user(*event.organizer));
  if (event.extended.is_object()) json.set("extended", event.extended);
  return json;
}

EventData read_snapshot(const Json& json) {
  EventData event;
  event.uid = text_of(json.get("uid"));
  read_numbers(event, json);
  event.start = time_of(json.get("start"));
  event.end = time_of(json.get("end"));
  event.recurrence_id = calendar::parse_time(json.get("occurrence").as_string());
  event.recurrence_dates = calendar::parse_times(json.get("extraDates").as_string());
  event.delete_exception_dates = calendar::parse_times(json.get("deletedDates").as_string());
  for (const TextMember& row : kTexts)
    if (const Json text = json.get(row.name); text.is_string()) event.*row.member = text_of(text);
  if (const Json geo = json.get("geo"); geo.is_array() && geo.size() == 2)
    event.geo = calendar::Geo{geo.at(0).as_real(), geo.at(1).as_real()};
  const Json categories = json.get("categories"), attendees = json.get("attendees");
  for (std::size_t i = 0; categories.is_array() && i < categories.size(); ++i)
    event.categories.push_back(text_of(categories.at(i)));
  for (std::size_t i = 0; attendees.is_array() && i < attendees.size(); ++i)
    event.attendees.push_back(read_line(attendees.at(i)));
  if (const Json organizer = json.get("organizer"); organizer.is_object())
    event.organizer = read_user(organizer);
  if (const Json extended = json.get("extended"); extended.is_object()) event.extended = extended;
  return event;
}

}  // namespace gw::model::scheduling
