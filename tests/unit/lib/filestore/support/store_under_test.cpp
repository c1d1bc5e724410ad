#include "unit/lib/filestore/support/store_under_test.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <filesystem>

namespace gw::filestore::test {
namespace {

class LocalUnderTest : public StoreUnderTest {
 public:
  [[nodiscard]] std::string uri() const override { return "file:" + folder_.path(); }
  [[nodiscard]] std::string unknown_id() const override {
    return "hashed/95/b4/bd/0123456789abcdef0123456789abcdef";
  }

 private:
  TestFolder folder_;
};

}  // namespace

TestFolder::TestFolder() : path_((std::filesystem::temp_directory_path() / "gwstore.XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
}

TestFolder::~TestFolder() { std::filesystem::remove_all(path_); }

StoreKind local_kind() {
  return {"file", [] { return std::make_unique<LocalUnderTest>(); }, [] { return std::string(); }};
}

std::string save(FileStore& store, std::string_view bytes) {
  const auto upload = store.create();
  upload->write(bytes);
  return upload->commit();
}

std::string read_all(FileStore& store, std::string_view id, std::int64_t offset, std::int64_t length) {
  const auto reader = store.open(id, offset, length);
  std::string bytes;
  std::array<char, 65'536> buffer;
  while (const std::size_t count = reader->read(buffer)) bytes.append(buffer.data(), count);
  return bytes;
}

StoreError::Kind kind_of_failure(const std::function<void()>& call) {
  try {
    call();
  } catch (const StoreError& error) {
    return error.kind();
  }
  ADD_FAILURE() << "the call succeeded";
  return StoreError::Kind::Io;
}

}  // namespace gw::filestore::test
