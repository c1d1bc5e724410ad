#include "sql/statement_cache.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gw::sql {
namespace {

struct Entry {
  std::string text;
  bool active = false;
  [[nodiscard]] std::string_view sql() const { return text; }
  [[nodiscard]] bool is_active() const { return active; }
};

class StatementCacheTest : public testing::Test {
 protected:
  Entry& get(const std::string& sql) {
    return cache_.get(sql, [&] {
      prepared_.push_back(sql);
      return std::make_unique<Entry>(Entry{sql});
    });
  }
  StatementCache<Entry> cache_{2};
  std::vector<std::string> prepared_;
};

TEST_F(StatementCacheTest, PreparesATextOnce) {
  const Entry* first = &get("a");
  get("b");
  EXPECT_EQ(&get("a"), first);
  EXPECT_EQ(prepared_, (std::vector<std::string>{"a", "b"}));
}

TEST_F(StatementCacheTest, DropsTheTextThatWasUnusedLongest) {
  get("a");
  get("b");
  get("a");
  get("c");
  get("a");
  EXPECT_EQ(cache_.size(), 2U);
  EXPECT_EQ(prepared_, (std::vector<std::string>{"a", "b", "c"}));
  get("b");
  EXPECT_EQ(prepared_.size(), 4U);
}

TEST_F(StatementCacheTest, NeverDropsAStatementWhoseRowsAreRead) {
  Entry& a = get("a");
  Entry& b = get("b");
  a.active = b.active = true;
  get("c");
  EXPECT_EQ(cache_.size(), 3U);
  EXPECT_EQ(&get("a"), &a);
  a.active = b.active = false;
  get("d");
  EXPECT_EQ(cache_.size(), 2U);
}

TEST_F(StatementCacheTest, TellsLongTextsApartThatDifferInOneByte) {
  const std::string first(3'000, 'x');
  std::vector<std::string> texts;
  for (std::size_t place = 0; place < first.size(); place += 37) {
    texts.push_back(first);
    texts.back()[place] = 'y';
  }
  for (const std::string& text : texts) EXPECT_EQ(get(text).text, text);
  EXPECT_EQ(prepared_.size(), texts.size());
}

TEST_F(StatementCacheTest, AFailedPrepareLeavesNothingBehind) {
  EXPECT_THROW(cache_.get("a", []() -> std::unique_ptr<Entry> { throw std::runtime_error("no"); }),
               std::runtime_error);
  EXPECT_EQ(cache_.size(), 0U);
  get("a");
  EXPECT_EQ(prepared_.size(), 1U);
}

}  // namespace
}  // namespace gw::sql
