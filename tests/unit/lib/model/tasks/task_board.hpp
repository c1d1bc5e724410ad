// A context with an administrator (2) and three users (3, 4, 5), their default folders, and JSON to the task
// service, so that tests read like the API's own requests.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "core/errors/task.hpp"
#include "model/changes.hpp"
#include "model/field_json.hpp"
#include "model/tasks/task_service.hpp"
#include "unit/lib/model/sample_context.hpp"

namespace gw::test {

namespace tasks = model::tasks;
using tasks::Task;
using tasks::TaskRef;

constexpr std::int64_t kDay = 86'400'000;
/// 2024-07-01, a Monday; midnight UTC.
constexpr std::int64_t kMonday = 1'719'792'000'000;

class TaskBoard : public SampleContext {
 protected:
  TaskBoard() : SampleContext({&tasks::task_folder_content()}) {}

  FolderId home(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).tasks_folder;
  }

  /// A further task folder: of `owner` below his own, or a public one that every user may use as `rights`
  /// say.
  FolderId folder_of(UserId owner) { return make_folder(owner, 1, 1, model::kOwnerBits, false); }
  FolderId public_folder(const model::Rights& rights) {
    return make_folder(kAdmin, 2, 2, model::to_bits(rights), true);
  }

  ObjectId create(UserId user, FolderId folder, const std::string& members,
                  const TimeZone& zone = TimeZone::utc()) {
    Json body = json(members);
    body.set("folder_id", Json::string(std::to_string(folder.value)));
    return tasks::create(as(user), tasks::parse_task(body, zone)).id;
  }
  Millis update(UserId user, TaskRef ref, const std::string& members, Millis known = tasks::kAnyVersion,
                const TimeZone& zone = TimeZone::utc()) {
    return tasks::update(as(user), ref, tasks::parse_task(json(members), zone), known).timestamp;
  }
  Task get(UserId user, TaskRef ref) { return tasks::get(as(user), ref); }
  Json shown(UserId user, TaskRef ref, const TimeZone& zone = TimeZone::utc()) {
    return model::write_object(get(user, ref), tasks::task_fields(), {zone});
  }
  /// The outcome of one deletion: empty, or the code.
  std::string remove(UserId user, TaskRef ref, Millis known = tasks::kAnyVersion) {
    const auto removed = tasks::remove(as(user), std::array{ref}, known);
    return removed.errors.front() ? format_code(removed.errors.front()->code()) : "";
  }
  /// What a new task is refused with; empty when it is not.
  std::string refused(UserId user, FolderId folder, const std::string& members) {
    return refusal([&] { create(user, folder, members); });
  }

  std::vector<Task> list(UserId user, FolderId folder, const tasks::Sort& sort = {}) {
    const tasks::ListRequest request{tasks::all_fields(), sort};
    tasks::TaskCollector collector;
    return collector.take(tasks::list_folder(as(user), folder, request, collector.visitor()));
  }
  Names titles(UserId user, FolderId folder, const tasks::Sort& sort = {}) {
    Names titles;
    for (const Task& task : list(user, folder, sort)) titles.push_back(task.title.value_or("-"));
    return titles;
  }
  std::vector<ObjectId> removed_since(UserId user, FolderId folder, Millis since) {
    return tasks::updates(as(user), folder, since, true, {}, [](std::size_t, const Task&) {}).removed;
  }
  Millis now() {
    const sql::Lease lease = database.pool->acquire();
    return model::last_stamp(*lease, kContext);
  }
  std::int64_t count(const std::string& table) {
    const sql::Lease lease = database.pool->acquire();
    auto row = lease->query("SELECT COUNT(*) FROM " + table + " WHERE cid=?", kContext);
    return row.next() ? row.integer(0) : -1;
  }

 private:
  FolderId make_folder(UserId owner, int parent, int type, std::int64_t bits, bool is_for_all) {
    const sql::Lease lease = database.pool->acquire();
    const FolderId id(model::reserve_ids(*lease, kContext));
    const std::string title = "Folder " + std::to_string(id.value);
    lease->execute(
        "INSERT INTO folders "
        "(cid,id,parent,module,type,title,title_fold,owner,default_kind,subscribed,created_by,"
        "modified_by,created,last_modified) VALUES (?,?,?,1,?,?,?,?,0,1,2,2,0,0)",
        kContext, id, parent, type, title, title, owner);
    lease->execute("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (?,?,?,?,?)",
                   kContext, id, is_for_all, is_for_all ? UserId(0) : owner, bits);
    lease->execute("UPDATE context_sequence SET folder_stamp=folder_stamp+1 WHERE cid=?", kContext);
    return id;
  }
};

}  // namespace gw::test
