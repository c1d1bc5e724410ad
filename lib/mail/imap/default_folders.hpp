// Finding and making the default folders of an account, once per login. Source: spec mail section 12.1.
#pragma once

#include <string>

#include "mail/imap/folder_memory.hpp"
#include "mail/imap/session.hpp"

namespace gw::mail::imap {

/// What is there; drafts, sent, spam and trash are made where they are missing and the server lets us.
/// Parallel requests of one login wait for the first. Errors: only those of the connection.
DefaultFolders find_default_folders(Session& session);

/// Makes one that is missing (and the archive, which is made on first use only). Confirmed spam and ham are
/// never made here: empty. Errors: MSG-0057, MSG-0113.
std::string make_default_folder(Session& session, DefaultFolder kind);

/// What folders of the user are put behind, with separator ("INBOX/", "").
std::string default_prefix(Session& session);

}  // namespace gw::mail::imap
