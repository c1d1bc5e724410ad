// Events that wait for their delay, equal ones merged. Source: spec udp-push section 4.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "push/event_record.hpp"

namespace oxpush {

using std::chrono::milliseconds;

/// One change for the users who may see one folder. Users are sorted and unique.
struct Change {
  std::int32_t context = 0;
  std::int32_t folder = 0;
  std::int32_t module = 0;
  gw::push::Origin origin = gw::push::Origin::Local;
  std::vector<std::int32_t> users;
  std::int64_t stamp = 0;  ///< ms UTC; of merged ones the latest
};

/// Waits of things that are not merged (mail, delay 0) do not pass through here.
/// Threads: one at a time
class OutputQueue {
 public:
  /// A row of equal events waits no longer than this many delays after the first.
  static constexpr int kMostDelays = 5;

  explicit OutputQueue(std::size_t limit) : limit_(limit) {}

  enum class Outcome { Added, Merged, Overflowed };
  /// An equal one that waits already (all but the stamp is the same) takes the new one in and starts its
  /// delay anew. Overflowed: added, but the oldest one had to go.
  Outcome add(Change change, milliseconds delay, milliseconds now);

  /// The next one that is due.
  std::optional<Change> pop_due(milliseconds now);
  /// The next one, due or not: for the end.
  std::optional<Change> pop();
  /// When the next one is due.
  [[nodiscard]] std::optional<milliseconds> next_due() const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// When the first event of the oldest entry came.
  [[nodiscard]] std::optional<milliseconds> oldest() const;

 private:
  struct Entry;
  using Entries = std::list<Entry>;  // by age of their first event
  using ByDue = std::multimap<milliseconds, Entries::iterator>;
  using ByHash = std::unordered_multimap<std::size_t, Entries::iterator>;
  struct Entry {
    Change change;
    milliseconds since{0};
    milliseconds latest{0};
    ByDue::iterator due;
    ByHash::iterator hash;
  };

  Change take(Entries::iterator entry);
  ByHash::iterator find_equal(std::size_t hash, const Change& change);

  std::size_t limit_;
  Entries entries_;
  ByDue by_due_;
  ByHash by_hash_;
};

}  // namespace oxpush
