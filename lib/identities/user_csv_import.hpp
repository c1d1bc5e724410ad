// Makes and changes the users of a CSV file.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "identities/user_csv.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/provisioning.hpp"

namespace gw::identities {

struct CsvImportOptions {
  CsvLayout layout = CsvLayout::Named;
  bool is_dry = false;  ///< nothing is written; values that the database alone can refuse are not found
  /// What new users get beside the row: before one is made, in the transaction, and afterwards. Empty:
  /// nothing.
  std::function<void(model::Transaction&, model::users::NewUser&)> prepare{};
  std::function<void(model::Transaction&, UserId)> complete{};
};

/// What became of a row.
struct CsvLine {
  std::size_t number = 0;  ///< in the file, the titles being the first
  std::string login;
  enum class Outcome { Create, Change, Skip, Error } outcome = Outcome::Error;
  std::string problem{};  ///< of Error
};

struct CsvImportReport {
  std::int64_t created = 0, changed = 0, failed = 0, groups = 0;
  std::int64_t skipped = 0;           ///< rows that say what is there already
  std::vector<std::string> problems;  ///< `row 3 (anna): …`; the first 1,000
  std::vector<std::string> unknown_titles;
  std::vector<CsvLine> lines;  ///< the first kMostLines
  static constexpr std::size_t kMostLines = 10'000;
  /// Without `lines`.
  [[nodiscard]] Json to_json() const;
};

/// A row that cannot be taken stops no other. Passwords that stand there are hashed, users without one have
/// none. Groups that do not exist are made. `work` speaks for the context, as provisioning does. Errors:
/// std::invalid_argument for the file as a whole; Unavailable, SqlError. Cost: per row a transaction, and a
/// slow hash where there is a password.
CsvImportReport import_users(model::UnitOfWork& work, std::string_view text, const CsvImportOptions& options);

}  // namespace gw::identities
