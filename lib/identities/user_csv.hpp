// Users out of a CSV file: with a line of titles, or in the order of columns of sipXecs. Source: spec
// ldap-and-subscriptions section 7.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/csv/rows.hpp"
#include "model/contacts/contact.hpp"
#include "model/field.hpp"

namespace gw::identities {

enum class CsvLayout {
  Named,    ///< the first line names the columns, in any order
  SipXecs,  ///< by position; the first line is passed over
};

/// One row; what is absent was empty, and stays as it is.
struct UserRow {
  std::size_t number = 0;  ///< of the row in the file, the titles being the first
  std::string login;
  std::optional<std::string> password, mail, display_name, language, timezone, imap_login;
  std::optional<std::int64_t> quota;
  std::optional<std::vector<std::string>> aliases;
  std::vector<std::string> groups;
  model::contacts::Contact contact;
  model::FieldSet fields;  ///< of contact_fields()
  std::string problem;     ///< why it cannot be taken; empty: nothing is wrong
};

/// Threads: one at a time. Limits: 64 MiB, and those of formats/csv/rows.
class UserCsvReader {
 public:
  /// `text` must outlive it. Errors: std::invalid_argument: no UTF-8, too large, no column with logins.
  UserCsvReader(std::string_view text, CsvLayout layout);
  /// False at the end. Rows without a login, as those of phones alone, have one and are told by `problem`.
  bool next(UserRow& row);
  /// Titles that mean nothing here.
  [[nodiscard]] const std::vector<std::string>& unknown_titles() const { return unknown_; }

 private:
  void read_titles();
  void take_cell(UserRow& row, std::string_view target, const std::string& cell, Json& values) const;

  CsvLayout layout_;
  formats::csv::RowReader rows_;
  std::size_t number_ = 0;
  std::vector<std::string> targets_;  ///< by column; empty: passed over
  std::vector<std::string> unknown_;
};

}  // namespace gw::identities
