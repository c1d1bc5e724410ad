// Scripts of several statements, taken apart for engines that run one at a time.
#pragma once

#include <string_view>
#include <vector>

namespace gw::sql {

/// The statements of a script without their `;`, which ends a statement only at the end of a line. Views into
/// `script`.
std::vector<std::string_view> split_script(std::string_view script);

}  // namespace gw::sql
