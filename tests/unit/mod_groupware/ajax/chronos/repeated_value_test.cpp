#include "ajax/chronos/repeated_value.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"

namespace gw::ajax {
namespace {

TEST(RepeatedValue, IsCutByCharactersAndAlwaysText) {
  EXPECT_EQ(repeated("short"), "short");
  std::string umlauts;
  for (int i = 0; i < 150; ++i) umlauts += "\xC3\xA9";
  EXPECT_EQ(count_characters(repeated(umlauts)), 100U);
  EXPECT_TRUE(is_valid_utf8(repeated("a\xFF\xC3")));
}

TEST(RepeatedValue, OfJsonIsItsText) {
  EXPECT_EQ(repeated(Json::object().set("a", Json::integer(1))), "{\"a\":1}");
  EXPECT_EQ(repeated(Json::string(std::string(200, 'x'))), "\"" + std::string(99, 'x'));
  EXPECT_EQ(repeated(Json()), "");
}

}  // namespace
}  // namespace gw::ajax
