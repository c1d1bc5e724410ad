// Mailboxes of one connected account. Errors are ApiError MSG and IMAP codes as spec mal section 5 assigns
// them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/folder.hpp"

namespace gw::mail {

struct ListRequest {
  bool subscribed_only = false;
  bool counters = false;  ///< total and unread of every folder in as few commands as the server allows
  bool own_rights = false;
  bool permissions = false;  ///< access lists of folders that one may administer; needs own_rights
};

/// Names are full names in Unicode; "" and "default" are the root. Threads: one at a time.
class FolderStorage {
 public:
  virtual ~FolderStorage() = default;
  virtual bool exists(std::string_view folder) = 0;
  /// With rights and default kind. Errors: MSG-1002.
  virtual Folder get(std::string_view folder, bool counters) = 0;
  /// One level. Errors: MSG-1002.
  virtual std::vector<Folder> children(std::string_view parent, const ListRequest& request) = 0;
  /// Every folder of the account, in the server's order. Cost: one LIST per namespace where the server can.
  virtual std::vector<Folder> list_all(const ListRequest& request) = 0;
  /// Name of the default folder of that kind, found, created and subscribed on first use (spec mail 12.1);
  /// empty when there is none. Errors: MSG-0057, MSG-0113.
  virtual std::string default_folder(DefaultFolder kind) = 0;
  virtual DefaultFolder default_kind(std::string_view folder) = 0;
  /// What new folders of the user are put behind, with separator ("INBOX/", "").
  virtual std::string default_prefix() = 0;

  /// Gives the full name. Errors: MSG-0060, -0061, -0063, -0064, -0083, IMAP-2012, -2015, -2016.
  virtual std::string create(std::string_view parent, std::string_view name,
                             const std::optional<std::vector<FolderPermission>>& permissions) = 0;
  /// Rename included. Gives the new full name. Errors: IMAP-2032, MSG-0063, -0071, -0098.
  virtual std::string move(std::string_view folder, std::string_view new_parent,
                           std::string_view new_name) = 0;
  /// Soft: moved below the trash under a free name. Gives the new full name, or "" when it is gone.
  /// Errors: MSG-0069, -0070, -0099.
  virtual std::string remove(std::string_view folder, bool hard) = 0;
  /// Removes the mails: hard, or into the trash. In blocks.
  virtual void clear(std::string_view folder, bool hard) = 0;
  virtual void subscribe(std::string_view folder, bool on) = 0;
  /// Errors: IMAP-2009 no right, IMAP-2017 no administrator left, MSG-0097 default folder.
  virtual void set_permissions(std::string_view folder, const std::vector<FolderPermission>& permissions) = 0;

  /// One command; never for the selected folder's cached state. Errors: MSG-1002.
  virtual Counters counters(std::string_view folder) = 0;
  virtual Validity validity(std::string_view folder) = 0;
  virtual Quota quota(std::string_view folder) = 0;
};

}  // namespace gw::mail
