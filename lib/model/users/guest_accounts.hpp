// The accounts of guests: users that exist because something is shared with them. When they come and go is
// decided by model/shares; here are the rows. Source: spec settings section "share and guests".
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/unit_of_work.hpp"
#include "model/users/user.hpp"

namespace gw::model::users {

struct NewGuest {
  UserId created_by;
  /// Empty: the account behind a link, which many people use and none of them owns.
  std::string mail;
  std::string display_name;
  std::optional<std::string> password_hash;  ///< ready hash; empty: the token alone opens it
  Millis expires;                            ///< 0 = never
  ModuleSet modules;
};

/// Stores the account; language and zone are those of the caller. A guest has no folders, no entry in the
/// address book and no mailbox, and is in no group but that of all guests.
UserId create_guest(Transaction& transaction, ContextId context, const NewGuest& guest);

/// Absent members stay as they are.
struct GuestChanges {
  std::optional<std::optional<std::string>> password_hash;
  std::optional<Millis> expires;
  std::optional<ModuleSet> modules;
};
/// Errors: USR-0010.
void change_guest(Transaction& transaction, ContextId context, UserId guest, const GuestChanges& changes);

/// Ends the account with its permissions and sessions. What the guest stored goes to who invited him, else to
/// the context admin. Does nothing for a user who is no guest.
void delete_guest(Transaction& transaction, ContextId context, UserId guest);

/// Guests of all contexts whose time is over, at most `limit`.
std::vector<std::pair<ContextId, UserId>> list_expired_guests(sql::Connection& connection, Millis now,
                                                              int limit);

/// What a guest needs to meet shared objects of a module.
ModuleSet guest_modules(ObjectModule module, bool is_link);
/// The account of a link: whoever follows it works in it, so nothing in it may be changed.
bool is_link_account(const Caller& caller);

}  // namespace gw::model::users
