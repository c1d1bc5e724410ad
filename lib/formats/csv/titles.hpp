// The column titles that programs write into their CSV files, and which contact column each one fills.
// Source: spec export-import sections 4 and 5, columns section 6 (own titles).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gw::formats::csv {

/// Members are written as one cell of several lines.
inline constexpr int kDistributionList = 592;

/// What a cell does to its column.
enum class Use {
  Value,        ///< fills it
  Line,         ///< is appended to it as a line (Business Street 2)
  Sensitivity,  ///< sets the private flag when it says so
  Nothing,      ///< known, but there is no column for it
};

struct Title {
  std::string_view title;
  int column = 0;
  Use use = Use::Value;
};

/// `charset`: what the program writes when the file is no UTF-8. `day_first`: 1/2/2000 is the first of
/// February.
struct TitleSet {
  std::string_view name;
  std::string_view charset;
  bool day_first = false;
  std::span<const Title> titles;
};

/// All sets, own titles first. A title may stand twice in a set: the second occurrence in a file means the
/// second row.
std::span<const TitleSet> title_sets();

/// Own titles: what the export writes for a column. Empty: the column is not exported.
std::string_view exported_title(int column);

/// How titles are compared: case, accents and blanks do not matter.
std::string fold_title(std::string_view title);

/// A title of Google's numbered groups: `E-mail 2 - Value`.
struct NumberedTitle {
  std::string group;  ///< folded: "e-mail", "phone", "address", …
  int number = 0;
  std::string part;  ///< folded: "value", "type" ("label" reads as "type"), "street", …
};
/// `folded` as fold_title gives it. Errors: empty for other titles and for numbers above 99.
std::optional<NumberedTitle> parse_numbered_title(std::string_view folded);

}  // namespace gw::formats::csv
