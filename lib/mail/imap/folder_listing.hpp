// Lists of mailboxes with what the API shows of each, in as few commands as the server allows. Source: spec
// mal section 8.1, RFC 5258, 5819, 6154.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/folder.hpp"
#include "mail/imap/session.hpp"
#include "mail/store/folder_storage.hpp"

namespace gw::mail::imap {

enum class Depth { Itself, Children, Tree };

/// A mailbox and the kind of default folder that the server marks it as (SPECIAL-USE, XLIST).
struct ListedFolder {
  Folder folder;
  DefaultFolder marked = DefaultFolder::None;
};

/// What lies at or below `folder` ("" = root). Folders that only exist as the path to others are made up.
/// Cost: one LIST per namespace; without LIST-EXTENDED LSUB besides, without LIST-STATUS or CHILDREN one
/// command per folder, all pipelined.
std::vector<ListedFolder> list_folders(Session& session, std::string_view folder, Depth depth,
                                       const ListRequest& request);

/// The separator of the namespace a folder is in; '/' where the server has no hierarchy.
char separator_of(Session& session, std::string_view folder);

/// In the namespace of other users or in the shared one. The owner is known for the former only.
void mark_shared(Session& session, Folder& folder);

}  // namespace gw::mail::imap
