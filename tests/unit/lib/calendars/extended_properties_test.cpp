#include "calendars/extended_properties.hpp"

#include <gtest/gtest.h>

#include "unit/lib/model/sample_context.hpp"

namespace gw::calendars {
namespace {

using gw::test::json;
using gw::test::refusal;
using model::calendar::PropertyChange;

constexpr PropertyDefaults kFree{.is_transparent = true};
constexpr PropertyDefaults kFixed{.is_transparent = true, .is_transparency_fixed = true};

PropertyChange parsed(const std::string& text, const PropertyDefaults& defaults = {}) {
  return parse_properties(json(text), defaults, "chronos");
}

TEST(ExtendedProperties, OnlyWhatIsSentChanges) {
  EXPECT_TRUE(parse_properties(Json(), {}, "x").is_empty());
  EXPECT_TRUE(parse_properties(Json::null(), {}, "x").is_empty());
  EXPECT_TRUE(parsed("{'other':{'value':1}}").is_empty());
  const auto change =
      parsed("{'color':{'value':'red'},'description':'bare','usedForSync':{'value':'false'}}");
  EXPECT_EQ(**change.color, "red");
  EXPECT_EQ(**change.description, "bare");
  EXPECT_FALSE(**change.is_for_sync);
  EXPECT_FALSE(change.is_transparent);
  // Nothing goes back to the default.
  const auto cleared = parsed("{'color':{'value':null},'scheduleTransp':{'value':''}}");
  EXPECT_TRUE(cleared.color && !*cleared.color);
  EXPECT_TRUE(cleared.is_transparent && !*cleared.is_transparent);
  EXPECT_TRUE(**parsed("{'scheduleTransp':{'value':'transparent'}}").is_transparent);
}

TEST(ExtendedProperties, WhatIsNoValueIsRefused) {
  for (const char* wrong : {"[]", "{'color':{'value':5}}", "{'scheduleTransp':{'value':'BUSY'}}",
                            "{'usedForSync':{'value':'maybe'}}"})
    EXPECT_EQ(refusal([&] { parsed(wrong); }), "CAL-4004") << wrong;
  EXPECT_EQ(refusal([&] { parsed("{'color':'" + std::string(65, 'x') + "'}"); }), "CAL-4004");
}

TEST(ExtendedProperties, FixedOnesKeepTheirValue) {
  EXPECT_TRUE(parsed("{'scheduleTransp':{'value':'TRANSPARENT','protected':true}}", kFixed).is_empty());
  EXPECT_EQ(refusal([&] { parsed("{'scheduleTransp':{'value':'OPAQUE'}}", kFixed); }), "CAL-4228");
}

TEST(ExtendedProperties, DefaultsAreToldAndFixedOnesMarked) {
  EXPECT_EQ(write_properties({}, {}).dump(),
            R"({"scheduleTransp":{"value":"OPAQUE"},"usedForSync":{"value":"true"}})");
  EXPECT_EQ(write_properties({"red", "text", false, false}, kFree, Millis{7}).dump(),
            R"({"color":{"value":"red"},"description":{"value":"text"},"scheduleTransp":{"value":"OPAQUE"},)"
            R"("usedForSync":{"value":"false"},"lastUpdate":{"value":7}})");
  EXPECT_EQ(write_properties({}, kFixed).get("scheduleTransp").dump(),
            R"({"value":"TRANSPARENT","protected":true})");
}

}  // namespace
}  // namespace gw::calendars
