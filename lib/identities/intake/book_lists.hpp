// Groups of a directory as distribution lists of its address books: members are names of entries, which
// become names and addresses. Source: spec ldap-and-subscriptions section 3, "lists".
#pragma once

#include <vector>

#include "identities/intake/book_intake.hpp"

namespace gw::identities::intake {

/// Members that are in none of the books are asked for one by one: so many in one run, then the rest is left
/// out and told.
inline constexpr std::size_t kMostLookups = 5'000;

/// Puts `distribution_list` into the values of every list. Groups in groups are resolved, in circles too;
/// who has no address is left out. Limits: kMaxListMembers a list, kMostLookups; what is more is left out
/// and told. Errors: DirectoryError.
void resolve_lists(directory::Directory& directory, std::vector<BookContent>& books, Report& report);

}  // namespace gw::identities::intake
