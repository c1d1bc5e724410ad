#include "apache/trusted_words.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "apache/words.hpp"

namespace gw::apache {
namespace {

using TrustedWordList = std::vector<std::string_view>;

TrustedWords trusted(const TrustedWordList& words) {
  return parse_trusted_user("GroupwareTrustedUser", words);
}

TEST(TrustedWords, OnAndOff) {
  EXPECT_FALSE(trusted({"off"}).is_on);
  const TrustedWords usual = trusted({"On"});
  EXPECT_TRUE(usual.is_on);
  EXPECT_EQ(usual.name_variable, "");
  EXPECT_FALSE(usual.has_second_factor);
}

TEST(TrustedWords, EveryWordIsTaken) {
  const TrustedWords words = trusted({"on", "name=OIDC_CLAIM_preferred_username", "context-variable=MELLON_o",
                                      "second-factor=done", "logout=https://idp.test/logout?x=1"});
  EXPECT_EQ(words.name_variable, "OIDC_CLAIM_preferred_username");
  EXPECT_EQ(words.context_variable, "MELLON_o");
  EXPECT_TRUE(words.has_second_factor);
  EXPECT_EQ(words.logout, "https://idp.test/logout?x=1");
  EXPECT_EQ(trusted({"on", "context=acme"}).context, "acme");
  EXPECT_EQ(trusted({"on", "logout=/bye"}).logout, "/bye");
}

TEST(TrustedWords, HeadersOfTheRequestAreNoProof) {
  for (const char* word : {"name=HTTP_X_REMOTE_USER", "name=http_remote_user", "context-variable=HTTP_HOST"})
    EXPECT_THROW(trusted({"on", word}), DirectiveError) << word;
}

TEST(TrustedWords, MistakesAreNamed) {
  EXPECT_THROW(trusted({}), DirectiveError);
  for (const std::string_view first : {"maybe", "name=X", ""}) EXPECT_THROW(trusted({first}), DirectiveError);
  EXPECT_THROW(trusted({"off", "name=X"}), DirectiveError);
  for (const std::string_view word :
       {"user=X", "name=", "name=%{X}", "context=", "second-factor=no", "logout=//evil.test/",
        "logout=/\\evil.test", "logout=javascript:x", "logout=/a b", "logout="})
    EXPECT_THROW(trusted({"on", word}), DirectiveError) << word;
  EXPECT_THROW(trusted({"on", "name=X", "name=Y"}), DirectiveError);
  EXPECT_THROW(trusted({"on", "context=a", "context-variable=B"}), DirectiveError);
}

}  // namespace
}  // namespace gw::apache
