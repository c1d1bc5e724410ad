#include "model/reminders/reminder_service.hpp"

#include <algorithm>
#include <map>

#include "core/errors/reminder.hpp"
#include "model/reminders/reminder_parent.hpp"
#include "model/reminders/reminder_store.hpp"

namespace gw::model::reminders {
namespace {

/// No modules: all.
bool is_asked_for(std::span<const std::int64_t> modules, std::int64_t module) {
  return modules.empty() || std::find(modules.begin(), modules.end(), module) != modules.end();
}

/// Without those whose target the caller cannot read.
std::vector<Reminder> readable(UnitOfWork& work, const std::vector<Reminder>& found,
                               std::span<const std::int64_t> modules) {
  std::map<std::int64_t, std::vector<Reminder>> by_module;
  for (const Reminder& reminder : found)
    if (is_asked_for(modules, reminder.module)) by_module[reminder.module].push_back(reminder);
  std::vector<Reminder> left;
  for (auto& [module, reminders] : by_module) {
    const ReminderParent* parent = find_parent(module);
    if (parent == nullptr) continue;
    const std::vector<bool> are_readable = parent->are_readable(work, reminders);
    for (std::size_t i = 0; i < reminders.size(); ++i)
      if (are_readable[i]) left.push_back(reminders[i]);
  }
  return left;
}

ReminderList complete(UnitOfWork& work, std::vector<Reminder> items) {
  ReminderList list{std::move(items), {}};
  std::sort(list.items.begin(), list.items.end(), [](const Reminder& a, const Reminder& b) {
    return a.alarm != b.alarm ? a.alarm < b.alarm : a.id < b.id;
  });
  for (Reminder& reminder : list.items) {
    reminder.server_time = work.now();
    list.timestamp = std::max(list.timestamp, reminder.last_modified);
  }
  if (list.items.empty()) list.timestamp = last_stamp(work.connection(), work.context());
  return list;
}

/// Of a module that keeps its own. What may not be changed any more stays.
bool dismiss_elsewhere(Transaction& transaction, ObjectId id) try {
  for (const ReminderSource* source : reminder_sources())
    if (source->dismiss(transaction, id)) return true;
  return false;
} catch (const ApiError&) {
  return false;
}

/// Errors: REM-0009.
Reminder put_off_elsewhere(Transaction& transaction, ObjectId id, Millis alarm) {
  for (const ReminderSource* source : reminder_sources())
    if (auto moved = source->put_off(transaction, id, alarm)) return std::move(*moved);
  throw ApiError(errors::rem::kNotFound, {std::to_string(id.value)});
}

}  // namespace

ReminderList list_due(UnitOfWork& work, Millis end, std::span<const std::int64_t> modules) {
  const auto found = store::list_until(work.connection(), work.context(), work.caller().user, end);
  std::vector<Reminder> items = readable(work, found, modules);
  for (const ReminderSource* source : reminder_sources())
    if (is_asked_for(modules, static_cast<std::int64_t>(source->module())))
      for (Reminder& reminder : source->list_due(work, end)) items.push_back(reminder);
  return complete(work, std::move(items));
}

ReminderList list_changed(UnitOfWork& work, Millis since) {
  const auto found = store::list_changed(work.connection(), work.context(), work.caller().user, since);
  std::vector<Reminder> items = readable(work, found, {});
  for (const ReminderSource* source : reminder_sources())
    for (Reminder& reminder : source->list_changed(work, since)) items.push_back(reminder);
  return complete(work, std::move(items));
}

Dismissed dismiss(UnitOfWork& work, std::span<const ObjectId> ids) {
  Dismissed dismissed;
  work.write([&](Transaction& transaction) {
    dismissed = {{}, transaction.stamp()};
    sql::Connection& connection = transaction.connection();
    for (const ObjectId id : ids) {
      const auto reminder = store::find(connection, work.context(), work.caller().user, id);
      if (!reminder) {
        if (!dismiss_elsewhere(transaction, id)) dismissed.kept.push_back(id);
        continue;
      }
      if (const ReminderParent* parent = find_parent(reminder->module)) parent->touch(transaction, *reminder);
      store::remove(connection, work.context(), id);
    }
  });
  return dismissed;
}

Reminder remind_again(UnitOfWork& work, ObjectId id, Millis alarm) {
  Reminder changed;
  work.write([&](Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    auto found = store::find(transaction.connection(), work.context(), work.caller().user, id);
    if (!found) {
      changed = put_off_elsewhere(transaction, id, alarm);
      return;
    }
    changed = *found;
    changed.alarm = alarm;
    changed.last_modified = stamp;
    store::update(transaction.connection(), work.context(), changed);
    if (const ReminderParent* parent = find_parent(changed.module)) parent->touch(transaction, changed);
  });
  changed.server_time = work.now();
  return changed;
}

}  // namespace gw::model::reminders
