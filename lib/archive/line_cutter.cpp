#include "archive/line_cutter.hpp"

#include "archive/broken_archive.hpp"

namespace gw::archive {

void LineCutter::add(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    const std::string_view part = piece.substr(0, end);
    if (rest_.size() + part.size() > most_)
      throw BrokenArchive("a line of the archive is longer than any backup makes it");
    if (end == std::string_view::npos) {
      rest_ += part;
      return;
    }
    if (rest_.empty()) {
      take_(part);
    } else {
      rest_ += part;
      const std::string line = std::move(rest_);
      rest_.clear();
      take_(line);
    }
    piece.remove_prefix(end + 1);
  }
}

void LineCutter::finish() const {
  if (!rest_.empty()) throw BrokenArchive("the last line of an entry is cut off");
}

}  // namespace gw::archive
