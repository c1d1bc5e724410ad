#include "ajax/list_window.hpp"

#include <algorithm>

#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {

SortOrder parse_sort_order(const Arguments& arguments) {
  SortOrder sort;
  sort.column = static_cast<int>(std::clamp<std::int64_t>(arguments.integer("sort"), 0, 1'000'000));
  const std::string order = to_lower_ascii(trim(arguments.text("order")));
  if (order != "asc" && order != "desc" && !order.empty())
    throw ApiError(errors::svl::kBadParameter, {"order", order});
  sort.descending = order == "desc" && sort.column != 0;
  return sort;
}

ListWindow parse_limits(const Arguments& arguments) {
  const ListWindow window{arguments.integer("left_hand_limit"),
                          arguments.optional_integer("right_hand_limit")};
  if (window.left < 0 || (window.right && *window.right < window.left))
    throw ApiError(errors::svl::kBadParameter,
                   {"right_hand_limit", std::string(arguments.text("right_hand_limit"))});
  return window;
}

ListWindow parse_limit(const Arguments& arguments, ListWindow fallback) {
  const std::string_view text = trim(arguments.text("limit"));
  if (text.empty()) return fallback;
  std::int64_t numbers[2] = {0, 0};
  const auto parts = split(text, ',');
  const std::size_t offset = parts.size() == 1 ? 1 : 0;
  if (parts.size() > 2) throw ApiError(errors::svl::kBadParameter, {"limit", std::string(text)});
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = parse_integer(parts[i]);
    if (!number || *number < 0) throw ApiError(errors::svl::kBadParameter, {"limit", std::string(text)});
    numbers[i + offset] = *number;
  }
  return {numbers[0], std::max(numbers[0], numbers[1])};
}

}  // namespace gw::ajax
