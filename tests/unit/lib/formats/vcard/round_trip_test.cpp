// What is written is read back, column by column, in both versions and many scripts.
#include <gtest/gtest.h>

#include "formats/vcard/vcard.hpp"
#include "unit/lib/formats/contact_samples.hpp"

namespace gw::formats::vcard {
namespace {

ParsedCard parse_one(const std::string& text) {
  ParsedCard found;
  EXPECT_EQ(parse_cards(text, Limits{},
                        [&](ParsedCard&& card) {
                          found = std::move(card);
                          return true;
                        }),
            1U)
      << text;
  EXPECT_FALSE(found.error) << text;
  return found;
}

void expect_same(const Contact& wanted, const Contact& got, const std::string& text) {
  for (const auto& field : model::contacts::contact_fields()) {
    if (!test::is_carried(field)) continue;
    EXPECT_EQ(test::value_of(wanted, field), test::value_of(got, field)) << field.column << '\n' << text;
  }
}

class RoundTrip : public testing::TestWithParam<Version> {};
INSTANTIATE_TEST_SUITE_P(Versions, RoundTrip, testing::Values(Version::V30, Version::V40));

TEST_P(RoundTrip, EveryColumnAtOnceSurvivesInEveryScript) {
  for (std::size_t script = 0; script < test::kScripts.size(); ++script) {
    const Contact contact = test::full_contact(script);
    const std::string text = write_card(contact, {}, GetParam());
    expect_same(contact, parse_one(text).contact, text);
  }
}

TEST_P(RoundTrip, EachTextColumnAloneSurvives) {
  for (const auto& field : model::contacts::contact_fields()) {
    const auto* member = test::text_member(field);
    if (!test::is_carried(field) || member == nullptr) continue;
    Contact contact;
    contact.*(*member) = "value, of; " + std::string(field.json);
    const std::string text = write_card(contact, {}, GetParam());
    expect_same(contact, parse_one(text).contact, text);
  }
}

TEST_P(RoundTrip, EachValueThatIsNoTextSurvivesAlone) {
  std::vector<Contact> contacts(8);
  contacts[0].birthday = date_from_civil({1604, 2, 29});
  contacts[1].birthday = date_from_civil({999, 1, 1});
  contacts[2].anniversary = date_from_civil({1604, 12, 24});
  contacts[3].private_flag = true;
  contacts[4].color_label = 10;
  contacts[5].default_address = 1;
  contacts[6].default_address = 3;
  contacts[6].city_other = "Rom";
  contacts[7].default_address = 2;
  contacts[7].addressHome = "one line\nanother \"quoted\" line";
  for (const Contact& contact : contacts) {
    const std::string text = write_card(contact, {}, GetParam());
    expect_same(contact, parse_one(text).contact, text);
  }
}

TEST_P(RoundTrip, ADistributionListKeepsItsMembersInOrder) {
  Contact list;
  list.display_name = "Team, A";
  list.mark_as_distributionlist = true;
  list.number_of_distribution_list = 2;
  list.distribution_list.push_back({.display_name = "Ä, \"B\"", .mail = "a+b@example.test"});
  list.distribution_list.push_back({.mail = "c@example.test"});
  const ParsedCard card = parse_one(write_card(list, {}, GetParam()));
  EXPECT_TRUE(card.contact.mark_as_distributionlist);
  EXPECT_EQ(card.contact.distribution_list, list.distribution_list);
  EXPECT_EQ(card.contact.display_name, list.display_name);
}

TEST_P(RoundTrip, APictureSurvives) {
  const Image image{"image/png", std::string("\x89PNG\r\n\x1a\n\0\xFF raw", 14)};
  const ParsedCard card = parse_one(write_card(Contact{}, image, GetParam()));
  ASSERT_TRUE(card.image);
  EXPECT_EQ(card.image->bytes, image.bytes);
  EXPECT_EQ(card.image->content_type, "image/png");
}

TEST_P(RoundTrip, WritingWhatWasReadIsStable) {
  for (std::size_t script = 0; script < test::kScripts.size(); ++script) {
    const std::string once = write_card(test::full_contact(script), {}, GetParam());
    EXPECT_EQ(once, write_card(parse_one(once).contact, {}, GetParam()));
  }
}

TEST_P(RoundTrip, LinesAreFoldedAt75OctetsOnCharacterBorders) {
  Contact contact;
  for (int i = 0; i < 200; ++i) contact.note = contact.note.value_or("") + "ä漢👩";
  const std::string text = write_card(contact, {}, GetParam());
  std::size_t start = 0;
  for (std::size_t end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", start)) {
    EXPECT_LE(end - start, 75U);
    EXPECT_NE(static_cast<unsigned char>(text[start]) & 0xC0, 0x80);
    if (text[start] == ' ') {
      EXPECT_NE(static_cast<unsigned char>(text[start + 1]) & 0xC0, 0x80);
    }
    start = end + 2;
  }
  EXPECT_EQ(start, text.size());
  EXPECT_EQ(parse_one(text).contact.note, contact.note);
}

}  // namespace
}  // namespace gw::formats::vcard
