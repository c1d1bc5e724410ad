// How many requests of one process may be with mail servers at the same time. A thread that waits for a
// server that has stopped answering is lost to all other modules until the time-out: this keeps some for
// them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "mail/account.hpp"

namespace gw::mail {

struct PlaceLimits {
  std::size_t of_one_server = 0;  ///< 0: no limits at all
  std::size_t of_further = 0;     ///< of all servers that users named themselves, together
  std::size_t in_total = 0;
  /// How long a request waits for a place, as long as others give theirs back within that time.
  std::chrono::milliseconds patience{1'000};
};

/// `of_one_server` places of each server of the configuration; half of them for all others together.
PlaceLimits limits_for(std::size_t of_one_server);

/// Threads: any. Must outlive its places.
class Places {
 public:
  explicit Places(PlaceLimits limits) : limits_(limits) {}
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

 private:
  using Clock = std::chrono::steady_clock;
  struct Group {
    std::size_t taken = 0;
    Clock::time_point last_left = Clock::time_point::min();
  };

 public:
  /// Gives itself back at the end of its life.
  class Place {
   public:
    Place() = default;
    Place(Places* places, Group* group) : places_(places), group_(group) {}
    Place(Place&& other) noexcept;
    Place& operator=(Place&& other) noexcept;
    ~Place();

   private:
    Places* places_ = nullptr;
    Group* group_ = nullptr;
  };

  /// A place for one use of the server, to be asked for before it is connected to. Errors: MSG-1016 with the
  /// reason when there is none: at once while nobody comes back from the server, else after `patience`.
  Place take(const Server& server);

 private:
  void leave(Group& group) noexcept;

  const PlaceLimits limits_;
  std::mutex mutex_;
  std::condition_variable left_;
  std::map<std::string, Group> groups_;  ///< of few servers: those of the configuration, and one for the rest
  std::size_t taken_ = 0;
  Clock::time_point last_left_ = Clock::time_point::min();
};

}  // namespace gw::mail
