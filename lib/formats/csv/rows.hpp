// CSV text to rows and back, free of contact knowledge. Source: RFC 4180, read tolerantly.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::formats::csv {

/// The most frequent of `,` `;` tab in the first line, outside quotes; `,` for a tie or none.
char guess_delimiter(std::string_view text);

/// Gives the rows one after the other. Quotes, doubled quotes and line breaks in quotes are understood; a
/// stray quote is text. Limits: 1,000 cells per row and 1 MiB per cell, the rest is dropped.
class RowReader {
 public:
  RowReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}
  /// Rows without any text are skipped. Errors: false at the end.
  bool next(std::vector<std::string>& cells);

 private:
  bool next_raw(std::vector<std::string>& cells);
  std::string read_cell();
  void read_quoted(std::string& cell);

  std::string_view text_;
  char delimiter_;
  std::size_t position_ = 0;
};

struct WriteOptions {
  /// Puts an apostrophe before values that a spreadsheet would run as a formula.
  bool guard_formulas = false;
};

/// Appends one row: every cell quoted and trimmed, line end LF.
void append_row(std::string& out, const std::vector<std::string>& cells, const WriteOptions& options = {});

}  // namespace gw::formats::csv
