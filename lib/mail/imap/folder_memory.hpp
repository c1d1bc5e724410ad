// What is known of one login's folders and stays true between requests: default folders, up to which uid
// the order of arrival is the order of uids, and whether the server was asked to tell of new mail. Shared by
// the connections of one pool key. Threads: any.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "mail/folder.hpp"

namespace gw::mail::imap {

/// All mails with a uid below `next_uid` arrived in the order of their uids, the last one at `last`. Uids
/// never change what they name while UIDVALIDITY stays, so this can only become too short, never wrong.
struct ArrivalOrder {
  std::uint32_t uid_validity = 0, next_uid = 1;
  Millis last;
};

using DefaultFolders = std::map<DefaultFolder, std::string>;

class FolderMemory {
 public:
  std::optional<ArrivalOrder> arrival_order(const std::string& folder) const;
  void remember(const std::string& folder, const ArrivalOrder& order);
  /// UIDVALIDITY changed, the folder is gone or has another name.
  void forget(const std::string& folder);

  /// Held while the default folders are looked for, so that parallel requests wait for the first.
  std::mutex& default_folder_check() { return check_; }
  std::optional<DefaultFolders> default_folders() const;
  void remember(DefaultFolders folders);
  void forget_default_folders();

  /// True for the first who asks.
  bool take_notification() { return !is_notification_taken_.exchange(true); }

 private:
  mutable std::mutex mutex_;
  std::mutex check_;
  std::map<std::string, ArrivalOrder> orders_;
  std::optional<DefaultFolders> defaults_;
  std::atomic<bool> is_notification_taken_{false};
};

}  // namespace gw::mail::imap
