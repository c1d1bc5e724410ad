// A mailbox as its server tells it. Source: spec mal section 5, mail section 12.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gw::mail {

enum class DefaultFolder { None, Inbox, Drafts, Sent, Spam, Trash, ConfirmedSpam, ConfirmedHam, Archive };

/// One entry of a mailbox's access list. Levels are the API's: folder 0/2/4/8, read 0/4, write 0/4, remove
/// 0/4.
struct FolderPermission {
  std::string identifier;  ///< login name or "anyone"
  int folder = 0, read = 0, write = 0, remove = 0;
  bool admin = false;
};

struct Counters {
  std::int64_t total = 0, unread = 0, recent = 0, deleted = 0;
};

struct Validity {
  std::uint32_t uid_validity = 0, uid_next = 0;
  std::uint64_t highest_modseq = 0;  ///< 0: the server has none
};

struct Folder {
  std::string fullname;  ///< Unicode; "" is the account's root
  std::string name;
  std::string parent;
  char separator = '/';
  bool exists = true, holds_messages = true, holds_folders = true;
  bool has_subfolders = false, is_subscribed = false, has_subscribed_subfolders = false;
  DefaultFolder default_kind = DefaultFolder::None;
  bool is_shared = false;  ///< of another user or of all
  std::string owner;       ///< login name of a shared one's owner
  std::string own_rights;  ///< letters of RFC 4314; all of them where the server knows no ACL
  bool keeps_keywords = true;
  std::optional<Counters> counters;
  std::optional<std::vector<FolderPermission>> permissions;
};

struct Quota {
  std::int64_t storage_limit = -1, storage_use = -1;  ///< bytes; -1 limit: none, -1 use: not told
  std::int64_t message_limit = -1, message_use = -1;
};

}  // namespace gw::mail
