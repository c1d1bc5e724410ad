#include "mail/imap/command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/time.hpp"

namespace gw::mail::imap {
namespace {
constexpr std::size_t kLongestQuoted = 1'000;
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
}  // namespace

std::string quote(std::string_view text) {
  const bool fits = text.size() <= kLongestQuoted &&
                    std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!fits) return {};
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string& Command::plain() {
  if (pieces_.back().kind != Piece::Kind::Plain) pieces_.push_back({});
  return pieces_.back().bytes;
}

Command& Command::join(std::string_view text) {
  plain() += text;
  return *this;
}

void Command::add_blank() {
  if (!needs_no_blank_) plain() += ' ';
  needs_no_blank_ = false;
}

Command& Command::open_list() {
  add_blank();
  needs_no_blank_ = true;
  return join("(");
}

Command& Command::add(std::string_view words) {
  add_blank();
  return join(words);
}

Command& Command::join_string(std::string_view text) {
  if (const std::string quoted = quote(text); !quoted.empty()) return join(quoted);
  std::string bytes(text);
  std::erase(bytes, '\0');
  plain();
  pieces_.push_back({Piece::Kind::Literal, bytes, {}, static_cast<std::int64_t>(bytes.size())});
  return *this;
}

Command& Command::add_string(std::string_view text) {
  add_blank();
  return join_string(text);
}

Command& Command::add_stream(ByteSource source, std::int64_t size) {
  add_blank();
  pieces_.push_back({Piece::Kind::Streamed, {}, std::move(source), size});
  return *this;
}

bool Command::is_plain() const {
  return std::none_of(pieces_.begin(), pieces_.end(),
                      [](const Piece& each) { return each.kind == Piece::Kind::Streamed; });
}

std::string format_internal_date(std::int64_t millis) {
  const Date date = Date::from_millis(millis);
  const CivilDay day = civil_day(date);
  const std::int64_t seconds = (millis - date.to_millis()) / 1'000;
  return fmt::format("\"{:2}-{}-{:04} {:02}:{:02}:{:02} +0000\"", day.day, kMonths[day.month - 1], day.year,
                     seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

std::string format_search_date(std::int64_t millis) {
  const CivilDay day = civil_day(Date::from_millis(millis));
  return fmt::format("{}-{}-{:04}", day.day, kMonths[day.month - 1], std::clamp(day.year, 1, 9'999));
}

}  // namespace gw::mail::imap
