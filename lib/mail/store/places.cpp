#include "mail/store/places.hpp"

#include <algorithm>
#include <utility>

#include "core/errors/mail.hpp"

namespace gw::mail {
namespace {

/// A server of the configuration; never the name of one, which has no space.
std::string key_of(const Server& server) {
  return server.is_named_by_user ? "all others"
                                 : server.protocol + ":" + server.host + ":" + std::to_string(server.port);
}

}  // namespace

PlaceLimits limits_for(std::size_t of_one_server) {
  PlaceLimits limits;
  limits.of_one_server = of_one_server;
  limits.of_further = std::max<std::size_t>(1, of_one_server / 2);
  limits.in_total = of_one_server + limits.of_further;
  return limits;
}

Places::Place::Place(Place&& other) noexcept
    : places_(std::exchange(other.places_, nullptr)), group_(std::exchange(other.group_, nullptr)) {}

Places::Place& Places::Place::operator=(Place&& other) noexcept {
  std::swap(places_, other.places_);
  std::swap(group_, other.group_);
  return *this;
}

Places::Place::~Place() {
  if (places_ != nullptr) places_->leave(*group_);
}

Places::Place Places::take(const Server& server) {
  if (limits_.of_one_server == 0) return {};
  std::unique_lock lock(mutex_);
  Group& group = groups_[key_of(server)];
  const std::size_t limit = server.is_named_by_user ? limits_.of_further : limits_.of_one_server;
  const Clock::time_point deadline = Clock::now() + limits_.patience;
  while (group.taken >= limit || taken_ >= limits_.in_total) {
    const Clock::time_point last = group.taken >= limit ? group.last_left : last_left_;
    const Clock::time_point end = std::min(deadline, last + limits_.patience);
    if (Clock::now() >= end)
      throw ApiError(errors::msg::kConnectFailed,
                     {server.host, "too many requests wait for mail servers that do not answer in time"});
    left_.wait_until(lock, end);
  }
  ++group.taken;
  ++taken_;
  return {this, &group};
}

void Places::leave(Group& group) noexcept {
  {
    const std::lock_guard lock(mutex_);
    --group.taken;
    --taken_;
    group.last_left = last_left_ = Clock::now();
  }
  left_.notify_all();
}

}  // namespace gw::mail
