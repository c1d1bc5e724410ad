#include "ajax/chronos/event_parts.hpp"

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/repeated_value.hpp"
#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"
#include "model/calendar/event_words.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventTime;
using calendar::TimeKind;

[[noreturn]] void refuse_value(std::string_view member, const Json& value) {
  throw ApiError(errors::cal::kBadData, {std::string(member), repeated(value)});
}

bool is_cleared(const Json& value) {
  return value.is_missing() || value.is_null() || (value.is_string() && value.as_string().empty());
}

std::string optional_text(const Json& object, const char* member) {
  const Json value = object.get(member);
  if (is_cleared(value)) return {};
  const auto text = value.to_text();
  if (!text) refuse_value(member, value);
  return *text;
}

template <class T>
T parse_word(const Json& object, const char* member, std::optional<T> (*find)(std::string_view), T fallback) {
  const Json value = object.get(member);
  if (is_cleared(value)) return fallback;
  const auto found = find(value.as_string());
  if (!found) refuse_value(member, value);
  return *found;
}

void set_text(Json& json, const char* member, std::string_view text) {
  if (!text.empty()) json.set(member, Json::string(text));
}

}  // namespace

void append_event_time(std::string& out, const EventTime& time) {
  out += R"({"value":")";
  if (time.kind == TimeKind::Date)
    out += format_basic_date(time.local.date());
  else
    out += format_local_time(time.local);
  if (time.kind == TimeKind::Utc) out += 'Z';
  out += '"';
  if (time.kind == TimeKind::Zoned) {
    out += R"(,"tzid":)";
    append_json_string(out, time.zone);
  }
  out += '}';
}

Json write_event_time(const EventTime& time) {
  std::string text;
  append_event_time(text, time);
  return Json::parse(text).value_or(Json());
}

EventTime parse_event_time(const Json& value, const char* member) {
  const std::string_view text = value.get("value").as_string();
  EventTime time;
  if (const auto day = parse_basic_date(text)) {
    time.kind = TimeKind::Date;
    time.local = LocalTime::at_midnight(*day);
    return time;
  }
  const bool is_utc = text.ends_with('Z');
  const auto local = parse_local_time(is_utc ? text.substr(0, text.size() - 1) : text);
  if (!local) refuse_value(member, value);
  time.local = *local;
  if (is_utc) return time;
  const std::string zone = optional_text(value, "tzid");
  if (zone.empty()) {
    time.kind = TimeKind::Floating;
    return time;
  }
  const auto found = TimeZone::find(zone);
  if (!found) throw ApiError(errors::cal::kBadZone, {repeated(zone)});
  // UTC by whatever name has one form only: with the Z.
  if (found->name() == TimeZone::utc().name()) return time;
  time.kind = TimeKind::Zoned;
  time.zone = found->name();
  return time;
}

Json write_calendar_user(const calendar::CalendarUser& user) {
  Json json = Json::object();
  set_text(json, "uri", user.uri);
  set_text(json, "cn", user.cn);
  set_text(json, "email", user.email);
  if (user.entity != 0) json.set("entity", Json::integer(user.entity));
  if (!user.sent_by_uri.empty() || user.sent_by_entity != 0) {
    Json sent_by = Json::object();
    set_text(sent_by, "uri", user.sent_by_uri);
    if (user.sent_by_entity != 0) sent_by.set("entity", Json::integer(user.sent_by_entity));
    json.set("sentBy", std::move(sent_by));
  }
  return json;
}

calendar::CalendarUser parse_calendar_user(const Json& value, const char* member) {
  if (!value.is_object()) refuse_value(member, value);
  calendar::CalendarUser user;
  const Json entity = value.get("entity");
  if (!is_cleared(entity)) {
    const auto number = entity.to_integer();
    if (!number || *number < 0) refuse_value("entity", entity);
    user.entity = *number;
  }
  user.uri = optional_text(value, "uri");
  user.cn = optional_text(value, "cn");
  user.email = optional_text(value, "email");
  if (user.uri.empty() && !user.email.empty()) user.uri = "mailto:" + user.email;
  if (const Json sent_by = value.get("sentBy"); sent_by.is_object()) {
    user.sent_by_uri = optional_text(sent_by, "uri");
    user.sent_by_entity = sent_by.get("entity").to_integer().value_or(0);
  }
  return user;
}

Json write_attendee(const calendar::Attendee& attendee) {
  Json json = write_calendar_user(attendee);
  json.set("cuType", Json::string(calendar::word_of(attendee.cu_type)));
  json.set("role", Json::string(calendar::word_of(attendee.role)));
  // A group answers through its members.
  if (attendee.cu_type != calendar::CuType::Group)
    json.set("partStat", Json::string(calendar::word_of(attendee.part_stat)));
  if (attendee.comment) json.set("comment", Json::string(*attendee.comment));
  if (attendee.rsvp) json.set("rsvp", Json::boolean(*attendee.rsvp));
  if (attendee.folder) json.set("folder", Json::string(format_calendar_id(attendee.folder)));
  if (!attendee.member.empty()) {
    Json groups = Json::array();
    for (const std::string& uri : attendee.member) groups.append(Json::string(uri));
    json.set("member", std::move(groups));
  }
  return json;
}

calendar::Attendee parse_attendee(const Json& value) {
  calendar::Attendee attendee;
  static_cast<calendar::CalendarUser&>(attendee) = parse_calendar_user(value, "attendees");
  attendee.cu_type = parse_word(value, "cuType", calendar::find_cu_type, calendar::CuType::Individual);
  attendee.role = parse_word(value, "role", calendar::find_attendee_role, calendar::AttendeeRole::Required);
  attendee.part_stat =
      parse_word(value, "partStat", calendar::find_part_stat, calendar::PartStat::NeedsAction);
  if (std::string comment = optional_text(value, "comment"); !comment.empty())
    attendee.comment = std::move(comment);
  if (const Json rsvp = value.get("rsvp"); !is_cleared(rsvp)) {
    attendee.rsvp = rsvp.to_boolean();
    if (!attendee.rsvp) refuse_value("rsvp", rsvp);
  }
  if (const Json folder = value.get("folder"); !is_cleared(folder))
    attendee.folder = parse_calendar_id(optional_text(value, "folder"));
  const Json member = value.get("member");
  for (std::size_t i = 0; member.is_array() && i < member.size(); ++i)
    attendee.member.emplace_back(member.at(i).as_string());
  return attendee;
}

std::vector<calendar::Attendee> parse_attendees(const Json& value) {
  std::vector<calendar::Attendee> attendees;
  if (value.is_null() || value.is_missing()) return attendees;
  if (!value.is_array()) refuse_value("attendees", value);
  for (std::size_t i = 0; i < value.size(); ++i) attendees.push_back(parse_attendee(value.at(i)));
  return attendees;
}

Json write_event_attachment(const calendar::EventAttachment& attachment) {
  Json json = Json::object();
  set_text(json, "filename", attachment.filename);
  set_text(json, "fmtType", attachment.format_type);
  set_text(json, "uri", attachment.uri);
  if (attachment.managed_id == 0) return json;
  json.set("size", Json::integer(attachment.size));
  json.set("created", Json::integer(attachment.created.value));
  json.set("managedId", Json::integer(attachment.managed_id));
  return json;
}

}  // namespace gw::ajax
