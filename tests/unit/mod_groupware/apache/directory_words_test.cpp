#include "apache/directory_words.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "apache/words.hpp"
#include "support/source_folder.hpp"

namespace gw::apache {
namespace {

using DirectoryWordList = std::vector<std::string_view>;

class DirectoryWords : public testing::Test {
 protected:
  DirectoryWords() { apply("GroupwareDirectory", {"corp", "ldaps://ldap.test", "base=dc=x"}); }

  void apply(const char* directive, const DirectoryWordList& words) {
    ASSERT_TRUE(apply_directory_directive(directories, directive, words));
  }
  /// The text of the refusal, or "".
  std::string why(const char* directive, const DirectoryWordList& words) {
    try {
      apply_directory_directive(directories, directive, words);
    } catch (const DirectiveError& error) {
      return error.what();
    }
    return "";
  }
  const DirectorySettings& corp() { return directories.front(); }

  std::vector<DirectorySettings> directories;
};

TEST_F(DirectoryWords, ServersAreTlsOrStartTls) {
  apply("groupwaredirectory",
        {"two", "ldaps://a.test:1636/", "ldap://[::1]", "base=ou=a,dc=x", "ca=/ca.pem", "connect=1s",
         "search=2s", "request=3s", "idle=1m", "connections=4", "page=0"});
  const DirectorySettings& two = directories[1];
  ASSERT_EQ(two.servers.size(), 2U);
  EXPECT_TRUE(two.servers[0].is_tls);
  EXPECT_EQ(two.servers[0].port, 1636);
  EXPECT_FALSE(two.servers[1].is_tls);
  EXPECT_EQ(two.servers[1].host, "::1");
  EXPECT_EQ(two.servers[1].port, 389);
  EXPECT_FALSE(two.is_plain);
  EXPECT_EQ(two.request_timeout, Milliseconds(3'000));
  EXPECT_EQ(two.page_size, 0);
  EXPECT_EQ(two.import.job, "directory-two");
}

TEST_F(DirectoryWords, RefusalsSayHowToWriteIt) {
  for (const DirectoryWordList& wrong :
       std::vector<DirectoryWordList>{{},
                                      {"Corp X", "ldaps://a", "base=dc=x"},
                                      {"b"},
                                      {"b", "ldaps://a"},
                                      {"b", "base=dc=x"},
                                      {"b", "http://a", "base=dc=x"},
                                      {"b", "ldaps://a b", "base=dc=x"},
                                      {"b", "ldaps://", "base=dc=x"},
                                      {"b", "ldaps://a", "base=nothing"},
                                      {"b", "ldaps://a", "base=dc=x", "page=x"},
                                      {"b", "ldaps://a", "base=dc=x", "verify=off"},
                                      {"corp", "ldaps://a", "base=dc=x"}})
    EXPECT_NE(why("GroupwareDirectory", wrong).find("GroupwareDirectory"), std::string::npos) << wrong.size();
}

TEST_F(DirectoryWords, PlainTextIsForTestsOnThisMachineAlone) {
  EXPECT_EQ(why("GroupwareDirectory", {"b", "ldap://127.0.0.1:1389", "base=dc=x", "tls=none-for-tests"}), "");
  EXPECT_TRUE(directories[1].is_plain);
  EXPECT_NE(why("GroupwareDirectory",
                {"c", "ldap://127.0.0.1", "ldap://ldap.test", "base=dc=x", "tls=none-for-tests"}),
            "");
  EXPECT_NE(why("GroupwareDirectory", {"c", "ldap://127.0.0.1", "base=dc=x", "tls=none"}), "");
}

TEST_F(DirectoryWords, TheOthersNameADirectoryThatStandsAbove) {
  for (const char* directive : {"GroupwareDirectoryAccount", "GroupwareDirectoryMapping",
                                "GroupwareDirectoryLogin", "GroupwareDirectoryImport"})
    EXPECT_NE(why(directive, {"other", "x", "y"}).find("GroupwareDirectory other"), std::string::npos)
        << directive;
  EXPECT_FALSE(apply_directory_directive(directories, "GroupwareDatabase", {}));
}

TEST_F(DirectoryWords, AnAccountHasANameAndASecret) {
  apply("GroupwareDirectoryAccount", {"corp", "cn=a,dc=x", "secret"});
  EXPECT_EQ(corp().account, "cn=a,dc=x");
  EXPECT_EQ(corp().secret, "secret");
  apply("GroupwareDirectoryAccount", {"corp", "svc@ad.test", "secret"});
  EXPECT_NE(why("GroupwareDirectoryAccount", {"corp", "nobody", "secret"}), "");
  EXPECT_NE(why("GroupwareDirectoryAccount", {"corp", "cn=a,dc=x", ""}), "");
  EXPECT_NE(why("GroupwareDirectoryAccount", {"corp", "cn=a,dc=x", "file:/nowhere/at/all"}), "");
}

TEST_F(DirectoryWords, ShippedMappingsAreTaken) {
  for (const char* name : {"inetorgperson.conf", "active-directory.conf"}) {
    const std::string path = std::string(test::source_folder()) + "/conf/ldap/" + name;
    EXPECT_EQ(why("GroupwareDirectoryMapping", {"corp", path}), "") << name;
    EXPECT_FALSE(corp().mapping.empty());
  }
  EXPECT_NE(why("GroupwareDirectoryMapping", {"corp", "/nowhere/at/all"}), "");
  EXPECT_NE(why("GroupwareDirectoryMapping", {"corp", "relative"}), "");
}

TEST_F(DirectoryWords, ThereAreThreeWaysToSignIn) {
  apply("GroupwareDirectoryLogin",
        {"corp", "search=(&(a=b)(uid=%u))", "context=attribute:o", "create=on", "update=off"});
  EXPECT_TRUE(corp().login.enabled && corp().login.creates && !corp().login.updates);
  EXPECT_EQ(corp().login.pattern, "(&(a=b)(uid=%u))");
  EXPECT_EQ(corp().login.context_attribute, "o");
  apply("GroupwareDirectoryLogin", {"corp", "template=uid=%u,dc=x", "context=mail"});
  EXPECT_EQ(corp().login.bind, DirectoryBind::Template);
  EXPECT_EQ(corp().login.context, DirectoryContext::MailDomain);
  apply("GroupwareDirectoryLogin", {"corp", "principal=ad.test"});
  EXPECT_EQ(corp().login.bind, DirectoryBind::Principal);
  for (const DirectoryWordList& wrong :
       std::vector<DirectoryWordList>{{"corp"},
                                      {"corp", "search=uid=%u"},
                                      {"corp", "search=(uid=x)"},
                                      {"corp", "search=(uid=%x)"},
                                      {"corp", "template=%u"},
                                      {"corp", "principal=a b"},
                                      {"corp", "search=(uid=%u)", "principal=ad.test"},
                                      {"corp", "search=(uid=%u)", "context=o"},
                                      {"corp", "search=(uid=%u)", "create=maybe"}})
    EXPECT_NE(why("GroupwareDirectoryLogin", wrong).find("GroupwareDirectoryLogin"), std::string::npos);
}

TEST_F(DirectoryWords, BooksHaveATitleAndPerhapsFolders) {
  apply("GroupwareDirectoryBook", {"corp", "Partners", "filter=(o=x)"});
  apply("GroupwareDirectoryBook", {"corp", "Company", "folders=ou:Sales,Support"});
  ASSERT_EQ(corp().books.size(), 2U);
  EXPECT_EQ(corp().books[0].filter, "(o=x)");
  EXPECT_EQ(corp().books[1].attribute, "ou");
  EXPECT_EQ(corp().books[1].values, (std::vector<std::string>{"Sales", "Support"}));
  for (const DirectoryWordList& wrong : std::vector<DirectoryWordList>{{"corp"},
                                                                       {"corp", ""},
                                                                       {"corp", "a/b"},
                                                                       {"corp", "Partners"},
                                                                       {"corp", "x", "filter=o=x"},
                                                                       {"corp", "x", "folders="},
                                                                       {"corp", "x", "who=all"}})
    EXPECT_NE(why("GroupwareDirectoryBook", wrong).find("GroupwareDirectoryBook"), std::string::npos);
}

TEST_F(DirectoryWords, AnImportHasAContextAndLimits) {
  apply("GroupwareDirectoryImport", {"corp", "context=example"});
  EXPECT_EQ(corp().import.stop_percent, 10);
  EXPECT_EQ(corp().import.stop_count, 50);
  EXPECT_EQ(corp().import.purge_after, Milliseconds(30LL * 86'400'000));
  EXPECT_EQ(corp().import.interval.count(), 0);
  EXPECT_EQ(corp().import.job, "directory-corp");
  apply("GroupwareDirectoryImport",
        {"corp", "context=1", "interval=1h", "purge=never", "adopt=on", "stop=20%,7"});
  EXPECT_EQ(corp().import.interval, Milliseconds(3'600'000));
  EXPECT_LT(corp().import.purge_after.count(), 0);
  EXPECT_EQ(corp().import.stop_percent, 20);
  EXPECT_EQ(corp().import.stop_count, 7);
  for (const DirectoryWordList& wrong : std::vector<DirectoryWordList>{{"corp"},
                                                                       {"corp", "interval=1h"},
                                                                       {"corp", "context=1", "interval=1s"},
                                                                       {"corp", "context=1", "stop=5"},
                                                                       {"corp", "context=1", "purge=soon"},
                                                                       {"corp", "context=1", "who=all"}})
    EXPECT_NE(why("GroupwareDirectoryImport", wrong).find("GroupwareDirectoryImport"), std::string::npos);
}

}  // namespace
}  // namespace gw::apache
