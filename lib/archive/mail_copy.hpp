// The mails of users: out of their mailboxes into a backup, and back. A master user of the mail server signs
// in for them, as the configuration names him. In the archive a folder is an index (a line for each mail) and
// a file for each mail, exactly as the server gave it.
#pragma once

#include "archive/tar_reader.hpp"
#include "archive/tar_writer.hpp"
#include "mail/store/provider.hpp"
#include "model/unit_of_work.hpp"

namespace gw::archive {

inline constexpr std::string_view kMailFolder = "mail/";

/// Every folder of the user's primary account that is his own. Gives how many mails. Errors: ApiError MSG and
/// IMAP. Cost: one mail at a time goes through a file without a name; the numbers of a folder's mails are in
/// memory.
std::int64_t write_mails(model::Environment& environment, const mail::Registry& registry, ContextId context,
                         UserId user, TarWriter& into);

/// Adds what the mailboxes do not have (same Message-ID and size in the same folder), so that a run that was
/// cut off can be repeated. Gives how many were added. Errors: BrokenArchive; ApiError MSG and IMAP,
/// USR-0010.
std::int64_t read_mails(model::Environment& environment, const mail::Registry& registry, ContextId context,
                        TarReader& from);

}  // namespace gw::archive
