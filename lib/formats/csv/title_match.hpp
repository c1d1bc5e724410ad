// Which column of a file fills which column of a contact: the title row against all title sets.
#pragma once

#include <string>
#include <vector>

#include "formats/csv/titles.hpp"

namespace gw::formats::csv {

/// One cell position of the file.
struct Column {
  std::string title;  ///< as the file has it
  const Title* known = nullptr;
  std::optional<NumberedTitle> numbered;
  [[nodiscard]] bool is_known() const { return known != nullptr || numbered.has_value(); }
};

struct TitleMatch {
  const TitleSet* set = nullptr;
  std::size_t hits = 0;
  std::vector<Column> columns;
};

/// The set with most hits; own titles win a tie. `hits` 0: nothing is known.
TitleMatch match_titles(const std::vector<std::string>& titles);

/// True when one of the columns can name a contact. Source: spec export-import section 4 (I_E-0807).
bool has_naming_column(const TitleMatch& match);
/// True for the columns that can name a contact.
bool is_naming_column(int column);

}  // namespace gw::formats::csv
