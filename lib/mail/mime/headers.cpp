// Header sections, dates and ids. Not for decoding of text: words.cpp does that.
#include "mail/mime/headers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/words.hpp"

namespace gw::mail::mime {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

bool is_header_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view name = trim_right(line.substr(0, colon));
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

HeaderList parse_headers(std::string_view section) {
  HeaderList out;
  bool is_first = true;
  std::size_t bytes = 0;
  while (!section.empty()) {
    const std::string_view line = take_line(section);
    if (line.empty()) break;
    if (is_first && (line.starts_with("From ") || line.starts_with(">From "))) continue;
    if (is_blank(line.front())) {
      if (!out.empty() && bytes < kMaxHeaderBytes) out.back().second += line;
    } else if (!is_header_line(line)) {
      break;
    } else if (out.size() < kMaxHeaderLines) {
      const std::size_t colon = line.find(':');
      out.emplace_back(trim_right(line.substr(0, colon)), line.substr(colon + 1));
    }
    bytes += line.size();
    is_first = false;
  }
  for (auto& [name, value] : out) value = std::string(trim(value));
  return out;
}

std::optional<std::string_view> find_value(const HeaderList& headers, std::string_view name) {
  for (const auto& [key, value] : headers)
    if (equal_ignoring_ascii_case(key, name)) return value;
  return std::nullopt;
}

std::vector<std::string> parse_message_ids(std::string_view value) {
  constexpr std::size_t kMaxIds = 1'000, kLongest = 998;
  const std::string line = unfold(value);
  std::vector<std::string> out;
  std::string_view rest = line;
  while (out.size() < kMaxIds) {
    const std::size_t open = rest.find('<');
    if (open == std::string_view::npos) break;
    const std::size_t close = rest.find('>', open);
    if (close == std::string_view::npos) break;
    // A bracket inside begins anew: `<broken <id@host>`.
    const std::size_t begin = rest.substr(0, close).rfind('<');
    std::string id;
    for (const char c : rest.substr(begin, close - begin + 1))
      if (static_cast<unsigned char>(c) > ' ') id += c;
    if (id.size() > 2 && id.size() <= kLongest && is_valid_utf8(id)) out.push_back(std::move(id));
    rest.remove_prefix(close + 1);
  }
  const std::string_view token = trim(line);
  if (out.empty() && token.find('@') != std::string_view::npos && token.size() < kLongest &&
      is_valid_utf8(token) && token.find_first_of(" \t<>\"") == std::string_view::npos)
    out.push_back("<" + std::string(token) + ">");
  return out;
}

std::string fold_header(std::string_view name, std::string_view value) {
  constexpr std::size_t kLine = 76;
  std::string out = std::string(name) + ":";
  std::size_t column = out.size();
  std::size_t at = 0;
  while (at < value.size()) {
    // One unit: blanks and the word after them.
    std::size_t end = value.find_first_not_of(" \t", at);
    if (end == std::string_view::npos) break;
    end = std::min(value.find_first_of(" \t", end), value.size());
    std::string_view unit = value.substr(at, end - at);
    if (at == 0) {
      unit = trim(unit);
      out += ' ';
      ++column;
    } else if (column + unit.size() > kLine) {
      out += "\r\n";
      column = 0;
    }
    out += unit;
    column += unit.size();
    at = end;
  }
  return out;
}

void apply_headers(Message& message, HeaderList headers) {
  const auto list = [&](std::string_view name) {
    AddressList out;
    for (const auto& [key, value] : headers)
      if (equal_ignoring_ascii_case(key, name))
        for (Address& address : parse_addresses(value))
          if (out.size() < kMaxAddresses) out.push_back(std::move(address));
    return out;
  };
  message.from = list("From");
  message.sender = list("Sender");
  message.reply_to = list("Reply-To");
  message.to = list("To");
  message.cc = list("Cc");
  message.bcc = list("Bcc");
  if (const auto subject = find_value(headers, "Subject")) message.subject = decode_words(*subject);
  if (const auto date = find_value(headers, "Date")) message.sent = parse_date(*date);
  const auto ids = [&](std::string_view name) {
    const auto value = find_value(headers, name);
    return value ? parse_message_ids(*value) : std::vector<std::string>();
  };
  if (const auto found = ids("Message-ID"); !found.empty()) message.message_id = found.front();
  if (const auto found = ids("In-Reply-To"); !found.empty()) message.in_reply_to = found.front();
  message.references = ids("References");
  message.headers = std::move(headers);
}

}  // namespace gw::mail::mime
