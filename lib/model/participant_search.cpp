#include "model/participant_search.hpp"

#include "core/text.hpp"

namespace gw::model {
namespace {

std::string lower_of(std::string_view column) { return "LOWER(" + std::string(column) + ")"; }

}  // namespace

void ParticipantCondition::add_address(std::string_view address) {
  const std::string_view kept = trim(address);
  if (!kept.empty() && addresses.size() < kMostParticipantValues) addresses.push_back(to_lower_ascii(kept));
}

void ParticipantCondition::add_piece(std::string_view piece) {
  const std::string_view kept = trim(piece);
  if (kept.empty() || patterns.size() >= kMostParticipantValues) return;
  patterns.push_back("%" + sql::escape_like(to_lower_ascii(kept)) + "%");
}

void add_participants(sql::StatementText& statement, const ParticipantTables& tables,
                      const ParticipantCondition& condition, sql::Engine engine) {
  std::string_view before = " AND (";
  if (!condition.users.empty()) {
    statement.add(before);
    statement.add("EXISTS (");
    statement.add(tables.users);
    statement.add_list(tables.user, std::span(condition.users));
    statement.add(")");
    before = " OR ";
  }
  if (!condition.addresses.empty() || !condition.patterns.empty()) {
    statement.add(before);
    statement.add("EXISTS (");
    statement.add(tables.outsiders);
    before = " AND (";
    if (!condition.addresses.empty()) {
      statement.add(before);
      statement.add(lower_of(tables.address) + " IN (");
      statement.add_marks(std::span(condition.addresses));
      before = " OR ";
    }
    for (const std::string& pattern : condition.patterns)
      for (const std::string_view column : {tables.address, tables.name}) {
        statement.add(before);
        statement.add(lower_of(column) + " LIKE ?", pattern);
        statement.add(sql::like_escape(engine));
        before = " OR ";
      }
    statement.add("))");
  }
  statement.add(before == " AND (" ? " AND 0=1" : ")");
}

}  // namespace gw::model
