// What a contact must look like before it is stored, apart from rights. Pure but for the display name's
// uniqueness. Source: spec contacts-users-groups-resources sections 1 and 2.
#pragma once

#include <string_view>

#include "core/settings.hpp"
#include "model/contacts/contact.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::model::contacts {

/// `local@domain` without blanks; international letters are fine, display forms ("Name <a@b>") are not.
bool is_mail_address(std::string_view text);

/// Fills display_name, file_as and uid where they were not sent.
void complete_new(Contact& contact, const FieldSet& sent);
/// Copies the sent rows over the stored contact. The picture is not part of it.
void apply_input(Contact& stored, const ContactInput& input);
/// Marks and counts the distribution list; the array decides over the flag. Errors: CON-0166 list without a
/// name.
void settle_list(Contact& contact, const FieldSet& sent);
/// Errors: CON-0100 for an address among the sent rows.
void check_addresses(const Contact& contact, const FieldSet& sent);
/// Errors: CON-0118 shared folder, CON-0171 folder that is not the caller's own private one.
void check_private_flag(const Contact& contact, const folders::FolderAccess& folder);
/// Errors: CON-0173 primary address changed, CON-0164, -0166, -0175 name emptied, CON-1001 made a list.
void check_user_contact(const Contact& before, const Contact& after);

/// True when the row with this column number is set.
bool is_sent(const FieldSet& sent, int column);

}  // namespace gw::model::contacts
