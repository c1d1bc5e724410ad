// What clients of the search box send. Source: http-api.json FindQueryBody, FindAutoCompleteBody.
#pragma once

#include "ajax/find/facets.hpp"

namespace gw::ajax {

/// Limits of one request; the values are those of all filters together. Errors beyond them: SVL-0031.
inline constexpr std::size_t kMostFacets = 100;
inline constexpr std::size_t kMostFilterValues = 50;
/// Characters of a query. Errors beyond it: SVL-0010.
inline constexpr std::size_t kLongestQuery = 255;
/// Results of one page; without `size` there are 20. Errors beyond it: SVL-0010.
inline constexpr std::int64_t kLargestPage = 1'000;

/// Parameter `module`. Errors: SVL-0010 unknown, FIND-0017 not for this user.
const SearchModule& asked_search_module(const Invocation& invocation);

/// The chosen facets with start, size and options; `options.timezone` becomes that of the invocation.
/// Errors: SVL-0028, SVL-0031, SVL-0010; FIND-0003 to -0008, -0010 to -0012, -0014 to -0016, -0018.
FindQuery parse_find_query(Invocation& invocation, const SearchModule& module);
/// `options.timezone`. Errors: SVL-0010.
void take_timezone(Invocation& invocation);
/// `options.admin`: whether the administrator of the context is found, too.
bool asks_for_admin(const Json& body);

/// `[<from> TO <to>]`, both included, or `{<from> TO <to>}`, both left out; `*` for no end. Errors:
/// FIND-0012.
struct TimeFrame {
  std::optional<Millis> since, before;  ///< [since, before)
};
TimeFrame parse_time_frame(std::string_view text);
/// What the choice of date_choices means.
TimeFrame frame_of_choice(std::string_view id, Millis now);

}  // namespace gw::ajax
