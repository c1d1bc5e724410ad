// The entries of a backup, one after the other, whatever it was compressed with. Nothing is ever unpacked
// under a name that the archive chose.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace gw::archive {

/// Threads: one.
class TarReader {
 public:
  struct Entry {
    std::string path;
    std::int64_t size = 0;
  };

  /// Reads the file from its first byte; the descriptor stays the caller's. Errors: BrokenArchive.
  explicit TarReader(int descriptor);
  ~TarReader();
  TarReader(const TarReader&) = delete;
  TarReader& operator=(const TarReader&) = delete;

  /// Empty at the end. What was not read of the last one is passed over. Errors: BrokenArchive for damaged
  /// bytes, and for entries that are no plain files or have no plain name.
  std::optional<Entry> next();
  /// Fills the front of the buffer; 0 at the end of the entry. Errors: BrokenArchive.
  std::size_t read(std::span<char> buffer);
  /// The whole entry. Errors: BrokenArchive when it is longer than `most` bytes.
  std::string read_all(std::size_t most);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace gw::archive
