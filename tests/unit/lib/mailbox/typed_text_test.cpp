#include "mailbox/typed_text.hpp"

#include <gtest/gtest.h>

namespace gw::mailbox {
namespace {

TEST(TypedText, LosesWhatAHeaderMustNotHold) {
  EXPECT_EQ(as_one_line(" a\r\nBcc: b\x7f "), "a  Bcc: b");
  EXPECT_EQ(as_one_line(std::string(300, 'x')).size(), 200U);
  EXPECT_EQ(as_lines(" a\x7f\tb\n", 9), "a\tb");
  EXPECT_EQ(in_header({"A\r\nB", "a@example.test"}).personal, "A  B");
}

TEST(TypedText, IsFilledIntoSentences) { EXPECT_EQ(fill_in("$1 and $2, $", "a", "$1"), "a and $1, $"); }

}  // namespace
}  // namespace gw::mailbox
