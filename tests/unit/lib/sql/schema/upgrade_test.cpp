// Upgrades with data: a database goes up step by step, and at each step a context with a row in every table
// is added. So at the end there are rows that were written under every version and have gone through every
// step since, for the price of one migration.
#include <gtest/gtest.h>

#include "model/contexts/integrity.hpp"
#include "model/contexts/provisioning.hpp"
#include "sql/schema/schema.hpp"
#include "support/database.hpp"
#include "support/row_filler.hpp"

namespace gw::sql {
namespace {

using gw::test::fill_row;
using gw::test::rows_of;
using gw::test::TestDatabase;

const int kLast = schema_steps().back().number;
/// So that no row has the number of something that steps treat apart, such as a system folder.
constexpr std::int64_t kFirstNumber = 1'000;

using Findings = std::vector<std::pair<std::string, std::int64_t>>;

/// What `groupwarectl check` finds in one context.
Findings findings_in(TestDatabase& database, std::int64_t context) {
  model::UnitOfWork work(*database.environment, model::contexts::provisioning_caller(ContextId(context)));
  Findings found;
  for (const auto& finding : model::contexts::check_context(work))
    found.emplace_back(finding.check, finding.rows);
  return found;
}

/// Rows of a version's columns, for contexts that were there then.
struct Remembered {
  TableLayout table;
  std::string condition;
  std::vector<std::string> rows;
};

class Ladder {
 public:
  explicit Ladder(Connection& connection) : connection_(connection) {}

  void climb(int version) {
    EXPECT_EQ(migrate(connection_, version).size(), 1U);
    const auto next = layout_at(version);
    follow_names(next);
    for (const TableLayout& table : next) {
      const bool is_new = find_table(layout_, table.name) == nullptr;
      // A table that comes now has rows of the older contexts, too, or these would name what is not there.
      for (const SchemaStep& step : schema_steps())
        if (step.number == version || (is_new && step.number < version)) add(table, step.number, version);
    }
    layout_ = next;
  }

  /// Every row has the values that it was written with.
  void expect_everything() {
    for (const Remembered& each : remembered_)
      EXPECT_EQ(rows_of(connection_, each.table, each.condition), each.rows) << each.table.name;
  }

 private:
  /// Steps may give columns other names; they keep their places.
  void follow_names(const std::vector<TableLayout>& next) {
    for (Remembered& each : remembered_) {
      const TableLayout* table = find_table(next, each.table.name);
      ASSERT_NE(table, nullptr) << each.table.name << " is gone";
      for (std::size_t i = 0; i < each.table.columns.size(); ++i) {
        ColumnLayout& column = each.table.columns[i];
        if (table->find(column.name) != nullptr) continue;
        const std::string before = ' ' + column.name + '=';
        column.name = table->columns.at(i).name;
        for (std::string& row : each.rows)
          row.replace(row.find(before), before.size(), ' ' + column.name + '=');
      }
    }
  }

  void add(const TableLayout& table, int step, int version) {
    const std::int64_t number = kFirstNumber + step;
    fill_row(connection_, table, number);
    const std::string condition =
        table.key.back() + "=" +
        (table.find(table.key.back())->type == ColumnType::Integer ? std::to_string(number)
                                                                   : "'t" + std::to_string(number) + "'");
    remembered_.push_back({table, condition, rows_of(connection_, table, condition)});
    EXPECT_EQ(remembered_.back().rows.size(), 1U) << table.name << " at " << version;
  }

  Connection& connection_;
  std::vector<TableLayout> layout_;
  std::vector<Remembered> remembered_;
};

TEST(Upgrade, KeepsWhatWasWrittenUnderEveryVersionAndBreaksNothing) {
  TestDatabase climbed(TestDatabase::Schema::None), fresh;
  {
    const Lease lease = climbed.pool->acquire();
    Ladder ladder(*lease);
    for (const SchemaStep& step : schema_steps()) ladder.climb(step.number);
    ladder.expect_everything();
    const Lease other = fresh.pool->acquire();
    for (const TableLayout& table : layout_at(kLast))
      for (const SchemaStep& step : schema_steps()) fill_row(*other, table, kFirstNumber + step.number);
  }
  for (const SchemaStep& step : schema_steps())
    EXPECT_EQ(findings_in(climbed, kFirstNumber + step.number),
              findings_in(fresh, kFirstNumber + step.number))
        << "written under version " << step.number;
}

TEST(Upgrade, FillsWhatNewColumnsTellOfOldRows) {
  TestDatabase database(TestDatabase::Schema::None);
  const Lease lease = database.pool->acquire();
  migrate(*lease, 12);
  for (const TableLayout& table : layout_at(12))
    if (table.name.starts_with("infostore_")) fill_row(*lease, table, 44, {{"file_size", 4'711}});
  migrate(*lease);
  Query row = lease->query("SELECT file_size,file_mimetype FROM infostore_items WHERE cid=44 AND id=44");
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.integer(0), 4'711);
  EXPECT_EQ(row.text(1), "t44");
}

}  // namespace
}  // namespace gw::sql
