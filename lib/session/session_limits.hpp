// How many sessions may live at once. Source: spec conventions 9.6.
#pragma once

#include <mutex>

#include "core/settings.hpp"
#include "session/session.hpp"
#include "sql/connection.hpp"

namespace gw::session {

/// Threads: any. Soft under concurrency: sign-ins at the same instant may each see the last free place.
class SessionLimits {
 public:
  explicit SessionLimits(const SessionSettings& settings) : settings_(settings) {}

  /// Call before inserting. Sessions that expired but were not purged yet do not count. 0 switches a limit
  /// off. Errors: ApiError SES-0002, SES-0007, SES-0207, SES-0008. Cost: two queries; the count over all
  /// sessions is kept for ten seconds.
  void check(sql::Connection& connection, const Session& session, Millis now);

 private:
  void check_total(sql::Connection& connection, Millis now);
  void check_user(sql::Connection& connection, const Session& session, Millis now) const;
  void check_auth_id(sql::Connection& connection, const Session& session, Millis now) const;

  const SessionSettings& settings_;
  std::mutex mutex_;
  Millis counted_at_;
  std::int64_t total_ = 0;
};

}  // namespace gw::session
