// The uploaded file of an import as one text, without a copy of it in memory.
#pragma once

#include <string>
#include <string_view>

#include "ajax/request.hpp"

namespace gw::ajax {

/// The only upload of the request. Errors: ApiError I_E-1304 none, I_E-1300 several, I_E-1303 empty.
const Upload& single_upload(const Request& request);

/// Maps the spooled file, which nobody but this request knows. Errors: ApiError I_E-1312 when it is gone.
class ImportFile {
 public:
  explicit ImportFile(const std::string& path);
  ~ImportFile();
  ImportFile(const ImportFile&) = delete;
  ImportFile& operator=(const ImportFile&) = delete;
  /// Valid while the object lives.
  [[nodiscard]] std::string_view text() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace gw::ajax
