// Reading the bytes of parts from a stored message.
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "mail/mime/structure.hpp"
#include "mail/mime/transfer_encoding.hpp"

namespace gw::mail::mime {
namespace {

constexpr std::size_t kPartPiece = 65'536;

/// Calls `sink` with the bytes of [begin, end). False: the sink or the end of the message stopped it.
bool read_range(const ReadAt& message, std::int64_t begin, std::int64_t end, const Sink& sink) {
  std::string buffer(kPartPiece, '\0');
  while (begin < end) {
    const auto wanted = std::min<std::int64_t>(end - begin, kPartPiece);
    const std::size_t got = message(begin, buffer.data(), static_cast<std::size_t>(wanted));
    if (got == 0) return false;
    if (!sink(std::string_view(buffer).substr(0, got))) return false;
    begin += static_cast<std::int64_t>(got);
  }
  return true;
}

}  // namespace

ReadAt read_from(std::string_view memory) {
  return [memory](std::int64_t offset, char* to, std::size_t size) -> std::size_t {
    if (offset < 0 || static_cast<std::size_t>(offset) >= memory.size()) return 0;
    const std::string_view piece = memory.substr(static_cast<std::size_t>(offset), size);
    std::memcpy(to, piece.data(), piece.size());
    return piece.size();
  };
}

ReadAt read_from_file(int descriptor) {
  return [descriptor](std::int64_t offset, char* to, std::size_t size) -> std::size_t {
    while (true) {
      const ssize_t got = ::pread(descriptor, to, size, offset);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "reading a message");
    }
  };
}

Structure parse_structure(const ReadAt& message) {
  StructureParser parser;
  std::string buffer(kPartPiece, '\0');
  std::int64_t offset = 0;
  while (const std::size_t got = message(offset, buffer.data(), buffer.size())) {
    parser.feed(std::string_view(buffer).substr(0, got));
    offset += static_cast<std::int64_t>(got);
  }
  return parser.finish();
}

bool read_part(const ReadAt& message, const Structure& structure, const Part& part, const Sink& sink) {
  const auto extent = structure.extents.find(part.id);
  if (extent == structure.extents.end()) return false;
  TransferDecoder decoder(part.is_multipart() ? std::string_view() : std::string_view(part.encoding));
  read_range(message, extent->second.body_begin, extent->second.body_end, [&](std::string_view piece) {
    if (decoder.is_identity()) return sink(piece);
    const std::string decoded = decoder.decode(piece);
    return decoded.empty() || sink(decoded);
  });
  return true;
}

bool read_raw_part(const ReadAt& message, const Structure& structure, std::string_view id, bool with_header,
                   const Sink& sink) {
  const auto extent = structure.extents.find(id);
  if (extent == structure.extents.end()) return false;
  read_range(message, with_header ? extent->second.header_begin : extent->second.body_begin,
             extent->second.body_end, sink);
  return true;
}

HeaderList read_embedded_headers(const ReadAt& message, const Structure& structure, std::string_view id) {
  const Part* part = find_part(structure.root, id);
  if (part == nullptr || part->children.empty()) return {};
  const auto extent = structure.extents.find(part->children.front().id);
  if (extent == structure.extents.end()) return {};
  std::string section;
  const std::int64_t end = std::min(extent->second.body_begin,
                                    extent->second.header_begin + static_cast<std::int64_t>(kMaxHeaderBytes));
  read_range(message, extent->second.header_begin, end, [&](std::string_view piece) {
    section += piece;
    return true;
  });
  return parse_headers(section);
}

const Part* find_part(const Part& root, std::string_view id) {
  std::vector<const Part*> open{&root};
  while (!open.empty()) {
    const Part* part = open.back();
    open.pop_back();
    if (part->id == id) return part;
    for (const Part& child : part->children) open.push_back(&child);
  }
  return nullptr;
}

}  // namespace gw::mail::mime
