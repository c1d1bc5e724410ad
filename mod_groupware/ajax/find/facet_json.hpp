// What autocomplete answers: the facets of a module, filled with what was typed and with the people it may
// mean. Source: http-api.json FindFacetData.
#pragma once

#include "ajax/find/facets.hpp"

namespace gw::ajax {

/// Values of one facet. Parameter `limit`; without it or beyond the greatest.
inline constexpr std::size_t kDefaultFacetValues = 10;
inline constexpr std::size_t kMostFacetValues = 100;

/// Exclusive facets that are chosen already are left out. Cost: an autocomplete of contacts where the module
/// has a facet of persons.
Json write_facets(Invocation& invocation, const SearchModule& module, std::string_view prefix);

}  // namespace gw::ajax
