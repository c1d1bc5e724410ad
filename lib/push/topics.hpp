// The names under which browsers hear of events, and what a client wants to hear of. Source: spec push-modern
// sections 1 and 7.4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::push {

inline constexpr std::string_view kTopicCalendar = "ox:calendar:updates";
inline constexpr std::string_view kTopicNewMail = "ox:mail:new";

/// The topic of a module of the push protocol; empty for those that browsers hear nothing of.
std::string_view topic_of(std::int32_t module) noexcept;

/// A topic, `prefix:*`, or `*`: colon-separated words of letters, digits, `-` and `_`.
/// Limits: 128 bytes.
bool is_interest(std::string_view text) noexcept;
/// Letters, digits, `-`, `_`, `.` and `~`. Limits: 1 to 64 bytes (a pushToken travels in every event record).
bool is_connection_id(std::string_view text) noexcept;

/// A client's list of interests. Copies are independent.
class Interests {
 public:
  static constexpr std::size_t kMost = 64;

  /// Everything.
  Interests() = default;
  /// Reads `ox:mail:*,ox:calendar:updates`; an empty text means everything.
  /// Errors: empty for what is_interest refuses, and for more than kMost entries.
  static std::optional<Interests> parse(std::string_view list);

  [[nodiscard]] bool match(std::string_view topic) const noexcept;

 private:
  bool everything_ = true;
  std::vector<std::string> exact_;
  std::vector<std::string> prefixes_;  ///< with the colon at their end
};

}  // namespace gw::push
