// Drive mail: attachments go into a folder of the sender, and the mail carries a link to it instead of them.
// Source: spec mail-compose section 6, step 5.
#pragma once

#include <string>
#include <string_view>

#include "mail/mime/composition.hpp"
#include "model/shares/target.hpp"
#include "model/unit_of_work.hpp"

namespace gw::mailbox {

/// The link; what resolve_share_reference takes (drive_mail_reference.hpp).
inline constexpr std::string_view kShareUrlHeader = "X-Open-Xchange-Share-URL";
inline constexpr std::string_view kShareReferenceHeader = "X-Open-Xchange-Share-Reference";

struct DriveMailWish {
  model::shares::Invitation link;  ///< `is_link`, hashed password, end
  bool deletes_files = false;      ///< when the link ends
  std::string share_base;          ///< the address that tokens are put behind
  std::string locale;              ///< of what the mail says about its files
};

/// True when something would go as a link: inline images stay in the mail.
bool has_files_to_share(const mail::mime::Composition& mail);

/// The folder of a mail that is not sent yet: taken back with its files and its link when it is destroyed,
/// unless it was kept. When the process dies before let_go, a job does it. Threads: one.
class DriveMailFolderGuard {
 public:
  DriveMailFolderGuard(model::UnitOfWork& work, FolderId folder) : work_(work), folder_(folder) {}
  /// A failure is told in the log.
  ~DriveMailFolderGuard();
  DriveMailFolderGuard(const DriveMailFolderGuard&) = delete;
  DriveMailFolderGuard& operator=(const DriveMailFolderGuard&) = delete;
  void keep() noexcept { is_kept_ = true; }
  [[nodiscard]] FolderId folder() const { return folder_; }

 private:
  model::UnitOfWork& work_;
  FolderId folder_;
  bool is_kept_ = false;
};

/// Threads: one.
class DriveMail {
 public:
  /// Stores the files, one after the other, without a connection while bytes move, and makes `mail` name
  /// them. Folders whose time is over go first. Errors: those of create_drive_mail_folder and of
  /// infostore::create, what the sources of the attachments throw: then nothing of it is left. Cost: two
  /// transactions, and one for each file.
  DriveMail(model::UnitOfWork& work, const DriveMailWish& wish, mail::mime::Composition& mail);
  /// The mail is on its way: from now on this process may die, and everything stays. Errors: what the
  /// database says; MSGCS-0022 the folder is gone.
  void let_go();
  /// The mail is out.
  void keep() noexcept { folder_.keep(); }

 private:
  model::UnitOfWork& work_;
  DriveMailFolderGuard folder_;
};

}  // namespace gw::mailbox
