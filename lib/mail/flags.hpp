// Flags, keywords and colours of a mail: the bits of the HTTP API and what stands for them in a mailbox.
// Source: spec mail section 2; RFC 9051 section 2.3.2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mail {

/// Wire values: never renumber.
enum class Flag : std::uint32_t {
  Answered = 1,
  Deleted = 2,
  Draft = 4,
  Flagged = 8,
  Recent = 16,
  Seen = 32,
  User = 64,   ///< the folder keeps keywords
  Spam = 128,  ///< virtual: the spam handler's
  Forwarded = 256,
  ReadAcknowledged = 512,
};

struct FlagSet {
  std::uint32_t bits = 0;
  [[nodiscard]] bool has(Flag flag) const { return (bits & static_cast<std::uint32_t>(flag)) != 0; }
  void set(Flag flag, bool on = true) {
    bits = on ? bits | static_cast<std::uint32_t>(flag) : bits & ~static_cast<std::uint32_t>(flag);
  }
  bool operator==(const FlagSet&) const = default;
};

/// What a mailbox says of one message, sorted into the API's terms.
struct MessageFlags {
  FlagSet flags;
  int color = 0;                      ///< 0..10
  std::vector<std::string> keywords;  ///< those that are neither colour nor a bit above, original case
};

/// Adds one flag word of a server (`\Seen`, `$Forwarded`, `$cl_3`, `cl_3`). Case does not matter.
void add_flag_word(MessageFlags& to, std::string_view word);

/// Fills in what stands for each other where \Flagged and colours do: \Flagged of a colour, and
/// `color_of_flagged` of a mail that has \Flagged alone.
void link_color(MessageFlags& flags, int color_of_flagged);
/// What keywords say of attachments ($HasAttachment, $HasNoAttachment). Empty: nothing.
std::optional<bool> find_attachment_marker(const MessageFlags& flags);
/// The keywords themselves. Source: spec mail section 2.
inline constexpr std::string_view kHasAttachment = "$HasAttachment", kHasNoAttachment = "$HasNoAttachment";

/// The server's word for one bit; empty for those that are never stored (Recent, User, Spam).
std::string_view flag_word(Flag flag);
/// Words to store for a set of bits.
std::vector<std::string_view> flag_words(FlagSet flags);
/// `$cl_N`; empty for 0 and for numbers that are no colour.
std::string color_word(int color);
/// Every colour keyword that may stand in a mailbox: what a change of colour removes first.
const std::vector<std::string>& all_color_words();
/// The one bit of `number`. Errors: empty when it is not exactly one known bit (MSG-0048 is the caller's).
std::optional<Flag> single_flag(std::int64_t number);

}  // namespace gw::mail
