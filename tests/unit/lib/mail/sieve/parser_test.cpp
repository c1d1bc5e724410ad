#include "mail/sieve/syntax.hpp"

#include <gtest/gtest.h>

using namespace gw::mail::sieve;

namespace {

Command only(std::string_view text) {
  const auto items = parse(text);
  EXPECT_EQ(items.size(), 1U);
  return items.at(0).command;
}

int error_line(std::string_view text) {
  try {
    parse(text);
  } catch (const SyntaxError& error) {
    return error.line();
  }
  return 0;
}

}  // namespace

TEST(SieveParser, ReadsEveryKindOfArgument) {
  const Command command = only("Vacation :Days 7 :addresses [\"a\", \"b\\\"c\"] 2K \"x\\\\y\";");
  ASSERT_EQ(command.arguments.size(), 6U);
  EXPECT_EQ(command.name, "vacation");
  EXPECT_EQ(command.arguments[0], Argument::tag("days"));
  EXPECT_EQ(command.arguments[3], Argument::strings({"a", "b\"c"}));
  EXPECT_EQ(command.arguments[4].number, 2048);
  EXPECT_EQ(command.arguments[5].text, "x\\y");
}

TEST(SieveParser, ReadsTextOfManyLines) {
  const Command command = only("reject text: # why\r\nOne\r\n..two\r\n.\r\n;");
  EXPECT_EQ(command.arguments.at(0).text, "One\r\n.two\r\n");
}

TEST(SieveParser, KeepsPlacesAndCommentsOfTheTopLevel) {
  const std::string text = "# first\nkeep; /* two\nlines */ if true {\n  # inner\n  stop;\n}\n";
  const auto items = parse(text);
  ASSERT_EQ(items.size(), 4U);
  EXPECT_TRUE(items[0].is_comment && items[2].is_comment);
  EXPECT_EQ(text.substr(items[1].begin, items[1].end - items[1].begin), "keep;");
  EXPECT_EQ(text.substr(items[3].begin, items[3].end - items[3].begin), "if true {\n  # inner\n  stop;\n}");
  EXPECT_EQ(items[3].line, 3);
}

TEST(SieveParser, NamesTheLineOfAnError) {
  EXPECT_EQ(error_line("keep;\nstop"), 2);
  EXPECT_EQ(error_line("keep;\n\n$"), 3);
  EXPECT_EQ(error_line("redirect \"a\nb"), 2);
  EXPECT_EQ(error_line("if true {\nkeep;\n"), 3);
  EXPECT_EQ(error_line("if anyof (true,) { }"), 1);
  EXPECT_EQ(error_line("/* never\nclosed"), 1);
  EXPECT_EQ(error_line("keep 99999999999999999999;"), 1);
  EXPECT_EQ(error_line("text: x\n"), 1);
  EXPECT_EQ(error_line(""), 0);
}

TEST(SieveParser, BoundsItsDepth) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "if true {";
  EXPECT_EQ(error_line(deep), 1);
  deep = "if ";
  for (int i = 0; i < 100'000; ++i) deep += "not ";
  EXPECT_EQ(error_line(deep), 1);
}

TEST(SievePrinter, WritesWhatIsReadBack) {
  const std::string text =
      "if anyof (not header :contains [\"a\"] \"b\\\\\\\"\", size :over 1M, allof (true)) {\n"
      "    if exists [\"x\"] {\n"
      "        vacation :days 7 \"Line\nLine\";\n"
      "    }\n"
      "    stop;\n"
      "}\n";
  EXPECT_EQ(print(only(text)), text);
  EXPECT_EQ(print(only("if size :over 1536{}")), "if size :over 1536 {\n}\n");
  EXPECT_EQ(print(only("if size :over 2048 {}")), "if size :over 2K {\n}\n");
  EXPECT_EQ(print(only("if size :over 0 {}")), "if size :over 0 {\n}\n");
}
