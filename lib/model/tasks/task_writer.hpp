// One write transaction over tasks: knows its folders, its stamp and who must hear of the changes. Used by
// the service functions only; every method checks all it has to check before it writes the first row.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "model/scheduling/task_notice.hpp"
#include "model/tasks/task_access.hpp"
#include "model/tasks/task_service.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::tasks {

class TaskWriter {
 public:
  /// Takes the stamp at once: from here on no other writer of the context can pass a check.
  /// `new_ids`: how many new tasks and reminders will follow.
  explicit TaskWriter(Transaction& transaction, std::int64_t new_ids = 0);

  ObjectId create(const TaskInput& input);
  Millis update(TaskRef ref, const TaskInput& input, Millis known);
  void confirm(TaskRef ref, const Confirmation& confirmation, Millis known);
  void remove(TaskRef ref, Millis known);

  /// What follows looks at no rights; a task that is gone is no error.
  /// Deletes the task wherever it appears. `is_told` false: whoever sees only its home is told of all by one
  /// event, which the caller raises.
  void erase(ObjectId id, bool is_told = true);
  /// The part that this user has in it ends, and it appears no longer in his folder. What has its home
  /// there moves to another participant, or is erased when there is none.
  void end_part(ObjectId id, UserId user);
  /// What the folder shows leaves it: as remove without its checks.
  void leave_folder(ObjectId id, FolderId folder, bool is_told = true);
  /// One who has it in a folder changed what only he sees.
  void touch(ObjectId id);
  void set_attachments(ObjectId id, std::int64_t number, Millis newest);

 private:
  const folders::FolderAccess& folder(FolderId id);
  /// The stored task with participants where the caller says it is, if the caller may see it. Errors:
  /// TSK-0019, TSK-0048.
  Task load(TaskRef ref);
  [[noreturn]] void refuse_place(TaskRef ref);
  /// With participants, as it lies at home; empty when it is gone.
  std::optional<Task> find_whole(ObjectId id);
  void check_quota(ObjectId next);
  void check_delegation(const Task& changed, const Task& before);
  void check_write_right(const Task& stored, const TaskInput& input, bool moves);
  /// Where the task lies after it left `from` for the folder in `changed`.
  std::vector<Place> check_move(const Task& changed, const Task& stored, FolderId from,
                                std::span<const Place> before);
  void apply_change(Task& changed, const Task& stored, const TaskInput& input);
  /// The next open task of a series whose task became done.
  void follow_up(const Task& done, const Task& next, std::span<const Place> places);
  void write_places(const Task& task, std::span<const Place> before, std::span<const Place> after);
  [[nodiscard]] Place home_in(const folders::FolderAccess& access) const;
  /// To everybody who sees one of the places; private tasks concern the folder's owner alone.
  void raise(ChangeKind kind, const Task& task, std::span<const Place> places, FolderId source = {});
  const std::vector<UserId>& viewers_of(FolderId folder);
  // Mails: task_notices.cpp.
  /// To who takes part, and to who made the task.
  void tell(scheduling::TaskChange change, const Task& task);
  /// Who came, who went, and the others.
  void tell_change(const Task& before, const Task& after);
  void tell_confirmation(const Task& task, const Confirmation& confirmation);

  Transaction& transaction_;
  UnitOfWork& work_;
  sql::Connection& connection_;
  const Caller& caller_;
  Millis stamp_;
  FolderLookup lookup_;
  std::map<FolderId, folders::FolderAccess> folders_;
  std::map<FolderId, std::vector<UserId>> viewers_;
};

}  // namespace gw::model::tasks
