// The folders of Drive mail: files that a mail names by a link instead of carrying them. One folder for each
// mail, below a folder "Drive Mail" of the user. Source: spec mail-compose section 6, step 5.
#pragma once

#include <string>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/jobs/job_runner.hpp"
#include "model/shares/target.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// Most folders that one call of remove_ended_drive_mail takes away.
inline constexpr std::size_t kEndedAtOnce = 20;

/// A mail that has not gone by then has not been sent: its process died. Nothing takes so long that comes
/// between a folder and the last bytes of its mail (space claims end earlier).
inline constexpr Milliseconds kDriveMailPatience{3'600'000};

struct DriveMailFolder {
  std::string title;        ///< as Folder::title; " (2)" is appended while it is taken
  Millis ends;              ///< the folder goes then; 0: it stays
  shares::Invitation link;  ///< `is_link`; its password is hashed already
};

/// The caller's alone, and readable by its link; what the parent is shared with counts for nothing here. The
/// folder "Drive Mail" is made when it is not there. It is one of a mail that is not sent, until
/// let_drive_mail_go or discard_drive_mail_folder. Errors: MSGCS-0022 the caller has no file folder;
/// QUOTA-0003, SHR-0004, and those of create_folder: then nothing was made.
FolderId create_drive_mail_folder(UnitOfWork& work, const DriveMailFolder& wanted);
/// From now on somebody may have the mail, so the folder stays. Gives the connection back. Errors: MSGCS-0022
/// the folder was given up already.
void let_drive_mail_go(UnitOfWork& work, FolderId folder);
/// The mail does not go: the folder is removed for good, with files and link, also after let_drive_mail_go.
/// The job does it for who dies or fails on the way. Errors: as delete_folder.
void discard_drive_mail_folder(UnitOfWork& work, FolderId folder);
/// The job that does the same for whoever died on the way, of all contexts. A folder that its owner has moved
/// elsewhere stays. Gives how many went. Errors: Unavailable, SqlError. Cost: one query when there are none.
std::int64_t remove_unsent_drive_mail(jobs::JobRun& run);

/// Removes the caller's folders whose time is over, for good, with their files. Those that cannot be removed
/// now (a file is locked) stay, and a log line tells. Cost: two queries when there are none; at most
/// kEndedAtOnce folders, the rest goes next time.
void remove_ended_drive_mail(UnitOfWork& work);

}  // namespace gw::model::folders
