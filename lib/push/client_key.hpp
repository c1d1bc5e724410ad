// Keys with which clients sign their registrations: derived from the cluster's key file and a session, so
// nobody needs to keep them. Source: spec udp-push section 11, "Client key".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "push/signature.hpp"

namespace gw::push {

/// A client asks for a new key before that. What a node never heard of a session's end lasts as long.
inline constexpr std::chrono::hours kClientKeyLife{24};

/// Stands for a session in packets and records, which travel in the clear: nobody can tell the session's id
/// from it. 24 hex digits.
std::string session_handle(std::string_view session_id);
bool is_session_handle(std::string_view text) noexcept;

/// What the id of a client's key says: 32 hex digits, the first 8 of them the end of its life.
struct ClientKeyId {
  std::int64_t expires = 0;  ///< seconds UTC
  std::string handle;
};
std::string format_key_id(const ClientKeyId& id);
std::optional<ClientKeyId> parse_key_id(std::string_view text);

/// The key of one user, session and time: HMAC-SHA-256(master, "push:" context ":" user ":" key id).
SignKey derive_client_key(std::string_view master, std::int64_t context, std::int64_t user,
                          std::string_view key_id);

}  // namespace gw::push
