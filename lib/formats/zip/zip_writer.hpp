// A ZIP archive written as it is made: nothing is held but one block, so archives of any size fit. Over
// libarchive, which writes ZIP64 and data descriptors without seeking (minizip seeks back into its output).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace gw::formats::zip {

/// Threads: one at a time per object.
class ZipWriter {
 public:
  /// Takes one piece; false = nobody wants more.
  using Output = std::function<bool(std::string_view)>;

  /// Errors: std::runtime_error.
  explicit ZipWriter(Output output);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  /// `path` with slashes between folders. A path that the archive has already gets a counter, and parts that
  /// could lead out of the archive (`..`, leading slashes, backslashes) are made harmless. Errors: false when
  /// nobody wants more; std::runtime_error. Cost: remembers every path.
  bool begin_file(std::string_view path, std::int64_t size, Millis modified);
  /// Bytes of the file begun last; more than its size are left out.
  bool write(std::string_view bytes);
  /// An entry for a folder, so that empty ones are kept.
  bool add_folder(std::string_view path, Millis modified);
  /// The directory at the end; without it the archive is broken.
  bool finish();

 private:
  struct Archive;
  bool begin(std::string path, std::int64_t size, Millis modified, bool is_folder);
  std::string unused(std::string path) const;

  std::unique_ptr<Archive> archive_;
  std::set<std::string> paths_;
};

}  // namespace gw::formats::zip
