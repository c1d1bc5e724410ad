#include "model/attachments/attachment_account.hpp"

#include <fmt/format.h>

#include "model/attachments/attachment_parent.hpp"
#include "model/attachments/attachment_store.hpp"
#include "model/attachments/attachment_writer.hpp"

namespace gw::model::attachments {
namespace {

class AttachmentReferences final : public files::FileReferences {
 public:
  [[nodiscard]] std::string describe(const files::FileReference& reference) const override {
    return fmt::format("attachment {}", reference.object.value);
  }

  void scan(sql::Connection& connection, ContextId context, files::FileOwner owner,
            const std::function<void(const files::FileReference&)>& visit) const override {
    if (owner != files::kContextFiles) return;
    store::scan(connection, context, [&](const Attachment& attachment) {
      visit({file_name(attachment), ObjectId(attachment.id), 0});
    });
  }

  bool rename(Transaction& transaction, const files::FileReference& reference,
              const std::string& new_id) const override {
    return store::rename_file(transaction.connection(), transaction.work().context(), reference.object,
                              reference.file.id, new_id);
  }

  void forget(Transaction& transaction, const files::FileReference& reference) const override {
    const ContextId context = transaction.work().context();
    const auto found = store::find(transaction.connection(), context, reference.object);
    if (!found || found->file_id != reference.file.id) return;
    erase(transaction, context, *found);
    if (const AttachmentParent* parent = find_parent(found->module))
      settle_counters(transaction, *parent, ObjectId(found->attached));
  }
};

}  // namespace

const files::FileReferences& attachment_file_references() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const AttachmentReferences* const references = new AttachmentReferences;
  return *references;
}

void remove_with_parents(Transaction& transaction, ContextId context, ParentModule module,
                         std::span<const ObjectId> objects) {
  for (const Attachment& attachment :
       store::list_of_objects(transaction.connection(), context, module, objects))
    erase(transaction, context, attachment);
}

std::vector<Attachment> list_of_parents(sql::Connection& connection, ContextId context, ParentModule module,
                                        std::span<const ObjectId> objects) {
  return store::list_of_objects(connection, context, module, objects);
}

void change_creator(Transaction& transaction, ContextId context, UserId from, UserId to) {
  store::change_creator(transaction.connection(), context, from, to);
}

std::int64_t count_in_context(sql::Connection& connection, ContextId context) {
  return store::count_context(connection, context);
}

}  // namespace gw::model::attachments
