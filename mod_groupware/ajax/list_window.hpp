// The parameters that lists of every module share: order, and which part of the sorted list is wanted.
#pragma once

#include <cstdint>
#include <optional>

#include "ajax/action.hpp"

namespace gw::ajax {

struct SortOrder {
  int column = 0;  ///< 0 = none given
  bool descending = false;
};
/// Parameters `sort` and `order`, which must be declared. Errors: SVL-0010.
SortOrder parse_sort_order(const Arguments& arguments);

/// Indexes in the sorted list; `right` is the first one that is left out.
struct ListWindow {
  std::int64_t left = 0;
  std::optional<std::int64_t> right;
};
/// Parameters `left_hand_limit` and `right_hand_limit`, which must be declared. Errors: SVL-0010.
ListWindow parse_limits(const Arguments& arguments);
/// `limit=left,right` or `limit=count`, the older spelling, which must be declared; `fallback` when it is
/// absent. Errors: SVL-0010.
ListWindow parse_limit(const Arguments& arguments, ListWindow fallback);

}  // namespace gw::ajax
