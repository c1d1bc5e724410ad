#include <algorithm>

#include "core/errors/servlet.hpp"
#include "core/errors/task.hpp"
#include "core/text.hpp"
#include "model/tasks/task_store.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {
namespace {

constexpr std::int64_t kTentative = 3;

void check_confirmation(const Confirmation& confirmation) {
  if (confirmation.status < 0 || confirmation.status > kTentative)
    throw ApiError(errors::svl::kBadParameter, {"confirmation", std::to_string(confirmation.status)});
  if (!confirmation.message) return;
  if (has_control_characters(*confirmation.message))
    throw ApiError(errors::tsk::kBadCharacter, {"confirmmessage"});
  const auto length = static_cast<std::int64_t>(count_characters(*confirmation.message));
  if (length > kMaxMessage)
    throw ApiError(errors::tsk::kTooLong,
                   {"confirmmessage", std::to_string(kMaxMessage), std::to_string(length)},
                   {{221, "confirmmessage", length, kMaxMessage}});
}

}  // namespace

void TaskWriter::confirm(TaskRef ref, const Confirmation& confirmation, Millis known) {
  const Task stored = load(ref);
  const auto own = std::find_if(stored.users.begin(), stored.users.end(), [&](const TaskUser& user) {
    return user.id == caller_.user.value && !user.is_removed;
  });
  if (own == stored.users.end())
    throw ApiError(errors::tsk::kNoParticipant, {std::to_string(caller_.user.value)});
  if (stored.last_modified > known) throw ApiError(errors::tsk::kChanged);
  TaskUser said = *own;
  said.confirmation = confirmation.status;
  said.message = confirmation.message;
  store::confirm(connection_, caller_.context, ref.id, said);
  store::touch(connection_, caller_.context, ref.id, caller_.user, stamp_);
  raise(ChangeKind::Updated, stored, store::load_places(connection_, caller_.context, ref.id));
  const bool is_another = own->confirmation != said.confirmation || own->message != said.message;
  if (is_another) tell_confirmation(stored, confirmation);
}

Stored confirm(UnitOfWork& work, TaskRef ref, const Confirmation& confirmation, Millis known) {
  check_confirmation(confirmation);
  Stored stored{ref.id, {}};
  work.write([&](Transaction& transaction) {
    TaskWriter(transaction).confirm(ref, confirmation, known);
    stored.timestamp = transaction.stamp();
  });
  return stored;
}

}  // namespace gw::model::tasks
