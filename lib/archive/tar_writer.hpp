// A compressed tar file written as it is made, with the checksum of every entry behind them all. Over
// libarchive. Paths are ASCII and ours: no user chooses one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "mailbox/spool.hpp"

namespace gw::archive {

enum class Compression { None, Gzip, Zstd };

/// Threads: one.
class TarWriter {
 public:
  /// Takes one piece. It throws when it cannot.
  using Output = std::function<void(std::string_view)>;

  /// `now`: the time of every entry that has none of its own. Errors: std::runtime_error when this libarchive
  /// cannot compress so.
  TarWriter(Output output, Compression compression, Millis now);
  ~TarWriter();
  TarWriter(const TarWriter&) = delete;
  TarWriter& operator=(const TarWriter&) = delete;

  /// Exactly `size` bytes must follow. Errors: std::runtime_error, and those of the output.
  void begin(std::string_view path, std::int64_t size, std::optional<Millis> modified = {});
  void write(std::string_view bytes);
  /// Errors: std::logic_error when bytes are missing.
  void end();
  void add(std::string_view path, std::string_view content);
  void add(std::string_view path, const mailbox::Spool& content);
  /// The checksums, then the end of the file. Without it the archive is taken for a cut one.
  void finish();
  [[nodiscard]] std::int64_t entries() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace gw::archive
