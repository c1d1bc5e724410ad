#include "ajax/transfer/import_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/errors/transfer.hpp"

namespace gw::ajax {
namespace {

class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : number_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

const Upload& single_upload(const Request& request) {
  if (request.uploads.empty()) throw ApiError(errors::ie::kNoFile);
  if (request.uploads.size() > 1) throw ApiError(errors::ie::kSeveralFiles);
  if (request.uploads.front().size == 0) throw ApiError(errors::ie::kEmptyFile);
  return request.uploads.front();
}

ImportFile::ImportFile(const std::string& path) {
  const Descriptor file(path);
  struct stat status {};
  if (file.number() < 0 || fstat(file.number(), &status) != 0) throw ApiError(errors::ie::kFileLost);
  if (status.st_size == 0) throw ApiError(errors::ie::kEmptyFile);
  size_ = static_cast<std::size_t>(status.st_size);
  data_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file.number(), 0);
  if (data_ == MAP_FAILED) throw ApiError(errors::ie::kFileLost);
}

ImportFile::~ImportFile() { munmap(data_, size_); }

}  // namespace gw::ajax
