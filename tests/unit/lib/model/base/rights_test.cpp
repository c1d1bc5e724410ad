#include "model/permissions/rights.hpp"

#include <gtest/gtest.h>

namespace gw::model {
namespace {

TEST(Rights, ThePublishedPresetsHaveTheirBits) {
  EXPECT_EQ(to_bits({1, 2, 0, 0, false}), 257);
  EXPECT_EQ(to_bits({1, 2, 2, 0, false}), 33025);
  EXPECT_EQ(to_bits({4, 2, 2, 2, false}), 4227332);
  EXPECT_EQ(to_bits({4, 2, 2, 2, true}), 272662788);
  EXPECT_EQ(to_bits({64, 64, 64, 64, true}), 403710016);
  EXPECT_EQ(to_bits({1, 2, 1, 0, false}), 16641);
}

TEST(Rights, EveryValidCombinationRoundTripsAndOthersAreRefused) {
  for (const int folder : {0, 1, 2, 4, 64})
    for (const int read : {0, 1, 2, 64})
      for (const int write : {0, 1, 2, 64})
        for (const int remove : {0, 1, 2, 64})
          for (const bool admin : {false, true}) {
            const Rights rights{folder, read, write, remove, admin};
            EXPECT_EQ(rights_from_bits(to_bits(rights)), rights);
          }
  for (const std::int64_t bad : {3LL, 8LL, 5LL << 7, 1LL << 29, -1LL})
    EXPECT_FALSE(rights_from_bits(bad)) << bad;
}

TEST(Combine, TakesTheMaximumPerFacetOverUserAndGroups) {
  Caller caller;
  caller.user = UserId(3);
  caller.groups = {kAllUsersGroup, GroupId(7)};
  const PermissionEntry entries[] = {{3, false, {1, 0, 2, 0, false}},
                                     {7, true, {2, 1, 0, 0, false}},
                                     {0, true, {0, 2, 0, 0, false}},
                                     {8, true, {64, 64, 64, 64, true}},
                                     {7, false, {64, 64, 64, 64, true}}};
  EXPECT_EQ(combine(entries, caller), (Rights{2, 2, 2, 0, false}));
}

TEST(ObjectRights, OwnMeansCreatedByTheCaller) {
  const Rights own{1, 1, 1, 1, false};
  EXPECT_TRUE(may_read(own, true));
  EXPECT_FALSE(may_read(own, false));
  EXPECT_TRUE(may_write(own, true));
  EXPECT_FALSE(may_remove(own, false));
  EXPECT_TRUE(may_remove({64, 64, 64, 64, false}, false));
  EXPECT_FALSE(may_read({}, true));
}

}  // namespace
}  // namespace gw::model
