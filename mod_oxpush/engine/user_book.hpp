// Which users exist, as far as workers have told: the child itself may ask no database. Source: spec udp-push
// section 11, "identity oracle".
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "registrations.hpp"

namespace oxpush {

/// Threads: one
class UserBook {
 public:
  /// Above it nothing new is noted until older answers have run out.
  static constexpr std::size_t kMostUsers = 200'000;
  /// A second: registrations of strangers must not become a flood of queries.
  static constexpr std::uint32_t kMostQuestions = 100;

  enum class State : std::uint8_t { Unasked, Asked, Known, Unknown };
  /// An answer lasts for a while only: users come and go.
  [[nodiscard]] State find(ClientKey key, milliseconds now) const;
  void note(ClientKey key, State state, milliseconds now);
  /// Counts a question, and says whether it is within the limit.
  bool may_ask(milliseconds now);
  void sweep(milliseconds now);

 private:
  struct Entry {
    State state = State::Unasked;
    milliseconds until{0};
  };
  std::unordered_map<ClientKey, Entry> entries_;
  milliseconds window_ends_{0};
  std::uint32_t asked_ = 0;
};

}  // namespace oxpush
