#include "model/tasks/task_codecs.hpp"

#include <charconv>
#include <cmath>

#include "core/error.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "core/text.hpp"

namespace gw::model::tasks {
namespace {

/// +-100,000,000 days, as browsers have it.
constexpr std::int64_t kLatest = 8'640'000'000'000'000;
constexpr std::int64_t kMaxCosts = 999'999'999'999;  // hundredths
constexpr std::int64_t kMaxParticipantText = 320;

bool is_cleared(const Json& value) {
  return value.is_null() || (value.is_string() && value.as_string().empty());
}

[[noreturn]] void refuse_value(const char* name, const Json& value) {
  throw ApiError(errors::svl::kBadParameter, {name, value.dump()});
}

Json write_day(const Task& task, const Number& value, const TimeZone& zone) {
  if (!value) return {};
  const std::int64_t shown = task.full_time ? *value : to_zone_time({*value}, zone);
  return Json::integer(Date::from_millis(shown).to_millis());
}

Json write_time(const Task& task, const Number& value, const TimeZone& zone) {
  if (!value) return {};
  return Json::integer(task.full_time ? *value : to_zone_time({*value}, zone));
}

template <Number Task::*member>
Json write_day_of(const Task& task, const TimeZone& zone) {
  return write_day(task, task.*member, zone);
}

template <Number Task::*member>
Json write_time_of(const Task& task, const TimeZone& zone) {
  return write_time(task, task.*member, zone);
}

Number parse_instant(const char* name, const Json& value) {
  if (is_cleared(value)) return {};
  const auto number = value.to_integer();
  if (!number || *number > kLatest || *number < -kLatest) refuse_value(name, value);
  return number;
}

void parse_start(Task& task, const Json& value) { task.start = parse_instant("start_time", value); }
void parse_due(Task& task, const Json& value) { task.due = parse_instant("end_time", value); }

template <Number Task::*member>
Json write_costs(const Task& task) {
  const Number& hundredths = task.*member;
  return hundredths ? Json::real(static_cast<double>(*hundredths) / 100) : Json();
}

std::optional<double> to_real(const Json& value) {
  if (value.is_number()) return value.as_real();
  const std::string_view text = trim(value.as_string());
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

template <Number Task::*member>
void parse_costs(Task& task, const Json& value) {
  (task.*member).reset();
  if (is_cleared(value)) return;
  const auto number = to_real(value);
  if (!number || !(std::abs(*number) * 100 < static_cast<double>(kMaxCosts) + 0.5))
    refuse_value("costs", value);
  task.*member = std::llround(*number * 100);
}

Json write_participants(const Task& task) {
  if (task.participants.empty()) return {};
  Json out = Json::array();
  for (const Participant& one : task.participants) {
    Json member = Json::object();
    if (one.type != ParticipantType::External) member.set("id", Json::integer(one.id));
    member.set("type", Json::integer(static_cast<int>(one.type)));
    if (one.mail) member.set("mail", Json::string(*one.mail));
    if (one.display_name) member.set("display_name", Json::string(*one.display_name));
    out.append(std::move(member));
  }
  return out;
}

Text parse_text(const Json& source, const char* name) {
  const Json value = source.get(name);
  if (value.is_missing() || value.is_null()) return {};
  const auto text = value.to_text();
  if (!text) refuse_value(name, value);
  const std::string_view kept = trim(*text);
  if (has_control_characters(kept)) throw ApiError(errors::tsk::kBadCharacter, {name});
  const auto length = static_cast<std::int64_t>(count_characters(kept));
  if (length > kMaxParticipantText)
    throw ApiError(errors::tsk::kTooLong, {name, std::to_string(kMaxParticipantText), std::to_string(length)},
                   {{220, "participants", length, kMaxParticipantText}});
  return kept.empty() ? Text() : Text(std::string(kept));
}

Participant parse_participant(const Json& source) {
  if (!source.is_object()) refuse_value("participants", source);
  const auto type = source.get("type").to_integer();
  if (type != 1 && type != 2 && type != 5)
    throw ApiError(errors::tsk::kParticipantType, {source.get("type").to_text().value_or("")});
  Participant one;
  one.type = static_cast<ParticipantType>(*type);
  if (one.type == ParticipantType::External) {
    one.mail = parse_text(source, "mail");
    one.display_name = parse_text(source, "display_name");
    if (!one.mail) throw ApiError(errors::tsk::kExternalWithoutMail);
    return one;
  }
  const auto id = source.get("id").to_integer();
  if (!id || *id < 0) refuse_value("participants", source);
  one.id = *id;
  return one;
}

bool is_same(const Participant& a, const Participant& b) {
  if (a.type != b.type || a.id != b.id) return false;
  return a.type != ParticipantType::External || fold(*a.mail) == fold(*b.mail);
}

void parse_participants(Task& task, const Json& value) {
  task.participants.clear();
  if (is_cleared(value)) return;
  if (!value.is_array() || value.size() > kMaxParticipants) refuse_value("participants", Json::string("…"));
  for (std::size_t i = 0; i < value.size(); ++i) {
    Participant one = parse_participant(value.at(i));
    bool is_known = false;
    for (const Participant& known : task.participants) is_known = is_known || is_same(known, one);
    if (!is_known) task.participants.push_back(std::move(one));
  }
}

Json write_users(const Task& task) {
  Json out = Json::array();
  for (const TaskUser& user : task.users) {
    if (user.is_removed) continue;
    Json member = Json::object();
    member.set("id", Json::integer(user.id));
    if (user.display_name) member.set("display_name", Json::string(*user.display_name));
    member.set("confirm", Json::integer(user.confirmation));
    if (user.message) member.set("confirmmessage", Json::string(*user.message));
    out.append(std::move(member));
  }
  return out.size() == 0 ? Json() : out;
}

}  // namespace

constexpr FieldCodec<Task> kStartDateCodec{nullptr, parse_start, write_day_of<&Task::start>};
constexpr FieldCodec<Task> kEndDateCodec{nullptr, parse_due, write_day_of<&Task::due>};
constexpr FieldCodec<Task> kStartTimeCodec{nullptr, parse_start, write_time_of<&Task::start>};
constexpr FieldCodec<Task> kEndTimeCodec{nullptr, parse_due, write_time_of<&Task::due>};
constexpr FieldCodec<Task> kActualCostsCodec{write_costs<&Task::actual_costs>,
                                             parse_costs<&Task::actual_costs>};
constexpr FieldCodec<Task> kTargetCostsCodec{write_costs<&Task::target_costs>,
                                             parse_costs<&Task::target_costs>};
constexpr FieldCodec<Task> kParticipantsCodec{write_participants, parse_participants};
constexpr FieldCodec<Task> kUsersCodec{write_users, nullptr};

}  // namespace gw::model::tasks
