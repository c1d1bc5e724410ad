#include "model/folders/erase.hpp"

#include "model/calendar/calendar_properties.hpp"
#include "model/folders/folder_access.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/permission_rules.hpp"

namespace gw::model::folders {

const FolderContent* find_content(const ContentRegistry& contents, ObjectModule module) {
  for (const FolderContent* content : contents)
    if (content->module() == module) return content;
  return nullptr;
}

void leave_folder_tombstone(Transaction& transaction, FolderId folder) {
  write_tombstone(transaction.connection(), transaction.work().context(), ObjectModule::Folder, FolderId(0),
                  ObjectId(folder.value), transaction.stamp());
}

void raise_folder_event(Transaction& transaction, const Folder& folder, FolderEvent details) {
  Event event;
  event.module = ObjectModule::Folder;
  event.kind = details.kind;
  event.folder = folder.parent;
  event.source_folder = details.source;
  event.object = ObjectId(folder.id.value);
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  event.tell(folder.id, viewers(connection, context, folder.id));
  event.tell(folder.id, details.also);
  event.tell(folder.parent, viewers(connection, context, folder.parent));
  if (details.source) event.tell(details.source, viewers(connection, context, details.source));
  transaction.raise(std::move(event));
}

void erase_with_content(Transaction& transaction, const Folder& folder) {
  transaction.stamp();
  if (const FolderContent* content = find_content(transaction.work().environment().contents, folder.module))
    content->delete_all(transaction, folder.id);
  if (folder.module == ObjectModule::Calendar) calendar::erase_properties(transaction, folder.id);
  raise_folder_event(transaction, folder, {ChangeKind::Deleted, {}, {}});
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  const auto entries = list_permissions(connection, context, folder.id);
  erase_folder(transaction, context, folder.id);
  leave_folder_tombstone(transaction, folder.id);
  release_guests(transaction, folder, entries, {});
}

}  // namespace gw::model::folders
