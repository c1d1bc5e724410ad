// What the folder services ask of calendars: count, emptiness, deletion with the folder.
#include "model/calendar/calendar_account.hpp"
#include "model/calendar/event_remover.hpp"
#include "model/calendar/event_search.hpp"
#include "model/calendar/feed_events.hpp"
#include "model/folders/account_folders.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::model::calendar {
namespace {

class CalendarContent final : public folders::ClassifiedContent {
 public:
  [[nodiscard]] ObjectModule module() const override { return ObjectModule::Calendar; }

  void delete_all(Transaction& transaction, FolderId folder) const override {
    if (folders::is_account_folder(folder))
      erase_feed(transaction, folder);
    else
      remove_folder_events(transaction, folder);
  }

  void delete_made_by(Transaction& transaction, FolderId folder, UserId creator) const override {
    if (!folders::is_account_folder(folder)) remove_folder_events(transaction, folder, creator);
  }

 private:
  /// What comes from elsewhere is there still: its calendar goes, not its events.
  [[nodiscard]] bool is_mirror(FolderId folder) const override { return folders::is_account_folder(folder); }
  [[nodiscard]] folders::ClassifiedCount count(sql::Connection& connection, ContextId context,
                                               FolderId folder, UserId user) const override {
    return store::count_folder(connection, context, folder, user);
  }
};

}  // namespace

const folders::FolderContent& calendar_folder_content() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const CalendarContent* const content = new CalendarContent;
  return *content;
}

}  // namespace gw::model::calendar
