#include "sql/schema/layout.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "sql/schema/schema.hpp"
#include "support/database.hpp"

namespace gw::sql {
namespace {

const int kHead = schema_steps().back().number;

/// "type nullable" of each column, as the database tells it.
std::map<std::string, std::map<std::string, std::string>> columns_in(Connection& connection) {
  const bool is_sqlite = connection.engine() == Engine::Sqlite;
  std::map<std::string, std::map<std::string, std::string>> tables;
  Query row =
      connection.query(is_sqlite ? "SELECT m.name,p.name,p.type,p.\"notnull\"=0 FROM sqlite_schema m JOIN "
                                   "pragma_table_info(m.name) p WHERE m.type='table'"
                                 : "SELECT table_name,column_name,data_type,is_nullable='YES' FROM "
                                   "information_schema.columns WHERE table_schema=DATABASE()");
  while (row.next()) {
    const std::string type = row.string(2);
    const std::string kind = type == "INTEGER" || type == "bigint" || type == "int" ? "integer"
                             : type == "BLOB" || type == "longblob"                 ? "bytes"
                                                                                    : "text";
    tables[row.string(0)][row.string(1)] = kind + (row.integer(3) != 0 ? " nullable" : "");
  }
  return tables;
}

std::map<std::string, std::map<std::string, std::string>> columns_told(int version) {
  std::map<std::string, std::map<std::string, std::string>> tables;
  for (const TableLayout& table : layout_at(version))
    for (const ColumnLayout& column : table.columns) {
      const std::string kind = column.type == ColumnType::Integer ? "integer"
                               : column.type == ColumnType::Blob  ? "bytes"
                                                                  : "text";
      tables[table.name][column.name] = kind + (column.is_nullable ? " nullable" : "");
    }
  return tables;
}

TEST(Layout, IsWhatTheDatabaseHas) {
  for (const int version : {1, 9, kHead}) {
    gw::test::TestDatabase database(gw::test::TestDatabase::Schema::None);
    const Lease lease = database.pool->acquire();
    migrate(*lease, version);
    auto found = columns_in(*lease);
    found.erase("schema_version");
    EXPECT_EQ(columns_told(version), found) << version;
  }
}

TEST(Layout, KnowsKeysAndWhatElseIsUnique) {
  const auto tables = layout_at(kHead);
  const TableLayout* users = find_table(tables, "users");
  ASSERT_NE(users, nullptr);
  EXPECT_EQ(users->key, (std::vector<std::string>{"cid", "id"}));
  ASSERT_EQ(users->unique.size(), 1U);
  EXPECT_EQ(users->unique[0], (std::vector<std::string>{"cid", "login"}));
  EXPECT_EQ(users->find("login")->length, 128);
  EXPECT_TRUE(users->find("expires")->has_default);
  EXPECT_EQ(users->find("nothing"), nullptr);
  EXPECT_EQ(find_table(tables, "nothing"), nullptr);
  std::set<std::string> names;
  for (const TableLayout& table : tables) {
    EXPECT_TRUE(names.insert(table.name).second) << table.name;
    EXPECT_FALSE(table.key.empty()) << table.name;
    for (const std::string& column : table.key) EXPECT_NE(table.find(column), nullptr) << table.name;
  }
}

TEST(Layout, RefusesVersionsThatDoNotExist) {
  EXPECT_THROW(layout_at(kHead + 1), std::logic_error);
  EXPECT_THROW(layout_at(-1), std::logic_error);
  EXPECT_TRUE(layout_at(0).empty());
}

}  // namespace
}  // namespace gw::sql
