#include "ajax/calendar/color_labels.hpp"

#include <iterator>

#include "core/text.hpp"

namespace gw::ajax {
namespace {

/// CSS colours of the labels 1 to 10.
constexpr std::string_view kColors[] = {
    "lightskyblue", "cornflowerblue", "mediumpurple", "plum",      "lightcoral",
    "sandybrown",   "khaki",          "lightgreen",   "olivedrab", "gray"};
static_assert(std::size(kColors) == static_cast<std::size_t>(kMaxColorLabel));

}  // namespace

std::int64_t label_of_color(const std::optional<std::string>& color) {
  if (!color) return 0;
  for (std::size_t i = 0; i < std::size(kColors); ++i)
    if (equal_ignoring_ascii_case(*color, kColors[i])) return static_cast<std::int64_t>(i) + 1;
  return 0;
}

std::optional<std::string> color_of_label(std::int64_t label) {
  if (label < 1 || label > kMaxColorLabel) return std::nullopt;
  return std::string(kColors[static_cast<std::size_t>(label) - 1]);
}

}  // namespace gw::ajax
