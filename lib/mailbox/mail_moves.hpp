// Moving, copying and deleting mails as users mean it: the trash, spam, the drafts folder's flag. Source:
// spec mail sections 2, 7.1 and 7.2.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "mailbox/mailbox.hpp"

namespace gw::mailbox {

using NewUids = std::vector<std::optional<mail::Uid>>;

/// Parallel to `uids`; empty for missing mails and where the server does not tell. Into the drafts folder
/// mails become drafts, out of it they are none any more. To another account: transfer_mails. Errors:
/// IMAP-2036 same folder, IMAP-2006, -2007, MSG-1002, MSG-1024; MSG-0052 the account's root.
NewUids move_mails(Mailbox& mailbox, const FolderPath& from, const FolderPath& to,
                   std::span<const mail::Uid> uids);
/// Errors: as move_mails.
NewUids copy_mails(Mailbox& mailbox, const FolderPath& from, const FolderPath& to,
                   std::span<const mail::Uid> uids);

/// Every mail of the folder, in blocks; a failure leaves what was moved before it. Errors: as move_mails.
void move_all(Mailbox& mailbox, const FolderPath& from, const FolderPath& to);

/// Into the trash, unless `for_good`, or they lie there already; that of the primary account where their own
/// has none. Gives the trash when it was used. Missing mails are passed over. Errors: IMAP-2021 no trash,
/// IMAP-2034 or MSG-0039 it takes nothing, and the mails stay.
std::optional<FolderPath> delete_mails(Mailbox& mailbox, const FolderPath& folder,
                                       std::span<const mail::Uid> uids, bool for_good);
/// Every mail of the folder, by the same rule; the trash loses its subfolders, too.
void clear_folder(Mailbox& mailbox, const FolderPath& folder, bool for_good);

/// Removes for good what is flagged as deleted, and nothing else. Errors: IMAP-2006, MSG-1002.
void expunge(Mailbox& mailbox, const FolderPath& folder);

struct Placed {
  FolderPath folder;
  NewUids uids;
};
/// The flag "spam", which no mail carries: what gets it goes to the spam folder, what loses it there goes to
/// INBOX; mails that are in their place stay. No filter learns from it (spam handler "NoSpamHandler").
/// Errors: as move_mails; IMAP-2021 no spam folder.
Placed mark_spam(Mailbox& mailbox, const FolderPath& folder, std::span<const mail::Uid> uids, bool is_spam);
/// The same with every mail of the folder.
void mark_all_spam(Mailbox& mailbox, const FolderPath& folder, bool is_spam);

}  // namespace gw::mailbox
