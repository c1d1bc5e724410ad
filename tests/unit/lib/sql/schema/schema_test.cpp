#include "sql/schema/schema.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace gw::sql {
namespace {

TEST(SchemaSteps, AreNumberedFromOneWithoutGapsAndNamedDifferently) {
  int expected = 0;
  std::set<std::string_view> names;
  for (const SchemaStep& step : schema_steps()) {
    EXPECT_EQ(step.number, ++expected);
    EXPECT_TRUE(names.insert(step.name).second) << step.name;
    EXPECT_LE(step.name.size(), 64U);
  }
  EXPECT_GE(expected, 7);
}

TEST(SchemaSteps, LeaveNoWordUnrendered) {
  for (const SchemaStep& step : schema_steps()) {
    for (const Engine engine : {Engine::Sqlite, Engine::Mysql}) {
      EXPECT_EQ(render_step(step, engine).find('$'), std::string::npos) << step.name;
    }
  }
}

TEST(RenderStep, SpellsTypesForEachEngine) {
  const SchemaStep step{1, "x", "CREATE TABLE t (a $ID, b $INT, c $KEY(12), d $TEXT, e $BLOB) $TABLE;"};
  EXPECT_EQ(render_step(step, Engine::Sqlite),
            "CREATE TABLE t (a INTEGER, b INTEGER, c TEXT COLLATE BINARY, d TEXT COLLATE BINARY, e BLOB) ;");
  EXPECT_EQ(render_step(step, Engine::Mysql),
            "CREATE TABLE t (a BIGINT, b INT, c VARCHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, "
            "d MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, e LONGBLOB) "
            "ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;\n");
}

TEST(RenderStep, NarrowTablesAreOneTreeOnSqlite) {
  const SchemaStep step{1, "x", "CREATE TABLE t (a $ID, PRIMARY KEY (a)) $KEYED;"};
  EXPECT_EQ(render_step(step, Engine::Sqlite), "CREATE TABLE t (a INTEGER, PRIMARY KEY (a)) WITHOUT ROWID;");
  EXPECT_NE(render_step(step, Engine::Mysql).find("ENGINE=InnoDB"), std::string::npos);
}

TEST(RenderStep, MakesIndexesWithTheirTableOnMysql) {
  const SchemaStep step{
      1, "x",
      "CREATE TABLE t (a $ID,\n  PRIMARY KEY (a)) $TABLE;\n"
      "CREATE UNIQUE INDEX t_b ON t (a, b);\nCREATE INDEX t_c ON t (c);\nCREATE INDEX u_c ON u (c);\n"};
  EXPECT_EQ(
      render_step(step, Engine::Mysql),
      "CREATE TABLE t (a BIGINT,\n  PRIMARY KEY (a),\n  UNIQUE KEY t_b (a, b),\n  KEY t_c (c)) ENGINE=InnoDB "
      "ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;\nCREATE INDEX u_c ON u (c);\n");
  EXPECT_NE(render_step(step, Engine::Sqlite).find("CREATE INDEX t_c ON t (c);"), std::string::npos);
}

TEST(RenderStep, OnlyMysqlIndexesTheHeadOfALongText) {
  const SchemaStep step{1, "x", "CREATE INDEX t_d ON t (a, d$HEAD(190));"};
  EXPECT_EQ(render_step(step, Engine::Sqlite), "CREATE INDEX t_d ON t (a, d);");
  EXPECT_EQ(render_step(step, Engine::Mysql), "CREATE INDEX t_d ON t (a, d(190));\n");
}

TEST(RenderStep, RefusesUnknownWords) {
  EXPECT_THROW(render_step({1, "x", "a$HEAD(x)"}, Engine::Sqlite), std::logic_error);
  EXPECT_THROW(render_step({1, "x", "a $NUMBER"}, Engine::Mysql), std::logic_error);
  EXPECT_THROW(render_step({1, "x", "a $KEY(x)"}, Engine::Sqlite), std::logic_error);
  EXPECT_THROW(render_step({1, "x", "a $KEY(9"}, Engine::Sqlite), std::logic_error);
}

}  // namespace
}  // namespace gw::sql
