// Finding contacts over folders: search, advancedSearch, autocomplete, birthdays and anniversaries.
// Source: spec contacts-users-groups-resources sections 4-8. Terms of advancedSearch: search_term.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/contacts/contact_list.hpp"
#include "model/contacts/search_term.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::contacts {

/// Longest pattern or query, in characters. Errors beyond it: SVL-0010.
inline constexpr std::size_t kMaxPatternLength = 255;

struct SearchQuery {
  std::optional<std::string> pattern;
  bool start_letter = false;
  /// Empty: every readable contact folder.
  std::vector<FolderId> folders;
  std::vector<FolderId> excluded_folders;
  /// Row of contact_fields() and its pattern; String rows only.
  std::vector<std::pair<std::size_t, std::string>> patterns;
  bool any_field = false;       ///< orSearch: any field, prefix match; else all fields, substring match
  bool email_required = false;  ///< emailAutoComplete: implies any_field
  bool exact = false;           ///< equality instead of prefix or substring
  /// Looks at the caller's own entry of the global address book only, whatever the folders.
  bool only_self = false;
};

/// Natural order: sort name. Errors: CON-1000 pattern too short; folder errors for folders that were named.
/// Cost: one query for the folders, one select per 200 folders, narrowed by the folded search text.
ListResult search(UnitOfWork& work, const SearchQuery& query, const ListRequest& request,
                  const Visitor& visit);

/// `folders` empty: all readable ones, or those the term names. An empty term finds everything.
ListResult advanced_search(UnitOfWork& work, const SearchTerm& term, std::span<const FolderId> folders,
                           const ListRequest& request, const Visitor& visit);

struct AutocompleteQuery {
  std::string query;
  bool email_required = true;
  std::vector<FolderId> folders;  ///< empty: all readable
};
/// Natural order: use count, then default folder, collected addresses, global address book, others, then
/// display name. An empty query finds nothing. Errors: CON-1000 query too short.
ListResult autocomplete(UnitOfWork& work, const AutocompleteQuery& query, const ListRequest& request,
                        const Visitor& visit);

enum class Anniversary { Birthday, Anniversary };
/// Contacts whose day falls into [start, end), by month and day; 29 February counts on 28 February in other
/// years. Natural order: next occurrence from `start`.
ListResult find_anniversaries(UnitOfWork& work, Anniversary kind, Date start, Date end,
                              std::optional<FolderId> folder, const ListRequest& request,
                              const Visitor& visit);

/// Contacts with one of these mail addresses (compared without case), in readable folders, most recently
/// changed first. Limits: the first 20 addresses.
ListResult find_by_addresses(UnitOfWork& work, std::span<const std::string> addresses,
                             const ListRequest& request, const Visitor& visit);

}  // namespace gw::model::contacts
