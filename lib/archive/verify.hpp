// Whether a backup is whole: every entry against the checksum that was written with it.
#pragma once

#include <cstdint>

#include "archive/manifest.hpp"

namespace gw::archive {

struct Verified {
  Manifest manifest;
  std::int64_t entries = 0;
  std::int64_t bytes = 0;  ///< of their contents
};

/// Reads the whole file, from its first byte on. Errors: BrokenArchive. Cost: one pass; memory does not grow
/// with the file.
Verified verify_archive(int descriptor);

}  // namespace gw::archive
