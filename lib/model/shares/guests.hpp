// When guests come and go, and what entries they may have: what folders and files ask. Everything runs inside
// the caller's transaction. Source: spec settings section "share and guests", folders 6, infostore 9.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "model/permissions/rights.hpp"
#include "model/shares/target.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::shares {

/// Of one user, over all that he shares, unless his context has a number of its own.
inline constexpr std::int64_t kMaxGuests = 100;
inline constexpr std::int64_t kMaxLinks = 100;
/// What holds in the context for each of its users. Below 0: no limit. Cost: as administration::count_limit.
std::int64_t guest_limit(sql::Connection& connection, ContextId context, bool is_link,
                         const Marks& marks = {});

/// The user behind an invitation: who has that address already (a user or a guest), the link that the target
/// has already, else a new guest. The caller stores the permission entry. `target.item` or `target.folder`
/// must exist. Errors: SHR-0003, SHR-0004, QUOTA-0003.
UserId invite(Transaction& transaction, const Invitation& invitation, const Target& target);

enum class Admission {
  Granted,
  OtherTarget,    ///< a link belongs to one target
  TooManyRights,  ///< links read, and nothing else; nobody's guest administers
};
/// May this user, if he is a guest, get such an entry? A named guest gets the module along with it.
Admission admit(Transaction& transaction, UserId user, const Target& target, bool reads_only, bool is_admin);

/// Users that lost an entry on `target`: deletes the guests among them whose last share it was, and the link
/// of the target. Call when the entries are gone. Cost: one query when none of them is a guest.
void release(Transaction& transaction, std::span<const UserId> users, const Target& target);

/// Takes out the links that are not meant for subfolders: what a subfolder inherits.
void drop_own_links(sql::Connection& connection, ContextId context, std::vector<PermissionEntry>& entries);

/// What those who administer a target see of its guests.
struct GuestView {
  bool is_link = false;
  std::string token;  ///< empty when it can no longer be shown
  bool has_password = false;
  Millis expires;
  Target target;  ///< of a link
};
/// Of those users who are guests. Cost: two queries, and one per link.
std::map<UserId, GuestView> describe(sql::Connection& connection, ContextId context, const Settings& settings,
                                     std::span<const UserId> users);

/// What the caller shares with guests and by links.
struct Counts {
  std::int64_t guests = 0;
  std::int64_t links = 0;
};
Counts count_shares(UnitOfWork& work);

/// Ends the accounts of links whose time is over, in all contexts. Gives their number. Cost: bounded; what is
/// left over goes next time.
int end_expired(Environment& environment);

}  // namespace gw::model::shares
