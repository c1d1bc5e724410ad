// Folders that come with a context and with a user. Source: spec folders sections 2 and 9.
#pragma once

#include <string>

#include "core/ids.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// Stores the system folders 1-6, 9, 10, 15 of a new context with their permissions. `admin` is the context
/// admin.
void create_system_folders(Transaction& transaction, ContextId context, UserId admin);

struct DefaultFolders {
  FolderId calendar, contacts, tasks, infostore, infostore_trash;
};

/// Creates the default folders of a new user (titles in `locale`) and the user's entry in folder 6.
/// Errors: FLD-0075 when the display name is taken below 10.
DefaultFolders create_default_folders(Transaction& transaction, ContextId context, UserId user,
                                      const std::string& display_name, const std::string& locale);

/// The folder that addresses of mails are put into: the caller's own, below folder 1, named in his language;
/// " (2)" is appended while the name is taken. Errors: those of create_folder.
FolderId create_collected_folder(Transaction& transaction);

/// Removes a user's permission entries everywhere and hands owned private folders and their objects over to
/// deletion.
void delete_user_folders(Transaction& transaction, ContextId context, UserId user);
/// Deletes what a user made in public folders, whoever sees it; the folders stay.
void delete_public_entries(Transaction& transaction, ContextId context, UserId creator);
/// Removes a group's permission entries everywhere.
void delete_group_permissions(Transaction& transaction, ContextId context, GroupId group);

}  // namespace gw::model::folders
