#include "sql/script.hpp"

#include <gtest/gtest.h>

namespace gw::sql {
namespace {

using Statements = std::vector<std::string_view>;

TEST(SplitScript, EndsAStatementAtASemicolonThatEndsALine) {
  EXPECT_EQ(split_script("\nCREATE a (\n x;y);\nCREATE b;\n\n"),
            (Statements{"CREATE a (\n x;y)", "CREATE b"}));
}

TEST(SplitScript, NeedsNoLineEndAfterTheLastOne) {
  EXPECT_EQ(split_script("DROP a;"), (Statements{"DROP a"}));
  EXPECT_EQ(split_script("DROP a"), (Statements{"DROP a"}));
}

TEST(SplitScript, SkipsWhatIsEmpty) {
  EXPECT_TRUE(split_script("").empty());
  EXPECT_TRUE(split_script(" \n;\n;").empty());
}

}  // namespace
}  // namespace gw::sql
