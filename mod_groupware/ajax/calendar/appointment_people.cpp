#include "ajax/calendar/appointment_people.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/error.hpp"
#include "core/errors/appointment.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/calendar/calendar_people.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::Attendee;
using calendar::CuType;

/// `type` of a participant. Resource groups (4) are of the past.
constexpr std::int64_t kUser = 1, kGroup = 2, kResource = 3, kOutsider = 5;
/// `type` of a confirmation that is no outsider's.
constexpr std::int64_t kInternal = 0;

std::string address_of(const calendar::CalendarUser& user) {
  const std::string address = calendar::address_of_uri(user.uri);
  return address.empty() ? user.email : address;
}

std::int64_t type_of(const Attendee& attendee) {
  if (attendee.cu_type == CuType::Group) return kGroup;
  if (attendee.entity == 0) return kOutsider;
  return attendee.cu_type == CuType::Resource || attendee.cu_type == CuType::Room ? kResource : kUser;
}

void set_shown(Json& json, const char* member, const std::string& text) {
  if (!text.empty()) json.set(member, Json::string(text));
}

Json write_participant(const Attendee& attendee) {
  const std::int64_t type = type_of(attendee);
  Json json = Json::object();
  if (type != kOutsider) json.set("id", Json::integer(attendee.entity));
  json.set("type", Json::integer(type));
  if (type == kOutsider) json.set("mail", Json::string(address_of(attendee)));
  set_shown(json, "display_name", attendee.cn);
  if (type == kUser || type == kOutsider) {
    json.set("confirmation", Json::integer(confirmation_of(attendee.part_stat)));
    set_shown(json, "confirmmessage", attendee.comment.value_or(""));
  }
  return json;
}

Json write_user_row(const Attendee& attendee) {
  Json json = Json::object();
  json.set("id", Json::integer(attendee.entity));
  set_shown(json, "display_name", attendee.cn);
  json.set("confirmation", Json::integer(confirmation_of(attendee.part_stat)));
  set_shown(json, "confirmmessage", attendee.comment.value_or(""));
  return json;
}

Json write_confirmation(const Attendee& attendee) {
  Json json = Json::object();
  json.set("type", Json::integer(attendee.entity == 0 ? kOutsider : kInternal));
  if (attendee.entity != 0) json.set("id", Json::integer(attendee.entity));
  set_shown(json, "mail", address_of(attendee));
  set_shown(json, "display_name", attendee.cn);
  json.set("status", Json::integer(confirmation_of(attendee.part_stat)));
  set_shown(json, "message", attendee.comment.value_or(""));
  return json;
}

void write_organizer(Appointment& appointment, const calendar::CalendarUser& organizer) {
  const std::string address = address_of(organizer);
  if (organizer.sent_by_uri.empty() && organizer.sent_by_entity == 0) {
    appointment.organizer = address;
    appointment.organizer_id = organizer.entity;
    return;
  }
  // Who acts is the organizer here, and whom he acts for the principal.
  appointment.organizer = calendar::address_of_uri(organizer.sent_by_uri);
  appointment.organizer_id = organizer.sent_by_entity;
  appointment.principal = address;
  appointment.principal_id = organizer.entity;
}

/// Who is meant, by type and id or by address.
struct Named {
  std::int64_t type = 0, id = 0;
  std::string address;
  auto operator<=>(const Named&) const = default;
};

Named parse_named(const Json& value) {
  if (!value.is_object()) throw ApiError(errors::svl::kBodyType, {"participants as objects"});
  Named named;
  named.type = value.get("type").to_integer().value_or(0);
  if (named.type == kOutsider) {
    named.address = trim(value.get("mail").as_string());
    if (named.address.empty()) throw ApiError(errors::app::kExternalWithoutMail);
    return named;
  }
  if (named.type != kUser && named.type != kGroup && named.type != kResource)
    throw ApiError(errors::app::kUnknownParticipantType, {std::to_string(named.type)});
  const auto id = value.get("id").to_integer();
  if (!id)
    throw ApiError(errors::cal::kBadCalendarUser,
                   {value.get("id").is_missing() ? "" : value.get("id").dump()});
  named.id = *id;
  return named;
}

bool is_named(const Attendee& attendee, const Named& named) {
  if (named.type == kOutsider) return equal_ignoring_ascii_case(address_of(attendee), named.address);
  return type_of(attendee) == named.type && attendee.entity == named.id;
}

Attendee new_attendee(const Named& named, const Json& value) {
  Attendee attendee;
  attendee.entity = named.id;
  attendee.cu_type = named.type == kGroup      ? CuType::Group
                     : named.type == kResource ? CuType::Resource
                                               : CuType::Individual;
  if (named.type != kOutsider) return attendee;
  attendee.email = named.address;
  attendee.uri = calendar::mail_uri(named.address);
  attendee.cn = value.get("display_name").as_string();
  return attendee;
}

bool is_member_of(const Attendee& attendee, const Attendee& group) {
  return std::find(attendee.member.begin(), attendee.member.end(), group.uri) != attendee.member.end();
}

}  // namespace

std::int64_t confirmation_of(calendar::PartStat status) {
  switch (status) {
    case calendar::PartStat::Accepted:
      return 1;
    case calendar::PartStat::Declined:
      return 2;
    case calendar::PartStat::Tentative:
      return 3;
    case calendar::PartStat::NeedsAction:
    case calendar::PartStat::Delegated:
      break;
  }
  return 0;
}

calendar::PartStat parse_confirmation(const Json& value) {
  constexpr calendar::PartStat kByNumber[] = {calendar::PartStat::NeedsAction, calendar::PartStat::Accepted,
                                              calendar::PartStat::Declined, calendar::PartStat::Tentative};
  const auto number = value.to_integer();
  if (!number || *number < 0 || *number >= static_cast<std::int64_t>(std::size(kByNumber)))
    throw ApiError(errors::svl::kBadParameter, {"confirmation", value.is_missing() ? "" : value.dump()});
  return kByNumber[static_cast<std::size_t>(*number)];
}

void write_people(Appointment& appointment, const calendar::EventData& event) {
  appointment.participants = Json::array();
  appointment.users = Json::array();
  appointment.confirmations = Json::array();
  for (const Attendee& attendee : event.attendees) {
    const std::int64_t type = type_of(attendee);
    // Members stand in their group's line, and each by himself among the users.
    if (attendee.member.empty()) appointment.participants.append(write_participant(attendee));
    if (type == kUser && !attendee.is_hidden) appointment.users.append(write_user_row(attendee));
    if (type == kUser || type == kOutsider) appointment.confirmations.append(write_confirmation(attendee));
  }
  if (event.organizer) write_organizer(appointment, *event.organizer);
}

std::vector<Attendee> parse_participants(const Json& value, const std::vector<Attendee>& before) {
  std::vector<Attendee> attendees;
  if (value.is_null()) return attendees;
  if (!value.is_array()) throw ApiError(errors::svl::kBodyType, {"participants as an array"});
  std::set<Named> seen;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Json element = value.at(i);
    const Named named = parse_named(element);
    if (!seen.insert(named).second) {
      if (named.type == kOutsider) throw ApiError(errors::app::kDuplicateExternal, {named.address});
      continue;
    }
    const auto known =
        std::find_if(before.begin(), before.end(), [&](const Attendee& one) { return is_named(one, named); });
    attendees.push_back(known != before.end() ? *known : new_attendee(named, element));
  }
  for (const Attendee& member : before) {
    if (member.member.empty()) continue;
    const auto has_group = [&](const Attendee& one) {
      return one.cu_type == CuType::Group && is_member_of(member, one);
    };
    const auto is_there = [&](const Attendee& one) {
      return type_of(one) == type_of(member) && one.entity == member.entity;
    };
    if (std::any_of(attendees.begin(), attendees.end(), has_group) &&
        std::none_of(attendees.begin(), attendees.end(), is_there))
      attendees.push_back(member);
  }
  return attendees;
}

std::optional<calendar::CalendarUser> parse_organizer(const Json& body) {
  const std::string organizer(trim(body.get("organizer").as_string()));
  const std::string principal(trim(body.get("principal").as_string()));
  if (organizer.empty() && principal.empty()) return std::nullopt;
  calendar::CalendarUser user;
  user.email = principal.empty() ? organizer : principal;
  user.uri = calendar::mail_uri(user.email);
  user.entity = body.get(principal.empty() ? "organizerId" : "principalId").to_integer().value_or(0);
  if (!principal.empty() && !organizer.empty()) user.sent_by_uri = calendar::mail_uri(organizer);
  return user;
}

}  // namespace gw::ajax
