// Mail folders in the folders module: the tree with the caller's accounts in it, and changes of mail folders.
// Source: spec folders sections 3 and 12 to 15, mail section 12.2.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "ajax/action.hpp"
#include "ajax/chronos/all_calendars.hpp"
#include "mailbox/mail_folders.hpp"
#include "mailbox/mailbox.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/tree.hpp"

namespace gw::ajax {

/// The caller may use mail, and there is a mail server.
bool offers_mail(const Invocation& invocation);

/// Where the folders of one request come from besides the database. Must outlive the tree made with it.
class FolderSources {
 public:
  /// `columns`: those of the answer; counters and access lists are fetched only for them.
  FolderSources(const Invocation& invocation, const std::vector<int>& columns);
  /// For `get`, which tells everything.
  explicit FolderSources(const Invocation& invocation);
  FolderSources(const FolderSources&) = delete;
  FolderSources& operator=(const FolderSources&) = delete;
  [[nodiscard]] std::span<const model::folders::Source* const> list() const { return list_; }
  /// Null: there is no mail.
  [[nodiscard]] const mailbox::MailFolders* mail() const { return mail_.get(); }

 private:
  void add_mail(const Invocation& invocation, mailbox::MailFolders::Wish wish);
  std::unique_ptr<mailbox::Mailbox> mailbox_;
  std::unique_ptr<mailbox::MailFolders> mail_;
  BirthdayFolders birthdays_;
  std::vector<const model::folders::Source*> list_;
};

/// These are for ids of mail folders (mailbox::is_mail_folder). Errors: MSG and IMAP codes of
/// mail/store/folder_storage.hpp; of permissions those of mailbox::set_permissions, and MSG-0087 for guests.
Response create_mail_folder(Invocation& invocation, std::string_view parent,
                            const model::folders::FolderChange& change);
/// Permissions first, as nothing has changed when they are refused. `cascade`: permissions of folders below,
/// too.
Response change_mail_folder(Invocation& invocation, std::string_view id,
                            const model::folders::FolderChange& change, bool cascade);
/// Into the trash, unless `for_good`. True: it lies in the trash now.
bool remove_mail_folder(Invocation& invocation, std::string_view id, bool for_good);
void clear_mail_folder(Invocation& invocation, std::string_view id);

}  // namespace gw::ajax
