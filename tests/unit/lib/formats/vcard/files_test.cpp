// Whole files: finding cards, limits, errors, speed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/text.hpp"
#include "formats/vcard/vcard.hpp"
#include "unit/lib/formats/contact_samples.hpp"

namespace gw::formats::vcard {
namespace {

std::vector<ParsedCard> parse_all(std::string_view text, const Limits& limits = {}) {
  std::vector<ParsedCard> cards;
  parse_cards(text, limits, [&](ParsedCard&& card) {
    cards.push_back(std::move(card));
    return true;
  });
  return cards;
}

std::string code_of(const ParsedCard& card) { return card.error ? format_code(*card.error->code) : ""; }

TEST(VcardFiles, TextWithoutACardGivesNone) {
  EXPECT_TRUE(parse_all("").empty());
  EXPECT_TRUE(parse_all("FN:nobody\r\n").empty());
  EXPECT_TRUE(parse_all("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n").empty());
}

TEST(VcardFiles, CardsAreFoundInOrderWhateverIsBetweenThem) {
  const auto cards = parse_all(
      "junk\nBEGIN:VCARD\nVERSION:3.0\nFN:1\nEND:VCARD\n\n\nbegin:vcard\nversion:2.1\nFN:2\nend:vcard");
  ASSERT_EQ(cards.size(), 2U);
  EXPECT_EQ(cards[0].contact.display_name, "1");
  EXPECT_EQ(cards[1].contact.display_name, "2");
}

TEST(VcardFiles, AMissingEndFailsItsOwnCardOnly) {
  const auto cards = parse_all(
      "BEGIN:VCARD\nVERSION:3.0\nFN:1\nBEGIN:VCARD\nVERSION:3.0\nFN:2\nEND:VCARD\nBEGIN:VCARD\nFN:3\n");
  ASSERT_EQ(cards.size(), 3U);
  EXPECT_EQ(code_of(cards[0]), "I_E-0609");
  EXPECT_EQ(cards[1].contact.display_name, "2");
  EXPECT_EQ(code_of(cards[2]), "I_E-0609");
}

TEST(VcardFiles, UnknownVersionsAndOversizedCardsFail) {
  EXPECT_EQ(code_of(parse_all("BEGIN:VCARD\nVERSION:9.0\nFN:1\nEND:VCARD\n").at(0)), "I_E-0605");
  EXPECT_EQ(code_of(parse_all("BEGIN:VCARD\nEND:VCARD\n").at(0)), "I_E-0610");
  Limits limits;
  limits.card = 100;
  const std::string large = "BEGIN:VCARD\nVERSION:3.0\nNOTE:" + std::string(200, 'x') + "\nEND:VCARD\n";
  const auto cards = parse_all(large + "BEGIN:VCARD\nVERSION:3.0\nFN:2\nEND:VCARD\n", limits);
  ASSERT_EQ(cards.size(), 2U);
  EXPECT_EQ(code_of(cards[0]), "I_E-0609");
  EXPECT_EQ(cards[1].contact.display_name, "2");
  limits = {};
  limits.properties = 3;
  EXPECT_EQ(code_of(parse_all("BEGIN:VCARD\nVERSION:3.0\nX-A:\nX-B:\nX-C:\nX-D:\nEND:VCARD\n", limits).at(0)),
            "I_E-0609");
}

TEST(VcardFiles, AFoldedLineNeitherBeginsNorEndsACard) {
  const auto cards = parse_all(
      "BEGIN:VCARD\nVERSION:3.0\nFN:A\nNOTE:1\n BEGIN:VCARD\n END:VCARD\nX-A:\n AGENT:\nEND:VCARD\n"
      "BEGIN:VCARD\nVERSION:3.0\nFN:B\nEND:VCARD\n");
  ASSERT_EQ(cards.size(), 2U);
  EXPECT_EQ(cards[0].contact.note, "1BEGIN:VCARDEND:VCARD");
  EXPECT_EQ(cards[1].contact.display_name, "B");
}

TEST(VcardFiles, DeeplyNestedAgentsFail) {
  std::string text = "BEGIN:VCARD\nVERSION:2.1\n";
  std::string end = "END:VCARD\n";
  for (int i = 0; i < 50; ++i) {
    text += "AGENT:\nBEGIN:VCARD\nVERSION:2.1\n";
    end += "END:VCARD\n";
  }
  const auto cards = parse_all(text + end);
  ASSERT_EQ(cards.size(), 1U);
  EXPECT_EQ(code_of(cards[0]), "I_E-0609");
}

TEST(VcardFiles, TheOriginalTextIsKeptExactly) {
  const std::string text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ä\r\nX-FOO;X=1:y\r\nEND:VCARD\r\n";
  EXPECT_EQ(parse_all("\r\n" + text).at(0).contact.original_vcard, text);
  const auto old = parse_all("BEGIN:VCARD\nVERSION:2.1\nFN:\xC4\nEND:VCARD\n").at(0);
  EXPECT_TRUE(is_valid_utf8(*old.contact.original_vcard));
}

TEST(VcardFiles, TenThousandCardsTakeWellUnderAFewSeconds) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    Contact contact;
    contact.uid = "uid-" + std::to_string(i);
    contact.display_name = "Person Nummer " + std::to_string(i) + " Müller";
    contact.last_name = "Müller";
    contact.first_name = "Person";
    contact.company = "Firma, GmbH";
    contact.email1 = "p" + std::to_string(i) + "@example.test";
    contact.telephone_business1 = contact.cellular_telephone1 = "+49 30 " + std::to_string(i);
    contact.street_business = "Hauptstraße 1";
    contact.city_business = "Berlin";
    contact.note = std::string(200, 'n');
    contact.birthday = date_from_civil({1980, 1, 1});
    text += write_card(contact, {}, Version::V30);
  }
  const std::clock_t start = std::clock();
  std::size_t named = 0;
  EXPECT_EQ(parse_cards(text, Limits{},
                        [&](ParsedCard&& card) {
                          named += card.contact.display_name ? 1 : 0;
                          return true;
                        }),
            10'000U);
  EXPECT_EQ(named, 10'000U);
  // Processor time, so that a busy machine does not matter; sanitizers and debug builds are ten times slower
  // than a release.
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 20.0);
}

TEST(VcardFiles, SamplesOfTheTreeAndOfInstalledPackagesAreReadAndStayStable) {
  std::vector<std::filesystem::path> folders{test::data_folder() / "vcf",
                                             "/usr/libexec/evolution-data-server/installed-tests/vcards"};
  if (const char* more = std::getenv("GW_TEST_VCARDS")) folders.emplace_back(more);
  int count = 0;
  for (const auto& folder : folders) {
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() != ".vcf") continue;
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      for (const ParsedCard& card : parse_all(text.str())) {
        ++count;
        EXPECT_FALSE(card.error) << entry.path() << ' ' << card.error->arguments.at(0);
        for (const Version version : {Version::V30, Version::V40}) {
          const std::string once = write_card(card.contact, card.image, version);
          const auto again = parse_all(once);
          ASSERT_EQ(again.size(), 1U) << entry.path();
          EXPECT_EQ(once, write_card(again[0].contact, again[0].image, version)) << entry.path();
          const std::string merged =
              merge_into_original(*card.contact.original_vcard, card.contact, card.image, version);
          const auto from_merged = parse_all(merged);
          ASSERT_EQ(from_merged.size(), 1U) << entry.path();
          EXPECT_EQ(once, write_card(from_merged[0].contact, from_merged[0].image, version))
              << entry.path() << merged;
        }
      }
    }
  }
  EXPECT_GE(count, 5);
}

}  // namespace
}  // namespace gw::formats::vcard
