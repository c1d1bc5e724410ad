#include "ajax/transfer/export_tasks.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "ajax/delivery/content_disposition.hpp"
#include "ajax/tasks/tasks_input.hpp"
#include "core/errors/transfer.hpp"
#include "core/text.hpp"
#include "formats/ical/component_writer.hpp"
#include "formats/ical/task_todo.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::ajax {
namespace {

namespace tasks = model::tasks;

/// Tasks that are in memory at once.
constexpr std::size_t kTaskChunk = 200;
constexpr std::string_view kCalendarHead =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Groupware for Apache httpd//tasks//EN\r\n";
constexpr std::string_view kCalendarTail = "END:VCALENDAR\r\n";

model::folders::FolderAccess readable_task_folder(const Invocation& invocation, FolderId folder) {
  const std::string format(invocation.action), name = std::to_string(folder.value);
  auto access = model::folders::find_access(invocation.work.connection(), invocation.caller(), folder);
  if (!access) throw ApiError(errors::ie::kNotExportable, {name, format});
  if (access->module != model::ObjectModule::Task) throw ApiError(errors::ie::kNoExporter, {format, name});
  if (access->rights.read == 0) throw ApiError(errors::ie::kNotExportable, {name, format});
  return std::move(*access);
}

struct SelectedTasks {
  std::vector<tasks::TaskRef> refs;
  std::string title;
};

SelectedTasks select_task_folder(const Invocation& invocation) {
  const std::string_view folder = trim(invocation.arguments.text("folder"));
  if (folder.empty()) throw ApiError(errors::ie::kFolderMissing);
  const auto number = parse_integer(folder);
  if (!number) throw ApiError(errors::ie::kNoExporter, {std::string(invocation.action), std::string(folder)});
  SelectedTasks selected;
  selected.title = readable_task_folder(invocation, FolderId(*number)).title;
  std::vector<ObjectId> ids;
  const auto result = tasks::list_folder(invocation.work, FolderId(*number), {},
                                         [&](std::size_t arrival, const tasks::Task& task) {
                                           if (arrival >= ids.size()) ids.resize(arrival + 1);
                                           ids[arrival] = ObjectId(task.id);
                                         });
  for (const std::size_t arrival : result.order)
    selected.refs.push_back({FolderId(*number), ids.at(arrival)});
  return selected;
}

SelectedTasks select_task_batch(const Invocation& invocation) {
  SelectedTasks selected{parse_task_refs(invocation.body), "tasks"};
  std::set<FolderId> folders;
  for (const tasks::TaskRef& ref : selected.refs)
    if (folders.insert(ref.folder).second) readable_task_folder(invocation, ref.folder);
  tasks::ListRequest request{.fields = tasks::fields_of(std::array{200})};
  std::set<std::int64_t> found;
  tasks::list_refs(invocation.work, selected.refs, request, [&](std::size_t, const tasks::Task& task) {
    found.insert(task.id);
    if (selected.refs.size() == 1) selected.title = task.title.value_or("task");
  });
  for (const tasks::TaskRef& ref : selected.refs)
    if (!found.contains(ref.id.value)) tasks::get(invocation.work, ref, request.fields);  // throws why
  return selected;
}

/// Loads some at a time in units of work of its own and holds no connection while `write` runs. Tasks that
/// went in the meantime are left out.
void stream_todos(model::Environment& environment, const model::Caller& caller,
                  std::span<const tasks::TaskRef> refs, const BodyWriter& write) {
  std::string text(kCalendarHead);
  for (std::size_t start = 0; start < refs.size(); start += kTaskChunk) {
    {
      model::UnitOfWork work(environment, caller);
      tasks::TaskCollector collector;
      const auto chunk = refs.subspan(start, std::min(kTaskChunk, refs.size() - start));
      const auto result = tasks::list_refs(work, chunk, {.fields = tasks::all_fields()}, collector.visitor());
      for (const tasks::Task& task : collector.take(result))
        text += formats::ical::format_component(formats::ical::todo_of_task(task));
    }
    if (!write(text)) return;
    text.clear();
  }
  text += kCalendarTail;
  write(text);
}

}  // namespace

Response export_tasks(Invocation& invocation) {
  const bool is_batch = invocation.request.method == Method::Put || invocation.body.is_array();
  SelectedTasks selected = is_batch ? select_task_batch(invocation) : select_task_folder(invocation);
  Response response = Response::raw("text/calendar; charset=UTF-8", {});
  response.headers.emplace_back(
      "Content-Disposition",
      content_disposition(Disposition::Attachment, clean_download_name(selected.title, "export") + ".ics"));
  model::Environment& environment = invocation.runtime.environment;
  response.stream = [&environment, caller = invocation.caller(), refs = std::move(selected.refs)](
                        const BodyWriter& write) { stream_todos(environment, caller, refs, write); };
  return response;
}

}  // namespace gw::ajax
