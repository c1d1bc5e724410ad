// What an action gives back, before it is wrapped into the envelope or a page. Free of httpd.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ajax/push/event_streams.hpp"
#include "core/error.hpp"
#include "core/json.hpp"
#include "core/time.hpp"

namespace gw::ajax {

struct SetCookie {
  std::string name;
  std::string value;
  /// Empty: until the browser ends. Units: seconds from now; 0 deletes the cookie.
  std::optional<std::int64_t> max_age;
};

/// A warning beside data: an error of the table whose category becomes WARNING.
struct Warning {
  const ErrorCode* code = nullptr;
  std::vector<std::string> arguments;
};

enum class Shape {
  Envelope,  ///< {data, timestamp, …}
  Bare,      ///< `data` itself is the whole answer (login object, multiple)
  Raw,       ///< `bytes` with `content_type`: downloads, pictures, exports, HTML pages
  Empty,     ///< status only
};

/// Writes one piece of a streamed body; false = the client is gone, stop.
using BodyWriter = std::function<bool(std::string_view)>;

/// A part of a local file as (part of) a body: the server may send it without reading it.
struct FilePart {
  std::string path;
  std::int64_t offset = 0;
  std::int64_t length = 0;
};

struct Response {
  Shape shape = Shape::Envelope;
  int status = 200;
  Json data;
  /// Used instead of `data` when not empty: JSON text of a long list.
  std::string data_text;
  std::optional<Millis> timestamp;
  std::vector<Warning> warnings;
  /// Member `more`: how many elements there are, when only some of them were asked for.
  std::optional<std::int64_t> more;

  std::string content_type;
  std::string bytes;
  /// Used instead of `bytes` for large downloads; called after the database connection was given back.
  std::function<void(const BodyWriter&)> stream;
  /// Bytes that `stream` gives; -1: not known.
  std::int64_t stream_length = -1;
  /// The same bytes as `stream` when they lie in one local file; sent instead of it if the file can be
  /// opened.
  std::optional<FilePart> file;
  /// The bytes are those of this stream, as they come.
  std::optional<OpenEvents> events;
  /// true: the answer may be cached (pictures); else no-store headers are sent.
  bool cacheable = false;
  std::vector<std::pair<std::string, std::string>> headers;
  std::vector<SetCookie> cookies;

  static Response with_data(Json data, std::optional<Millis> timestamp = {});
  static Response with_text(std::string json_text, std::optional<Millis> timestamp = {});
  /// Envelope without `data`.
  static Response empty_data(std::optional<Millis> timestamp = {});
  static Response bare(Json data);
  static Response bare_text(std::string json_text);
  static Response raw(std::string content_type, std::string bytes);
  static Response page(int status, std::string_view html);
  static Response redirect(std::string location);
  static Response no_content(int status = 200);
};

}  // namespace gw::ajax
