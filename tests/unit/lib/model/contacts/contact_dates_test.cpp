#include <fmt/format.h>

#include "address_book.hpp"

namespace gw::test {
namespace {

class ContactDates : public AddressBook {
 protected:
  void add(const char* name, const char* date) {
    create(kAnna, home(kAnna),
           fmt::format("{{'display_name':'{}','birthday':{}}}", name, parse_iso_date(date)->to_millis()));
  }
  Names find(const char* start, const char* end,
             contacts::Anniversary kind = contacts::Anniversary::Birthday) {
    return names_of({}, [&](const auto& r, const auto& v) {
      return contacts::find_anniversaries(as(kAnna), kind, *parse_iso_date(start), *parse_iso_date(end),
                                          std::nullopt, r, v);
    });
  }
};

TEST_F(ContactDates, ComparesMonthAndDayInOrderOfTheNextOccurrence) {
  add("spring", "1980-04-10");
  add("new year", "1604-01-01");
  add("christmas", "2001-12-24");
  create(kAnna, home(kAnna), "{'display_name':'ageless'}");
  EXPECT_EQ(find("2024-04-01", "2024-05-01"), Names{"spring"});
  EXPECT_EQ(find("2024-04-10", "2024-04-11"), Names{"spring"});
  EXPECT_EQ(find("2024-04-09", "2024-04-10"), Names{});
  EXPECT_EQ(find("2023-12-20", "2024-01-10"), (Names{"christmas", "new year"}));
  EXPECT_EQ(find("2023-06-01", "2024-06-01"), (Names{"christmas", "new year", "spring"}));
  EXPECT_EQ(find("2024-05-01", "2024-04-01"), Names{});
  EXPECT_EQ(find("2023-01-01", "2033-01-01", contacts::Anniversary::Anniversary), Names{});
}

TEST_F(ContactDates, TheTwentyNinthOfFebruaryIsTheTwentyEighthInOtherYears) {
  add("leap", "2000-02-29");
  EXPECT_EQ(find("2023-02-28", "2023-03-01"), Names{"leap"});
  EXPECT_EQ(find("2023-03-01", "2023-03-02"), Names{});
  EXPECT_EQ(find("2024-02-28", "2024-02-29"), Names{});
  EXPECT_EQ(find("2024-02-29", "2024-03-01"), Names{"leap"});
}

}  // namespace
}  // namespace gw::test
