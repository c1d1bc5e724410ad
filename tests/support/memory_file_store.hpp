// A file store in memory, for tests of what is behind it: counts, fails where a test wants it to, and tells
// what it holds.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "filestore/file_store.hpp"

namespace gw::test {

/// Public on purpose: tests reach into everything. Threads: any, through the stores.
struct MemoryFiles {
  struct File {
    std::string bytes;
    Millis modified;
  };
  using Space = std::map<std::string, File, std::less<>>;

  std::map<std::string, Space, std::less<>> spaces;
  std::int64_t next = 1;
  Millis now;
  /// Set: every write, commit, open and remove throws it.
  std::optional<filestore::StoreError::Kind> fault;
  /// Set: what happens when a file is opened.
  std::function<void()> on_open{};
  std::mutex mutex;

  [[nodiscard]] std::size_t count() const {
    std::size_t files = 0;
    for (const auto& [name, space] : spaces) files += space.size();
    return files;
  }
};

class MemoryFileStore final : public filestore::FileStore {
 public:
  using Kind = filestore::StoreError::Kind;
  MemoryFileStore(MemoryFiles& files, std::string_view name) : files_(files), name_(name) {}

  std::unique_ptr<filestore::Upload> create() override { return std::make_unique<NewFile>(*this, ""); }

  std::unique_ptr<filestore::Reader> open(std::string_view id, std::int64_t offset,
                                          std::int64_t length) override {
    const std::string bytes = find(id);
    if (files_.on_open) files_.on_open();
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (offset < 0 || offset > size) throw filestore::StoreError(Kind::Range, "offset behind the end");
    const std::int64_t count = length < 0 ? size - offset : std::min(length, size - offset);
    return std::make_unique<Bytes>(
        bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(count)));
  }

  std::int64_t size(std::string_view id) override { return static_cast<std::int64_t>(find(id).size()); }

  std::unique_ptr<filestore::Upload> append(std::string_view id, std::int64_t offset) override {
    const std::string bytes = find(id);
    if (offset != static_cast<std::int64_t>(bytes.size()))
      throw filestore::StoreError(Kind::Offset, "not the end");
    return std::make_unique<NewFile>(*this, bytes);
  }

  bool remove(std::string_view id) override {
    fail();
    const std::lock_guard guard(files_.mutex);
    auto& space = files_.spaces[name_];
    const auto found = space.find(id);
    if (found == space.end()) return false;
    space.erase(found);
    return true;
  }

  void list(const std::function<bool(const filestore::StoredFile&)>& visit) override {
    fail();
    for (const auto& [id, file] : files_.spaces[name_])
      if (!visit({id, static_cast<std::int64_t>(file.bytes.size()), file.modified})) return;
  }

  std::int64_t remove_stale_uploads(std::chrono::seconds) override { return 0; }
  void remove_all() override { files_.spaces.erase(name_); }
  [[nodiscard]] std::optional<std::string> local_path(std::string_view) const override {
    return std::nullopt;
  }

 private:
  class NewFile final : public filestore::Upload {
   public:
    NewFile(MemoryFileStore& store, std::string bytes) : store_(store), bytes_(std::move(bytes)) {
      const std::lock_guard guard(store_.files_.mutex);
      id_ = "file" + std::to_string(store_.files_.next++);
    }
    void write(std::string_view bytes) override {
      store_.fail();
      bytes_ += bytes;
    }
    std::string commit() override {
      store_.fail();
      MemoryFiles& files = store_.files_;
      const std::lock_guard guard(files.mutex);
      files.spaces[store_.name_][id_] = {bytes_, files.now};
      return id_;
    }
    [[nodiscard]] std::string id() const override { return id_; }

   private:
    MemoryFileStore& store_;
    std::string bytes_;
    std::string id_;
  };

  class Bytes final : public filestore::Reader {
   public:
    explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}
    std::size_t read(std::span<char> buffer) override {
      const std::size_t count = std::min(buffer.size(), bytes_.size() - at_);
      std::copy_n(bytes_.data() + at_, count, buffer.data());
      at_ += count;
      return count;
    }

   private:
    std::string bytes_;
    std::size_t at_ = 0;
  };

  void fail() const {
    if (files_.fault) throw filestore::StoreError(*files_.fault, "as the test wants it");
  }
  std::string find(std::string_view id) {
    fail();
    const std::lock_guard guard(files_.mutex);
    auto& space = files_.spaces[name_];
    const auto found = space.find(id);
    if (found == space.end()) throw filestore::StoreError(Kind::Missing, "no such file");
    return found->second.bytes;
  }

  MemoryFiles& files_;
  std::string name_;
};

class MemoryStoreRoot final : public filestore::StoreRoot {
 public:
  [[nodiscard]] std::unique_ptr<filestore::FileStore> open(std::string_view name) const override {
    return std::make_unique<MemoryFileStore>(files, name);
  }
  [[nodiscard]] std::string place() const override { return "memory"; }
  mutable MemoryFiles files;
};

}  // namespace gw::test
