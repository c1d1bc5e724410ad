#include "model/infostore/item_recipients.hpp"

#include "file_cabinet.hpp"

namespace gw::test {
namespace {

class ItemRecipients : public FileCabinet {};

TEST_F(ItemRecipients, AreUsersAndMembersButForThoseWhoSeeTheFolder) {
  const sql::Lease lease = database.pool->acquire();
  const std::vector<model::infostore::ObjectPermission> entries{{kCarl.value, false, 1}, {0, true, 1}};
  EXPECT_EQ(infostore::recipients(*lease, kContext, entries, {}),
            (std::vector<UserId>{kAdmin, kAnna, kBerta, kCarl}));
  EXPECT_EQ(infostore::recipients(*lease, kContext, entries, std::vector<UserId>{kAnna, kBerta}),
            (std::vector<UserId>{kAdmin, kCarl}));
  EXPECT_TRUE(infostore::recipients(*lease, kContext, {}, {}).empty());
}

}  // namespace
}  // namespace gw::test
