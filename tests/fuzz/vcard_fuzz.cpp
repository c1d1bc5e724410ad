// Any bytes as vCards: nothing crashes, and what we write is one card that we can read back. That it reads
// back the same is promised for cards of programs (tests of lib/formats), not for noise.
#include <cstdint>

#include "core/text.hpp"
#include "formats/vcard/vcard.hpp"
#include "fuzz/require.hpp"

namespace {

using namespace gw::formats::vcard;
using gw::fuzz::require;

std::vector<ParsedCard> parse(std::string_view text) {
  std::vector<ParsedCard> cards;
  parse_cards(text, Limits{.card = 65'536, .properties = 500}, [&](ParsedCard&& card) {
    cards.push_back(std::move(card));
    return cards.size() < 20;
  });
  return cards;
}

void check_round_trip(const ParsedCard& card, Version version) {
  const std::string once = write_card(card.contact, card.image, version);
  require(gw::is_valid_utf8(once));
  const auto again = parse(once);
  if (once.size() > 60'000) return;  // over the limit of this entry
  require(again.size() == 1 && !again[0].error);
  require(parse(write_card(again[0].contact, again[0].image, version)).size() == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const ParsedCard& card : parse({reinterpret_cast<const char*>(data), size})) {
    if (card.error) continue;
    for (const Version version : {Version::V30, Version::V40}) {
      check_round_trip(card, version);
      Contact changed = card.contact;
      changed.first_name = "Other";
      changed.telephone_home1.reset();
      const std::string merged =
          merge_into_original(*card.contact.original_vcard, changed, card.image, version);
      require(gw::is_valid_utf8(merged));
      require(parse(merged).size() == 1);
    }
  }
  return 0;
}
