#include "formats/csv/rows.hpp"

#include <gtest/gtest.h>

namespace gw::formats::csv {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read(std::string_view text, char delimiter = ',') {
  Rows rows;
  RowReader reader(text, delimiter);
  std::vector<std::string> cells;
  while (reader.next(cells)) rows.push_back(cells);
  return rows;
}

TEST(CsvRows, QuotesDoubledQuotesAndLineBreaksInQuotesAreUnderstood) {
  EXPECT_EQ(read("a,\"b, \"\"c\"\"\",\"d\r\ne\"\r\n1,2,3\n"),
            (Rows{{"a", "b, \"c\"", "d\r\ne"}, {"1", "2", "3"}}));
}

TEST(CsvRows, StrayQuotesAreText) {
  EXPECT_EQ(read("a \"b\" c,x\n\"a\" b,\"c\"d\"\n"), (Rows{{"a \"b\" c", "x"}, {"a\" b,\"c\"d"}}));
}

TEST(CsvRows, BlanksBeforeQuotesAndAfterThemDoNotMatter) {
  EXPECT_EQ(read("1,  \"x\"  \n2,y"), (Rows{{"1", "x  "}, {"2", "y"}}));
}

TEST(CsvRows, EmptyRowsAreSkippedAndEmptyCellsAreKept) {
  EXPECT_EQ(read("\n\r\n , \na,,\n\"\"\nb"), (Rows{{"a", "", ""}, {"b"}}));
  EXPECT_TRUE(read("").empty());
}

TEST(CsvRows, AnUnclosedQuoteEndsWithTheText) { EXPECT_EQ(read("a,\"b\nc"), (Rows{{"a", "b\nc"}})); }

TEST(CsvRows, TheDelimiterIsTheMostFrequentOneOfTheFirstLine) {
  EXPECT_EQ(guess_delimiter("a;b;c\n1,2,3,4,5"), ';');
  EXPECT_EQ(guess_delimiter("a\tb\n"), '\t');
  EXPECT_EQ(guess_delimiter("\"a,b,c\";d"), ';');
  EXPECT_EQ(guess_delimiter("a,b;c"), ',');
  EXPECT_EQ(guess_delimiter("a"), ',');
}

TEST(CsvRows, CellsAreWrittenQuotedAndTrimmed) {
  std::string out;
  append_row(out, {" a\"b ", "", "c,\nd"});
  EXPECT_EQ(out, "\"a\"\"b\",\"\",\"c,\nd\"\n");
}

TEST(CsvRows, FormulasAreGuardedOnRequestOnly) {
  std::string out;
  append_row(out, {"=1+1", "+49 30", "\tx", "  @a", "plain"}, {.guard_formulas = true});
  EXPECT_EQ(out, "\"'=1+1\",\"'+49 30\",\"'x\",\"'@a\",\"plain\"\n");
  out.clear();
  append_row(out, {"=1+1"});
  EXPECT_EQ(out, "\"=1+1\"\n");
}

TEST(CsvRows, HugeRowsAreBounded) {
  const auto rows = read(std::string(5'000, ',') + "x\n" + std::string(3'000'000, 'y'));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0][0].size(), 1'048'576U);
}

}  // namespace
}  // namespace gw::formats::csv
