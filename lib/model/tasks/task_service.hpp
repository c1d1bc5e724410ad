// Tasks as the API, import and export see them: rights, private flag, participants, conflicts, change stamps,
// reminders, recurrence and events are all decided here. A task lies in one folder, its home; in a private
// one it appears besides in the own task folder of each internal participant, who reads and confirms it
// there. Source: spec tasks-reminders-attachments section 1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"
#include "model/folders/folder_content.hpp"
#include "model/tasks/task.hpp"
#include "model/tasks/task_fields.hpp"
#include "model/tasks/task_list.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::tasks {

/// A task as clients name it.
struct TaskRef {
  FolderId folder;
  ObjectId id;
};

/// One task with everything, or with `fields` only. Errors: FLD-0003, FLD-0008 folder; TSK-0006 no task
/// folder; TSK-0023 no read right; TSK-0019 not found there or not visible.
Task get(UnitOfWork& work, TaskRef ref, const FieldSet& fields = all_fields());
/// All tasks of a folder that the caller may see. Errors: as get.
ListResult list_folder(UnitOfWork& work, FolderId folder, const ListRequest& request, const Visitor& visit);
/// In the order asked for; missing and unreadable ones are left out. Cost: one select per 256 ids.
ListResult list_refs(UnitOfWork& work, std::span<const TaskRef> refs, const ListRequest& request,
                     const Visitor& visit);

struct Updates {
  ListResult changed;
  /// Deleted, moved away, taken from the participant, or no longer visible to the caller. Ascending.
  std::vector<ObjectId> removed;
  /// The `since` of the next call.
  Millis timestamp;
};
/// What happened in a folder after `since`, from one state of the database. Errors: as get; SVL-0017 when
/// `with_removed` and `since` is older than the tombstones reach (and not 0).
Updates updates(UnitOfWork& work, FolderId folder, Millis since, bool with_removed,
                const ListRequest& request, const Visitor& visit);

/// Longest pattern, in characters. Errors beyond it: SVL-0010.
inline constexpr std::size_t kMaxPatternLength = 255;
struct SearchQuery {
  /// Looked for in title, note and categories; `*` and `?` are wildcards. Empty finds all.
  std::string pattern;
  /// Empty: every readable task folder. A task that several of them show comes once.
  std::optional<FolderId> folder;
  /// The end of the task lies in [start, end), as numbers of the wire in `zone`.
  std::optional<std::int64_t> start;
  std::optional<std::int64_t> end;
  TimeZone zone = TimeZone::utc();
};
/// Errors: TSK-0051 pattern too short, TSK-0021 start after end, folder errors for the one named.
ListResult search(UnitOfWork& work, const SearchQuery& query, const ListRequest& request,
                  const Visitor& visit);

/// What create and update take: values and which rows of task_fields() were sent. `task.start` and `task.due`
/// are numbers of the wire, which only the stored task makes dates or instants of `zone`.
struct TaskInput {
  Task task;
  FieldSet sent;
  TimeZone zone = TimeZone::utc();
  bool notifies = false;  ///< member `notification`: who takes part is told by mail
};
/// Reads the API's JSON object. Read-only and unknown members are ignored. Errors: SVL-0010 wrong kind of
/// value or out of range, TSK-0030, TSK-0031, TSK-0039, TSK-0041, TSK-0044, TSK-0049, TSK-0055, TSK-0057,
/// TSK-0058.
TaskInput parse_task(const Json& source, const TimeZone& zone);

struct Stored {
  ObjectId id;
  Millis timestamp;
};
/// Stores a new task in `task.folder_id`. Errors: TSK-0027 no folder; TSK-0025 no right; TSK-0008, TSK-0028
/// private flag; TSK-0018, TSK-0026, TSK-0052 participants; TSK-0040 dates; TSK-0037 and APP-00xx recurrence;
/// QUOTA-0003.
Stored create(UnitOfWork& work, const TaskInput& input);

/// `error` is set when this element was refused; the others are stored all the same.
struct CreateOutcome {
  ObjectId id;
  std::optional<ApiError> error;
  Millis timestamp;
};
/// Bulk import, of what was not read by parse_task. Transactions of 500 elements each; a failing database
/// ends it, what was committed before stays. Gives one outcome per element, in order. Errors of elements:
/// those of create, TSK-0041, TSK-0058.
std::vector<CreateOutcome> create_many(UnitOfWork& work, std::span<const TaskInput> inputs);

/// The newest `known` possible: switches the conflict check off.
inline constexpr Millis kAnyVersion{INT64_MAX};

/// Changes the rows that were sent; a `folder_id` that differs from `ref.folder` moves the task, or what the
/// participant sees of it. A recurring task that becomes done makes the next one. Errors: TSK-0007 changed
/// after `known`; TSK-0048 it is in another folder; TSK-0033 no write right; TSK-0014, TSK-0025 no right to
/// take it away, to put it there; TSK-0034 shared folder; TSK-0042, TSK-0043 private task; TSK-0053 uid; and
/// those of create.
Stored update(UnitOfWork& work, TaskRef ref, const TaskInput& input, Millis known);

struct Confirmation {
  std::int64_t status = 0;  ///< 0 none, 1 accepted, 2 declined, 3 tentative
  Text message;
};
/// Longest message, in characters. Errors beyond it: TSK-0041.
inline constexpr std::int64_t kMaxMessage = 1'000;
/// What the caller says to his own participation. Errors: TSK-0018 he takes no part; SVL-0010 status; as
/// get; TSK-0007.
Stored confirm(UnitOfWork& work, TaskRef ref, const Confirmation& confirmation, Millis known);

struct Removed {
  std::vector<std::optional<ApiError>> errors;  ///< one per ref, in order; empty: deleted
  Millis timestamp;
};
/// Deletes each task alone: one that is refused (TSK-0007, TSK-0014, TSK-0019, folder errors) leaves the
/// others untouched. Where a participant sees it only his part in it ends.
Removed remove(UnitOfWork& work, std::span<const TaskRef> refs, Millis known);

/// The folder services' view of this module. Lives as long as the process.
const folders::FolderContent& task_folder_content();

}  // namespace gw::model::tasks
