// The last minutes of events, so that a client that comes back gets what it missed. One per process.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>

#include "core/time.hpp"
#include "push/event_record.hpp"
#include "push/position.hpp"

namespace gw::push {

/// Threads: one at a time.
class EventLog {
 public:
  struct Limits {
    std::chrono::milliseconds age{300'000};
    std::size_t entries = 20'000;
    std::size_t bytes = 32 * 1024 * 1024;  ///< roughly, of the records
  };
  struct Entry {
    std::shared_ptr<const EventRecord> event;
    Position position = 0;
    Millis at;
    std::size_t bytes = 0;
  };

  EventLog(Limits limits, Position start);

  const Entry& append(EventRecord&& event, Millis now);
  /// Events were lost: nothing from before can be continued. `start`: the position from now on.
  void restart(Position start);
  /// Drops what is too old.
  void prune(Millis now);

  /// The newest event, or the start.
  [[nodiscard]] Position head() const;
  /// The entries behind `position`, as an index into entries(); entries().size() when there are none.
  /// Errors: empty when the log does not reach back to it. Cost: linear.
  [[nodiscard]] std::optional<std::size_t> find_after(Position position) const;
  [[nodiscard]] const std::deque<Entry>& entries() const { return entries_; }

 private:
  void drop_oldest();

  const Limits limits_;
  std::deque<Entry> entries_;
  std::size_t bytes_ = 0;
  /// What came directly before the oldest entry.
  Position before_;
};

}  // namespace gw::push
