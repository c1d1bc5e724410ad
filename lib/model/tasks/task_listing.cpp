#include "model/tasks/task_listing.hpp"

#include <algorithm>
#include <array>

#include "model/field_sort.hpp"
#include "model/reminders/alarms.hpp"
#include "model/tasks/task_fields.hpp"
#include "model/tasks/task_store.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::tasks {

void attach_members(sql::Connection& connection, ContextId context, std::span<Task* const> tasks) {
  std::vector<ObjectId> ids;
  for (const Task* task : tasks)
    if (task->number_of_participants > 0) ids.emplace_back(task->id);
  if (ids.empty()) return;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const store::MembersOf members = store::load_members(connection, context, ids);
  std::map<std::int64_t, Text> names;
  for (Task* task : tasks) {
    const auto found = members.find(task->id);
    if (found == members.end()) continue;
    task->participants = found->second.participants;
    task->users = found->second.users;
    for (TaskUser& user : task->users) {
      if (user.is_removed) continue;
      const auto [name, is_new] = names.try_emplace(user.id);
      if (is_new)
        if (const auto account = users::find_user(connection, context, UserId(user.id)))
          name->second = account->display_name;
      user.display_name = name->second;
    }
  }
}

Listing::Listing(UnitOfWork& work, sql::Connection& connection, const ListRequest& request,
                 const Visitor& visit, const FieldSet& extra)
    : caller_(work.caller()),
      connection_(connection),
      visit_(visit),
      fields_(request.fields | extra),
      collator_(work.caller().locale, "numeric"),
      is_descending_(request.sort.descending),
      wants_members_((request.fields & fields_of(std::array{220, 221})).any()) {
  constexpr int kParticipants = 220, kUsers = 221;
  const int column = request.sort.column;
  if (column != 0 && column != kParticipants && column != kUsers)
    sort_row_ = find_column(task_fields(), column);
  if (sort_row_ >= 0) fields_.set(static_cast<std::size_t>(sort_row_));
  wants_alarms_ = is_sent(fields_, 204);
  fields_ = store::with_dependencies(fields_);
  if (wants_alarms_)
    alarms_ = reminders::alarms_of(connection, caller_.context, caller_.user, reminders::TargetModule::Task);
}

void Listing::add(const Task& task) {
  if (!wants_alarms_) return take(task);
  Task shown = task;
  const auto alarm = alarms_.find(task.id);
  shown.alarm = alarm == alarms_.end() ? Millis{} : alarm->second;
  take(shown);
}

void Listing::take(const Task& task) {
  const std::size_t arrival = entries_.size();
  std::string key = sort_row_ < 0
                        ? KeyBuilder().number(task.id).take()
                        : field_sort_key(task, task_fields()[static_cast<std::size_t>(sort_row_)], collator_);
  entries_.push_back({std::move(key), {task.id, task.folder_id}, arrival, task.last_modified});
  if (wants_members_ && task.number_of_participants > 0)
    waiting_.emplace_back(arrival, task);
  else
    visit_(arrival, task);
}

void Listing::hand_out_waiting() {
  std::vector<Task*> tasks;
  tasks.reserve(waiting_.size());
  for (auto& [arrival, task] : waiting_) tasks.push_back(&task);
  attach_members(connection_, caller_.context, tasks);
  for (const auto& [arrival, task] : waiting_) visit_(arrival, task);
  waiting_.clear();
}

ListResult Listing::finish() {
  hand_out_waiting();
  std::vector<const Entry*> entries;
  entries.reserve(entries_.size());
  for (const Entry& entry : entries_) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(), [this](const Entry* a, const Entry* b) {
    const int order = is_descending_ ? b->key.compare(a->key) : a->key.compare(b->key);
    return order != 0 ? order < 0 : a->shown < b->shown;
  });
  return deliver(entries);
}

ListResult Listing::finish_as(std::span<const Shown> order) {
  hand_out_waiting();
  std::map<Shown, const Entry*> by_place;
  for (const Entry& entry : entries_) by_place.emplace(entry.shown, &entry);
  std::vector<const Entry*> entries;
  entries.reserve(order.size());
  for (const Shown& shown : order)
    if (const auto found = by_place.find(shown); found != by_place.end()) entries.push_back(found->second);
  return deliver(entries);
}

ListResult Listing::deliver(std::span<const Entry* const> entries) const {
  ListResult result;
  result.order.reserve(entries.size());
  for (const Entry* entry : entries) {
    result.order.push_back(entry->arrival);
    result.timestamp = std::max(result.timestamp, entry->last_modified);
  }
  return result;
}

ListResult with_timestamp(ListResult result, sql::Connection& connection, const Caller& caller) {
  if (result.order.empty()) result.timestamp = last_stamp(connection, caller.context);
  return result;
}

}  // namespace gw::model::tasks
