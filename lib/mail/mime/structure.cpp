// The parser keeps a stack of open entities. A line is looked at only as far as a boundary can reach;
// everything else of a body is passed over.
#include "mail/mime/structure.hpp"

#include <algorithm>
#include <cstring>

#include "core/text.hpp"
#include "mail/mime/parameters.hpp"

namespace gw::mail::mime {
namespace {

/// Longest boundary that is believed (RFC 2046 allows 70), and so the longest line worth keeping in a body.
constexpr std::size_t kMaxBoundary = 1'000;
constexpr std::size_t kMaxBodyLine = kMaxBoundary + 64;

enum class Where { Header, Preamble, Leaf, Epilogue };

/// One open part. Children are linked into their parents when they end.
struct Entity {
  Part part;
  Extent extent;
  Where where = Where::Header;
  std::string header;       ///< its section so far
  std::string boundary;     ///< of a multipart that is open
  bool is_message = false;  ///< the body of a message/rfc822 or the message itself
  bool is_in_digest = false;
  bool is_listed = true;  ///< false: over the limit of parts, only passed over
  std::int64_t lines = 0;
  std::int64_t next_child = 1;
};

bool is_plain_encoding(std::string_view encoding) {
  return encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary";
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

Part part_from_headers(const HeaderList& headers, bool is_in_digest) {
  Part part;
  ParameterizedValue type, disposition;
  if (const auto value = find_value(headers, "Content-Type")) type = parse_value(*value);
  if (const auto value = find_value(headers, "Content-Disposition")) disposition = parse_value(*value);
  const std::string word = to_lower_ascii(type.value);
  const std::size_t slash = word.find('/');
  const auto is_token = [](std::string_view text) {
    return !text.empty() && text.find_first_of("/\"<>()@,;:\\[]?= \t") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
  };
  if (slash != std::string::npos && is_token(word.substr(0, slash)) && is_token(word.substr(slash + 1))) {
    part.type = word.substr(0, slash);
    part.subtype = word.substr(slash + 1);
  } else if (word.empty() && is_in_digest) {
    part.type = "message";
    part.subtype = "rfc822";
  }
  part.disposition = to_lower_ascii(disposition.value);
  apply_parameters(part, std::move(type.parameters), disposition.parameters);
  if (const auto value = find_value(headers, "Content-Transfer-Encoding"))
    if (const std::string name = to_lower_ascii(parse_value(*value).value); !name.empty())
      part.encoding = name;
  if (const auto value = find_value(headers, "Content-ID")) {
    std::string_view id = trim(*value);
    if (id.starts_with('<')) id.remove_prefix(1);
    id = id.substr(0, id.find('>'));
    part.content_id = replace_invalid_utf8(id);
  }
  return part;
}

struct StructureParser::State {
  std::vector<Entity> open;
  Structure result;
  std::string line;             ///< the begin of the current line
  std::int64_t line_begin = 0;  ///< offset of its first byte
  std::int64_t offset = 0;      ///< of the next byte
  bool is_line_started = false;
  std::int64_t last_end_size = 0;  ///< bytes of the line end before the current line
  std::size_t parts = 0;

  State() {
    Entity message;
    message.is_message = true;
    open.push_back(std::move(message));
    ++parts;
  }

  [[nodiscard]] bool is_in_header() const { return open.back().where == Where::Header; }

  void add_to_line(std::string_view piece) {
    const std::size_t most = is_in_header() ? kMaxHeaderBytes : kMaxBodyLine;
    if (line.size() < most) line.append(piece.substr(0, most - line.size()));
    is_line_started = true;
  }

  void end_line(std::string_view last_piece) {
    add_to_line(last_piece);
    offset = line_begin + line_bytes + static_cast<std::int64_t>(last_piece.size());
    take_line();
    const bool has_return =
        last_piece.size() > 1 ? last_piece[last_piece.size() - 2] == '\r' : line.ends_with("\r\n");
    last_end_size = has_return ? 2 : 1;
    line.clear();
    line_bytes = 0;
    line_begin = offset;
    is_line_started = false;
  }
  std::int64_t line_bytes = 0;  ///< bytes of the current line before the last piece

  /// The open multipart whose boundary this line is; npos: none.
  [[nodiscard]] std::size_t find_boundary(bool& is_last) const {
    if (!line.starts_with("--") || line.size() >= kMaxBodyLine) return std::string::npos;
    const std::string_view text = trim_right(std::string_view(line).substr(2));
    for (std::size_t i = open.size(); i-- > 0;) {
      const std::string& boundary = open[i].boundary;
      if (boundary.empty() || !text.starts_with(boundary)) continue;
      const std::string_view rest = text.substr(boundary.size());
      is_last = rest == "--";
      if (rest.empty() || is_last) return i;
    }
    return std::string::npos;
  }

  void take_line() {
    bool is_last = false;
    if (const std::size_t at = find_boundary(is_last); at != std::string::npos) {
      take_boundary(at, is_last);
      return;
    }
    if (!is_in_header()) {
      ++open.back().lines;
      return;
    }
    take_header_line();
  }

  void take_header_line() {
    Entity& entity = open.back();
    const std::string_view text = without_line_end(line);
    const bool is_first = entity.header.empty();
    const bool is_folded = !text.empty() && (text.front() == ' ' || text.front() == '\t');
    const bool is_mbox = is_first && (text.starts_with("From ") || text.starts_with(">From "));
    if (text.empty()) {
      begin_body(offset);
    } else if (is_mbox || is_header_line(text) || (is_folded && !is_first)) {
      if (entity.header.size() + line.size() <= kMaxHeaderBytes) entity.header += line;
    } else {
      // No empty line before the body: this line belongs to it.
      begin_body(line_begin);
      if (is_in_header())
        take_header_line();
      else
        ++open.back().lines;
    }
  }

  void begin_body(std::int64_t begin) {
    Entity& entity = open.back();
    const HeaderList headers = parse_headers(entity.header);
    std::string id = std::move(entity.part.id);
    entity.part = part_from_headers(headers, entity.is_in_digest);
    entity.part.id = std::move(id);
    entity.extent.body_begin = begin;
    entity.where = Where::Leaf;
    entity.header = {};
    if (open.size() == 1) result.headers = headers;
    const auto boundary = find_parameter(entity.part.parameters, "boundary");
    const bool is_deep = open.size() >= static_cast<std::size_t>(kMaxPartDepth);
    if (entity.part.is_multipart()) {
      if (is_deep) {
        result.is_cut = true;
      } else if (boundary && !trim_right(*boundary).empty() && boundary->size() <= kMaxBoundary) {
        entity.boundary = std::string(trim_right(*boundary));
        entity.where = Where::Preamble;
        if (entity.is_message) entity.part.id = message_prefix() + (open.size() > 1 ? "TEXT" : "");
        return;
      }
    }
    if (entity.is_message) entity.part.id = message_prefix() + "1";
    const bool is_embedded = entity.part.type == "message" &&
                             (entity.part.subtype == "rfc822" || entity.part.subtype == "global") &&
                             is_plain_encoding(entity.part.encoding);
    if (!is_embedded) return;
    if (is_deep || parts >= static_cast<std::size_t>(kMaxParts)) {
      result.is_cut = true;
      return;
    }
    ++parts;
    Entity message;
    message.is_message = true;
    message.is_listed = entity.is_listed;
    message.extent.header_begin = begin;
    open.push_back(std::move(message));
  }

  /// Section numbers of a message's parts begin with the number of the part that holds it.
  [[nodiscard]] std::string message_prefix() const {
    return open.size() > 1 ? open[open.size() - 2].part.id + "." : std::string();
  }

  void take_boundary(std::size_t at, bool is_last) {
    // The line end before a boundary belongs to the boundary.
    const std::int64_t end = std::max<std::int64_t>(line_begin - last_end_size, 0);
    while (open.size() > at + 1) close_last(end);
    Entity& parent = open[at];
    if (is_last) {
      parent.where = Where::Epilogue;
      parent.boundary.clear();
      return;
    }
    parent.where = Where::Preamble;
    Entity child;
    child.is_in_digest = parent.part.subtype == "digest";
    child.is_listed = parent.is_listed && parts < static_cast<std::size_t>(kMaxParts);
    if (!child.is_listed) result.is_cut = true;
    if (child.is_listed) ++parts;
    child.part.id = child_prefix(at) + std::to_string(parent.next_child++);
    child.extent.header_begin = offset;
    open.push_back(std::move(child));
  }

  [[nodiscard]] std::string child_prefix(std::size_t parent) const {
    if (!open[parent].is_message) return open[parent].part.id + ".";
    return parent == 0 ? std::string() : open[parent - 1].part.id + ".";
  }

  void close_last(std::int64_t end) {
    if (is_in_header()) begin_body(offset_of_body(end));
    // begin_body may have opened an embedded message: it is empty then.
    while (is_in_header()) begin_body(offset_of_body(end));
    Entity entity = std::move(open.back());
    open.pop_back();
    entity.extent.body_end = std::max(end, entity.extent.body_begin);
    finish_part(entity);
    if (entity.is_listed) {
      result.extents[entity.part.id] = entity.extent;
      if (!open.empty()) open.back().part.children.push_back(std::move(entity.part));
    }
    if (open.empty())
      result.root = std::move(entity.part);
    else
      open.back().lines += entity.lines;
  }

  [[nodiscard]] std::int64_t offset_of_body(std::int64_t end) const {
    return std::max(end, open.back().extent.header_begin);
  }

  /// What never had a part inside is a text, not a container: its reader sees what it holds.
  void finish_part(Entity& entity) const {
    Part& part = entity.part;
    part.size = entity.extent.body_end - entity.extent.body_begin;
    part.lines = entity.lines;
    if (!part.is_multipart() || !part.children.empty()) return;
    part.type = "text";
    part.subtype = "plain";
    part.encoding = "7bit";
    if (entity.is_message) part.id = message_prefix_at(open.size()) + "1";
  }
  [[nodiscard]] std::string message_prefix_at(std::size_t depth) const {
    return depth > 0 ? open[depth - 1].part.id + "." : std::string();
  }
};

StructureParser::StructureParser() : state_(std::make_unique<State>()) {}
StructureParser::~StructureParser() = default;

void StructureParser::feed(std::string_view piece) {
  State& state = *state_;
  while (!piece.empty()) {
    const void* found = std::memchr(piece.data(), '\n', piece.size());
    if (found == nullptr) {
      state.add_to_line(piece);
      state.line_bytes += static_cast<std::int64_t>(piece.size());
      return;
    }
    const auto length = static_cast<std::size_t>(static_cast<const char*>(found) - piece.data()) + 1;
    state.end_line(piece.substr(0, length));
    piece.remove_prefix(length);
  }
}

Structure StructureParser::finish() {
  State& state = *state_;
  if (state.is_line_started) {
    state.offset = state.line_begin + state.line_bytes;
    state.take_line();
  }
  while (!state.open.empty()) state.close_last(state.offset);
  state.result.size = state.offset;
  return std::move(state.result);
}

Structure parse_structure(std::string_view message) {
  StructureParser parser;
  parser.feed(message);
  return parser.finish();
}

}  // namespace gw::mail::mime
