#include "mail/imap/response.hpp"

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/text.hpp"

namespace gw::mail::imap {
namespace {

bool ends_in_section(std::string_view line) {
  const std::size_t open = line.rfind('{');
  std::string_view head = line.substr(0, open);
  if (head.ends_with('~')) head.remove_suffix(1);
  while (head.ends_with(' ')) head.remove_suffix(1);
  if (head.ends_with('>')) head = head.substr(0, head.rfind('<'));
  return head.ends_with(']');
}

void split_code(Response& response) {
  std::string_view text = response.text;
  if (!text.starts_with('[')) return;
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos) return;
  const std::string_view inner = text.substr(1, close - 1);
  const std::size_t blank = inner.find(' ');
  response.code = to_upper(inner.substr(0, blank));
  if (blank != std::string_view::npos) response.arguments = inner.substr(blank + 1);
  response.text = std::string(trim(text.substr(close + 1)));
}

std::string_view take_word(std::string_view& line) {
  const std::size_t blank = line.find(' ');
  const std::string_view word = line.substr(0, blank);
  line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
  return word;
}

}  // namespace

bool has_free_text(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return true;
  if (line.starts_with('+')) return true;
  const std::string word = to_upper(line.substr(blank + 1, line.find(' ', blank + 1) - blank - 1));
  return word == "OK" || word == "NO" || word == "BAD" || word == "BYE" || word == "PREAUTH";
}

Response parse_response(std::string_view line) {
  Response response;
  if (line.starts_with('+')) {
    response.kind = Response::Kind::Continue;
    response.text = std::string(trim(line.substr(1)));
    return response;
  }
  response.tag = std::string(take_word(line));
  if (response.tag.empty()) throw BadResponse("a line without a tag");
  response.kind = response.tag == "*" ? Response::Kind::Untagged : Response::Kind::Tagged;
  std::string_view word = take_word(line);
  if (const auto number = parse_number(word); number && response.kind == Response::Kind::Untagged) {
    response.number = static_cast<std::uint32_t>(std::min<std::uint64_t>(*number, UINT32_MAX));
    word = take_word(line);
  }
  response.word = to_upper(word);
  if (response.word.empty()) throw BadResponse("a line without a word");
  response.text = std::string(line);
  if (response.is_status())
    split_code(response);
  else if (response.kind == Response::Kind::Tagged)
    throw BadResponse("a tag without a status");
  return response;
}

std::string read_response_text(net::Stream& stream, const LiteralSink& sink) {
  std::string text = stream.read_line(kMaxLine);
  if (has_free_text(text)) return text;
  std::size_t line_begin = 0;
  bool has_room = true;
  const bool is_fetch = sink && text.starts_with("* ") &&
                        to_upper(std::string_view(text).substr(0, 40)).find(" FETCH ") != std::string::npos;
  for (;;) {
    const auto size = literal_at_end(std::string_view(text).substr(line_begin));
    if (!size) return text;
    if (is_fetch && ends_in_section(std::string_view(text).substr(line_begin))) {
      if (!stream.read_counted(*size, sink)) throw ApiError(errors::msg::kInterrupted);
      text.replace(text.rfind('{'), std::string::npos, "{0}\r\n");
    } else {
      has_room = *size <= kMaxLiteral && text.size() + *size <= kMaxResponse;
      if (has_room) text += "\r\n" + stream.read_bytes(static_cast<std::size_t>(*size));
    }
    line_begin = text.size();
    if (has_room) text += stream.read_line(kMaxLine);
    if (!has_room || text.size() > kMaxResponse)
      throw ApiError(errors::msg::kProtocol, {stream.host(), "a response is too long"});
  }
}

}  // namespace gw::mail::imap
