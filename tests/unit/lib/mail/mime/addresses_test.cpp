#include "mail/mime/addresses.hpp"

#include <gtest/gtest.h>

namespace gw::mail::mime {
namespace {

AddressList list(std::initializer_list<Address> entries) { return entries; }

TEST(ParseAddresses, ReadsNamesGroupsAndComments) {
  EXPECT_EQ(parse_addresses("Bob <bob@x.org>, carol@y.org (Carol \\(C\\)), \"Doe, \\\"J\\\"\" <j@z.org>"),
            list({{"Bob", "bob@x.org"}, {"Carol (C)", "carol@y.org"}, {"Doe, \"J\"", "j@z.org"}}));
  EXPECT_EQ(parse_addresses("Team: a@x.org, B <b@x.org>;, c@x.org"),
            list({{std::nullopt, "a@x.org"}, {"B", "b@x.org"}, {std::nullopt, "c@x.org"}}));
  EXPECT_EQ(parse_addresses("undisclosed-recipients:;"), AddressList{});
  EXPECT_EQ(parse_addresses("<@relay,@b:bob@x.org>"), list({{std::nullopt, "bob@x.org"}}));
}

TEST(ParseAddresses, DecodesNames) {
  EXPECT_EQ(parse_addresses("=?utf-8?Q?J=C3=B6rg?= =?utf-8?Q?_M?= <j@x.org>"), list({{"Jörg M", "j@x.org"}}));
  EXPECT_EQ(parse_addresses("\"=?utf-8?Q?J=C3=B6rg?=\" <j@x.org>"), list({{"Jörg", "j@x.org"}}));
  EXPECT_EQ(parse_addresses("=?utf-8?Q?Doe,_John?= <j@x.org>, b@x.org"),
            list({{"Doe, John", "j@x.org"}, {std::nullopt, "b@x.org"}}));
  EXPECT_EQ(parse_addresses("J\xF6rg <j@x.org>"), list({{"Jörg", "j@x.org"}}));
}

TEST(ParseAddresses, UnderstandsBrokenLists) {
  EXPECT_EQ(parse_addresses("Doe, John <j@x.org>"), list({{"Doe, John", "j@x.org"}}));
  EXPECT_EQ(parse_addresses("a@x.org; b@x.org;"),
            list({{std::nullopt, "a@x.org"}, {std::nullopt, "b@x.org"}}));
  EXPECT_EQ(parse_addresses("Bob <bob@x.org"), list({{"Bob", "bob@x.org"}}));
  EXPECT_EQ(parse_addresses("\"Bob <bob@x.org>"), list({{"\"Bob", "bob@x.org"}}));
  EXPECT_EQ(parse_addresses("bob@x.org <bob@x.org>"), list({{"bob@x.org", "bob@x.org"}}));
  EXPECT_EQ(parse_addresses("root, postmaster"),
            list({{std::nullopt, "root"}, {std::nullopt, "postmaster"}}));
  EXPECT_EQ(parse_addresses("bob @ x.org"), list({{std::nullopt, "bob@x.org"}}));
  EXPECT_EQ(parse_addresses(""), AddressList{});
  EXPECT_EQ(parse_addresses(",,;"), AddressList{});
}

TEST(ParseAddresses, CutsInventedDomainsAndPhoneTypes) {
  EXPECT_EQ(parse_addresses("bob@unspecified-domain"), list({{std::nullopt, "bob"}}));
  EXPECT_EQ(parse_addresses("+4917012345/TYPE=PLMN"), list({{std::nullopt, "+4917012345"}}));
}

TEST(ParseAddresses, StaysLinearAndBounded) {
  std::string many;
  for (int i = 0; i < 200'000; ++i) many += "<(\"=?";
  parse_addresses(many);
  std::string commas;
  for (int i = 0; i < 20'000; ++i) commas += "a@b,";
  EXPECT_EQ(parse_addresses(commas).size(), kMaxAddresses);
}

TEST(Domains, GoToAsciiAndBack) {
  EXPECT_EQ(to_ascii_domain("j@müller.example"), "j@xn--mller-kva.example");
  EXPECT_EQ(to_unicode_domain("j@xn--mller-kva.example"), "j@müller.example");
  EXPECT_EQ(parse_addresses("j@xn--mller-kva.example").front().address, "j@müller.example");
  EXPECT_FALSE(needs_smtputf8("j@müller.example"));
  EXPECT_TRUE(needs_smtputf8("jö@x.example"));
}

TEST(DisplayName, IsQuotedWhereRfc5322WantsIt) {
  EXPECT_EQ(display_name("Bob"), "Bob");
  EXPECT_EQ(display_name("Doe, John"), "\"Doe, John\"");
  EXPECT_EQ(display_name("a \"b\""), "\"a \\\"b\\\"\"");
}

TEST(FormatAddresses, ReadsBackTheSame) {
  const AddressList original = list({{"Bob", "bob@x.org"},
                                     {"Doe, John", "j@x.org"},
                                     {"Jörg", "j@müller.example"},
                                     {std::nullopt, "n@x.org"}});
  const std::string text = format_addresses(original);
  EXPECT_EQ(
      text,
      "Bob <bob@x.org>, \"Doe, John\" <j@x.org>, =?UTF-8?Q?J=C3=B6rg?= <j@xn--mller-kva.example>, n@x.org");
  EXPECT_EQ(parse_addresses(text), original);
}

TEST(PlausibleAddress, RefusesWhatNoServerTakes) {
  EXPECT_TRUE(is_plausible_address("a@b"));
  EXPECT_TRUE(is_plausible_address("\"a b\"@c.org"));
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nRCPT TO:<x>", "<a@b>", "a@b,c@d"})
    EXPECT_FALSE(is_plausible_address(bad)) << bad;
}

}  // namespace
}  // namespace gw::mail::mime
