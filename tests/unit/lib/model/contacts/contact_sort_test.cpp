#include "model/contacts/contact_sort.hpp"

#include "address_book.hpp"

namespace gw::test {
namespace {

using contacts::SortKeys;
using model::KeyBuilder;

TEST(KeyBuilder, OrdersNumbersTextsAndMissingOnes) {
  const Collator collator("de_DE");
  const auto number = [](std::int64_t value) { return KeyBuilder().number(value).take(); };
  EXPECT_LT(number(-5), number(-4));
  EXPECT_LT(number(-1), number(0));
  EXPECT_LT(number(255), number(256));
  EXPECT_LT(number(INT64_MAX), KeyBuilder().missing().take());
  const auto pair = [&](const char* first, const char* second) {
    return KeyBuilder().text(collator, first).text(collator, second).take();
  };
  EXPECT_LT(pair("a", "z"), pair("ab", "a"));
  EXPECT_LT(pair("ä", "b"), pair("b", "a"));
  EXPECT_LT(pair("zz", "z"), KeyBuilder().text(collator, std::nullopt).take());
}

TEST(SortKeys, KnowTheSpecialColumnsAndRefuseTheIrregularOnes) {
  const model::Caller caller;
  EXPECT_FALSE(SortKeys({}, caller).is_usable());
  EXPECT_FALSE(SortKeys({592, false, ""}, caller).is_usable());
  EXPECT_FALSE(SortKeys({99'999, false, ""}, caller).is_usable());
  EXPECT_TRUE(SortKeys({500, false, ""}, caller).is_usable());
  EXPECT_TRUE(SortKeys({607, false, ""}, caller).is_usable());
  EXPECT_FALSE(SortKeys({609, true, ""}, caller).is_descending());
}

TEST(SortKeys, PeopleWithOneLastNameAreOrderedByTheFirst) {
  const model::Caller caller;
  const SortKeys keys({607, false, ""}, caller);
  Contact anna;
  anna.last_name = "Kraus";
  anna.first_name = "Anna";
  Contact tom = anna;
  tom.first_name = "Tom";
  Contact nobody;
  EXPECT_LT(keys.key(anna), keys.key(tom));
  EXPECT_LT(keys.key(tom), keys.key(nobody));
  model::Caller japanese;
  japanese.locale = "ja_JP";
  tom.yomiLastName = "A";
  EXPECT_GT(SortKeys({607, false, ""}, japanese).key(anna), SortKeys({607, false, ""}, japanese).key(tom));
}

}  // namespace
}  // namespace gw::test
