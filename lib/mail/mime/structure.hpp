// The structure of a message from its bytes: one pass in pieces of any size, memory for headers only, no
// recursion. Not for showing it: display.hpp chooses, read_part gives bytes. GMime's parser is not used for
// this: it makes an object for every part and knows no limit for their number.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mime/headers.hpp"
#include "mail/part.hpp"

namespace gw::mail::mime {

/// Where a part lies in the message. Units: bytes from the start of the message.
struct Extent {
  std::int64_t header_begin = 0, body_begin = 0, body_end = 0;
};

struct Structure {
  /// Ids are IMAP section numbers. A multipart that is the body of an embedded message has `<id>.TEXT`.
  Part root;
  std::map<std::string, Extent, std::less<>> extents;  ///< by part id
  HeaderList headers;                                  ///< of the message itself
  std::int64_t size = 0;                               ///< bytes seen
  bool is_cut = false;  ///< limits were met: deeper levels are single parts, further parts are not listed
};

/// Threads: one at a time.
class StructureParser {
 public:
  StructureParser();
  ~StructureParser();
  StructureParser(const StructureParser&) = delete;
  StructureParser& operator=(const StructureParser&) = delete;
  void feed(std::string_view piece);
  /// Call once, after the last piece.
  Structure finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Structure parse_structure(std::string_view message);

/// Reads from a stored message: fills `to`, gives the number of bytes, 0 at the end.
using ReadAt = std::function<std::size_t(std::int64_t offset, char* to, std::size_t size)>;
ReadAt read_from(std::string_view memory);
/// Owns: nothing; the descriptor must stay open. Errors: std::system_error when a read fails.
ReadAt read_from_file(int descriptor);

/// Cost: one pass, 64 KiB of memory beside the structure.
Structure parse_structure(const ReadAt& message);

/// Takes bytes as they come; false stops. The same form as the store's ByteSink.
using Sink = std::function<bool(std::string_view)>;

/// The bytes of a part with its transfer encoding undone. The root of a multipart gives the whole body.
/// Errors: false when no such part exists.
bool read_part(const ReadAt& message, const Structure& structure, const Part& part, const Sink& sink);
/// The bytes of an embedded message or of any part as they stand, with or without its own header.
bool read_raw_part(const ReadAt& message, const Structure& structure, std::string_view id, bool with_header,
                   const Sink& sink);
/// The headers of an embedded message, by the id of its message/rfc822 part.
HeaderList read_embedded_headers(const ReadAt& message, const Structure& structure, std::string_view id);

/// The part with this id. Errors: null. Owns: points into `root`.
const Part* find_part(const Part& root, std::string_view id);

/// Type, encoding, disposition, names of a part from its header section.
Part part_from_headers(const HeaderList& headers, bool is_in_digest);

}  // namespace gw::mail::mime
