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

/// Worker to child: somebody wants to hear of new mail of this user, and this is how to get at his INBOX. It
/// holds a password: the record stays on this machine, goes to nobody but the child, and is wiped there.
/// Addresses are literal, as the child asks no name server. No text may hold a NUL.
struct MailWatch {
  std::int32_t context = 0;
  std::int32_t user = 0;
  std::string listener;   ///< who wants it: is_listener_id; empty: whoever has registered over UDP
  std::int32_t life = 0;  ///< seconds, after which it no longer counts; of no meaning without listener
  std::string host;       ///< for the certificate
  std::string addresses;  ///< with commas between them
  std::int32_t port = 0;
  std::string encryption;  ///< "none", "starttls", "prefer" or "tls"
  bool verifies_certificate = true;
  std::string ca_file;
  std::string mechanism;  ///< "PLAIN", "XOAUTH2" or "OAUTHBEARER"
  std::string login;
  std::string authorize_as;
  std::string secret;
  bool operator==(const MailWatch&) const = default;
};

/// Overwrites what is secret in it.
void wipe(MailWatch& watch);

/// Worker to child: that listener is gone.
struct MailRelease {
  std::int32_t context = 0;
  std::int32_t user = 0;
  std::string listener;
  bool operator==(const MailRelease&) const = default;
};

/// 1 to 32 lower hexadecimal digits.
bool is_listener_id(std::string_view text);

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

using Control =
    std::variant<UserQuestion, UserAnswer, SessionEnd, MailWatch, MailRelease, Command, CommandAnswer>;

/// Texts of commands and answers that fit into one record.
inline constexpr std::size_t kLongestControlText = 16 * 1024;

/// Owns: a secret when it is a MailWatch; wipe it.
std::string encode_control(const Control& control);
/// Errors: empty for anything that encode_control would not write
std::optional<Control> decode_control(std::string_view bytes);

}  // namespace gw::push
