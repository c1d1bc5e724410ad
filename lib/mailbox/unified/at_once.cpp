#include "mailbox/unified/at_once.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace gw::mailbox::unified {

std::vector<std::optional<ApiError>> run_at_once(std::size_t count,
                                                 const std::function<void(std::size_t)>& act) {
  std::vector<std::optional<ApiError>> failures(count);
  std::atomic<std::size_t> next{0};
  std::exception_ptr other;
  std::mutex mutex;
  const auto work = [&]() noexcept {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        act(i);
      } catch (const ApiError& error) {
        failures[i] = error;
      } catch (const std::exception&) {
        const std::lock_guard lock(mutex);
        other = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::min(count, kMaxThreads); ++i) threads.emplace_back(work);
    work();
  }
  if (other) std::rethrow_exception(other);
  return failures;
}

}  // namespace gw::mailbox::unified
