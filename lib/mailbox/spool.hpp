// Bytes on their way between two servers, in a file without a name. Not for what fits into memory anyway.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "mail/mime/structure.hpp"
#include "mail/store/transport.hpp"

namespace gw::mailbox {

/// Copies share the file. Threads: one at a time.
class Spool {
 public:
  /// Errors: std::system_error.
  Spool();
  /// Errors: std::system_error (no space).
  void append(std::string_view bytes);
  [[nodiscard]] std::int64_t size() const;
  /// From the first byte; keeps the file. Errors of reading: std::system_error.
  [[nodiscard]] mail::ByteSource open() const;
  /// The Spool must outlive it.
  [[nodiscard]] mail::mime::ReadAt reader() const;

 private:
  struct File;
  std::shared_ptr<File> file_;
};

}  // namespace gw::mailbox
