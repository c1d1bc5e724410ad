#include "mailbox/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace gw::mailbox {

struct Spool::File {
  int descriptor = -1;
  std::int64_t size = 0;
  File() {
    char path[] = "/tmp/gw-mail-XXXXXX";
    descriptor = mkostemp(path, O_CLOEXEC);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "spool of a mail");
    unlink(path);
  }
  ~File() { close(descriptor); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
};

Spool::Spool() : file_(std::make_shared<File>()) {}

void Spool::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = pwrite(file_->descriptor, bytes.data(), bytes.size(), file_->size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw std::system_error(errno, std::generic_category(), "spool of a mail");
    file_->size += count;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::int64_t Spool::size() const { return file_->size; }

mail::mime::ReadAt Spool::reader() const { return mail::mime::read_from_file(file_->descriptor); }

mail::ByteSource Spool::open() const {
  return [file = file_, read = reader(), offset = std::int64_t{0}](std::size_t at_most) mutable {
    std::string piece(at_most, '\0');
    piece.resize(read(offset, piece.data(), piece.size()));
    offset += static_cast<std::int64_t>(piece.size());
    return piece;
  };
}

}  // namespace gw::mailbox
