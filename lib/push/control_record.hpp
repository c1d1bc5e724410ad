// What workers, the push child and groupwarectl tell each other besides events, on the same local sockets:
// short records of words. Not for the network.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace gw::push {

/// Child to one worker: is there such a user? The child may ask no database.
struct UserQuestion {
  std::int32_t context = 0;
  std::int32_t user = 0;
  bool operator==(const UserQuestion&) const = default;
};

/// Worker to child.
struct UserAnswer {
  std::int32_t context = 0;
  std::int32_t user = 0;
  bool is_known = false;
  bool operator==(const UserAnswer&) const = default;
};

/// Worker to child: a session is over.
struct SessionEnd {
  std::int32_t context = 0;
  std::int32_t user = 0;
  std::string handle;     ///< client_key.hpp
  bool was_last = false;  ///< the user has no other
  bool operator==(const SessionEnd&) const = default;
};

/// groupwarectl to child, on a bus connection of its own.
struct Command {
  std::string text;
  bool operator==(const Command&) const = default;
};

/// A part of what the child answers to a command.
struct CommandAnswer {
  std::string text;
  bool is_last = false;
  bool operator==(const CommandAnswer&) const = default;
};

using Control = std::variant<UserQuestion, UserAnswer, SessionEnd, Command, CommandAnswer>;

/// Texts of commands and answers that fit into one record.
inline constexpr std::size_t kLongestControlText = 16 * 1024;

std::string encode_control(const Control& control);
/// Errors: empty for anything that encode_control would not write
std::optional<Control> decode_control(std::string_view bytes);

}  // namespace gw::push
