// The fields of a task that are not one value in one column: two views of its dates, costs, participants.
#pragma once

#include "model/field.hpp"
#include "model/tasks/task.hpp"

namespace gw::model::tasks {

/// Most participants that one task names. Errors beyond it: SVL-0010.
inline constexpr std::size_t kMaxParticipants = 1'000;

/// Columns 201 and 202: always a day. What is parsed is the number as sent (task_rules.hpp makes it a date).
/// Errors of all: SVL-0010.
extern const FieldCodec<Task> kStartDateCodec;
extern const FieldCodec<Task> kEndDateCodec;
/// Columns 316 and 317: a day with full_time, else Time.
extern const FieldCodec<Task> kStartTimeCodec;
extern const FieldCodec<Task> kEndTimeCodec;
/// Columns 302 and 307: two decimals; more are rounded. Range: +-9999999999.99.
extern const FieldCodec<Task> kActualCostsCodec;
extern const FieldCodec<Task> kTargetCostsCodec;
/// Column 220. Errors: TSK-0049 type, TSK-0044 nobody's address, TSK-0058 control character.
extern const FieldCodec<Task> kParticipantsCodec;
/// Column 221.
extern const FieldCodec<Task> kUsersCodec;

}  // namespace gw::model::tasks
