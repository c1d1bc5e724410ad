#include "ajax/transfer/import_tasks.hpp"

#include <array>
#include <map>
#include <unordered_set>

#include "ajax/envelope.hpp"
#include "ajax/transfer/ical_folder.hpp"
#include "ajax/transfer/import_file.hpp"
#include "core/errors/transfer.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "formats/ical/component_reader.hpp"
#include "formats/ical/task_todo.hpp"
#include "model/folders/folder_access.hpp"
#include "model/tasks/task_service.hpp"

namespace gw::ajax {
namespace {

namespace ical = formats::ical;
namespace tasks = model::tasks;

/// The first task folder of the list. Without the right to read nobody may learn which UIDs exist.
model::folders::FolderAccess import_target(const Invocation& invocation) {
  const std::string_view text = trim(invocation.arguments.text("folder"));
  if (text.empty()) throw ApiError(errors::ie::kFolderMissing);
  for (const std::string_view part : split(text, ',')) {
    const auto number = parse_integer(part);
    if (!number) continue;
    auto access =
        model::folders::find_access(invocation.work.connection(), invocation.caller(), FolderId(*number));
    if (!access) throw ApiError(errors::ie::kNoCreate, {std::string(part)});
    if (access->module != model::ObjectModule::Task) continue;
    if (!access->rights.may_create_objects()) throw ApiError(errors::ie::kNoCreate, {std::string(part)});
    return std::move(*access);
  }
  throw ApiError(errors::ie::kNoImporter, {std::string(invocation.action), std::string(text)});
}

/// The uid of a new task: that of the file unless the folder has it already or the client wants new ones.
class UidKeeper {
 public:
  UidKeeper(Invocation& invocation, const model::folders::FolderAccess& folder)
      : keeps_(!invocation.arguments.boolean("ignoreUIDs") && folder.rights.read > 0) {
    if (!keeps_) return;
    const tasks::ListRequest request{.fields = tasks::fields_of(std::array{223})};
    tasks::list_folder(invocation.work, folder.id, request, [&](std::size_t, const tasks::Task& task) {
      if (task.uid) taken_.insert(*task.uid);
    });
  }
  void claim(tasks::Task& task) {
    if (!keeps_ || (task.uid && !taken_.insert(*task.uid).second)) task.uid.reset();
  }

 private:
  bool keeps_;
  std::unordered_set<std::string> taken_;
};

Json warning_element(const ical::Warning& warning, const Invocation& invocation) {
  return make_error_members(errors::ie::kValueIgnored, {warning.where, ""}, invocation.caller().locale,
                            next_error_id());
}

Json imported_element(const tasks::CreateOutcome& outcome, const std::vector<ical::Warning>& warnings,
                      FolderId folder, const Invocation& invocation) {
  if (outcome.error) return make_error_envelope(*outcome.error, invocation.caller().locale, next_error_id());
  Json element = warnings.empty() ? Json::object() : warning_element(warnings.front(), invocation);
  if (!warnings.empty()) {
    Json all = Json::array();
    for (const ical::Warning& warning : warnings) all.append(warning_element(warning, invocation));
    element.set("warnings", std::move(all));
  }
  element.set("id", Json::string(std::to_string(outcome.id.value)));
  element.set("folder_id", Json::string(std::to_string(folder.value)));
  element.set("last_modified", Json::integer(to_zone_time(outcome.timestamp, invocation.format.zone)));
  return element;
}

struct ReadTasks {
  std::vector<tasks::TaskInput> inputs;
  std::vector<std::vector<ical::Warning>> warnings;  ///< one list per input
  std::vector<ical::Warning> of_file;                ///< with those of the inputs
};

ReadTasks read_todos(const Invocation& invocation, std::string_view text, FolderId folder, UidKeeper& uids) {
  const ical::ReadText read = ical::read_components(text);
  if (read.calendars.empty()) throw ApiError(errors::ie::kNoContent);
  ReadTasks found;
  const auto note = [&](const std::vector<ical::Warning>& more) {
    found.of_file.insert(found.of_file.end(), more.begin(), more.end());
  };
  note(read.warnings);
  for (const ical::Component& component : read.calendars) {
    const ical::CalendarObject calendar = ical::read_calendar(component);
    note(calendar.warnings);
    // Rules that came along are compared over the years around now.
    constexpr std::int64_t kFiveYears = 5 * 366 * std::int64_t{86'400'000};
    const Millis now = invocation.work.now();
    ical::ZoneResolver zones(calendar.zones, {invocation.caller().timezone}, {now.value - kFiveYears},
                             {now.value + kFiveYears});
    for (const ical::Item& item : calendar.items) {
      if (item.kind != ical::ItemKind::Todo) continue;
      std::vector<ical::Warning> warnings;
      ical::TaskOfTodo todo = ical::task_of_todo(item, zones, warnings);
      note(warnings);
      uids.claim(todo.task);
      todo.task.folder_id = folder.value;
      found.inputs.push_back({std::move(todo.task), tasks::fields_of(todo.columns), TimeZone::utc()});
      found.warnings.push_back(std::move(warnings));
    }
  }
  return found;
}

}  // namespace

Response import_tasks(Invocation& invocation) {
  const auto folder = import_target(invocation);
  if (!invocation.caller().modules.has(model::Module::Tasks)) throw ApiError(errors::ie::kTasksDisabled);
  UidKeeper uids(invocation, folder);
  const ImportFile file(single_upload(invocation.request).path);
  invocation.work.release();
  const ReadTasks read = read_todos(invocation, file.text(), folder.id, uids);
  const auto outcomes = tasks::create_many(invocation.work, read.inputs);
  Json data = Json::array();
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    data.append(imported_element(outcomes[i], read.warnings[i], folder.id, invocation));
  Response response = Response::with_data(std::move(data));
  response.warnings = file_warnings(read.of_file);
  return response;
}

}  // namespace gw::ajax
