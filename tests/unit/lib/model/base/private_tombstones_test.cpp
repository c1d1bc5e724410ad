#include "model/private_tombstones.hpp"

#include <gtest/gtest.h>

#include "model/changes.hpp"
#include "support/database.hpp"

namespace gw::model {
namespace {

constexpr ContextId kTombstoneContext{7};

TEST(PrivateTombstones, AreForThoseWhoKnew) {
  test::TestDatabase database;
  database.add_bare_context(kTombstoneContext);
  const sql::Lease connection = database.pool->acquire();
  const auto write = [&](FolderId folder, std::int64_t stamp, std::vector<UserId> users) {
    write_private_tombstone(*connection, kTombstoneContext, ObjectModule::Calendar,
                            {folder, ObjectId(1), {stamp}}, users);
  };
  const auto stamps = [&](UserId user, std::int64_t since) {
    std::vector<std::int64_t> found;
    for (const PrivateTombstone& gone :
         private_tombstones_since(*connection, kTombstoneContext, ObjectModule::Calendar, user, {since}))
      found.push_back(gone.stamp.value);
    return found;
  };
  using Stamps = std::vector<std::int64_t>;
  write(FolderId(5), 10, {UserId(3), UserId(4)});
  write(FolderId(6), 20, {UserId(3)});
  write(FolderId(5), 30, {UserId(4)});
  EXPECT_EQ(stamps(UserId(3), 0), (Stamps{10, 20}));
  EXPECT_EQ(stamps(UserId(3), 10), (Stamps{20}));
  EXPECT_EQ(stamps(UserId(4), 0), (Stamps{30}));
  EXPECT_EQ(stamps(UserId(5), 0), Stamps());
  clear_private_tombstones(*connection, kTombstoneContext, ObjectModule::Calendar, FolderId(6), ObjectId(1));
  EXPECT_EQ(stamps(UserId(3), 0), (Stamps{10}));
  prune_tombstones(*connection, kTombstoneContext, {20});
  EXPECT_EQ(stamps(UserId(3), 0), Stamps());
  EXPECT_EQ(stamps(UserId(4), 0), (Stamps{30}));
}

}  // namespace
}  // namespace gw::model
