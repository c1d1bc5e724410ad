// The mails that were told a short while ago. A mail server repeats itself when it got no answer in time, and
// whoever tells of a mail may not be the only one: clients hear of each mail once. Source: spec push-modern
// section 5.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_set>

#include "push/event_record.hpp"
#include "registrations.hpp"

namespace oxpush {

/// Threads: one
class RecentMails {
 public:
  static constexpr std::chrono::seconds kLife{60};
  /// Above it the oldest is forgotten early.
  static constexpr std::size_t kMost = 65'536;

  /// Notes a new mail of one user. True for the same one again within kLife; false for all other events, and
  /// for mails that are not named.
  bool is_repeated(const gw::push::EventRecord& event, milliseconds now);

 private:
  struct Mail {
    std::int64_t context = 0, object = 0;
    std::int32_t user = 0;
    bool operator==(const Mail&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Mail& mail) const noexcept;
  };
  struct Told {
    milliseconds at{0};
    Mail mail;
  };
  void forget_oldest();

  std::unordered_set<Mail, Hash> known_;
  std::deque<Told> told_;  ///< those of known_, the oldest first
};

}  // namespace oxpush
