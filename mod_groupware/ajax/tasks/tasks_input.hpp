// What clients send to the tasks module, and the rows they get back.
#pragma once

#include <string_view>
#include <vector>

#include "ajax/action.hpp"
#include "ajax/row_text.hpp"
#include "model/tasks/task_service.hpp"

namespace gw::ajax {

/// Most elements of a list or delete request. Errors beyond it: SVL-0031.
inline constexpr std::size_t kMaxTaskIds = 100'000;

/// Errors: TSK-0006 when it is no number.
FolderId parse_task_folder(std::string_view text);
/// Parameters `folder` and `id`.
model::tasks::TaskRef asked_task(const Invocation& invocation);
/// `{id,folder}` (or `folder_id`) or an array of them. Errors: SVL-0028, SVL-0031, TSK-0006, TSK-0019.
std::vector<model::tasks::TaskRef> parse_task_refs(const Json& body);

/// Collects the rows of a list while tasks arrive, and puts them into the order of the result.
class TaskRows {
 public:
  /// `is_sorted`: the action declares `sort` and `order`. Errors: SVL-0010.
  TaskRows(const Invocation& invocation, bool is_sorted);

  [[nodiscard]] const model::tasks::ListRequest& request() const { return request_; }
  [[nodiscard]] model::tasks::Visitor visitor();
  [[nodiscard]] Response answer(const model::tasks::ListResult& result) const;
  /// The changed rows, then the ids of those that are gone.
  [[nodiscard]] Response answer(const model::tasks::Updates& updates) const;

 private:
  RowText<model::tasks::Task> rows_;
  model::tasks::ListRequest request_;
};

}  // namespace gw::ajax
