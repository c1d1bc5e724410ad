// What the order of fsync and rename promises, shown by stopping at every call that changes the disk and
// looking at every disk that may be left.
#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <map>

#include "filestore/local/local_store.hpp"
#include "unit/lib/filestore/support/simulated_disk.hpp"

namespace gw::filestore::test {
namespace {

const std::string kContent = "These bytes are longer than one write.";

using Files = std::map<std::string, std::string>;

std::string read_whole(FileStore& store, const std::string& id) {
  const auto reader = store.open(id);
  std::string bytes;
  std::array<char, 16> buffer;
  while (const std::size_t count = reader->read(buffer)) bytes.append(buffer.data(), count);
  return bytes;
}

Files files_on(const Disk& disk) {
  const LocalRoot root("/root", std::make_shared<SimulatedCalls>(disk));
  const auto store = root.open("7_ctx_store");
  Files files;
  store->list([&](const StoredFile& file) {
    files[file.id] = read_whole(*store, file.id);
    return true;
  });
  return files;
}

std::string save_below(const StoreRoot& root, const std::string& bytes = kContent) {
  const auto upload = root.open("7_ctx_store")->create();
  upload->write(bytes);
  return upload->commit();
}

/// `root` is one server process; `committed` gets what it was told is safe.
using Scenario = std::function<void(const std::shared_ptr<SimulatedCalls>& calls, Files& committed)>;

void save_two(const std::shared_ptr<SimulatedCalls>& calls, Files& committed) {
  const LocalRoot root("/root", calls);
  committed[save_below(root)] = kContent;
  committed[save_below(root)] = kContent;
}

/// The second process finds folders that the first made, but did not sync yet.
void save_between_two_processes(const std::shared_ptr<SimulatedCalls>& calls, Files& committed) {
  const LocalRoot first("/root", calls);
  const LocalRoot second("/root", calls);
  const auto upload = first.open("7_ctx_store")->create();
  committed[save_below(second)] = kContent;
  upload->write(kContent);
  committed[upload->commit()] = kContent;
}

void append_to_one(const std::shared_ptr<SimulatedCalls>& calls, Files& committed) {
  const LocalRoot root("/root", calls);
  const std::string old = save_below(root);
  committed[old] = kContent;
  const auto store = root.open("7_ctx_store");
  const auto upload = store->append(old, static_cast<std::int64_t>(kContent.size()));
  upload->write("more");
  const std::string id = upload->commit();
  committed[id] = kContent + "more";
}

void give_up_one(const std::shared_ptr<SimulatedCalls>& calls, Files&) {
  const LocalRoot root("/root", calls);
  root.open("7_ctx_store")->create()->write(kContent);
}

/// Gives the number of changes that the whole scenario makes.
int run_until(const Scenario& scenario, const std::shared_ptr<SimulatedCalls>& calls, Files& committed) {
  try {
    scenario(calls, committed);
  } catch (const StoreError&) {
    // Expected when the power is gone; what counts is what is left.
  }
  return calls->changes();
}

bool is_whole(const std::string& bytes) { return bytes == kContent || bytes == kContent + "more"; }

/// Empty, or what is wrong on the disk that was left.
std::string problem_on(const Disk& disk, const Files& committed) {
  const Files left = files_on(disk);
  for (const auto& [id, bytes] : left)
    if (!is_whole(bytes))
      return "half a file is visible: " + id + " has " + std::to_string(bytes.size()) + " bytes";
  for (const auto& [id, bytes] : committed)
    if (!left.contains(id) || left.at(id) != bytes) return "a committed file is lost: " + id;
  return {};
}

std::string problem_after_power_loss(const SimulatedCalls& calls, const Files& committed) {
  std::string problem;
  calls.disk().each_survivor([&](const Disk& disk) {
    if (problem.empty()) problem = problem_on(disk, committed);
  });
  return problem;
}

class PowerLoss : public testing::TestWithParam<Scenario> {};

TEST_P(PowerLoss, AtEveryStepCommittedFilesAreWholeAndNoHalfOneIsVisible) {
  Files all;
  const int steps = run_until(GetParam(), std::make_shared<SimulatedCalls>(Disk::with_root()), all);
  ASSERT_GT(steps, 10);
  for (int step = 1; step <= steps + 1; ++step) {
    const auto calls = std::make_shared<SimulatedCalls>(Disk::with_root());
    calls->lose_power_at(step);
    Files committed;
    run_until(GetParam(), calls, committed);
    ASSERT_EQ(problem_after_power_loss(*calls, committed), "")
        << "power lost at step " << step << " of " << steps;
    ASSERT_EQ(calls->open_files(), 0U);
  }
}

class LeftOvers : public PowerLoss {};

TEST_P(LeftOvers, AreRemovedAndTheStoreIsUsedAgain) {
  Files all;
  const int steps = run_until(GetParam(), std::make_shared<SimulatedCalls>(Disk::with_root()), all);
  for (int step = 1; step <= steps; ++step) {
    const auto broken = std::make_shared<SimulatedCalls>(Disk::with_root());
    broken->lose_power_at(step);
    Files committed;
    run_until(GetParam(), broken, committed);
    broken->disk().each_survivor([&](const Disk& disk) {
      const auto calls = std::make_shared<SimulatedCalls>(disk);
      const LocalRoot root("/root", calls);
      root.open("7_ctx_store")->remove_stale_uploads(std::chrono::seconds(0));
      const std::string id = save_below(root);
      EXPECT_EQ(files_on(calls->disk()).at(id), kContent);
      for (const std::string& name : calls->all_files()) EXPECT_EQ(name.find(".upload-"), std::string::npos);
    });
  }
}

INSTANTIATE_TEST_SUITE_P(Store, PowerLoss,
                         testing::Values(save_two, save_between_two_processes, append_to_one, give_up_one));
INSTANTIATE_TEST_SUITE_P(Store, LeftOvers, testing::Values(save_two, append_to_one, give_up_one));

TEST(FsyncOrder, AFileThatIsNotCommittedIsVisibleOnNoDisk) {
  const auto calls = std::make_shared<SimulatedCalls>(Disk::with_root());
  const LocalRoot root("/root", calls);
  const auto upload = root.open("7_ctx_store")->create();
  upload->write(kContent);
  calls->disk().each_survivor([](const Disk& disk) { EXPECT_TRUE(files_on(disk).empty()); });
}

// The proof that the model sees each missing fsync, and that none is there for nothing.
TEST(FsyncOrder, NoneOfTheSyncsOfTheFirstFileMayBeLeftOut) {
  const auto save_one = [](const std::shared_ptr<SimulatedCalls>& calls, Files& committed) {
    committed[save_below(LocalRoot("/root", calls))] = kContent;
  };
  Files files;
  const auto honest = std::make_shared<SimulatedCalls>(Disk::with_root());
  run_until(save_one, honest, files);
  ASSERT_EQ(honest->syncs(), 7) << "the file, and six folders from its own up to the root";
  for (int sync = 1; sync <= honest->syncs(); ++sync) {
    const auto calls = std::make_shared<SimulatedCalls>(Disk::with_root());
    calls->lie_at_sync(sync);
    Files committed;
    run_until(save_one, calls, committed);
    EXPECT_NE(problem_after_power_loss(*calls, committed), "") << "sync " << sync << " could be left out";
  }
}

TEST(FsyncOrder, FoldersThatAreKnownToBeOnTheDiskAreNotSyncedAgain) {
  const auto calls = std::make_shared<SimulatedCalls>(Disk::with_root());
  const LocalRoot root("/root", calls);
  save_below(root);
  const int before = calls->syncs();
  save_below(root);
  EXPECT_LE(calls->syncs() - before, 5) << "name space and hashed folder were synced by the first";
}

// Process A knows hashed/aa as durable; B removes it when it is empty; A makes it again, as another folder.
TEST(FsyncOrder, AFolderThatAnotherProcessRemovedIsSyncedAgain) {
  const auto calls = std::make_shared<SimulatedCalls>(Disk::with_root());
  const LocalRoot first("/root", calls);
  const LocalRoot second("/root", calls);
  const auto store = second.open("7_ctx_store");
  std::map<std::string, bool> seen;
  for (int i = 0; i < 2'000; ++i) {
    const std::string id = save_below(first);
    if (seen[id.substr(0, 9)]) {
      EXPECT_EQ(problem_after_power_loss(*calls, {{id, kContent}}), "");
      return;
    }
    seen[id.substr(0, 9)] = true;
    EXPECT_TRUE(store->remove(id));
    // The worst for a folder that is believed to be there: its removal reaches the disk.
    calls->sync_everything();
  }
  FAIL() << "no two files shared a folder";
}

TEST(FailingCall, WhicheverItIsNothingRemainsAndNothingStaysOpen) {
  const auto count = std::make_shared<SimulatedCalls>(Disk::with_root());
  save_below(LocalRoot("/root", count));
  for (const int error : {EIO, ENOSPC, EDQUOT, EACCES}) {
    for (int step = 1; step <= count->changes(); ++step) {
      const auto calls = std::make_shared<SimulatedCalls>(Disk::with_root());
      calls->fail_at(step, error);
      try {
        save_below(LocalRoot("/root", calls));
        ADD_FAILURE() << "change " << step << " failed and nobody noticed";
      } catch (const StoreError& problem) {
        const auto wanted = error == EIO      ? StoreError::Kind::Io
                            : error == EACCES ? StoreError::Kind::Unavailable
                                              : StoreError::Kind::Full;
        EXPECT_EQ(problem.kind(), wanted) << problem.what();
      }
      EXPECT_TRUE(calls->all_files().empty()) << "after change " << step;
      EXPECT_EQ(calls->open_files(), 0U);
    }
  }
}

TEST(FailingCall, AStaleNfsHandleIsTriedOnceMore) {
  const auto count = std::make_shared<SimulatedCalls>(Disk::with_root());
  save_below(LocalRoot("/root", count));
  int survived = 0;
  for (int step = 1; step <= count->changes(); ++step) {
    const auto calls = std::make_shared<SimulatedCalls>(Disk::with_root());
    calls->fail_at(step, ESTALE);
    try {
      const std::string id = save_below(LocalRoot("/root", calls));
      EXPECT_EQ(files_on(calls->disk()).at(id), kContent);
      ++survived;
    } catch (const StoreError& problem) {
      EXPECT_EQ(problem.kind(), StoreError::Kind::Unavailable) << problem.what();
      EXPECT_TRUE(calls->all_files().empty());
    }
  }
  EXPECT_GE(survived, 8)
      << "folders, opening and renaming; only writing and syncing an open file cannot be repeated";
}

}  // namespace
}  // namespace gw::filestore::test
