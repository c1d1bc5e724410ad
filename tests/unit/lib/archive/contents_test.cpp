#include "archive/contents.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "model/contexts/context_rows.hpp"
#include "sql/schema/layout.hpp"
#include "sql/schema/schema.hpp"

namespace gw::archive {
namespace {

const auto kLayout = sql::layout_at(sql::schema_steps().back().number);

TEST(BackupContents, HaveEveryTableOfATenantOnce) {
  std::set<std::string_view> listed;
  for (const Content& content : contents()) EXPECT_TRUE(listed.insert(content.table).second) << content.table;
  for (const auto& table : model::contexts::account_tables()) {
    // Decide whether a backup has its rows, and which of them are one user's: lib/archive/contents.cpp.
    EXPECT_TRUE(listed.erase(table.name) == 1) << table.name << " is in no backup";
  }
  EXPECT_TRUE(listed.empty()) << *listed.begin() << " is no table of a tenant";
}

TEST(BackupContents, NameColumnsThatTheTablesHave) {
  for (const Content& content : contents()) {
    const sql::TableLayout* table = sql::find_table(kLayout, content.table);
    ASSERT_NE(table, nullptr) << content.table;
    const auto expect_column = [&](std::string_view column) {
      if (!column.empty()) {
        EXPECT_NE(table->find(column), nullptr) << content.table << '.' << column;
      }
    };
    for (const Choice& choice : content.choices) expect_column(choice.column);
    for (const std::string_view column : {content.gives_column, content.parent_column, content.user_column,
                                          content.file.column, content.file.owner})
      expect_column(column);
    if (content.is_object) expect_column("id");
    if (!content.file.column.empty()) expect_column("file_size");
    EXPECT_EQ(content.gives == Ids::None, content.gives_column.empty()) << content.table;
    EXPECT_EQ(content.kept == Kept::Never, !content.why.empty()) << content.table << " needs a reason";
    const bool is_chosen = content.choices[0].in != Ids::None;
    EXPECT_EQ(content.kept == Kept::Always, is_chosen) << content.table;
  }
}

TEST(BackupContents, PutWhatBelongsTogetherInOrder) {
  std::set<std::string_view> objects;
  std::set<Ids> known{Ids::User, Ids::Guests, Ids::Folders, Ids::Events, Ids::Tasks};
  for (const Content& content : contents()) {
    for (const Choice& choice : content.choices)
      EXPECT_TRUE(choice.in == Ids::None || known.contains(choice.in)) << content.table;
    if (content.gives != Ids::None) known.insert(content.gives);
    if (content.is_object) objects.insert(content.table);
  }
  for (const Content& content : contents()) {
    EXPECT_TRUE(content.parent.empty() || objects.contains(content.parent)) << content.table;
  }
}

/// A column that names a user, and belongs to him, cannot be in a backup without being in his.
TEST(BackupContents, OfAUserHaveWhatIsHisAlone) {
  for (const auto& table : model::contexts::account_tables()) {
    const Content* content = find_content(table.name);
    ASSERT_NE(content, nullptr);
    EXPECT_FALSE(table.per_user && content->kept == Kept::WithContext) << table.name;
  }
}

}  // namespace
}  // namespace gw::archive
