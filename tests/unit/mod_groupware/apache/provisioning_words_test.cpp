#include "apache/provisioning_words.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "apache/words.hpp"

namespace gw::apache {
namespace {

ProvisioningSettings provisioning_of(const std::vector<std::string_view>& words) {
  ProvisioningSettings settings;
  set_provisioning(settings, "GroupwareProvisioning", words);
  return settings;
}

TEST(ProvisioningWords, SwitchTheServiceAndItsOverride) {
  EXPECT_FALSE(provisioning_of({"off"}).enabled);
  EXPECT_TRUE(provisioning_of({"On"}).enabled);
  EXPECT_FALSE(provisioning_of({"on"}).master_override);
  EXPECT_TRUE(provisioning_of({"on", "override=On"}).master_override);
  using Wrong = std::vector<std::string_view>;
  for (const Wrong& wrong :
       {Wrong{}, Wrong{"perhaps"}, Wrong{"off", "override=on"}, Wrong{"on", "override=1"},
        Wrong{"on", "combinations=/nowhere/at/all"}, Wrong{"on", "combinations=x"}, Wrong{"on", "x"}})
    EXPECT_THROW(provisioning_of(wrong), DirectiveError);
}

}  // namespace
}  // namespace gw::apache
