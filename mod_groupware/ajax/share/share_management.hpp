// Module `share/management`: the link of a folder or a file.
#pragma once

#include <vector>

#include "ajax/action.hpp"
#include "model/folders/folder_shares.hpp"
#include "model/infostore/item.hpp"

namespace gw::ajax {

extern const ApiModule kShareManagementModule;

/// Replaces the passwords of invited links by their hashes. Errors: SHR-0005. Cost: about 20 ms each; gives
/// the connection back.
void hash_passwords(const Invocation& invocation, std::vector<model::folders::FolderInvitation>& invitations);
void hash_passwords(const Invocation& invocation,
                    std::vector<model::infostore::ObjectInvitation>& invitations);

}  // namespace gw::ajax
