#include "model/tasks/task_rules.hpp"

#include <algorithm>
#include <array>

#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "model/field_json.hpp"

namespace gw::model::tasks {
namespace {

namespace tsk = errors::tsk;

constexpr FieldErrors kTaskFieldErrors{tsk::kTooLong, tsk::kBadCharacter, errors::svl::kBadParameter};
constexpr std::int64_t kMaxColorLabel = 10;
constexpr std::int64_t kDone = static_cast<std::int64_t>(Status::Done);
/// +-100,000,000 days, as browsers have it.
constexpr std::int64_t kLatestInstant = 8'640'000'000'000'000;

void check_number(std::string_view name, std::int64_t value, std::int64_t most) {
  if (value < 0 || value > most)
    throw ApiError(errors::svl::kBadParameter, {std::string(name), std::to_string(value)});
}

void check_duration(const Text& text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text && !std::all_of(text->begin(), text->end(), is_digit)) throw ApiError(tsk::kNotDigits, {*text});
}

void check_progress(const Task& task, const FieldSet& sent) {
  if (is_sent(sent, 300) && (task.status < 1 || task.status > static_cast<std::int64_t>(Status::Deferred)))
    throw ApiError(tsk::kBadStatus, {std::to_string(task.status)});
  if (!is_sent(sent, 301)) return;
  const std::string percent = std::to_string(task.percent_completed);
  if (task.percent_completed < 0 || task.percent_completed > 100) throw ApiError(tsk::kBadPercent, {percent});
  const bool is_not_started = task.status == static_cast<std::int64_t>(Status::NotStarted);
  if (is_sent(sent, 300) && is_not_started && task.percent_completed != 0)
    throw ApiError(tsk::kPercentNotStarted, {percent});
}

/// Time values of the wire become instants.
void unshift(Millis& value, const char* name, const TimeZone& zone) {
  if (value.value == 0) return;
  if (value.value > kLatestInstant || value.value < -kLatestInstant)
    throw ApiError(errors::svl::kBadParameter, {name, std::to_string(value.value)});
  value = from_zone_time(value.value, zone);
}

std::int64_t day_of(std::int64_t millis) { return Date::from_millis(millis).to_millis(); }

/// The dates mean days from now on, or instants.
void change_kind(Task& task, bool full_time, const TimeZone& zone) {
  if (task.full_time == full_time) return;
  task.full_time = full_time;
  for (Number* value : {&task.start, &task.due}) {
    if (!*value) continue;
    *value = full_time ? day_of(to_zone_time({**value}, zone)) : from_zone_time(**value, zone).value;
  }
}

void apply_dates(Task& task, const TaskInput& input) {
  const bool has_new = is_sent(input.sent, 316) || is_sent(input.sent, 317);
  const bool has_old = is_sent(input.sent, 201) || is_sent(input.sent, 202);
  if (has_old && !has_new)
    change_kind(task, true, input.zone);
  else if (is_sent(input.sent, 401))
    change_kind(task, input.task.full_time, input.zone);
  const auto take = [&](Number& target, const Number& sent) {
    if (!sent)
      target.reset();
    else
      target = task.full_time ? day_of(*sent) : from_zone_time(*sent, input.zone).value;
  };
  if (is_sent(input.sent, has_new ? 316 : 201)) take(task.start, input.task.start);
  if (is_sent(input.sent, has_new ? 317 : 202)) take(task.due, input.task.due);
  if (task.start && task.due && *task.start > *task.due) throw ApiError(tsk::kStartAfterEnd);
}

}  // namespace

TaskInput parse_task(const Json& source, const TimeZone& zone) {
  if (!source.is_object()) throw ApiError(errors::svl::kBodyType, {"a JSON object"});
  TaskInput input{.zone = zone};
  input.notifies = source.get("notification").to_boolean().value_or(false);
  Task& task = input.task;
  input.sent = parse_object(task, source, task_fields(), kTaskFieldErrors, true);
  if (is_sent(input.sent, 300) && task.status == 0) task.status = 1;
  check_progress(task, input.sent);
  if (task.priority && (*task.priority < 1 || *task.priority > 3))
    throw ApiError(tsk::kBadPriority, {std::to_string(*task.priority)});
  check_duration(task.actual_duration);
  check_duration(task.target_duration);
  check_number("color_label", task.color_label, kMaxColorLabel);
  check_number("folder_id", task.folder_id, INT64_MAX);
  unshift(task.alarm, "alarm", zone);
  unshift(task.date_completed, "date_completed", zone);
  return input;
}

void apply_input(Task& task, const TaskInput& input, Millis now) {
  const auto table = task_fields();
  const FieldSet own_way = fields_of(std::array{201, 202, 401, 223});
  const bool was_done = task.status == kDone;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!input.sent.test(i) || own_way.test(i) || table[i].sql.empty() || (table[i].flags & kReadOnly))
      continue;
    std::visit([&](auto member) { task.*member = input.task.*member; }, table[i].member);
  }
  apply_dates(task, input);
  if (!is_sent(input.sent, 300) || is_sent(input.sent, 315)) return;
  if (task.status != kDone)
    task.date_completed = {};
  else if (!was_done || task.date_completed.value == 0)
    task.date_completed = now;
}

void settle_new(Task& task, const FieldSet& sent) {
  task.number_of_attachments = 0;
  task.newest_attachment = {};
  if (!is_sent(sent, 223) || !task.uid) task.uid = random_uuid();
}

void check_texts(const Task& task, const FieldSet& sent) {
  const auto table = task_fields();
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto* member = std::get_if<Text Task::*>(&table[i].member);
    if (!sent.test(i) || member == nullptr || !(task.**member)) continue;
    const std::string& text = *(task.**member);
    const std::string name(table[i].json);
    if (has_control_characters(text) || !is_valid_utf8(text)) throw ApiError(tsk::kBadCharacter, {name});
    const auto length = static_cast<std::int64_t>(count_characters(text));
    if (table[i].max_length > 0 && length > table[i].max_length)
      throw ApiError(tsk::kTooLong, {name, std::to_string(table[i].max_length), std::to_string(length)},
                     {{table[i].column, name, length, table[i].max_length}});
  }
}

void check_private_flag(const Task& task, const folders::FolderAccess& folder, const Caller& caller) {
  if (!task.private_flag) return;
  if (folder.type != folders::FolderType::Private) throw ApiError(tsk::kPrivateElsewhere);
  if (task.created_by != caller.user.value) throw ApiError(tsk::kPrivateForeign);
  if (!task.participants.empty()) throw ApiError(tsk::kPrivateDelegated);
}

}  // namespace gw::model::tasks
