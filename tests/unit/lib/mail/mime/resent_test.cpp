#include "mail/mime/resent.hpp"

#include <gtest/gtest.h>

#include "mail/mime/headers.hpp"

namespace gw::mail::mime {
namespace {

TEST(Resent, LinesNameWhoSentItAgainAndToWhom) {
  const Resent resent{{"J\xC3\xB6rg", "joerg@x.test"},
                      {{std::nullopt, "a@x.test"}, {"B", "b@b\xC3\xBC.test"}},
                      {},
                      {{{}, "c@x.test"}},
                      "UTC"};
  const ResentBlock block = write_resent(resent);
  const HeaderList lines = parse_headers(block.wire + "\r\n");
  EXPECT_EQ(find_value(lines, "Resent-From"), "=?UTF-8?Q?J=C3=B6rg?= <joerg@x.test>");
  EXPECT_EQ(find_value(lines, "Resent-To"), "a@x.test, B <b@xn--b-eha.test>");
  EXPECT_TRUE(parse_date(find_value(lines, "Resent-Date").value_or("")));
  EXPECT_TRUE(find_value(lines, "Resent-Message-ID").value_or("").ends_with("@x.test>"));
  EXPECT_FALSE(find_value(lines, "Resent-Cc"));
  EXPECT_FALSE(find_value(lines, "Resent-Bcc"));
  EXPECT_EQ(block.copy, block.wire + "Resent-Bcc: c@x.test\r\n");
}

}  // namespace
}  // namespace gw::mail::mime
