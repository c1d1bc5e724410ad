// The archive: old mails in a folder of their own, one subfolder for each year. Source: spec mail section
// 7.3.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "mailbox/mailbox.hpp"

namespace gw::mailbox {

struct ArchivePlace {
  FolderPath folder;
  bool is_new = false;  ///< made for these mails
  bool operator==(const ArchivePlace&) const = default;
};

/// Moves mails below the account's archive, by the year of their receipt in UTC; folders are made on demand.
/// Gives where they went, each folder once. Mails of the archive itself stay, missing ones are passed over.
/// Errors: MSG-0100 the archive takes no subfolders; IMAP-2021 there is none; those of move_mails.
std::vector<ArchivePlace> archive_mails(Mailbox& mailbox, const FolderPath& from,
                                        std::span<const mail::Uid> uids);
/// The same with every mail of the folder that was received before `end`. In blocks; a failure leaves the
/// mails of earlier blocks in the archive.
std::vector<ArchivePlace> archive_before(Mailbox& mailbox, const FolderPath& from, Millis end);

}  // namespace gw::mailbox
