// CSV files to contacts and contacts to CSV: the interface for import and export. Source: spec export-import
// sections 2, 4, 5.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/csv/rows.hpp"
#include "formats/problem.hpp"
#include "model/contacts/contact.hpp"

namespace gw::formats::csv {

/// What one row gave. With `error` the contact is not to be stored.
struct CsvRecord {
  model::contacts::Contact contact;
  std::vector<Problem> warnings;
  std::optional<Problem> error;
};

/// Calls `take` for each row below the titles in file order until it returns false; the title set with most
/// hits decides what they mean. `charset`: a name, or empty or "auto" for byte order mark, UTF-8, CP-1252 in
/// this order. Gives the number of rows. Errors: ApiError I_E-1318 charset, I_E-1315 fewer than two lines,
/// I_E-0804 no known title, I_E-0807 no naming column.
///         Per row I_E-0805, I_E-0808; warnings I_E-0803, I_E-1306.
/// Cost:   linear; memory of one row, and of the text once more when it is no UTF-8.
std::size_t parse_contacts(std::string_view bytes, const std::string& charset,
                           const std::function<bool(CsvRecord&&)>& take);

/// The columns of an export that names none.
std::span<const int> default_columns();
/// The named columns without those that are never exported.
std::vector<int> exportable_columns(std::span<const int> columns);
/// One row of titles.
void append_titles(std::string& out, std::span<const int> columns);
/// One row of a contact.
void append_contact(std::string& out, const model::contacts::Contact& contact, std::span<const int> columns,
                    const WriteOptions& options = {});

}  // namespace gw::formats::csv
