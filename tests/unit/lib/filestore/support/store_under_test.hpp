// A store that a test may use: a folder of its own, or a bucket of a private S3 server.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "filestore/file_store.hpp"

namespace gw::filestore::test {

/// A folder that is gone with the object.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  /// What an administrator would write.
  [[nodiscard]] virtual std::string uri() const = 0;
  /// An identifier that could be one and is none.
  [[nodiscard]] virtual std::string unknown_id() const = 0;
};

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<StoreUnderTest>()> make;
  /// Empty, or why tests of this kind cannot run here.
  std::function<std::string()> explain_missing;
};

/// For the name of a test.
inline void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }

StoreKind local_kind();

std::string save(FileStore& store, std::string_view bytes);
std::string read_all(FileStore& store, std::string_view id, std::int64_t offset = 0,
                     std::int64_t length = -1);
/// The kind of the StoreError that `call` ends with; a test failure when there is none.
StoreError::Kind kind_of_failure(const std::function<void()>& call);

}  // namespace gw::filestore::test
