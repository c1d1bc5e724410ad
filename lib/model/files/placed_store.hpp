// One name space in several stores at once: a file's identifier tells which of them keeps it, new files go to
// one of them. What services see as the store of a context or user.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/files/context_stores.hpp"

namespace gw::model::files {

class PlacedStore final : public filestore::FileStore {
 public:
  struct Part {
    StoreNumber number = kServerStore;
    /// Keeps the connections of `store`; null for the server's own, which outlives every request.
    std::shared_ptr<const filestore::StoreRoot> root;
    std::unique_ptr<filestore::FileStore> store;
  };
  PlacedStore(std::vector<Part> parts, StoreNumber takes_new)
      : parts_(std::move(parts)), takes_new_(takes_new) {}

  std::unique_ptr<filestore::Upload> create() override;
  std::unique_ptr<filestore::Reader> open(std::string_view id, std::int64_t offset,
                                          std::int64_t length) override;
  std::int64_t size(std::string_view id) override;
  /// Into the store that keeps the old bytes.
  std::unique_ptr<filestore::Upload> append(std::string_view id, std::int64_t offset) override;
  bool remove(std::string_view id) override;
  void list(const std::function<bool(const filestore::StoredFile&)>& visit) override;
  std::int64_t remove_stale_uploads(std::chrono::seconds age) override;
  void remove_all() override;
  [[nodiscard]] std::optional<std::string> local_path(std::string_view id) const override;

 private:
  /// Errors: StoreError Missing for a store that the context does not have.
  [[nodiscard]] const Part& part(StoreNumber number) const;
  [[nodiscard]] const Part* find_part(StoreNumber number) const;

  std::vector<Part> parts_;
  StoreNumber takes_new_;
};

}  // namespace gw::model::files
