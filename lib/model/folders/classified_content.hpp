// Folder content whose objects can be marked as private (contacts, tasks) or have a class (events): what of
// it a caller may count, and whether he may delete all of it. The one place of that rule.
#pragma once

#include "model/folders/folder_content.hpp"
#include "sql/connection.hpp"

namespace gw::model::folders {

/// Objects of one folder, for one user.
struct ClassifiedCount {
  std::int64_t all = 0, own = 0;            ///< own: created by him
  std::int64_t all_open = 0, own_open = 0;  ///< what others see too: not private
};

/// Private objects are for the owner of a private folder only: others neither count them nor may delete a
/// folder that holds one.
class ClassifiedContent : public FolderContent {
 public:
  std::int64_t count_readable(UnitOfWork& work, FolderId folder, const Rights& rights) const final;
  [[nodiscard]] bool is_empty(Transaction& transaction, FolderId folder) const final;
  [[nodiscard]] bool may_delete_all(Transaction& transaction, FolderId folder,
                                    const Rights& rights) const final;

 protected:
  /// True: something in this folder can never be deleted with it. Asked when it is not empty.
  [[nodiscard]] virtual bool keeps_objects(FolderId) const { return false; }
  /// True: objects go with the folder, whoever made them.
  [[nodiscard]] virtual bool is_mirror(FolderId) const { return false; }

 private:
  [[nodiscard]] virtual ClassifiedCount count(sql::Connection& connection, ContextId context, FolderId folder,
                                              UserId user) const = 0;
};

}  // namespace gw::model::folders
