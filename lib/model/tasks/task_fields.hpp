// The field table of tasks. Source: spec columns 1, 3 and 4.
#pragma once

#include <span>

#include "model/field.hpp"
#include "model/tasks/task.hpp"

namespace gw::model::tasks {

/// Proof: tests/unit/lib/model/tasks/task_fields_test.cpp.
std::span<const Field<Task>> task_fields();

/// The rows of the named columns; unknown numbers are left out.
FieldSet fields_of(std::span<const int> columns);
/// Every row of task_fields().
FieldSet all_fields();
/// True when the row with this column number is set.
bool is_sent(const FieldSet& sent, int column);

}  // namespace gw::model::tasks
