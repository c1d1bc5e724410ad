// Module `calendar`: single appointments, search, and the table of all its actions. Source: spec calendar
// section 5.
#include "ajax/calendar/calendar.hpp"

#include "ajax/calendar/calendar_actions.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/repeated_value.hpp"
#include "core/errors/appointment.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace calendar_actions {
namespace {

namespace calendar = model::calendar;

Response get(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const auto ref = at_place(
      invocation, asked_appointment(invocation), Json::integer(arguments.integer("recurrence_position")),
      arguments.has("recurrence_date_position") ? Json::integer(arguments.integer("recurrence_date_position"))
                                                : Json());
  const auto seen = calendar::get(invocation.work, ref);
  AppointmentView view(invocation, true);
  view.prepare({&seen, 1});
  return Response::with_data(model::write_object(view.show(seen), appointment_fields(), invocation.format),
                             seen.event.timestamp);
}

Response resolve_uid(Invocation& invocation) {
  const std::string uid(invocation.arguments.text("uid"));
  const auto seen = calendar::resolve(invocation.work, uid, event_fields_of({}));
  if (!seen) throw ApiError(errors::cal::kNotFound, {repeated(uid)});
  const ObjectId id = seen->event.series ? seen->event.series : seen->event.id;
  return Response::with_data(Json::object().set("id", Json::string(std::to_string(id.value))),
                             seen->event.timestamp);
}

/// `folder` of the body: one, several, or all that the user reads.
std::vector<FolderId> searched_folders(const Json& value) {
  std::vector<FolderId> folders;
  if (value.is_missing() || value.is_null()) return folders;
  const Json list = value.is_array() ? value : Json::array().append(value);
  for (std::size_t i = 0; i < list.size(); ++i)
    if (const auto text = list.at(i).to_text(); text && *text != "0")
      folders.push_back(parse_calendar_id(*text));
  return folders;
}

/// What is searched for: without wildcards any part of a title, a first letter as its begin.
std::string searched_pattern(const Json& body) {
  const std::string_view letter = body.get("startletter").as_string();
  if (!letter.empty()) return std::string(letter) + "*";
  const std::string_view pattern = trim(body.get("pattern").as_string());
  if (pattern.find_first_of("*?") != std::string_view::npos) return std::string(pattern);
  return "*" + std::string(pattern) + "*";
}

void check_searched(const std::string& pattern, int minimum) {
  const auto counts = [](char c) { return c != '*' && c != '?'; };
  std::string letters;
  for (const char c : pattern)
    if (counts(c)) letters += c;
  if (static_cast<int>(count_characters(letters)) < minimum)
    throw ApiError(errors::app::kPatternTooShort, {std::to_string(minimum)});
}

}  // namespace

Response search(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with pattern"});
  const std::string pattern = searched_pattern(body);
  check_searched(pattern, static_cast<int>(invocation.work.settings().limits.minimum_search_characters));
  calendar::ReadOptions options;
  options.fields = event_fields_of(model::parse_column_numbers(invocation.arguments.text("columns")));
  const auto events =
      calendar::search(invocation.work, pattern, searched_folders(body.get("folder")), options);
  return answer_rows(invocation, events, {parse_sort_order(invocation.arguments), {}, {}, {}});
}

}  // namespace calendar_actions

namespace {

#define GW_APPOINTMENT \
  {"id", Type::Id, true}, { "folder", Type::Id, true }
#define GW_APPOINTMENT_RANGE \
  {"start", Type::Timestamp, true}, { "end", Type::Timestamp, true }
#define GW_APPOINTMENT_ORDER \
  {"sort", Type::Integer}, { "order" }
constexpr Parameter kAllAppointments[] = {{"columns", Type::List, true},
                                          GW_APPOINTMENT_RANGE,
                                          {"folder"},
                                          {"recurrence_master", Type::Boolean},
                                          {"showPrivate", Type::Boolean},
                                          GW_APPOINTMENT_ORDER,
                                          {"left_hand_limit", Type::Integer},
                                          {"right_hand_limit", Type::Integer}};
constexpr Parameter kNewAppointments[] = {
    {"columns", Type::List, true}, GW_APPOINTMENT_RANGE, {"limit", Type::Text, true}, GW_APPOINTMENT_ORDER};
constexpr Parameter kAppointmentList[] = {{"columns", Type::List, true},
                                          {"recurrence_master", Type::Boolean}};
constexpr Parameter kAppointmentUpdates[] = {{"columns", Type::List, true},
                                             {"timestamp", Type::Timestamp, true},
                                             {"folder"},
                                             {"start", Type::Timestamp},
                                             {"end", Type::Timestamp},
                                             {"ignore"},
                                             {"recurrence_master", Type::Boolean},
                                             {"showPrivate", Type::Boolean}};
constexpr Parameter kOneAppointment[] = {
    GW_APPOINTMENT, {"recurrence_position", Type::Integer}, {"recurrence_date_position", Type::Timestamp}};
constexpr Parameter kUpdateAppointment[] = {GW_APPOINTMENT, {"timestamp", Type::Timestamp, true}};
constexpr Parameter kDeleteAppointments[] = {{"timestamp", Type::Timestamp, true}};
constexpr Parameter kConfirmAppointment[] = {
    GW_APPOINTMENT, {"timestamp", Type::Timestamp}, {"occurrence", Type::Integer}};
constexpr Parameter kCopyAppointment[] = {GW_APPOINTMENT, {"ignore_conflicts", Type::Boolean}};
constexpr Parameter kDaysWith[] = {GW_APPOINTMENT_RANGE};
constexpr Parameter kBusyTimes[] = {
    {"id", Type::Integer, true}, {"type", Type::Integer, true}, GW_APPOINTMENT_RANGE};
constexpr Parameter kSearchAppointments[] = {{"columns", Type::List, true}, GW_APPOINTMENT_ORDER};
constexpr Parameter kExceptionsOf[] = {GW_APPOINTMENT, {"columns", Type::List, true}};
constexpr Parameter kUid[] = {{"uid", Type::Text, true}};
#undef GW_APPOINTMENT
#undef GW_APPOINTMENT_RANGE
#undef GW_APPOINTMENT_ORDER

constexpr auto kModule = model::Module::Calendar;

namespace action = calendar_actions;
constexpr Action kCalendarActions[] = {
    {"all", kGet, action::all, 0, kAllAppointments, kModule},
    {"confirm", kPut, action::confirm, kBody | kSerial, kConfirmAppointment, kModule},
    {"copy", kPut, action::copy, kBody | kSerial, kCopyAppointment, kModule},
    {"delete", kPut, action::remove, kBody | kSerial, kDeleteAppointments, kModule},
    {"freebusy", kGet, action::free_busy, 0, kBusyTimes, kModule},
    {"get", kGet, action::get, 0, kOneAppointment, kModule},
    {"getChangeExceptions", kGet, action::change_exceptions, 0, kExceptionsOf, kModule},
    {"has", kGet, action::has, 0, kDaysWith, kModule},
    {"list", kPut, action::list, kBody, kAppointmentList, kModule},
    {"new", kPut, action::create, kBody | kSerial, {}, kModule},
    {"newappointments", kGet, action::new_appointments, 0, kNewAppointments, kModule},
    {"resolveuid", kGet, action::resolve_uid, 0, kUid, kModule},
    {"search", kPut, action::search, kBody, kSearchAppointments, kModule},
    {"update", kPut, action::update, kBody | kSerial, kUpdateAppointment, kModule},
    {"updates", kGet, action::updates, 0, kAppointmentUpdates, kModule},
};

}  // namespace

const ApiModule kCalendarModule{"calendar", kCalendarActions};

}  // namespace gw::ajax
