// Parses multipart/form-data and multipart/mixed as it comes in: a push parser that holds no more than one
// line of headers and one boundary. Free of httpd. Not for MIME mail. Source: RFC 7578, RFC 2046 section 5.1,
// RFC 8187, RFC 2231.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gw::ajax {

/// What the headers of one part say.
struct PartHead {
  std::string name;
  /// Empty text differs from no value: browsers send filename="" for a file field that was left empty.
  std::optional<std::string> file_name;
  std::string content_type;
};

/// Receives the parts in order. What it throws passes through the parser.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual void begin_part(const PartHead& head) = 0;
  virtual void part_data(std::string_view bytes) = 0;
  virtual void end_part() = 0;
};

struct MultipartLimits {
  int parts = 100;
  std::size_t header_bytes = 16'384;  ///< headers of one part
};

/// The boundary of a Content-Type value. Errors: empty when there is none, or one that RFC 2046 forbids (over
/// 70 characters).
std::optional<std::string> find_boundary(std::string_view content_type);

/// One parameter of a header value such as Content-Disposition: quoted with backslash escapes (`\"` and `\\`
/// only, as old browsers send raw Windows paths), percent-encoded (`name*=UTF-8''…`, preferred), or continued
/// (`name*0=`, `name*1*=`). Invalid UTF-8 is replaced. Errors: empty when it is absent.
std::optional<std::string> find_header_parameter(std::string_view value, std::string_view name);

/// The part behind the last slash or backslash, without control characters: clients may send whole paths.
std::string clean_file_name(std::string_view name);

/// Feed it chunks of any size. Errors: HttpError 400 for a broken body, 413 beyond a limit. After an error it
/// is of no more use. Cost: linear in the input.
class MultipartParser {
 public:
  /// `sink` must outlive the parser.
  MultipartParser(std::string_view boundary, PartSink& sink, MultipartLimits limits = {});

  void feed(std::string_view chunk);
  /// Call it at the end of the body. Errors: HttpError 400 when the closing boundary is missing.
  void finish() const;

 private:
  enum class State { Preamble, AfterBoundary, Headers, Data, Epilogue };

  bool step();
  bool skip_preamble();
  bool read_boundary_tail();
  bool read_headers();
  bool read_data();
  void open_part(std::string_view headers);
  void consume(std::size_t count) { position_ += count; }
  [[nodiscard]] std::string_view rest() const { return std::string_view(buffer_).substr(position_); }

  PartSink& sink_;
  MultipartLimits limits_;
  /// CR LF, two hyphens and the boundary; a body may start without the CR LF.
  std::string delimiter_;
  std::string buffer_;
  std::size_t position_ = 0;
  /// Bytes of the rest that were searched already.
  std::size_t searched_ = 0;
  State state_ = State::Preamble;
  int parts_ = 0;
};

}  // namespace gw::ajax
