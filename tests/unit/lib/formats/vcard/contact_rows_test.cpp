#include "formats/vcard/contact_rows.hpp"

#include <gtest/gtest.h>

#include "unit/lib/formats/contact_samples.hpp"

namespace gw::formats::vcard {
namespace {

TEST(ContactRows, EveryWritableColumnHasARow) {
  for (const auto& field : model::contacts::contact_fields()) {
    if (!test::is_carried(field)) continue;
    EXPECT_NE(find_row(field.column), nullptr) << field.column << ' ' << field.json;
  }
}

TEST(ContactRows, TextRowsFillTheMemberOfTheirColumn) {
  const auto table = model::contacts::contact_fields();
  for (const Row& row : contact_rows()) {
    if (row.member == nullptr) continue;
    const int index = model::find_column(table, row.column);
    ASSERT_GE(index, 0) << row.column;
    const auto* member = test::text_member(table[static_cast<std::size_t>(index)]);
    ASSERT_NE(member, nullptr) << row.column;
    EXPECT_EQ(*member, row.member) << row.column;
  }
}

}  // namespace
}  // namespace gw::formats::vcard
