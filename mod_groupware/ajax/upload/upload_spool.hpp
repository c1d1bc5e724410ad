// Takes the parts of a multipart body: files go to disk as they come in, fields into the request. Free of
// httpd.
#pragma once

#include <chrono>
#include <string>

#include "ajax/request.hpp"
#include "ajax/upload/multipart.hpp"

namespace gw::ajax {

struct SpoolLimits {
  std::int64_t file = 0;    ///< bytes of one file
  std::int64_t fields = 0;  ///< bytes of all fields together
};

/// Owns the spooled files: they are removed with it, so it lives as long as the request is worked on.
/// Files are made with mode 0600 under names nobody can guess. A part with a file name is a file; others are
/// fields, but for parts without name (multipart/mixed), where the first becomes `json` and the next ones
/// files.
class UploadSpool final : public PartSink {
 public:
  /// `folder` must exist. `request` gets the fields (form) and, for each finished file, an entry of uploads.
  UploadSpool(std::string folder, SpoolLimits limits, Request& request);
  ~UploadSpool() override;
  UploadSpool(const UploadSpool&) = delete;
  UploadSpool& operator=(const UploadSpool&) = delete;

  void begin_part(const PartHead& head) override;
  /// Errors: UPL-0005 for a file beyond its limit; HttpError 413 for too many fields; Unavailable when the
  /// disk refuses (full, folder gone), which is logged.
  void part_data(std::string_view bytes) override;
  void end_part() override;

 private:
  void open_file(const PartHead& head);
  void write_file(std::string_view bytes);
  void close_file() noexcept;

  const std::string folder_;
  const SpoolLimits limits_;
  Request& request_;
  PartHead head_;
  bool is_file_ = false;
  int parts_ = 0;
  std::string field_;
  std::int64_t field_bytes_ = 0;
  int descriptor_ = -1;
  Upload upload_;
};

/// Removes spooled files that a killed process left behind. Gives their number. Errors: none; what cannot be
/// removed stays.
int remove_stale_uploads(const std::string& folder, std::chrono::seconds older_than) noexcept;

}  // namespace gw::ajax
