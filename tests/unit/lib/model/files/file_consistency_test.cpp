#include "model/files/file_consistency.hpp"

#include <filesystem>
#include <fstream>

#include "core/random.hpp"
#include "model/contexts/context_walk.hpp"
#include "model/files/store_move.hpp"
#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

namespace files = model::files;
namespace fs = std::filesystem;

class FileConsistency : public FileCabinet {};

TEST_F(FileConsistency, UploadsThatNobodyEndedGoAfterADay) {
  const fs::path folder = fs::temp_directory_path() / ("consistency_" + random_hex(8));
  fs::create_directories(folder);
  files::move_files(as(kAdmin), {"file:" + folder.string(), 0, [](std::int64_t) {}});
  const fs::path place = folder / "1_ctx_store" / "hashed" / "aa" / "bb" / "cc";
  fs::create_directories(place);
  for (const char* name : {".upload-old", ".upload-young"}) std::ofstream(place / name) << "half";
  fs::last_write_time(place / ".upload-old", fs::file_time_type::clock::now() - std::chrono::hours(25));
  EXPECT_EQ(files::remove_stale_uploads(as(kAdmin)), 1);
  EXPECT_FALSE(fs::exists(place / ".upload-old"));
  EXPECT_TRUE(fs::exists(place / ".upload-young"));
  fs::remove_all(folder);
}

TEST_F(FileConsistency, ContextsAreFoundOneAfterTheOther) {
  const sql::Lease lease = database.pool->acquire();
  EXPECT_EQ(model::contexts::next_context(*lease, {}), kContext);
  EXPECT_FALSE(model::contexts::next_context(*lease, kContext));
}

}  // namespace
}  // namespace gw::test
