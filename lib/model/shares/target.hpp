// What is shared with guests, and how they are invited. Plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "model/event.hpp"

namespace gw::model::shares {

/// A folder, or one file in it.
struct Target {
  ObjectModule module = ObjectModule::System;
  FolderId folder;
  ObjectId item;  ///< 0: the folder itself
  bool operator==(const Target&) const = default;
};

/// The part of a share's address behind the token: `8/123`, `8/123/456`.
std::string format_target(const Target& target);
/// Errors: empty for text that is no target.
std::optional<Target> parse_target(std::string_view path);

/// A permission entry for somebody who may have no account yet.
struct Invitation {
  bool is_link = false;  ///< else a guest with a mail address
  std::string mail;
  std::string display_name;
  /// As typed. Whoever reads it from a client replaces it by its hash; nothing below stores it.
  std::optional<std::string> password;
  std::optional<std::string> password_hash;
  Millis expires;  ///< of a link; 0 = never
  bool operator==(const Invitation&) const = default;
};

/// What clients see in place of a password: it is stored as a hash. Sent back, it means "as it was".
inline constexpr std::string_view kHiddenPassword = "********";

}  // namespace gw::model::shares
