#include "model/tasks/task_attachments.hpp"

#include <array>

#include "core/errors/task.hpp"
#include "model/tasks/task_access.hpp"
#include "model/tasks/task_service.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {
namespace {

class TaskAttachments final : public attachments::AttachmentParent {
 public:
  [[nodiscard]] attachments::ParentModule module() const override { return attachments::ParentModule::Task; }

  Millis check_readable(UnitOfWork& work, FolderId folder, ObjectId object) const override {
    return get(work, {folder, object}, fields_of(std::array{5})).last_modified;
  }

  void check_writable(UnitOfWork& work, FolderId folder, ObjectId object) const override {
    const Task task = get(work, {folder, object}, fields_of(std::array{2}));
    const auto access = load_task_folder(work.connection(), work.caller(), folder);
    if (!may_write(access.rights, is_own(task, work.caller())))
      throw ApiError(errors::tsk::kNoWrite, {std::to_string(folder.value)});
  }

  void set_counters(Transaction& transaction, ObjectId object,
                    const attachments::Counters& counters) const override {
    TaskWriter(transaction).set_attachments(object, counters.number, counters.newest);
  }
};

}  // namespace

const attachments::AttachmentParent& task_attachment_parent() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const TaskAttachments* const parent = new TaskAttachments;
  return *parent;
}

}  // namespace gw::model::tasks
