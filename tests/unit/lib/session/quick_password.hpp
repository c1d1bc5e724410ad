// What the session tests share.
#pragma once

#include <cstdint>

namespace gw::session {

/// The hash of "secret", from outside this program. SHA-1 makes hundreds of attempts cheap.
inline constexpr const char* kQuickHash = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";

inline constexpr std::int64_t kMinute = 60'000;

}  // namespace gw::session
