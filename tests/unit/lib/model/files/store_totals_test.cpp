#include "model/files/store_totals.hpp"

#include <gtest/gtest.h>

#include <map>

#include "support/database.hpp"

namespace gw::test {
namespace {

namespace files = model::files;

TEST(StoreTotals, AreSumsOfAllContextsByTheSortOfStore) {
  TestDatabase database;
  const sql::Lease lease = database.pool->acquire();
  const auto use = [&](std::int64_t context, std::int64_t owner, std::int64_t bytes) {
    lease->execute("INSERT INTO file_usage (cid,owner,bytes) VALUES (?,?,?)", context, owner, bytes);
  };
  const auto name_store = [&](std::int64_t context, std::int64_t number, std::string_view uri, bool takes) {
    lease->execute("INSERT INTO file_stores (cid,number,uri,takes_new) VALUES (?,?,?,?)", context, number,
                   uri, takes ? 1 : 0);
  };
  const auto totals = [&](std::string_view server_store) {
    std::map<std::string, std::int64_t> found;
    for (const files::StoreTotal& each : files::total_bytes(*lease, server_store))
      found[each.kind] = each.bytes;
    return found;
  };
  using Totals = std::map<std::string, std::int64_t>;
  EXPECT_EQ(totals(""), Totals{});
  EXPECT_EQ(totals("file:/a"), (Totals{{"file", 0}}));
  use(101, 0, 5);
  use(101, 3, 7);
  use(102, 0, 100);
  name_store(102, 1, "s3:bucket?host=x", true);
  use(103, 0, 1'000);
  name_store(103, 1, "s3:old", false);
  name_store(103, 2, "file:/b", true);
  EXPECT_EQ(totals("file:/a"), (Totals{{"file", 1'012}, {"s3", 100}}));
  EXPECT_EQ(totals("s3:main"), (Totals{{"file", 1'000}, {"s3", 112}}));
}

}  // namespace
}  // namespace gw::test
