#include "model/participant_search.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "sql/dialect.hpp"

namespace gw::model {
namespace {

/// Texts of statements stay few: lists are filled up with their last value to one of a few sizes.
template <class T>
void add_in(std::string& sql, std::vector<sql::Value>& values, const std::vector<T>& list) {
  std::size_t marks = 1;
  while (marks < list.size()) marks *= 4;
  sql += " IN (";
  sql += sql::placeholders(marks);
  sql += ')';
  for (std::size_t i = 0; i < marks; ++i) values.push_back(sql::to_value(list[std::min(i, list.size() - 1)]));
}

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

void add_participants(std::string& sql, std::vector<sql::Value>& values, const ParticipantTables& tables,
                      const ParticipantCondition& condition, sql::Engine engine) {
  std::string_view before = " AND (";
  if (!condition.users.empty()) {
    sql += before;
    sql += "EXISTS (";
    sql += tables.users;
    sql += " AND ";
    sql += tables.user;
    add_in(sql, values, condition.users);
    sql += ')';
    before = " OR ";
  }
  if (!condition.addresses.empty() || !condition.patterns.empty()) {
    sql += before;
    sql += "EXISTS (";
    sql += tables.outsiders;
    before = " AND (";
    if (!condition.addresses.empty()) {
      sql += before;
      sql += lower_of(tables.address);
      add_in(sql, values, condition.addresses);
      before = " OR ";
    }
    for (const std::string& pattern : condition.patterns)
      for (const std::string_view column : {tables.address, tables.name}) {
        sql += before;
        sql += lower_of(column) + " LIKE ?";
        sql += sql::like_escape(engine);
        values.push_back(sql::to_value(pattern));
        before = " OR ";
      }
    sql += "))";
  }
  sql += before == " AND (" ? " AND 0=1" : ")";
}

}  // namespace gw::model
