#include "ajax/login/rate_limits.hpp"

#include <cstring>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/errors/servlet.hpp"
#include "core/random.hpp"

namespace gw::ajax {
namespace {

constexpr std::int64_t kWindow = 5 * 60 * 1'000;
constexpr std::size_t kGeneration = 512;  ///< per part

/// Contexts and users are numbers of our own making: mixing is enough.
std::uint64_t user_key(ContextId context, UserId user) {
  std::uint64_t key =
      static_cast<std::uint64_t>(context.value) << 32 ^ static_cast<std::uint64_t>(user.value);
  key ^= key >> 31;
  return key * 0x9E3779B97F4A7C15ULL ^ key >> 7;
}

}  // namespace

RateLimits::RateLimits(const LimitSettings& settings, const Clock& clock)
    : settings_(settings), clock_(clock), seed_(random_bytes(16)) {}

RateLimits::Window& RateLimits::find_window(Part& part, std::uint64_t key) {
  if (const auto found = part.young.find(key); found != part.young.end()) return found->second;
  Window window;
  if (const auto found = part.old.find(key); found != part.old.end()) window = found->second;
  if (part.young.size() >= kGeneration) {
    part.old = std::move(part.young);
    part.young.clear();
  }
  return part.young.emplace(key, window).first->second;
}

void RateLimits::count_request(const Request& request) {
  if (settings_.requests_per_window <= 0 || request.path == "system") return;
  const std::string digest = sha256(seed_ + request.remote_address + '\0' + request.user_agent);
  std::uint64_t key = 0;
  std::memcpy(&key, digest.data(), sizeof key);
  const std::int64_t now = clock_.now().value;
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  Window& window = find_window(part, key);
  if (now - window.start >= kWindow || now < window.start) window = {now, 0};
  if (window.requests >= settings_.requests_per_window)
    throw HttpError(429, "Too many requests. Please try again later.");
  ++window.requests;
}

RateLimits::Ticket RateLimits::enter(ContextId context, UserId user) {
  if (settings_.requests_per_user <= 0) return {};
  const std::uint64_t key = user_key(context, user);
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  int& running = part.running[key];
  if (running >= settings_.requests_per_user) throw ApiError(errors::svl::kTooManyRequests);
  ++running;
  return {*this, context, user};
}

void RateLimits::leave(ContextId context, UserId user) noexcept {
  const std::uint64_t key = user_key(context, user);
  Part& part = part_of(key);
  const std::lock_guard lock(part.mutex);
  const auto found = part.running.find(key);
  if (found != part.running.end() && --found->second <= 0) part.running.erase(found);
}

}  // namespace gw::ajax
