#include "model/tasks/task_reminders.hpp"

#include <set>

#include "model/tasks/task_service.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {
namespace {

class TaskReminders final : public reminders::ReminderParent {
 public:
  [[nodiscard]] reminders::TargetModule module() const override { return reminders::TargetModule::Task; }

  [[nodiscard]] std::vector<bool> are_readable(
      UnitOfWork& work, std::span<const reminders::Reminder> reminders) const override {
    std::vector<TaskRef> refs;
    for (const reminders::Reminder& one : reminders)
      refs.push_back({FolderId(one.folder), ObjectId(one.target_id)});
    std::set<std::int64_t> found;
    list_refs(work, refs, {}, [&](std::size_t, const Task& task) { found.insert(task.id); });
    std::vector<bool> readable;
    for (const reminders::Reminder& one : reminders) readable.push_back(found.contains(one.target_id));
    return readable;
  }

  void touch(Transaction& transaction, const reminders::Reminder& reminder) const override {
    TaskWriter(transaction).touch(ObjectId(reminder.target_id));
  }
};

}  // namespace

const reminders::ReminderParent& task_reminder_parent() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const TaskReminders* const parent = new TaskReminders;
  return *parent;
}

}  // namespace gw::model::tasks
