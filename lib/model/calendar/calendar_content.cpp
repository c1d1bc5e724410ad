// What the folder services ask of calendars: count, emptiness, deletion with the folder.
#include "model/calendar/calendar_account.hpp"
#include "model/calendar/event_remover.hpp"
#include "model/calendar/event_search.hpp"
#include "model/calendar/feed_events.hpp"
#include "model/folders/account_folders.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::model::calendar {
namespace {

/// Events of class PRIVATE count for the folder's owner only.
bool sees_secrets(sql::Connection& connection, const Caller& caller, FolderId folder) {
  const auto access = folders::find_access(connection, caller, folder);
  return access && access->type == folders::FolderType::Private;
}

class CalendarContent final : public folders::FolderContent {
 public:
  [[nodiscard]] ObjectModule module() const override { return ObjectModule::Calendar; }

  std::int64_t count_readable(UnitOfWork& work, FolderId folder, const Rights& rights) const override {
    if (rights.read == 0) return 0;
    const store::FolderCount count =
        store::count_folder(work.connection(), work.context(), folder, work.caller().user);
    const bool reads_all = may_read(rights, false);
    const std::int64_t all = reads_all ? count.all : count.own;
    const std::int64_t open = reads_all ? count.all_open : count.own_open;
    if (all == open) return open;
    return sees_secrets(work.connection(), work.caller(), folder) ? all : open;
  }

  [[nodiscard]] bool is_empty(Transaction& transaction, FolderId folder) const override {
    return count(transaction, folder).all == 0;
  }

  [[nodiscard]] bool may_delete_all(Transaction& transaction, FolderId folder,
                                    const Rights& rights) const override {
    // What comes from elsewhere is there still: its calendar goes, not its events.
    if (folders::is_account_folder(folder)) return true;
    const store::FolderCount counted = count(transaction, folder);
    if (counted.all == 0) return true;
    if (!may_remove(rights, counted.own == counted.all)) return false;
    return counted.all == counted.all_open ||
           sees_secrets(transaction.connection(), transaction.work().caller(), folder);
  }

  void delete_all(Transaction& transaction, FolderId folder) const override {
    if (folders::is_account_folder(folder))
      erase_feed(transaction, folder);
    else
      remove_folder_events(transaction, folder);
  }

 private:
  static store::FolderCount count(Transaction& transaction, FolderId folder) {
    return store::count_folder(transaction.connection(), transaction.work().context(), folder,
                               transaction.work().caller().user);
  }
};

}  // namespace

const folders::FolderContent& calendar_folder_content() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const CalendarContent* const content = new CalendarContent;
  return *content;
}

}  // namespace gw::model::calendar
