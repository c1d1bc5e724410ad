// The folders of Drive mail: files that a mail names by a link instead of carrying them. One folder for each
// mail, below a folder "Drive Mail" of the user. Source: spec mail-compose section 6, step 5.
#pragma once

#include <string>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/shares/target.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// Most folders that one call of remove_ended_drive_mail takes away.
inline constexpr std::size_t kEndedAtOnce = 20;

struct DriveMailFolder {
  std::string title;        ///< as Folder::title; " (2)" is appended while it is taken
  Millis ends;              ///< the folder goes then; 0: it stays
  shares::Invitation link;  ///< `is_link`; its password is hashed already
};

/// The caller's alone, and readable by its link; what the parent is shared with counts for nothing here. The
/// folder "Drive Mail" is made when it is not there. Errors: MSGCS-0022 the caller has no file folder;
/// QUOTA-0003, SHR-0004, and those of create_folder: then nothing was made.
FolderId create_drive_mail_folder(UnitOfWork& work, const DriveMailFolder& wanted);

/// Removes the caller's folders whose time is over, for good, with their files. Those that cannot be removed
/// now (a file is locked) stay, and a log line tells. Cost: two queries when there are none; at most
/// kEndedAtOnce folders, the rest goes next time.
void remove_ended_drive_mail(UnitOfWork& work);

}  // namespace gw::model::folders
