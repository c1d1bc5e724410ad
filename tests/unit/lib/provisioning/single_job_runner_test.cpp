#include "provisioning/single_job_runner.hpp"

#include <filesystem>
#include <fstream>

#include "core/random.hpp"
#include "model/files/incoming_file.hpp"
#include "model/files/managed_files.hpp"
#include "model/files/store_move.hpp"
#include "model/jobs/single_jobs.hpp"
#include "model/users/user_directory.hpp"
#include "provisioning_fixture.hpp"
#include "support/memory_file_store.hpp"

namespace gw::provisioning {
namespace {

namespace fs = std::filesystem;

class SingleJobRunner : public test::ProvisioningTest {
 protected:
  SingleJobRunner() {
    folder_ = fs::temp_directory_path() / ("single_jobs_" + random_hex(8));
    for (const char* name : {"own", "second", "third"}) fs::create_directories(folder_ / name);
    own_ = filestore::make_store_root("file:" + (folder_ / "own").string());
    database.environment->files = own_.get();
    make_context(1);
    for (const char* name : {"second", "third"})
      as_master("Util", "registerFilestore",
                "{'fstore':{'url':'file:" + (folder_ / name).string() + "','maxContexts':1}}");
  }
  ~SingleJobRunner() override { fs::remove_all(folder_); }
  SingleJobRunner(const SingleJobRunner&) = delete;
  SingleJobRunner& operator=(const SingleJobRunner&) = delete;

  void upload(const std::string& name) {
    model::UnitOfWork work(*database.environment,
                           *model::users::load_caller(scope().connection(), ContextId(1), UserId(2)));
    auto bytes = std::make_unique<model::files::IncomingFile>(work, model::files::kContextFiles, -1);
    bytes->write(name);
    std::vector<model::files::NewManagedFile> files;
    files.push_back({name, "text/plain", std::move(bytes)});
    model::files::keep_managed_files(work, files);
  }
  sql::Scope& scope() { return scope_; }
  [[nodiscard]] std::size_t files_in(const std::string& name) const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / name))
      if (entry.is_regular_file()) ++count;
    return count;
  }
  std::int64_t ask(int store) {
    return as_master("Context", "moveContextFilestore",
                     "{'ctx':{'id':1},'dst_filestore_id':{'id':" + std::to_string(store) + "}}")
        .as_integer();
  }
  /// As one process that looks once.
  model::jobs::JobReport::Outcome look() {
    scope_.release();
    model::jobs::JobRunner runner(*database.environment, {single_job_runner(Milliseconds(1))});
    return runner.run_now().front().outcome;
  }
  Json job(std::int64_t number) {
    return as_master("TaskMgmt", "getTaskResults", "{'id':" + std::to_string(number) + "}");
  }
  std::string state(std::int64_t number) { return std::string(job(number).get("state").as_string()); }
  std::int64_t store() {
    const Json id = as_master("Context", "getData", "{'ctx':{'id':1}}").get("filestoreId");
    return id.is_missing() ? 0 : id.as_integer();
  }

  fs::path folder_;
  std::unique_ptr<filestore::StoreRoot> own_;
  test::MemoryStoreRoot memory_;
  sql::Scope scope_{*database.pool};
};

TEST_F(SingleJobRunner, MovesTheFilesAndTidiesWhenNobodyReadsThemAnyMore) {
  upload("one");
  upload("two");
  const std::int64_t number = ask(1);
  EXPECT_EQ(state(number), "waiting");
  EXPECT_EQ(fault_of([&] { ask(2); }), "invalid_data") << "there is a job already";
  look();
  EXPECT_EQ(state(number), "tidying");
  EXPECT_EQ(job(number).get("count").as_integer(), 2);
  EXPECT_EQ(store(), 1);
  EXPECT_EQ(files_in("own"), 2U);
  look();
  EXPECT_EQ(state(number), "tidying") << "it is not time yet";
  database.clock.advance(300'001);
  look();
  EXPECT_EQ(state(number), "done");
  EXPECT_EQ(files_in("own"), 0U);
  EXPECT_EQ(files_in("second"), 2U);

  const std::int64_t back = ask(0);
  EXPECT_EQ(back, number + 1);
  look();
  database.clock.advance(300'001);
  look();
  EXPECT_EQ(state(back), "done");
  EXPECT_EQ(store(), 0);
  EXPECT_EQ(files_in("own"), 2U);
  as_master("TaskMgmt", "flush", "{'ctx':{'id':1}}");
  EXPECT_EQ(as_master("TaskMgmt", "getJobList", "{}").size(), 0U);
}

TEST_F(SingleJobRunner, AStoreThatIsFullOrUnknownIsRefusedAtOnce) {
  make_context(2);
  ask(1);
  look();
  EXPECT_EQ(fault_of([&] {
              as_master("Context", "moveContextFilestore", "{'ctx':{'id':2},'dst_filestore_id':{'id':1}}");
            }),
            "invalid_data");
  EXPECT_EQ(fault_of([&] { ask(9); }), "no_such_filestore");
  EXPECT_EQ(fault_of([&] { as_admin("Context", "moveContextFilestore", "{'ctx':{'id':1}}"); }),
            "invalid_credentials");
  database.clock.advance(300'001);
  look();
  ask(1);
  look();
  EXPECT_EQ(state(2), "done") << "its own store takes it again";
}

TEST_F(SingleJobRunner, AJobThatFailsSaysWhyAndCanBeAskedForAgain) {
  upload("one");
  fs::remove_all(folder_ / "second");
  std::ofstream(folder_ / "second") << "in the way";
  ask(1);
  EXPECT_EQ(look(), model::jobs::JobReport::Outcome::Done) << "the runner itself is well";
  EXPECT_EQ(state(1), "failed");
  EXPECT_EQ(job(1).get("problem").as_string(), "store_failed");
  EXPECT_EQ(store(), 0);
  EXPECT_EQ(files_in("own"), 1U);
  fs::remove(folder_ / "second");
  fs::create_directories(folder_ / "second");
  ask(1);
  look();
  EXPECT_EQ(state(2), "tidying");

  as_master("Context", "delete", "{'ctx':{'id':1}}");
  database.clock.advance(300'001);
  look();
  EXPECT_EQ(state(2), "failed");
  EXPECT_EQ(job(2).get("problem").as_string(), "no_context");
}

TEST_F(SingleJobRunner, ADeletedJobIsNotDone) {
  upload("one");
  ask(1);
  as_master("TaskMgmt", "deleteJob", "{'id':1}");
  EXPECT_EQ(fault_of([&] { as_master("TaskMgmt", "deleteJob", "{'id':1}"); }), "invalid_data");
  look();
  EXPECT_EQ(files_in("own"), 1U);
  EXPECT_EQ(store(), 0);
}

TEST_F(SingleJobRunner, ARunTakesAMinuteAndTheNextProcessGoesOn) {
  database.environment->files = &memory_;
  for (const char* name : {"one", "two", "three"}) upload(name);
  memory_.files.on_open = [&] { database.clock.advance(61'000); };
  ask(1);
  for (int count = 1; count <= 3; ++count) {
    look();
    EXPECT_EQ(job(1).get("count").as_integer(), count);
    EXPECT_EQ(files_in("second"), static_cast<std::size_t>(count));
    EXPECT_EQ(store(), count == 3 ? 1 : 0);
    EXPECT_EQ(state(1), count == 3 ? "tidying" : "running");
  }
}

TEST_F(SingleJobRunner, AJobThatIsDeletedMeanwhileEndsWithTheFileItIsAt) {
  database.environment->files = &memory_;
  for (const char* name : {"one", "two"}) upload(name);
  memory_.files.on_open = [&] {
    database.clock.advance(6'000);
    sql::Scope scope(*database.pool);
    model::jobs::remove_single_job(scope, 1);
  };
  ask(1);
  look();
  EXPECT_EQ(files_in("second"), 0U);
  EXPECT_EQ(memory_.files.count(), 2U);
  EXPECT_EQ(as_master("TaskMgmt", "getJobList", "{}").size(), 0U);
}

}  // namespace
}  // namespace gw::provisioning
