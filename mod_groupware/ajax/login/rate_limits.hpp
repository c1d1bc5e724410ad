// How much one client may ask of this process: requests per five minutes, requests at the same time.
// Source: spec conventions section 1. Failed logins are counted elsewhere (session/throttle).
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "ajax/request.hpp"
#include "core/ids.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"

namespace gw::ajax {

/// Threads: any. Limits: 16,384 clients are remembered; when more come, those seen longest ago are forgotten.
class RateLimits {
 public:
  /// One running request; gives its place back at the end of its life. Movable only.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(Ticket&& other) noexcept
        : owner_(std::exchange(other.owner_, nullptr)), context_(other.context_), user_(other.user_) {}
    Ticket& operator=(Ticket&&) = delete;
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket() {
      if (owner_ != nullptr) owner_->leave(context_, user_);
    }

   private:
    friend class RateLimits;
    Ticket(RateLimits& owner, ContextId context, UserId user)
        : owner_(&owner), context_(context), user_(user) {}
    RateLimits* owner_ = nullptr;
    ContextId context_;
    UserId user_;
  };

  /// Both references must outlive the object and all tickets.
  RateLimits(const LimitSettings& settings, const Clock& clock);

  /// Counts a request per address and User-Agent; module `system` is exempt.
  /// Errors: HttpError 429 over settings.requests_per_window in five minutes.
  void count_request(const Request& request);

  /// Errors: ApiError SVL-0019 when the user has settings.requests_per_user requests running already.
  [[nodiscard]] Ticket enter(ContextId context, UserId user);

 private:
  struct Window {
    std::int64_t start = 0;
    int requests = 0;
  };
  using Windows = std::unordered_map<std::uint64_t, Window>;
  struct Part {
    std::mutex mutex;
    /// Two generations: when `young` is full it becomes `old`, and the former `old` is forgotten.
    Windows young, old;
    std::unordered_map<std::uint64_t, int> running;
  };

  Part& part_of(std::uint64_t key) { return parts_[key % parts_.size()]; }
  static Window& find_window(Part& part, std::uint64_t key);
  void leave(ContextId context, UserId user) noexcept;

  const LimitSettings& settings_;
  const Clock& clock_;
  /// Makes keys unpredictable, so nobody can choose a User-Agent that shares another client's counter.
  const std::string seed_;
  std::array<Part, 16> parts_;
};

}  // namespace gw::ajax
