// What a caller may see of contacts: folder rights plus the private flag. The one place that decides it.
// Source: spec contacts-users-groups-resources section 1 (private flag) and 3 (rights).
#pragma once

#include "core/settings.hpp"
#include "model/contacts/contact.hpp"
#include "model/folders/folder_lookup.hpp"

namespace gw::model::contacts {

/// Where the contacts of internal users live, and those of guests.
inline constexpr FolderId kGlobalAddressBook{6};
inline constexpr FolderId kGuestContacts{16};
inline bool holds_user_contacts(FolderId folder) {
  return folder == kGlobalAddressBook || folder == kGuestContacts;
}

/// Errors: FLD-0003, FLD-0008; CON-0103 when it keeps no contacts.
folders::FolderAccess load_contact_folder(sql::Connection& connection, const Caller& caller, FolderId folder);
/// The same, and CON-0104 when nothing in it may be read.
folders::FolderAccess load_readable_folder(sql::Connection& connection, const Caller& caller,
                                           FolderId folder);

/// A user's own contact counts as own, whoever created it.
bool is_own(const Contact& contact, const Caller& caller);
/// Looks at created_by, user_id and private_flag.
bool is_visible(const Contact& contact, const folders::FolderAccess& folder, const Caller& caller);
/// May he change it where it lies? A user's contact is changed by himself, where the settings allow it, and
/// by the context's administrator.
bool may_change(const Contact& contact, const folders::FolderAccess& folder, const Caller& caller,
                const Settings& settings);

/// Contact folders in which the caller may read something.
class FolderLookup : public folders::FolderLookup {
 public:
  FolderLookup(sql::Connection& connection, const Caller& caller)
      : folders::FolderLookup(connection, caller, ObjectModule::Contact, 1) {}
  [[nodiscard]] bool is_visible(const Contact& contact);
};

}  // namespace gw::model::contacts
