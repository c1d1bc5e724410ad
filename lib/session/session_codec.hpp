// A session as a few hundred bytes for the shared cache. Versioned: processes of two releases may share one
// cache.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "session/session.hpp"

namespace gw::session {

struct CachedSession {
  Session session;
  /// When the database last confirmed it.
  Millis checked;
};

/// Errors: an empty text when it would be larger than a cache takes (8 KiB).
std::string encode_session(const CachedSession& cached);
/// Errors: empty for another version or damaged bytes. Cost: about one microsecond.
std::optional<CachedSession> decode_session(std::string_view bytes);

}  // namespace gw::session
