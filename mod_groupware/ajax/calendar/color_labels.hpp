// The eleven colour labels of classic clients, as colours of events. Source: spec calendar section 2: a fixed
// table is asked for, its colours are ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gw::ajax {

inline constexpr std::int64_t kMaxColorLabel = 10;

/// 0 for no colour and for one that is not in the table.
std::int64_t label_of_color(const std::optional<std::string>& color);
/// Empty for 0.
std::optional<std::string> color_of_label(std::int64_t label);

}  // namespace gw::ajax
