// Making, changing and deleting users: for groupwarectl and other administration faces, never for web
// clients. What users change about themselves is in user_service.hpp. Source: spec provisioning sections 5-7.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/contacts/contact.hpp"
#include "model/field.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/provisioning_error.hpp"
#include "model/users/user.hpp"

namespace gw::model::users {

struct NewUser {
  std::string login;
  std::optional<std::string> password_hash;  ///< ready hash; empty: nobody can log in with a password
  std::string mail;                          ///< primary address; may be empty
  std::vector<std::string> aliases;          ///< the primary address is added
  std::string locale;                        ///< empty: settings' default
  std::string timezone;                      ///< empty: settings' default
  ModuleSet modules = kDefaultModules;
  std::int64_t file_quota = -1;  ///< bytes, -1 unlimited
  std::optional<std::string> imap_login;
  bool enabled = true;
  /// Names, company, telephone numbers … of the entry in the global address book. A missing display name is
  /// built from the names, else from the login.
  contacts::Contact contact;
};

/// Absent members stay as they are.
struct UserChanges {
  std::optional<std::string> login;
  std::optional<std::string> password_hash;
  std::optional<std::string> mail;
  std::optional<std::vector<std::string>> aliases;
  std::optional<std::string> locale;
  std::optional<std::string> timezone;
  std::optional<ModuleSet> modules;
  std::optional<std::int64_t> file_quota;
  std::optional<std::string> imap_login;  ///< "" goes back to the login name
  std::optional<bool> enabled;
  std::optional<std::string> display_name;
  std::optional<std::string> given_name;
  std::optional<std::string> surname;
  /// Further values of the entry in the global address book, under the rules of contacts: those of
  /// contact_fields() that are named here.
  contacts::Contact contact;
  FieldSet contact_fields;
};

/// Stores the user row, aliases, the contact in folder 6, default folders and the membership in the standard
/// group. The unit of work must speak for the context (its caller's context). Errors: ProvisioningError
/// Invalid, AlreadyExists (login, display name, address); ApiError CTX-0002. Cost: about 25 statements in one
/// transaction.
User create_user(UnitOfWork& work, const NewUser& user);
/// The same inside a transaction that runs already. Ids are never used twice, the first one is 2 (the context
/// admin).
User create_user(Transaction& transaction, ContextId context, const NewUser& user);

/// Errors: ApiError USR-0010; ProvisioningError Invalid, AlreadyExists, Protected (the context admin cannot
/// be disabled).
User change_user(UnitOfWork& work, UserId user, const UserChanges& changes);
/// The same inside a transaction that runs already.
User change_user(Transaction& transaction, ContextId context, UserId user, const UserChanges& changes);

/// What becomes of what others see of a user who goes.
struct Inheritance {
  std::optional<UserId> heir{};       ///< absent: the context admin
  bool drops_public_entries = false;  ///< what he made in public folders is deleted, too
};

/// Entries in public folders and folders others see go to the heir; everything else is
/// deleted, with its sessions and settings. Errors: ApiError USR-0010 (user, heir); ProvisioningError
/// Protected (context admin), Invalid (his own heir).
void delete_user(UnitOfWork& work, UserId user, const Inheritance& inheritance = {});

/// For password change and for renewing an old hash after a good login. `hash` is ready to store.
/// Errors: ApiError USR-0010.
void store_password_hash(UnitOfWork& work, UserId user, const std::string& hash);

/// Called by the contact service when the entry in folder 6 changed: lists and logins show the same name.
void follow_contact(Transaction& transaction, ContextId context, UserId user,
                    const std::string& display_name);

}  // namespace gw::model::users
