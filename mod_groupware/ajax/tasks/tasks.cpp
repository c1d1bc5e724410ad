// Module `tasks`. Source: spec tasks-reminders-attachments sections 1 and 2.
#include "ajax/tasks/tasks.hpp"

#include "ajax/tasks/tasks_input.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

namespace tasks = model::tasks;

Response all_tasks(Invocation& invocation) {
  TaskRows rows(invocation, true);
  const FolderId folder = parse_task_folder(invocation.arguments.text("folder"));
  return rows.answer(tasks::list_folder(invocation.work, folder, rows.request(), rows.visitor()));
}

Response list_tasks(Invocation& invocation) {
  TaskRows rows(invocation, false);
  const auto refs = parse_task_refs(invocation.body);
  return rows.answer(tasks::list_refs(invocation.work, refs, rows.request(), rows.visitor()));
}

Response task_updates(Invocation& invocation) {
  TaskRows rows(invocation, true);
  // Tasks name deleted ids only when a client asks for them in so many words (spec conventions section 6).
  const bool with_removed = invocation.arguments.text("ignore") == "false";
  const FolderId folder = parse_task_folder(invocation.arguments.text("folder"));
  const Millis since{invocation.arguments.integer("timestamp")};
  return rows.answer(
      tasks::updates(invocation.work, folder, since, with_removed, rows.request(), rows.visitor()));
}

Response get_task(Invocation& invocation) {
  const tasks::Task task = tasks::get(invocation.work, asked_task(invocation));
  return Response::with_data(model::write_object(task, tasks::task_fields(), invocation.format),
                             task.last_modified);
}

Response answer_stored(const tasks::Stored& stored) {
  Json data = Json::object();
  data.set("id", Json::string(std::to_string(stored.id.value)));
  return Response::with_data(std::move(data), stored.timestamp);
}

Response create_task(Invocation& invocation) {
  return answer_stored(
      tasks::create(invocation.work, tasks::parse_task(invocation.body, invocation.format.zone)));
}

Response update_task(Invocation& invocation) {
  const tasks::TaskRef ref = asked_task(invocation);
  const Millis known{invocation.arguments.integer("timestamp")};
  return answer_stored(
      tasks::update(invocation.work, ref, tasks::parse_task(invocation.body, invocation.format.zone), known));
}

Response delete_tasks(Invocation& invocation) {
  const auto refs = parse_task_refs(invocation.body);
  const tasks::Removed removed =
      tasks::remove(invocation.work, refs, Millis{invocation.arguments.integer("timestamp")});
  Json kept = Json::array();
  for (std::size_t i = 0; i < refs.size(); ++i) {
    const auto& error = removed.errors[i];
    if (!error) continue;
    // A single task that may not be deleted is a failed request; among several it is one that was left.
    const bool meanwhile = error->code() == errors::tsk::kChanged || error->code() == errors::tsk::kNotFound;
    if (refs.size() == 1 && !meanwhile) throw ApiError(*error);
    kept.append(Json::string(std::to_string(refs[i].id.value)));
  }
  return Response::with_data(std::move(kept), removed.timestamp);
}

Response confirm_task(Invocation& invocation) {
  const tasks::TaskRef ref = asked_task(invocation);
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with confirmation"});
  const Json status = body.get("confirmation");
  if (status.is_missing()) throw ApiError(errors::svl::kMissing, {"confirmation"});
  if (!status.to_integer()) throw ApiError(errors::svl::kBadParameter, {"confirmation", status.dump()});
  tasks::Confirmation confirmation{*status.to_integer(), body.get("confirmmessage").to_text()};
  if (confirmation.message && trim(*confirmation.message).empty()) confirmation.message.reset();
  // Clients leave the timestamp out.
  const Millis known{invocation.arguments.optional_integer("timestamp").value_or(tasks::kAnyVersion.value)};
  return Response::with_data(Json::object(),
                             tasks::confirm(invocation.work, ref, confirmation, known).timestamp);
}

std::optional<std::int64_t> parse_search_date(const Json& body, const char* name) {
  const Json value = body.get(name);
  if (value.is_missing() || value.is_null()) return std::nullopt;
  const auto number = value.to_integer();
  if (!number) throw ApiError(errors::svl::kBadParameter, {name, value.dump()});
  return number;
}

Response search_tasks(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with pattern"});
  TaskRows rows(invocation, true);
  tasks::SearchQuery query{.zone = invocation.format.zone};
  query.pattern = body.get("pattern").to_text().value_or("");
  query.start = parse_search_date(body, "start");
  query.end = parse_search_date(body, "end");
  const auto folder = body.get("folder").to_text();
  if (folder && !trim(*folder).empty()) query.folder = parse_task_folder(*folder);
  return rows.answer(tasks::search(invocation.work, query, rows.request(), rows.visitor()));
}

constexpr Parameter kTaskColumns[] = {{"columns", Type::List, true}};
constexpr Parameter kTasksAll[] = {
    {"folder", Type::Id, true}, {"columns", Type::List, true}, {"sort", Type::Integer}, {"order"}};
constexpr Parameter kTasksSearch[] = {{"columns", Type::List, true}, {"sort", Type::Integer}, {"order"}};
constexpr Parameter kTasksUpdates[] = {{"folder", Type::Id, true},
                                       {"columns", Type::List, true},
                                       {"timestamp", Type::Timestamp, true},
                                       {"ignore"},
                                       {"sort", Type::Integer},
                                       {"order"}};
constexpr Parameter kOneTask[] = {{"id", Type::Id, true}, {"folder", Type::Id, true}};
constexpr Parameter kTaskConfirm[] = {
    {"id", Type::Id, true}, {"folder", Type::Id, true}, {"timestamp", Type::Timestamp}};
constexpr Parameter kTaskUpdate[] = {
    {"id", Type::Id, true}, {"folder", Type::Id, true}, {"timestamp", Type::Timestamp, true}};
constexpr Parameter kTasksDelete[] = {{"timestamp", Type::Timestamp, true}};

constexpr auto kTasks = model::Module::Tasks;

constexpr Action kTasksActions[] = {
    {"all", kGet, all_tasks, 0, kTasksAll, kTasks},
    {"confirm", kPut, confirm_task, kBody | kSerial, kTaskConfirm, kTasks},
    {"delete", kPut, delete_tasks, kBody | kSerial, kTasksDelete, kTasks},
    {"get", kGet, get_task, 0, kOneTask, kTasks},
    {"list", kPut, list_tasks, kBody, kTaskColumns, kTasks},
    {"new", kPut, create_task, kBody | kSerial, {}, kTasks},
    {"search", kPut, search_tasks, kBody, kTasksSearch, kTasks},
    {"update", kPut, update_task, kBody | kSerial, kTaskUpdate, kTasks},
    {"updates", kGet, task_updates, 0, kTasksUpdates, kTasks},
};

}  // namespace

const ApiModule kTasksModule{"tasks", kTasksActions};

}  // namespace gw::ajax
