// What the folder services ask of contacts: count, emptiness, deletion with the folder.
#include <array>

#include "model/attachments/attachment_account.hpp"
#include "model/contacts/contact_access.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::contacts {
namespace {

class ContactContent final : public folders::ClassifiedContent {
 public:
  [[nodiscard]] ObjectModule module() const override { return ObjectModule::Contact; }

  void delete_all(Transaction& transaction, FolderId folder) const override {
    erase(transaction, folder,
          store::ids_of_folder(transaction.connection(), transaction.work().context(), folder));
  }

  void delete_made_by(Transaction& transaction, FolderId folder, UserId creator) const override {
    sql::Connection& connection = transaction.connection();
    const ContextId context = transaction.work().context();
    erase(transaction, folder,
          folders::in_both(store::ids_of_folder(connection, context, folder),
                           store::ids_created_by(connection, context, creator, false)));
  }

 private:
  static void erase(Transaction& transaction, FolderId folder, const std::vector<ObjectId>& ids) {
    sql::Connection& connection = transaction.connection();
    const ContextId context = transaction.work().context();
    const Millis stamp = transaction.stamp();
    if (ids.empty()) return;
    attachments::remove_with_parents(transaction, context, attachments::ParentModule::Contact, ids);
    store::remove(connection, context, ids);
    for (const ObjectId id : ids)
      write_tombstone(connection, context, ObjectModule::Contact, folder, id, stamp);
    // One event for all: object 0 means "several"; the audience is large and the same for each.
    Event event{.module = ObjectModule::Contact, .kind = ChangeKind::Deleted, .folder = folder};
    event.tell(folder, folders::viewers(connection, context, folder));
    transaction.raise(std::move(event));
  }

  [[nodiscard]] bool keeps_objects(FolderId folder) const override { return holds_user_contacts(folder); }
  [[nodiscard]] folders::ClassifiedCount count(sql::Connection& connection, ContextId context,
                                               FolderId folder, UserId user) const override {
    return store::count_folder(connection, context, folder, user);
  }
};

}  // namespace

const folders::FolderContent& contact_folder_content() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const ContactContent* const content = new ContactContent;
  return *content;
}

}  // namespace gw::model::contacts
