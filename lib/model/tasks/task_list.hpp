// How lists of tasks are asked for and handed out: requested fields, order, and the visitor that takes the
// rows.
#pragma once

#include <functional>
#include <vector>

#include "core/time.hpp"
#include "model/field.hpp"
#include "model/tasks/task.hpp"

namespace gw::model::tasks {

struct Sort {
  int column = 0;  ///< 0 = by id
  bool descending = false;
};

struct ListRequest {
  /// Rows of task_fields() that the visitor will look at. What they depend on is read too.
  FieldSet fields;
  Sort sort;
};

/// Takes one task that the caller may see. `arrival` counts 0, 1, 2 …, not always in this sequence; a number
/// that comes again (the read was repeated) replaces the first. The task lives for the call only. A visitor
/// must not use the unit of work.
using Visitor = std::function<void(std::size_t arrival, const Task& task)>;

struct ListResult {
  /// Arrival numbers in the order to deliver. One number may stand twice (list of ids).
  std::vector<std::size_t> order;
  /// Greatest last change among the delivered; of an empty list the context's last stamp.
  Millis timestamp;
};

/// A visitor that keeps whole tasks, for exports, tests and other small lists.
class TaskCollector {
 public:
  [[nodiscard]] Visitor visitor() {
    return [this](std::size_t arrival, const Task& task) {
      if (arrival >= kept_.size()) kept_.resize(arrival + 1);
      kept_[arrival] = task;
    };
  }
  /// The delivered tasks in order.
  [[nodiscard]] std::vector<Task> take(const ListResult& result) const {
    std::vector<Task> ordered;
    ordered.reserve(result.order.size());
    for (const std::size_t arrival : result.order) ordered.push_back(kept_.at(arrival));
    return ordered;
  }

 private:
  std::vector<Task> kept_;
};

}  // namespace gw::model::tasks
