// The first entry of a backup: what the rest of it is.
#pragma once

#include <optional>
#include <string>

#include "core/ids.hpp"
#include "core/json.hpp"
#include "core/time.hpp"

namespace gw::archive {

/// Raised when older programs could not read what newer ones write.
inline constexpr int kArchiveVersion = 1;
inline constexpr std::string_view kManifestName = "manifest.json";
/// The last entry: a line for each one before it, as sha256sum(1) writes and checks them.
inline constexpr std::string_view kChecksumsName = "SHA256SUMS";

struct Manifest {
  int version = kArchiveVersion;
  int schema = 0;  ///< of the database that it was read from
  ContextId context;
  std::string context_name;
  std::optional<UserId> user;  ///< absent: the whole context
  std::string login;           ///< of the user
  Millis created;
  bool has_mail = false;
};

Json to_json(const Manifest& manifest);
/// Errors: BrokenArchive for what is no manifest, or one of a newer program.
Manifest parse_manifest(std::string_view text);

}  // namespace gw::archive
