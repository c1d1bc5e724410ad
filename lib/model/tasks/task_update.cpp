// Changing and moving tasks, and what follows when one of a series is done.
#include <algorithm>
#include <array>

#include "core/errors/task.hpp"
#include "core/random.hpp"
#include "model/reminders/alarms.hpp"
#include "model/tasks/task_delegation.hpp"
#include "model/tasks/task_recurrence.hpp"
#include "model/tasks/task_rules.hpp"
#include "model/tasks/task_store.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {
namespace {

namespace tsk = errors::tsk;
using folders::FolderType;

/// Everything that was sent but the folder and the caller's own alarm.
bool changes_content(const TaskInput& input) { return (input.sent & ~fields_of(std::array{20, 204})).any(); }

bool became_done(const Task& before, const Task& after) {
  constexpr auto done = static_cast<std::int64_t>(Status::Done);
  return before.status != done && after.status == done && after.recurrence_type != 0;
}

}  // namespace

void TaskWriter::check_write_right(const Task& stored, const TaskInput& input, bool moves) {
  const std::string place = std::to_string(stored.folder_id);
  const folders::FolderAccess& access = folder(FolderId(stored.folder_id));
  const bool own = is_own(stored, caller_);
  if (moves && !may_remove(access.rights, own)) throw ApiError(tsk::kNoDelete, {place});
  if ((!moves || changes_content(input)) && !may_write(access.rights, own))
    throw ApiError(tsk::kNoWrite, {place});
}

std::vector<Place> TaskWriter::check_move(const Task& changed, const Task& stored, FolderId from,
                                          std::span<const Place> before) {
  const folders::FolderAccess& target = folder(FolderId(changed.folder_id));
  if (folder(from).type == FolderType::Shared || target.type == FolderType::Shared)
    throw ApiError(tsk::kSharedMove);
  if (!target.rights.may_create_objects()) throw ApiError(tsk::kNoCreate, {std::to_string(target.id.value)});
  const bool is_private = target.type == FolderType::Private;
  if (changed.private_flag && !is_private) throw ApiError(tsk::kPrivateMove);
  if (stored.is_home) return places_of(connection_, caller_.context, changed, home_in(target), before);
  // What somebody else gave him a participant sorts as he likes, but only he: it stays where it lies.
  if (!is_private) throw ApiError(tsk::kNoDelete, {std::to_string(from.value)});
  std::vector<Place> after(before.begin(), before.end());
  for (Place& place : after)
    if (place.folder == from) place.folder = target.id;
  return places_of(connection_, caller_.context, changed, after.front(), after);
}

void TaskWriter::apply_change(Task& changed, const Task& stored, const TaskInput& input) {
  if (is_sent(input.sent, 223) && input.task.uid && input.task.uid != stored.uid)
    throw ApiError(tsk::kUidChanged);
  apply_input(changed, input, stamp_);
  if (is_sent(input.sent, 220)) {
    changed.participants = input.task.participants;
    check_delegation(changed, stored);
    expand_participants(connection_, caller_.context, changed, stored);
  }
  settle_recurrence(changed, stored, input.sent, caller_.timezone);
  changed.modified_by = caller_.user.value;
  changed.last_modified = stamp_;
}

void TaskWriter::follow_up(const Task& done, const Task& next, std::span<const Place> places) {
  Task task = next;
  const ObjectId id(transaction_.next_id());
  check_quota(id);
  task.id = id.value;
  task.uid = random_uuid();
  task.created_by = done.created_by;
  task.modified_by = caller_.user.value;
  task.creation_date = task.last_modified = stamp_;
  task.number_of_attachments = 0;
  task.newest_attachment = {};
  for (TaskUser& user : task.users) {
    user.confirmation = 0;
    user.message.reset();
  }
  store::insert(connection_, caller_.context, task);
  store::replace_places(connection_, caller_.context, id, places, stamp_);
  if (!task.participants.empty()) store::replace_members(connection_, caller_.context, task);
  reminders::copy_alarms(transaction_, {reminders::TargetModule::Task, ObjectId(done.id)},
                         {reminders::TargetModule::Task, id}, *task.start - *done.start);
  raise(ChangeKind::Created, task, places);
}

Millis TaskWriter::update(TaskRef ref, const TaskInput& input, Millis known) {
  const Task stored = load(ref);
  const bool moves =
      is_sent(input.sent, 20) && input.task.folder_id != 0 && input.task.folder_id != stored.folder_id;
  check_write_right(stored, input, moves);
  if (stored.last_modified > known) throw ApiError(tsk::kChanged);
  if (input.sent.none()) return stored.last_modified;

  Task changed = stored;
  apply_change(changed, stored, input);
  if (moves) changed.folder_id = input.task.folder_id;
  const auto before = store::load_places(connection_, caller_.context, ref.id);
  std::vector<Place> after;
  if (moves)
    after = check_move(changed, stored, ref.folder, before);
  else if (is_sent(input.sent, 220))
    after = places_of(connection_, caller_.context, changed, before.front(), before);
  else
    after = before;
  if (is_sent(input.sent, 101) || is_sent(input.sent, 220))
    check_private_flag(changed, folder(FolderId(changed.folder_id)), caller_);

  std::optional<Task> next;
  if (became_done(stored, changed)) {
    next = next_open(changed, caller_.timezone);
    clear_recurrence(changed);
  }
  const reminders::Target target{reminders::TargetModule::Task, ref.id};
  store::update(connection_, caller_.context, changed);
  if (is_sent(input.sent, 220)) store::replace_members(connection_, caller_.context, changed);
  if (is_sent(input.sent, 204))
    reminders::set_alarm(transaction_, caller_.user, target, ref.folder, input.task.alarm);
  write_places(changed, before, after);
  if (next) follow_up(changed, *next, after);
  // Who saw it before must hear that it moved, became private or is no longer his.
  std::vector<Place> concerned = after;
  for (const Place& place : before)
    if (std::find(after.begin(), after.end(), place) == after.end()) concerned.push_back(place);
  Task told = changed;
  told.private_flag = stored.private_flag && changed.private_flag;
  raise(moves ? ChangeKind::Moved : ChangeKind::Updated, told, concerned, moves ? ref.folder : FolderId{});
  if (input.notifies && changes_content(input)) tell_change(stored, changed);
  return stamp_;
}

Stored update(UnitOfWork& work, TaskRef ref, const TaskInput& input, Millis known) {
  Stored stored{ref.id, {}};
  work.write([&](Transaction& transaction) {
    stored.timestamp = TaskWriter(transaction).update(ref, input, known);
  });
  return stored;
}

}  // namespace gw::model::tasks
