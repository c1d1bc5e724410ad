#include "model/files/placed_store.hpp"

#include <fmt/format.h>

namespace gw::model::files {
namespace {

using filestore::StoreError;

/// Tells the number of the store with the identifier.
class PlacedUpload final : public filestore::Upload {
 public:
  PlacedUpload(StoreNumber number, std::unique_ptr<filestore::Upload> upload)
      : number_(number), upload_(std::move(upload)) {}
  void write(std::string_view bytes) override { upload_->write(bytes); }
  std::string commit() override { return place_id(number_, upload_->commit()); }
  [[nodiscard]] std::string id() const override { return place_id(number_, upload_->id()); }

 private:
  StoreNumber number_;
  std::unique_ptr<filestore::Upload> upload_;
};

}  // namespace

const PlacedStore::Part* PlacedStore::find_part(StoreNumber number) const {
  for (const Part& part : parts_)
    if (part.number == number) return &part;
  return nullptr;
}

const PlacedStore::Part& PlacedStore::part(StoreNumber number) const {
  if (const Part* found = find_part(number)) return *found;
  throw StoreError(StoreError::Kind::Missing,
                   fmt::format("the context has no file store of number {}", number));
}

std::unique_ptr<filestore::Upload> PlacedStore::create() {
  return std::make_unique<PlacedUpload>(takes_new_, part(takes_new_).store->create());
}

std::unique_ptr<filestore::Reader> PlacedStore::open(std::string_view id, std::int64_t offset,
                                                     std::int64_t length) {
  const auto [number, inner] = split_place(id);
  return part(number).store->open(inner, offset, length);
}

std::int64_t PlacedStore::size(std::string_view id) {
  const auto [number, inner] = split_place(id);
  return part(number).store->size(inner);
}

std::unique_ptr<filestore::Upload> PlacedStore::append(std::string_view id, std::int64_t offset) {
  const auto [number, inner] = split_place(id);
  return std::make_unique<PlacedUpload>(number, part(number).store->append(inner, offset));
}

bool PlacedStore::remove(std::string_view id) {
  const auto [number, inner] = split_place(id);
  return part(number).store->remove(inner);
}

void PlacedStore::list(const std::function<bool(const filestore::StoredFile&)>& visit) {
  bool goes_on = true;
  for (const Part& part : parts_) {
    if (!goes_on) return;
    part.store->list([&](const filestore::StoredFile& file) {
      goes_on = visit({place_id(part.number, file.id), file.size, file.modified});
      return goes_on;
    });
  }
}

std::int64_t PlacedStore::remove_stale_uploads(std::chrono::seconds age) {
  std::int64_t removed = 0;
  for (const Part& part : parts_) removed += part.store->remove_stale_uploads(age);
  return removed;
}

void PlacedStore::remove_all() {
  for (const Part& part : parts_) part.store->remove_all();
}

std::optional<std::string> PlacedStore::local_path(std::string_view id) const {
  const auto [number, inner] = split_place(id);
  const Part* found = find_part(number);
  return found == nullptr ? std::nullopt : found->store->local_path(inner);
}

}  // namespace gw::model::files
