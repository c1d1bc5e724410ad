#include "model/contacts/contact_access.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/contact.hpp"

namespace gw::model::contacts {
namespace {

/// More single look-ups than this cost more than reading all folders once.
constexpr std::size_t kSingleLookups = 2;

bool is_readable(const folders::FolderAccess& folder) {
  return folder.module == ObjectModule::Contact && folder.rights.read > 0;
}

}  // namespace

folders::FolderAccess load_contact_folder(sql::Connection& connection, const Caller& caller,
                                          FolderId folder) {
  folders::FolderAccess access = folders::load_access(connection, caller, folder);
  if (access.module != ObjectModule::Contact)
    throw ApiError(errors::con::kNoContactFolder, {std::to_string(folder.value)});
  return access;
}

folders::FolderAccess load_readable_folder(sql::Connection& connection, const Caller& caller,
                                           FolderId folder) {
  folders::FolderAccess access = load_contact_folder(connection, caller, folder);
  if (access.rights.read == 0) throw ApiError(errors::con::kNoReadAccess, {std::to_string(folder.value)});
  return access;
}

bool is_own(const Contact& contact, const Caller& caller) {
  return contact.created_by == caller.user.value ||
         (contact.user_id != 0 && contact.user_id == caller.user.value);
}

bool is_visible(const Contact& contact, const folders::FolderAccess& folder, const Caller& caller) {
  // Only the owner sees his folder as private; to everybody else it is shared.
  if (contact.private_flag && folder.type != folders::FolderType::Private) return false;
  return may_read(folder.rights, is_own(contact, caller));
}

bool may_change(const Contact& contact, const folders::FolderAccess& folder, const Caller& caller,
                const Settings& settings) {
  if (contact.user_id == 0) return may_write(folder.rights, is_own(contact, caller));
  const bool is_himself = contact.user_id == caller.user.value;
  return caller.is_context_admin || (is_himself && settings.edit_own_contact);
}

const folders::FolderAccess* FolderLookup::find_readable(FolderId folder) {
  auto entry = known_.find(folder);
  if (entry == known_.end() && !all_loaded_) {
    if (known_.size() >= kSingleLookups) {
      load_all();
      entry = known_.find(folder);
    } else {
      auto access = folders::find_access(connection_, caller_, folder);
      if (access && !is_readable(*access)) access.reset();
      entry = known_.emplace(folder, std::move(access)).first;
    }
  }
  return entry == known_.end() || !entry->second ? nullptr : &*entry->second;
}

void FolderLookup::load_all() {
  if (all_loaded_) return;
  all_loaded_ = true;
  for (folders::FolderAccess& access : folders::visible_folders(connection_, caller_, ObjectModule::Contact))
    if (is_readable(access)) known_.insert_or_assign(access.id, std::move(access));
}

std::vector<FolderId> FolderLookup::all_readable() {
  load_all();
  std::vector<FolderId> ids;
  for (const auto& [id, access] : known_)
    if (access) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

bool FolderLookup::is_visible(const Contact& contact) {
  if (contact.user_id != 0 && contact.user_id == caller_.user.value) return true;
  const folders::FolderAccess* folder = find_readable(FolderId(contact.folder_id));
  return folder != nullptr && contacts::is_visible(contact, *folder, caller_);
}

}  // namespace gw::model::contacts
