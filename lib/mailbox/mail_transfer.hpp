// Mails on their way from one account to another, which no server can move by itself. Source: spec mail
// section 7.1, "other account".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mailbox/mail_moves.hpp"
#include "mailbox/spool.hpp"

namespace gw::mailbox {

/// Copies with flags, keywords and time of receipt; with `removes` each block is deleted from its old place
/// when it is stored. Parallel to `uids`; empty for missing ones. After an error the mails that were not yet
/// stored are where they were, and some of one block may be in both places: none is lost.
/// Errors: those of MessageStorage::append; MSG-0088 a mail above GroupwareUploadLimit; std::system_error
/// when the disk is full. Cost: each mail goes over the network twice and lies on disk meanwhile, at most 20
/// of them.
NewUids transfer_mails(Mailbox& mailbox, const FolderPath& from, const FolderPath& to,
                       std::span<const mail::Uid> uids, bool removes);

/// A mail as it is stored, on disk. Empty: it is gone. Errors: MSG-0088 above `largest` bytes.
std::optional<Spool> fetch_whole(mail::MessageStorage& messages, const std::string& folder, mail::Uid uid,
                                 std::int64_t largest);

}  // namespace gw::mailbox
