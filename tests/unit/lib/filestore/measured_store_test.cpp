#include "filestore/measured_store.hpp"

#include <gtest/gtest.h>

#include <array>

#include "support/memory_file_store.hpp"
#include "support/recorded_metrics.hpp"

namespace gw::filestore {
namespace {

class OneRoot final : public StoreRoot {
 public:
  explicit OneRoot(test::MemoryFiles& files) : files_(files) {}
  [[nodiscard]] std::unique_ptr<FileStore> open(std::string_view name) const override {
    return std::make_unique<test::MemoryFileStore>(files_, name);
  }
  [[nodiscard]] std::string place() const override { return "memory"; }

 private:
  test::MemoryFiles& files_;
};

TEST(MeasuredStoreTest, CallsAndBytesAreCountedAndWhatIsKeptIsTheSame) {
  test::MemoryFiles files;
  test::RecordedMetrics metrics;
  const auto root = measure(std::make_unique<OneRoot>(files), "memory");
  EXPECT_EQ(root->place(), "memory");
  const auto store = root->open("space");
  const auto upload = store->create();
  upload->write("hello");
  const std::string id = upload->commit();
  std::array<char, 10> buffer{};
  EXPECT_EQ(store->open(id)->read(buffer), 5U);
  EXPECT_EQ(store->size(id), 5);
  EXPECT_TRUE(store->remove(id));
  EXPECT_THROW(store->size(id), StoreError);
  for (const char* operation : {"create", "commit", "open", "size", "remove"})
    EXPECT_EQ(metrics.of(Metric::FileStoreOperations, {"memory", operation, "ok"}), 1) << operation;
  EXPECT_EQ(metrics.of(Metric::FileStoreOperations, {"memory", "size", "missing"}), 1);
  EXPECT_EQ(metrics.of(Metric::FileStoreBytes, {"memory", "in"}), 5);
  EXPECT_EQ(metrics.of(Metric::FileStoreBytes, {"memory", "out"}), 5);
}

}  // namespace
}  // namespace gw::filestore
