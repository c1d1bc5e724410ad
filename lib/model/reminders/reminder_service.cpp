#include "model/reminders/reminder_service.hpp"

#include <algorithm>
#include <map>

#include "core/errors/reminder.hpp"
#include "model/reminders/reminder_parent.hpp"
#include "model/reminders/reminder_store.hpp"

namespace gw::model::reminders {
namespace {

/// Without those whose target the caller cannot read.
ReminderList complete(UnitOfWork& work, const std::vector<Reminder>& found,
                      std::span<const std::int64_t> modules) {
  std::map<std::int64_t, std::vector<Reminder>> by_module;
  for (const Reminder& reminder : found)
    if (modules.empty() || std::find(modules.begin(), modules.end(), reminder.module) != modules.end())
      by_module[reminder.module].push_back(reminder);
  ReminderList list;
  for (auto& [module, reminders] : by_module) {
    const ReminderParent* parent = find_parent(module);
    if (parent == nullptr) continue;
    const std::vector<bool> readable = parent->are_readable(work, reminders);
    for (std::size_t i = 0; i < reminders.size(); ++i)
      if (readable[i]) list.items.push_back(reminders[i]);
  }
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

}  // namespace

ReminderList list_due(UnitOfWork& work, Millis end, std::span<const std::int64_t> modules) {
  const auto found = store::list_until(work.connection(), work.context(), work.caller().user, end);
  return complete(work, found, modules);
}

ReminderList list_changed(UnitOfWork& work, Millis since) {
  const auto found = store::list_changed(work.connection(), work.context(), work.caller().user, since);
  return complete(work, found, {});
}

Dismissed dismiss(UnitOfWork& work, std::span<const ObjectId> ids) {
  Dismissed dismissed;
  work.write([&](Transaction& transaction) {
    dismissed = {{}, transaction.stamp()};
    sql::Connection& connection = transaction.connection();
    for (const ObjectId id : ids) {
      auto reminder = store::find(connection, work.context(), work.caller().user, id);
      if (!reminder) {
        dismissed.kept.push_back(id);
        continue;
      }
      const ReminderParent* parent = find_parent(reminder->module);
      if (parent != nullptr && parent->dismiss(transaction, *reminder)) {
        reminder->last_modified = transaction.stamp();
        store::update(connection, work.context(), *reminder);
      } else {
        store::remove(connection, work.context(), id);
      }
    }
  });
  return dismissed;
}

Reminder remind_again(UnitOfWork& work, ObjectId id, Millis alarm) {
  Reminder changed;
  work.write([&](Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    auto found = store::find(transaction.connection(), work.context(), work.caller().user, id);
    if (!found) throw ApiError(errors::rem::kNotFound, {std::to_string(id.value)});
    changed = *found;
    changed.alarm = alarm;
    changed.last_modified = stamp;
    store::update(transaction.connection(), work.context(), changed);
    if (const ReminderParent* parent = find_parent(changed.module)) parent->note_snooze(transaction, changed);
  });
  changed.server_time = work.now();
  return changed;
}

}  // namespace gw::model::reminders
