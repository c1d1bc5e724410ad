// The datagrams of the UDP push protocol: text tokens separated by one byte 0x01, framed by a magic and a
// length. Not for what they mean, nor for who may send them. Source: spec udp-push sections 2, 3 and 12.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gw::push {

/// Longer datagrams are refused.
inline constexpr std::size_t kLongestDatagram = 2048;
/// What we send stays below it, so that no network on the way cuts it.
inline constexpr std::size_t kLongestSent = 1200;
inline constexpr std::size_t kMostUsers = 2000;
/// The answer to a client's registration.
inline constexpr std::string_view kRegisterAnswer = "OK\x01";

/// Action 1: a client wants push packets at the address that the datagram came from.
struct ClientRegister {
  std::int32_t user = 0;
  std::int32_t context = 0;
  bool operator==(const ClientRegister&) const = default;
};

/// Action 2: another server tells of a client that registered there.
struct RegisterSync {
  std::int32_t user = 0;
  std::int32_t context = 0;
  std::string address;
  std::uint16_t port = 0;
  bool is_remote = false;  ///< always sent, ignored by every receiver
  bool operator==(const RegisterSync&) const = default;
};

/// Action 3: another server tells of a change.
struct PushSync {
  std::int32_t folder = 0;
  std::int32_t module = 0;
  std::int32_t context = 0;
  std::vector<std::int32_t> users;  ///< never empty
  std::int64_t stamp = 0;           ///< ms UTC, 0: unknown
  bool operator==(const PushSync&) const = default;
};

/// Action 4: a server announces itself. `host` is a name or a literal address.
struct HostRegister {
  std::string host;
  std::uint16_t port = 0;
  /// Ours only: names the instance, so that one with several addresses is one peer. 16 hex digits, or empty.
  std::string instance;
  /// Ours only: it ends, and wants no more packets. Counts only when it is signed; needs an instance. Servers
  /// that do not know it read an announcement.
  bool is_goodbye = false;
  bool operator==(const HostRegister&) const = default;
};

using Packet = std::variant<ClientRegister, RegisterSync, PushSync, HostRegister>;

/// Why a datagram was dropped. The values are the protocol's own codes PUSHUDP-nnnn (spec section 10).
enum class PacketError : int {
  General = 1,
  User = 3,
  Context = 4,
  MagicNoNumber = 5,
  WrongMagic = 6,
  Folder = 7,
  Module = 8,
  Port = 9,
  ActionNoNumber = 10,
  LengthNoNumber = 11,
  Users = 12,
  UnknownAction = 13,
  Length = 14,
};

/// The tokens behind a packet's own fields that sign it (signature.hpp judges them). Views into the datagram.
struct SignatureTokens {
  std::string_view key_id;
  std::int64_t unix_seconds = 0;
  std::string_view nonce;         ///< 16 hex digits
  std::string_view mac;           ///< 32 hex digits
  std::string_view signed_bytes;  ///< of the payload, up to and with the separator before the mac
};

struct ParsedPacket {
  Packet packet;
  std::optional<SignatureTokens> signature;
};

/// Errors:  the code of the first fault; never throws because of what the bytes say
/// Owns:    the signature's views live as long as `datagram`
/// Cost:    linear; memory in proportion to the datagram
std::variant<ParsedPacket, PacketError> parse_packet(std::string_view datagram);

/// The fields without a trailing separator: what sign_payload takes.
std::string format_payload(const Packet& packet);
/// Magic and length in front of a payload.
std::string frame_payload(std::string_view payload);
/// The whole datagram, unsigned, with a trailing separator where the protocol has one (actions 1 and 2).
std::string format_packet(const Packet& packet);
/// What a client receives for a changed folder: no magic and no length.
std::string format_push(std::int32_t folder);

/// The same change for as many users as fit into one datagram of kLongestSent bytes, `spare` of which are
/// left free for a signature; further ones for the rest.
std::vector<PushSync> split_users(const PushSync& packet, std::size_t spare);

/// Decimal digits without sign, leading zeros allowed, up to `max`.
/// Errors: empty for anything else
std::optional<std::int64_t> parse_number(std::string_view digits, std::int64_t max);

}  // namespace gw::push
