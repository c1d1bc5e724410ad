// The record of one change as it travels between processes of one machine: worker -> push child -> every
// worker. Not for the network: packet.hpp is what other hosts speak. Fixed binary form, little endian,
// versioned.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::push {

/// The modules' numbers in the push protocol. Source: spec udp-push section 3.
inline constexpr std::int32_t kAppointment = 1;
inline constexpr std::int32_t kTask = 4;
inline constexpr std::int32_t kContact = 7;
inline constexpr std::int32_t kMail = 19;
inline constexpr std::int32_t kFolder = 20;
inline constexpr std::int32_t kInfostore = 137;

/// EventRecord::kind; peers of the UDP protocol do not tell it.
inline constexpr std::uint8_t kCreated = 0;
inline constexpr std::uint8_t kUpdated = 1;
inline constexpr std::uint8_t kMoved = 2;
inline constexpr std::uint8_t kDeleted = 3;
inline constexpr std::uint8_t kUnknownKind = 255;

/// How every record on the local sockets begins; the last byte is the version of the form.
inline constexpr std::string_view kRecordMagic = "GWE\x01";

inline constexpr std::size_t kLongestToken = 64;
inline constexpr std::size_t kLongestData = 16 * 1024;
/// Of one encoded datagram.
inline constexpr std::size_t kLongestRecord = 32 * 1024;

/// Stands for all users of the context but its guests: model::kEverybody. Nobody has this number.
inline constexpr std::int32_t kEverybody = 0;

/// Who may see the change in this folder. Users are sorted and unique.
struct FolderAudience {
  std::int64_t folder = 0;
  std::vector<std::int32_t> users;
  bool operator==(const FolderAudience&) const = default;
};

/// Whether kEverybody is among them.
inline bool is_for_everybody(const std::vector<std::int32_t>& users) {
  return !users.empty() && users.front() == kEverybody;
}

enum class Origin : std::uint8_t { Local = 0, Remote = 1 };

struct EventRecord {
  std::int64_t context = 0;
  std::int32_t module = 0;
  std::uint8_t kind = kUnknownKind;
  Origin origin = Origin::Local;
  std::int64_t object = 0;  ///< 0: unknown; of mail UIDVALIDITY * 2^32 + UID
  std::int32_t actor = 0;   ///< 0: unknown
  std::int64_t stamp = 0;   ///< ms UTC; 0: unknown
  /// pushToken of the request that made the change; at most kLongestToken bytes.
  std::string source_token;
  /// JSON object text for browsers, or empty; at most kLongestData bytes.
  std::string data;
  std::vector<FolderAudience> audiences;
  bool operator==(const EventRecord&) const = default;
};

/// One datagram, or several where the users do not fit into one: each decodes alone and repeats everything
/// but the users, so a receiver may see an event in parts and never sees a (folder, user) pair twice. Units:
/// each at most kLongestRecord bytes Errors:   a token or data above its limit is left out; users are sorted
/// and made unique Cost:     linear
std::vector<std::string> encode_event(const EventRecord& event);

/// Errors:  empty for anything that encode_event would not write: wrong magic, lengths, order or bytes left
/// over.
///          Never throws because of what the bytes say.
/// Cost:    memory in proportion to the bytes
std::optional<EventRecord> decode_event(std::string_view bytes);

/// Says "events were lost on this connection": streams must tell their clients to reload.
std::string encode_gap();
bool is_gap(std::string_view bytes) noexcept;

}  // namespace gw::push
