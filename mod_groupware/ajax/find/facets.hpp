// What can be searched by, as tables: each module of the search box has one of facets, and a file that turns
// the filters of facets into its own conditions. Source: http-api.json Find…; docs/find.md.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ajax/action.hpp"

namespace gw::ajax {

enum class FacetKind {
  Text,        ///< simple: what was typed, in one member
  Person,      ///< default, may come several times: contacts that were found, and what was typed
  Choice,      ///< exclusive: one of fixed values
  Date,        ///< exclusive: one of fixed spans, or `[<from> TO <to>]`
  FolderType,  ///< exclusive: private, public or shared folders
  Folder,      ///< one folder; clients offer it themselves
  Account,     ///< only ours; clients offer it themselves
};

/// A fixed value, or a way in which a person takes part.
struct FacetChoice {
  std::string_view id;
  std::string_view name;
  /// What its filter names, separated by commas; empty: the field of its facet.
  std::string_view fields = {};
};

struct FacetRow {
  std::string_view id;
  FacetKind kind = FacetKind::Text;
  std::string_view field;  ///< what its filter names
  std::string_view name;   ///< of a text: where is searched, as "in subject"; empty: everywhere
  std::span<const FacetChoice> choices = {};
};

/// `private`, `public` and `shared`.
std::span<const FacetChoice> folder_type_choices();
/// Spans that end now.
std::span<const FacetChoice> date_choices();

/// A filter of a facet that a user has chosen.
struct FindCriterion {
  const FacetRow* facet = nullptr;
  std::vector<std::string> fields;
  std::vector<std::string> queries;
};

struct FindQuery {
  std::vector<FindCriterion> criteria;     ///< texts, persons, choices; all must hold
  std::optional<std::string> folder;       ///< as the client names it
  std::optional<std::string> folder_type;  ///< id of a choice
  std::optional<Millis> since, before;     ///< [since, before)
  std::size_t start = 0, size = 0;
  bool with_admin = true;
};

/// One page of what was found.
struct FindResults {
  std::size_t total = 0;
  /// Objects as JSON text, in order.
  std::vector<std::string> objects;
  std::vector<Warning> warnings = {};
};

/// More than this is too much to be sorted for a page. Errors beyond it: FIND-0019.
inline constexpr std::size_t kMostFound = 10'000;

struct SearchModule {
  std::string_view name;
  std::span<const std::string_view> other_names;
  model::Module right;
  std::span<const FacetRow> facets;
  bool needs_folder = false;  ///< facet `folder` is mandatory
  FindResults (*search)(Invocation& invocation, const FindQuery& query) = nullptr;
};

extern const SearchModule kCalendarSearch, kContactsSearch, kDriveSearch, kMailSearch, kTasksSearch;

/// By name.
std::span<const SearchModule* const> search_modules();
/// Errors: nullptr.
const SearchModule* find_search_module(std::string_view name);
/// The user has it, and the server offers it.
bool may_search(const Invocation& invocation, const SearchModule& module);
/// Errors: nullptr.
const FacetRow* find_facet(const SearchModule& module, std::string_view id);
/// Errors: nullptr.
const FacetChoice* find_choice(const FacetRow& facet, std::string_view id);

}  // namespace gw::ajax
