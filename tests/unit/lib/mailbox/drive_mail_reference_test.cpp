#include "mailbox/drive_mail_reference.hpp"

#include <gtest/gtest.h>

#include "core/crypto.hpp"
#include "unit/lib/model/sample_context.hpp"

namespace gw::mailbox {
namespace {

using gw::test::kAnna;
using gw::test::kBerta;
using gw::test::kContext;

class DriveMailReferenceTest : public gw::test::SampleContext {
 protected:
  DriveMailReferenceTest() : SampleContext({}) {}
};

TEST_F(DriveMailReferenceTest, ComesBackAsItWasAndHidesWhatItSays) {
  const DriveMailReference reference{kContext, kAnna, FolderId(77), UserId(99)};
  const std::string sealed = seal_reference(as(kAnna), reference);
  EXPECT_EQ(unseal_reference(as(kBerta), sealed), reference);
  EXPECT_NE(seal_reference(as(kAnna), reference), sealed);
  EXPECT_LT(sealed.size(), 200U);
}

TEST_F(DriveMailReferenceTest, NothingElseIsOne) {
  const std::string sealed = seal_reference(as(kAnna), {kContext, kAnna, FolderId(77), UserId(99)});
  for (std::size_t i = 0; i + 2 < sealed.size(); i += 7) {
    std::string forged = sealed;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    // The last letter has bits that mean nothing.
    if (from_base64(forged) == from_base64(sealed)) continue;
    EXPECT_FALSE(unseal_reference(as(kAnna), forged).has_value()) << i;
  }
  for (const std::string& text : {std::string(), std::string("1/3/77/99"), std::string("?"),
                                  sealed.substr(0, 20), std::string(100'000, 'A')})
    EXPECT_FALSE(unseal_reference(as(kAnna), text).has_value()) << text.size();
  database.settings.session.cookie_salt = "another";
  EXPECT_FALSE(unseal_reference(as(kAnna), sealed).has_value());
}

TEST(DriveMailReferenceText, IsFourPositiveNumbers) {
  EXPECT_EQ(parse_reference("1/3/77/99"),
            (DriveMailReference{ContextId(1), UserId(3), FolderId(77), UserId(99)}));
  for (const char* text : {"", "1/3/77", "1/3/77/99/1", "1/-3/77/99", "1/0/77/99", "1/x/77/99", "1/3/77/",
                           "9223372036854775808/3/77/99"})
    EXPECT_FALSE(parse_reference(text).has_value()) << text;
}

}  // namespace
}  // namespace gw::mailbox
