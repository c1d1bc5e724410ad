// Finding tasks by several conditions at once. Rights are those of every list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/participant_search.hpp"
#include "model/tasks/task_service.hpp"

namespace gw::model::tasks {

/// Attachments: the names of files.
enum class TaskText { Title, Note, Categories, Attachments };

/// All of its conditions hold for a task that is found.
struct TaskQuery {
  struct Words {
    std::vector<TaskText> in;  ///< in one of these
    std::string pattern;       ///< without case and accents; `*` and `?` are wildcards
  };
  std::vector<Words> words;
  std::vector<ParticipantCondition> participants;
  std::vector<std::int64_t> statuses;  ///< one of these; empty: no matter
  std::optional<bool> is_series;
  /// Absent: every readable task folder.
  std::optional<std::vector<FolderId>> folders;
};

/// A task that several folders show comes once. Errors: TSK-0051 a pattern is too short, SVL-0010 too long;
/// folder errors for those named. Cost: one select for each 256 folders, and where names of
/// files are searched one for each 256 tasks that have some.
ListResult find(UnitOfWork& work, const TaskQuery& query, const ListRequest& request, const Visitor& visit);

}  // namespace gw::model::tasks
