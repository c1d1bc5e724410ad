// FolderStorage of an IMAP server. Source: spec mal section 5, mail section 12.
#pragma once

#include "mail/imap/folder_listing.hpp"
#include "mail/imap/session.hpp"
#include "mail/store/folder_storage.hpp"

namespace gw::mail::imap {

class ImapFolders final : public FolderStorage {
 public:
  explicit ImapFolders(Session& session) : session_(session) {}

  bool exists(std::string_view folder) override;
  Folder get(std::string_view folder, bool counters) override;
  std::vector<Folder> children(std::string_view parent, const ListRequest& request) override;
  std::vector<Folder> list_all(const ListRequest& request) override;
  std::string default_folder(DefaultFolder kind) override;
  DefaultFolder default_kind(std::string_view folder) override;
  std::string default_prefix() override;

  std::string create(std::string_view parent, std::string_view name,
                     const std::optional<std::vector<FolderPermission>>& permissions) override;
  std::string move(std::string_view folder, std::string_view new_parent, std::string_view new_name) override;
  std::string remove(std::string_view folder, bool hard) override;
  void clear(std::string_view folder, bool hard) override;
  void subscribe(std::string_view folder, bool on) override;
  void set_permissions(std::string_view folder, const std::vector<FolderPermission>& permissions) override;

  Counters counters(std::string_view folder) override;
  Validity validity(std::string_view folder) override;
  Quota quota(std::string_view folder) override;

 private:
  std::vector<Folder> list(std::string_view folder, Depth depth, const ListRequest& request);
  Folder require_folder(std::string_view folder, const ListRequest& request);
  Folder root();
  std::string child_name(std::string_view parent, std::string_view name);
  std::string rename(const Folder& folder, const std::string& target);
  std::string move_to_trash(const Folder& folder, const Folder& trash);
  void remove_tree(const Folder& folder);
  bool is_in_trash(std::string_view folder);
  void apply_permissions(std::string_view folder, const std::vector<FolderPermission>& permissions);
  std::vector<std::pair<std::string, std::string>> access_list(std::string_view folder);
  StatusEntry status(std::string_view folder, std::string_view items);
  Session& session_;
};

}  // namespace gw::mail::imap
