#include "monitoring/slot_table.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>
#include <vector>

namespace gw::monitoring {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kSlots = 4;

bool everybody_runs(int pid) { return pid > 0; }
bool nobody_runs(int) { return false; }

/// Shared memory as the parent of server processes has it.
class SlotTableTest : public testing::Test {
 protected:
  SlotTableTest()
      : memory_(static_cast<std::byte*>(mmap(nullptr, SlotTable::size(kSlots), PROT_READ | PROT_WRITE,
                                             MAP_SHARED | MAP_ANONYMOUS, -1, 0))),
        table_(SlotTable::create(span(), kSlots)) {}
  ~SlotTableTest() override { munmap(memory_, SlotTable::size(kSlots)); }

  [[nodiscard]] std::span<std::byte> span() const { return {memory_, SlotTable::size(kSlots)}; }

  /// The sum of a series, -1 when there is none.
  [[nodiscard]] std::int64_t value(Metric metric, const std::vector<std::string>& labels,
                                   bool (*runs)(int) = everybody_runs) const {
    for (const SeriesSum& sum : table_.sums(runs))
      if (sum.metric == metric && sum.labels == labels) return sum.value();
    return -1;
  }

  std::byte* memory_;
  SlotTable table_;
};

void log_in(const SlotTable& table, Slot& slot, std::string_view client) {
  const std::string_view labels[] = {"success", client};
  table.add(slot, Metric::Logins, labels, 1);
}

TEST_F(SlotTableTest, SlotsOfTwoProcessesAddUp) {
  Slot* first = table_.take(101, everybody_runs);
  Slot* second = table_.take(102, everybody_runs);
  ASSERT_TRUE(first != nullptr && second != nullptr && first != second);
  log_in(table_, *first, "web");
  log_in(table_, *second, "web");
  log_in(table_, *second, "phone");
  first->counters.requests = 3;
  second->counters.requests = 4;
  EXPECT_EQ(value(Metric::Logins, {"success", "web"}), 2);
  EXPECT_EQ(value(Metric::Logins, {"success", "phone"}), 1);
  EXPECT_EQ(table_.sum(kCounterRows[0], everybody_runs), 7U);
}

TEST_F(SlotTableTest, ProcessesThatAreKilledLeaveTheirTotalsAndTakeWhatExistedAlong) {
  const pid_t child = fork();
  if (child == 0) {
    Slot* slot = table_.take(getpid(), everybody_runs);
    for (int i = 0; i < 1'000; ++i) log_in(table_, *slot, "web");
    const std::string_view server[] = {"mail.test"};
    table_.add(*slot, Metric::ImapConnections, server, 5);
    slot->counters.requests = 10;
    slot->counters.running = 2;
    raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(value(Metric::Logins, {"success", "web"}, nobody_runs), 1'000);
  EXPECT_EQ(value(Metric::ImapConnections, {"mail.test"}, nobody_runs), 0);
  EXPECT_EQ(table_.sum(kCounterRows[0], nobody_runs), 10U);
  EXPECT_EQ(table_.sum(kCounterRows[1], nobody_runs), 0U);
  // The next process goes on where it ended, without its connections.
  Slot* next = nullptr;
  for (std::size_t i = 0; i < kSlots; ++i) next = table_.take(200 + static_cast<int>(i), nobody_runs);
  ASSERT_NE(next, nullptr);
  for (Slot& slot : table_.slots()) log_in(table_, slot, "web");
  EXPECT_EQ(value(Metric::Logins, {"success", "web"}), 1'000 + static_cast<int>(kSlots));
  EXPECT_EQ(value(Metric::ImapConnections, {"mail.test"}), 0);
  EXPECT_EQ(table_.sum(kCounterRows[1], everybody_runs), 0U);
}

TEST_F(SlotTableTest, ReleasedSlotsAreTakenFirstAndKeepTheirTotals) {
  Slot* slot = table_.take(101, everybody_runs);
  log_in(table_, *slot, "web");
  SlotTable::release(*slot);
  EXPECT_EQ(table_.take(102, everybody_runs), slot);
  log_in(table_, *slot, "web");
  EXPECT_EQ(value(Metric::Logins, {"success", "web"}), 2);
}

TEST_F(SlotTableTest, WithoutAFreeSlotThereIsNone) {
  for (std::size_t i = 0; i < kSlots; ++i)
    ASSERT_NE(table_.take(static_cast<int>(i) + 1, everybody_runs), nullptr);
  EXPECT_EQ(table_.take(99, everybody_runs), nullptr);
}

TEST_F(SlotTableTest, ATableIsFoundAgainByTheSameProgramOnly) {
  Slot* slot = table_.take(101, everybody_runs);
  log_in(table_, *slot, "web");
  const SlotTable again = SlotTable::attach(span(), kSlots);
  ASSERT_TRUE(again);
  EXPECT_EQ(again.sums(everybody_runs).size(), 1U);
  EXPECT_FALSE(SlotTable::attach(span(), kSlots + 1));
  memory_[8] ^= std::byte{1};  // of the layout
  EXPECT_FALSE(SlotTable::attach(span(), kSlots));
}

TEST_F(SlotTableTest, LabelsAreBoundedInNumberLengthAndLetters) {
  Slot* slot = table_.take(101, everybody_runs);
  const std::size_t most = row_of(Metric::Logins).most_series;
  for (int i = 0; i < 1'000; ++i) log_in(table_, *slot, "client" + std::to_string(i));
  log_in(table_, *slot, std::string(kLongestLabel + 1, 'x'));
  log_in(table_, *slot, "line\nend\" 1");
  EXPECT_LE(table_.series_count(), most + 2);
  std::int64_t all = 0;
  for (const SeriesSum& sum : table_.sums(everybody_runs)) all += sum.value();
  EXPECT_EQ(all, 1'002);
  EXPECT_GE(value(Metric::Logins, {"other", "other"}), 1'000 - static_cast<std::int64_t>(most));
}

TEST_F(SlotTableTest, TimesFallIntoTheirBuckets) {
  Slot* slot = table_.take(101, everybody_runs);
  const std::string_view labels[] = {"userdb", "main", "write"};
  for (const auto time : {std::chrono::nanoseconds(1ms), std::chrono::nanoseconds(50ms),
                          std::chrono::nanoseconds(51ms), std::chrono::nanoseconds(2min)})
    table_.observe(*slot, Metric::DatabaseUse, labels, time);
  const std::vector<SeriesSum> sums = table_.sums(everybody_runs);
  ASSERT_EQ(sums.size(), 1U);
  EXPECT_EQ(sums[0].cells[0], 2U);
  EXPECT_EQ(sums[0].cells[1], 1U);
  EXPECT_EQ(sums[0].cells[kBuckets.size()], 1U);
  EXPECT_EQ(sums[0].cells[kCells - 1], 120'102'000U);
}

TEST_F(SlotTableTest, ManyThreadsAndProcessesLoseNothing) {
  constexpr int kEach = 5'000;
  const auto work = [this](int pid) {
    Slot* slot = table_.take(pid, everybody_runs);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 3; ++thread)
      threads.emplace_back([this, slot] {
        for (int i = 0; i < kEach; ++i) log_in(table_, *slot, "client" + std::to_string(i % 7));
      });
    for (std::thread& thread : threads) thread.join();
  };
  const pid_t child = fork();
  if (child == 0) {
    work(101);
    _exit(0);
  }
  work(102);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  std::int64_t all = 0;
  for (const SeriesSum& sum : table_.sums(everybody_runs)) all += sum.value();
  EXPECT_EQ(all, 2 * 3 * kEach);
}

}  // namespace
}  // namespace gw::monitoring
