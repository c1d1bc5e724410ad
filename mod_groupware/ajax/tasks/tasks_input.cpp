#include "ajax/tasks/tasks_input.hpp"

#include "ajax/list_window.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

namespace tasks = model::tasks;

ObjectId parse_task_id(std::string_view text) {
  const auto number = parse_integer(text);
  if (!number || *number < 0) throw ApiError(errors::tsk::kNotFound, {std::string(text)});
  return ObjectId(*number);
}

tasks::TaskRef parse_task_ref(const Json& element) {
  if (!element.is_object())
    throw ApiError(errors::svl::kBodyType, {"an array of objects with id and folder"});
  const Json folder = element.get("folder");
  const auto folder_text = (folder.is_missing() ? element.get("folder_id") : folder).to_text();
  const auto id_text = element.get("id").to_text();
  if (!folder_text) throw ApiError(errors::svl::kMissing, {"folder"});
  if (!id_text) throw ApiError(errors::svl::kMissing, {"id"});
  return {parse_task_folder(*folder_text), parse_task_id(*id_text)};
}

}  // namespace

FolderId parse_task_folder(std::string_view text) {
  const auto number = parse_integer(text);
  if (!number || *number < 0) throw ApiError(errors::tsk::kNoTaskFolder, {std::string(text)});
  return FolderId(*number);
}

tasks::TaskRef asked_task(const Invocation& invocation) {
  return {parse_task_folder(invocation.arguments.text("folder")),
          parse_task_id(invocation.arguments.text("id"))};
}

std::vector<tasks::TaskRef> parse_task_refs(const Json& body) {
  if (body.is_object()) return {parse_task_ref(body)};
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array"});
  if (body.size() > kMaxTaskIds) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  std::vector<tasks::TaskRef> refs;
  refs.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) refs.push_back(parse_task_ref(body.at(i)));
  return refs;
}

TaskRows::TaskRows(const Invocation& invocation, bool is_sorted) : rows_(invocation, tasks::task_fields()) {
  for (const int row : rows_.columns())
    if (row >= 0) request_.fields.set(static_cast<std::size_t>(row));
  if (!is_sorted) return;
  const SortOrder order = parse_sort_order(invocation.arguments);
  request_.sort = {order.column, order.descending};
}

tasks::Visitor TaskRows::visitor() {
  return [this](std::size_t arrival, const tasks::Task& task) { rows_.add(arrival, task); };
}

Response TaskRows::answer(const tasks::ListResult& result) const {
  return Response::with_text(rows_.join(result.order), result.timestamp);
}

Response TaskRows::answer(const tasks::Updates& updates) const {
  std::vector<std::string> removed;
  removed.reserve(updates.removed.size());
  for (const ObjectId id : updates.removed) removed.push_back(std::to_string(id.value));
  return Response::with_text(rows_.join(updates.changed.order, removed), updates.timestamp);
}

}  // namespace gw::ajax
