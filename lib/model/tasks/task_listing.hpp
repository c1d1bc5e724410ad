// The path every list takes: alarms, participants, sort keys. Filled by a scan of the store.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "model/tasks/task_list.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::tasks {

/// A place of a task: its id and the folder that shows it.
using Shown = std::pair<std::int64_t, std::int64_t>;

class Listing {
 public:
  /// `extra` are rows that filters look at. Cost: a query for the alarms where they are wanted.
  Listing(UnitOfWork& work, sql::Connection& connection, const ListRequest& request, const Visitor& visit,
          const FieldSet& extra = {});

  [[nodiscard]] const FieldSet& fields() const { return fields_; }
  /// For use inside a scan: takes a task that was judged visible. Those with participants wait for `finish`
  /// when these are wanted.
  void add(const Task& task);
  /// Reads participants and sorts. Once.
  ListResult finish();
  /// As finish, in the order of these; what did not arrive is left out.
  ListResult finish_as(std::span<const Shown> order);

 private:
  struct Entry {
    std::string key;
    Shown shown;
    std::size_t arrival;
    Millis last_modified;
  };
  void take(const Task& task);
  void hand_out_waiting();
  [[nodiscard]] ListResult deliver(std::span<const Entry* const> entries) const;

  const Caller& caller_;
  sql::Connection& connection_;
  const Visitor& visit_;
  FieldSet fields_;
  Collator collator_;
  /// Row to sort by; -1: by id.
  int sort_row_ = -1;
  bool is_descending_;
  bool wants_members_;
  std::map<std::int64_t, Millis> alarms_;
  bool wants_alarms_;
  std::vector<Entry> entries_;
  std::vector<std::pair<std::size_t, Task>> waiting_;
};

/// Fills in the context's last stamp where the list is empty.
ListResult with_timestamp(ListResult result, sql::Connection& connection, const Caller& caller);

/// Reads participants, users and their names into the tasks that have some. Cost: two queries per 256 tasks,
/// and one per different user.
void attach_members(sql::Connection& connection, ContextId context, std::span<Task* const> tasks);

}  // namespace gw::model::tasks
