// The contacts of users in the global address book (folder 6): written by provisioning only, edited through
// the service.
#pragma once

#include "model/contacts/contact.hpp"
#include "model/field.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::contacts {

/// Stores the contact of a new user; `contact.user_id` must be set. Gives its id.
ObjectId create_user_contact(Transaction& transaction, ContextId context, Contact contact);
/// Empty when the user has none.
std::optional<Contact> find_user_contact(sql::Connection& connection, ContextId context, UserId user);
/// What provisioning changes in the contact of a user: the rows of `fields`, without the rules for clients
/// (so email1 too). Errors: CON-0125 when the user has no contact.
void update_user_contact(Transaction& transaction, ContextId context, UserId user, const Contact& values,
                         const FieldSet& fields);
/// Deletes it with its image; leaves a tombstone.
void delete_user_contact(Transaction& transaction, ContextId context, UserId user);
/// Deletes every object a user owns privately and hands the others over to `heir` (context admin).
void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir);

}  // namespace gw::model::contacts
