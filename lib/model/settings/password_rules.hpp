// What a new password must look like: checked by passwordchange and groupwarectl, shown in the config tree.
#pragma once

#include <string_view>

namespace gw::model::settings {

/// Units: characters. There is no upper limit but the hash's own of 511 bytes.
inline constexpr int kPasswordMinLength = 4;
inline constexpr int kPasswordMaxBytes = 511;
/// Allowed are all characters but controls. Shown to clients as a JavaScript pattern.
inline constexpr std::string_view kPasswordPattern = "[^\\u0000-\\u001f\\u007f]";

}  // namespace gw::model::settings
