// "Somebody takes part in it", for the searches of events and tasks: one condition, and its SQL over the two
// tables in which each of them keeps users and people outside.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sql/statement_text.hpp"

namespace gw::model {

/// Any of these takes part. With nothing set nobody does.
struct ParticipantCondition {
  std::vector<std::int64_t> users;
  /// Whole mail addresses of people outside, in small letters.
  std::vector<std::string> addresses;
  /// LIKE patterns, in small letters, for the addresses and names of people outside.
  std::vector<std::string> patterns;

  /// Case does not count. An empty text adds nothing.
  void add_address(std::string_view address);
  /// What an address or a name contains; `*` and `?` are ordinary characters.
  void add_piece(std::string_view piece);
};

/// Values that one condition may hold of each kind; what is beyond is left out.
inline constexpr std::size_t kMostParticipantValues = 100;

/// Where they are kept: heads of sub-selects that end before their last comparison, and columns.
struct ParticipantTables {
  std::string_view users;      ///< `SELECT 1 FROM … WHERE …`, bound to the context
  std::string_view user;       ///< column of the user's id
  std::string_view outsiders;  ///< the same of people outside
  std::string_view address, name;
};

/// Appends ` AND (EXISTS (…) OR …)`. The texts of the condition must outlive the query. Letters beyond ASCII
/// are told apart by case where the database does not know better (SQLite).
void add_participants(sql::StatementText& statement, const ParticipantTables& tables,
                      const ParticipantCondition& condition, sql::Engine engine);

}  // namespace gw::model
