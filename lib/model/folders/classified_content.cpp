#include "model/folders/classified_content.hpp"

#include "model/folders/folder_access.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {
namespace {

bool sees_private(sql::Connection& connection, const Caller& caller, FolderId folder) {
  const auto access = find_access(connection, caller, folder);
  return access && access->type == FolderType::Private;
}

}  // namespace

std::int64_t ClassifiedContent::count_readable(UnitOfWork& work, FolderId folder,
                                               const Rights& rights) const {
  if (rights.read == 0) return 0;
  const ClassifiedCount counted = count(work.connection(), work.context(), folder, work.caller().user);
  const bool reads_all = may_read(rights, false);
  const std::int64_t every = reads_all ? counted.all : counted.own;
  const std::int64_t open = reads_all ? counted.all_open : counted.own_open;
  if (every == open) return open;
  return sees_private(work.connection(), work.caller(), folder) ? every : open;
}

bool ClassifiedContent::is_empty(Transaction& transaction, FolderId folder) const {
  const UnitOfWork& work = transaction.work();
  return count(transaction.connection(), work.context(), folder, work.caller().user).all == 0;
}

bool ClassifiedContent::may_delete_all(Transaction& transaction, FolderId folder,
                                       const Rights& rights) const {
  if (is_mirror(folder)) return true;
  const UnitOfWork& work = transaction.work();
  const ClassifiedCount counted = count(transaction.connection(), work.context(), folder, work.caller().user);
  if (counted.all == 0) return true;
  if (keeps_objects(folder) || !may_remove(rights, counted.own == counted.all)) return false;
  return counted.all == counted.all_open || sees_private(transaction.connection(), work.caller(), folder);
}

}  // namespace gw::model::folders
