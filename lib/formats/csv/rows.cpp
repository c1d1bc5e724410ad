#include "formats/csv/rows.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace gw::formats::csv {
namespace {

constexpr std::size_t kMaxCells = 1'000;
constexpr std::size_t kMaxCell = 1'048'576;

void append_limited(std::string& cell, std::string_view text) {
  if (cell.size() < kMaxCell) cell.append(text.substr(0, kMaxCell - cell.size()));
}

bool starts_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
}

}  // namespace

char guess_delimiter(std::string_view text) {
  constexpr std::array<char, 3> kCandidates{',', ';', '\t'};
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    for (std::size_t i = 0; i < kCandidates.size(); ++i)
      if (c == kCandidates[i]) ++counts[i];
  }
  const auto best = std::max_element(counts.begin(), counts.end());
  const bool is_tie = std::count(counts.begin(), counts.end(), *best) > 1;
  return *best == 0 || is_tie ? ',' : kCandidates[static_cast<std::size_t>(best - counts.begin())];
}

void RowReader::read_quoted(std::string& cell) {
  for (;;) {
    const std::size_t quote = std::min(text_.find('"', position_), text_.size());
    append_limited(cell, text_.substr(position_, quote - position_));
    position_ = std::min(quote + 1, text_.size());
    if (quote == text_.size() || position_ == text_.size()) return;
    const char next = text_[position_];
    if (next == '"') {
      append_limited(cell, "\"");
      ++position_;
    } else if (next == delimiter_ || next == '\n' || next == '\r') {
      return;
    } else if (next == ' ' && text_.find_first_not_of(' ', position_) < text_.size() &&
               std::string_view("\r\n").find(text_[text_.find_first_not_of(' ', position_)]) !=
                   std::string_view::npos) {
      return;
    } else {
      append_limited(cell, "\"");  // a stray quote inside a quoted cell
    }
  }
}

std::string RowReader::read_cell() {
  std::string cell;
  const std::size_t first = text_.find_first_not_of(' ', position_);
  if (first != std::string_view::npos && text_[first] == '"') {
    position_ = first + 1;
    read_quoted(cell);
  }
  const char stops[] = {delimiter_, '\n', '\r'};
  const std::size_t end = std::min(text_.find_first_of(std::string_view(stops, 3), position_), text_.size());
  append_limited(cell, text_.substr(position_, end - position_));
  position_ = end;
  return cell;
}

bool RowReader::next_raw(std::vector<std::string>& cells) {
  cells.clear();
  if (position_ >= text_.size()) return false;
  for (;;) {
    std::string cell = read_cell();
    if (cells.size() < kMaxCells) cells.push_back(std::move(cell));
    if (position_ >= text_.size()) return true;
    const char end = text_[position_++];
    if (end == delimiter_) continue;
    if (end == '\r' && position_ < text_.size() && text_[position_] == '\n') ++position_;
    return true;
  }
}

bool RowReader::next(std::vector<std::string>& cells) {
  while (next_raw(cells))
    if (std::any_of(cells.begin(), cells.end(), [](const std::string& cell) { return !trim(cell).empty(); }))
      return true;
  return false;
}

void append_row(std::string& out, const std::vector<std::string>& cells, const WriteOptions& options) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    out += '"';
    const std::string_view value = trim(cells[i]);
    // Looked at before trimming too: a leading tab or line break is one of the tricks.
    if (options.guard_formulas && (starts_formula(cells[i]) || starts_formula(value))) out += '\'';
    for (const char c : value) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += '\n';
}

}  // namespace gw::formats::csv
