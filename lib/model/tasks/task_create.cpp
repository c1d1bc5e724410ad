// New tasks.
#include <algorithm>
#include <array>

#include "core/errors/task.hpp"
#include "model/reminders/alarms.hpp"
#include "model/tasks/task_delegation.hpp"
#include "model/tasks/task_recurrence.hpp"
#include "model/tasks/task_rules.hpp"
#include "model/tasks/task_store.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {
namespace {

constexpr std::size_t kTasksCreatedAtOnce = 500;

/// An alarm takes an id, too.
std::int64_t ids_of(const TaskInput& input) { return input.task.alarm.value != 0 ? 2 : 1; }

}  // namespace

void TaskWriter::check_delegation(const Task& changed, const Task& before) {
  if (changed.participants.empty() || changed.participants == before.participants) return;
  if (!caller_.modules.has(Module::DelegateTasks)) throw ApiError(errors::tsk::kNoDelegation);
}

ObjectId TaskWriter::create(const TaskInput& input) {
  const Task nothing;
  Task task;
  const folders::FolderAccess& place = folder(FolderId(input.task.folder_id));
  if (!place.rights.may_create_objects())
    throw ApiError(errors::tsk::kNoCreate, {std::to_string(place.id.value)});
  apply_input(task, input, stamp_);
  task.folder_id = place.id.value;
  task.uid = input.task.uid;
  settle_new(task, input.sent);
  task.participants = input.task.participants;
  task.created_by = task.modified_by = caller_.user.value;
  task.creation_date = task.last_modified = stamp_;
  check_private_flag(task, place, caller_);
  check_delegation(task, nothing);
  expand_participants(connection_, caller_.context, task, nothing);
  settle_recurrence(task, nothing, input.sent, caller_.timezone);
  const ObjectId id(transaction_.next_id());
  check_quota(id);

  task.id = id.value;
  const std::vector<Place> places = places_of(connection_, caller_.context, task, home_in(place), {});
  store::insert(connection_, caller_.context, task);
  store::replace_places(connection_, caller_.context, id, places, stamp_);
  if (!task.participants.empty()) store::replace_members(connection_, caller_.context, task);
  if (input.task.alarm.value != 0)
    reminders::set_alarm(transaction_, caller_.user, {reminders::TargetModule::Task, id}, place.id,
                         input.task.alarm);
  raise(ChangeKind::Created, task, places);
  if (input.notifies) tell(scheduling::TaskChange::New, task);
  return id;
}

Stored create(UnitOfWork& work, const TaskInput& input) {
  if (input.task.folder_id == 0) throw ApiError(errors::tsk::kNoFolder);
  Stored stored;
  work.write([&](Transaction& transaction) {
    TaskWriter writer(transaction, ids_of(input));
    stored = {writer.create(input), transaction.stamp()};
  });
  return stored;
}

std::vector<CreateOutcome> create_many(UnitOfWork& work, std::span<const TaskInput> inputs) {
  std::vector<CreateOutcome> outcomes(inputs.size());
  for (std::size_t start = 0; start < inputs.size(); start += kTasksCreatedAtOnce) {
    const std::size_t end = std::min(inputs.size(), start + kTasksCreatedAtOnce);
    std::int64_t ids = 0;
    for (std::size_t i = start; i < end; ++i) ids += ids_of(inputs[i]);
    work.write([&](Transaction& transaction) {
      TaskWriter writer(transaction, ids);
      for (std::size_t i = start; i < end; ++i) {
        outcomes[i].error.reset();
        try {
          check_texts(inputs[i].task, inputs[i].sent);
          outcomes[i].id = writer.create(inputs[i]);
          outcomes[i].timestamp = transaction.stamp();
        } catch (const ApiError& refused) {
          outcomes[i].error = refused;
        }
      }
    });
  }
  return outcomes;
}

}  // namespace gw::model::tasks
