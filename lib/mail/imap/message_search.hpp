// Which mails match, and in which order: by the server where it can, else here. Source: spec mal section 8.1,
// spec mail sections 4 and 6.4.
#pragma once

#include <string_view>
#include <vector>

#include "mail/imap/session.hpp"
#include "mail/store/message_storage.hpp"

namespace gw::mail::imap {

/// Uids that match, ascending. Cost: one SEARCH where the server can judge; else one per part of the term
/// that it can judge, and a FETCH of what the rest needs. Errors: MSG-1002, IMAP-2005, IMAP-2029 for text the
/// server cannot search.
std::vector<Uid> search_uids(Session& session, std::string_view folder, const SearchTerm& term);

/// Uids that match in ascending order of the field; equal ones in order of arrival. Cost: one SORT; where
/// uids are known to be in order of arrival one SEARCH; without SORT a FETCH of the field for every match.
std::vector<Uid> sorted_uids(Session& session, std::string_view folder, const SearchTerm& term,
                             SortField field);

}  // namespace gw::mail::imap
