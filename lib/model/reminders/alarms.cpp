#include "model/reminders/alarms.hpp"

#include "model/reminders/reminder_store.hpp"

namespace gw::model::reminders {

Millis find_alarm(sql::Connection& connection, ContextId context, UserId user, Target target) {
  const auto found = store::find_for(connection, context, user, target.module, target.object);
  return found ? found->alarm : Millis{};
}

std::map<std::int64_t, Millis> alarms_of(sql::Connection& connection, ContextId context, UserId user,
                                         TargetModule module) {
  std::map<std::int64_t, Millis> alarms;
  for (const Reminder& reminder : store::list_of_user(connection, context, user, module))
    alarms[reminder.target_id] = reminder.alarm;
  return alarms;
}

void set_alarm(Transaction& transaction, UserId user, Target target, FolderId folder, Millis alarm) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  auto stored = store::find_for(connection, context, user, target.module, target.object);
  if (alarm.value == 0) {
    if (stored) store::remove(connection, context, ObjectId(stored->id));
    return;
  }
  Reminder reminder = stored.value_or(Reminder{});
  reminder.folder = folder.value;
  reminder.alarm = alarm;
  reminder.last_modified = transaction.stamp();
  if (stored) {
    store::update(connection, context, reminder);
    return;
  }
  reminder.id = transaction.next_id();
  reminder.user_id = user.value;
  reminder.module = static_cast<std::int64_t>(target.module);
  reminder.target_id = target.object.value;
  store::insert(connection, context, reminder);
}

void forget_target(Transaction& transaction, Target target) {
  store::remove_of_target(transaction.connection(), transaction.work().context(), target.module,
                          target.object);
}

void follow_target(Transaction& transaction, Target target,
                   const std::function<FolderId(UserId user, FolderId before)>& place_of) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  for (Reminder& reminder : store::list_of_target(connection, context, target.module, target.object)) {
    const FolderId before(reminder.folder);
    const FolderId place = place_of(UserId(reminder.user_id), before);
    if (place == before) continue;
    reminder.folder = place.value;
    reminder.last_modified = transaction.stamp();
    if (place)
      store::update(connection, context, reminder);
    else
      store::remove(connection, context, ObjectId(reminder.id));
  }
}

void copy_alarms(Transaction& transaction, Target from, Target to, std::int64_t later) {
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  for (Reminder reminder : store::list_of_target(connection, context, from.module, from.object)) {
    reminder.id = transaction.next_id();
    reminder.module = static_cast<std::int64_t>(to.module);
    reminder.target_id = to.object.value;
    reminder.alarm.value += later;
    reminder.last_modified = transaction.stamp();
    store::insert(connection, context, reminder);
  }
}

}  // namespace gw::model::reminders
