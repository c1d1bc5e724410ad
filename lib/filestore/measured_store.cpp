#include "filestore/measured_store.hpp"

#include <utility>

#include "core/metric.hpp"

namespace gw::filestore {
namespace {

/// Runs one call of a store, and tells how long it took and how it ended.
template <class Call>
auto timed(std::string_view kind, std::string_view operation, const Call& call) {
  const Stopwatch watch;
  try {
    auto result = call();
    watch.tell(Metric::FileStoreOperations, {kind, operation, "ok"});
    return result;
  } catch (const StoreError& error) {
    const bool is_missing = error.kind() == StoreError::Kind::Missing;
    watch.tell(Metric::FileStoreOperations, {kind, operation, is_missing ? "missing" : "failed"});
    throw;
  }
}

class MeasuredUpload final : public Upload {
 public:
  MeasuredUpload(std::unique_ptr<Upload> upload, std::string_view kind)
      : upload_(std::move(upload)), kind_(kind) {}
  void write(std::string_view bytes) override {
    upload_->write(bytes);
    count(Metric::FileStoreBytes, {kind_, "in"}, static_cast<std::int64_t>(bytes.size()));
  }
  std::string commit() override {
    return timed(kind_, "commit", [this] { return upload_->commit(); });
  }
  [[nodiscard]] std::string id() const override { return upload_->id(); }

 private:
  const std::unique_ptr<Upload> upload_;
  const std::string_view kind_;
};

class MeasuredReader final : public Reader {
 public:
  MeasuredReader(std::unique_ptr<Reader> reader, std::string_view kind)
      : reader_(std::move(reader)), kind_(kind) {}
  std::size_t read(std::span<char> buffer) override {
    const std::size_t size = reader_->read(buffer);
    count(Metric::FileStoreBytes, {kind_, "out"}, static_cast<std::int64_t>(size));
    return size;
  }

 private:
  const std::unique_ptr<Reader> reader_;
  const std::string_view kind_;
};

class MeasuredStore final : public FileStore {
 public:
  MeasuredStore(std::unique_ptr<FileStore> store, std::string_view kind)
      : store_(std::move(store)), kind_(kind) {}
  std::unique_ptr<Upload> create() override {
    return std::make_unique<MeasuredUpload>(timed(kind_, "create", [this] { return store_->create(); }),
                                            kind_);
  }
  std::unique_ptr<Reader> open(std::string_view id, std::int64_t offset, std::int64_t length) override {
    return std::make_unique<MeasuredReader>(
        timed(kind_, "open", [&] { return store_->open(id, offset, length); }), kind_);
  }
  std::int64_t size(std::string_view id) override {
    return timed(kind_, "size", [&] { return store_->size(id); });
  }
  std::unique_ptr<Upload> append(std::string_view id, std::int64_t offset) override {
    return std::make_unique<MeasuredUpload>(
        timed(kind_, "append", [&] { return store_->append(id, offset); }), kind_);
  }
  bool remove(std::string_view id) override {
    return timed(kind_, "remove", [&] { return store_->remove(id); });
  }
  void list(const std::function<bool(const StoredFile&)>& visit) override { store_->list(visit); }
  std::int64_t remove_stale_uploads(std::chrono::seconds age) override {
    return store_->remove_stale_uploads(age);
  }
  void remove_all() override { store_->remove_all(); }
  [[nodiscard]] std::optional<std::string> local_path(std::string_view id) const override {
    return store_->local_path(id);
  }

 private:
  const std::unique_ptr<FileStore> store_;
  const std::string_view kind_;
};

class MeasuredRoot final : public StoreRoot {
 public:
  MeasuredRoot(std::unique_ptr<StoreRoot> root, std::string_view kind)
      : root_(std::move(root)), kind_(kind) {}
  [[nodiscard]] std::unique_ptr<FileStore> open(std::string_view name) const override {
    return std::make_unique<MeasuredStore>(root_->open(name), kind_);
  }
  [[nodiscard]] std::string place() const override { return root_->place(); }
  [[nodiscard]] std::optional<std::uint32_t> account() const override { return root_->account(); }

 private:
  const std::unique_ptr<StoreRoot> root_;
  const std::string_view kind_;
};

}  // namespace

std::unique_ptr<StoreRoot> measure(std::unique_ptr<StoreRoot> root, std::string_view kind) {
  return std::make_unique<MeasuredRoot>(std::move(root), kind);
}

}  // namespace gw::filestore
