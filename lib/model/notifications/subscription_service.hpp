// Push subscriptions of programs, above all on phones: kept here, used by the transports. Streams of browsers
// need none. Source: spec push-modern sections 1 and 2.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::notifications {

struct Subscription {
  std::string client;     ///< 1 to 64 bytes: which program
  std::string token;      ///< 1 to 255 bytes: which copy of it
  std::string transport;  ///< a name of is_transport
  /// `ox:mail:new`, `ox:mail:*` or `*`.
  std::vector<std::string> topics;
  Millis expires;  ///< 0: never
};

inline constexpr std::size_t kMostSubscriptions = 100;  ///< of a user; the oldest make room
inline constexpr std::size_t kMostTopics = 64;          ///< of a subscription

bool is_transport(std::string_view name);

/// The same token and client again changes topics and transport. The caller has checked the values.
void subscribe(UnitOfWork& work, const Subscription& subscription);
/// Gives false when there was none.
bool unsubscribe(UnitOfWork& work, const Subscription& subscription);
/// Those of the caller that have not expired, oldest first.
std::vector<Subscription> list_subscriptions(UnitOfWork& work);

/// Of all contexts. Gives how many went. Limits: 500 at a time. Threads: the periodic work.
int purge_expired(sql::Scope& database, Millis now);

}  // namespace gw::model::notifications
