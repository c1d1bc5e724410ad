// The two folders of a POP3 account: its root and INBOX.
#pragma once

#include "mail/pop3/maildrop.hpp"
#include "mail/store/folder_storage.hpp"

namespace gw::mail::pop3 {

/// Errors: MSG-1002 other folders, MSG-0087 what POP3 cannot do.
class Folders : public FolderStorage {
 public:
  explicit Folders(Maildrop& maildrop) : maildrop_(maildrop) {}
  bool exists(std::string_view folder) override;
  Folder get(std::string_view folder, bool counters) override;
  std::vector<Folder> children(std::string_view parent, const ListRequest& request) override;
  std::vector<Folder> list_all(const ListRequest& request) override;
  std::string default_folder(DefaultFolder kind) override;
  DefaultFolder default_kind(std::string_view folder) override;
  std::string default_prefix() override { return ""; }
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
  Maildrop& maildrop_;
};

bool is_root(std::string_view folder);
bool is_inbox(std::string_view folder);
/// Errors: MSG-1002, MSG-0050 for the root.
void require_inbox(std::string_view folder);
[[noreturn]] void refuse(std::string_view what);

}  // namespace gw::mail::pop3
