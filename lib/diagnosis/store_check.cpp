#include <array>

#include "diagnosis/checks.hpp"

namespace gw::diagnosis {
namespace {

constexpr std::string_view kProbe = "groupwarectl check";

}  // namespace

Findings check_file_store(const filestore::StoreRoot& store) try {
  const auto space = store.open("health_check");
  const auto upload = space->create();
  upload->write(kProbe);
  const std::string id = upload->commit();
  std::array<char, 64> bytes{};
  std::size_t size = 0;
  for (const auto reader = space->open(id); size < bytes.size();) {
    const std::size_t more = reader->read(std::span(bytes).subspan(size));
    if (more == 0) break;
    size += more;
  }
  const bool is_same = std::string_view(bytes.data(), size) == kProbe;
  const bool is_removed = space->remove(id);
  if (is_same && is_removed) return {};
  return {{"store-wrong", Severity::Error,
           is_same ? "a file cannot be removed from the store" : "what was written is not what is read",
           "look at the file system or the S3 service of " + store.place()}};
} catch (const filestore::StoreError& error) {
  const bool is_full = error.kind() == filestore::StoreError::Kind::Full;
  return {
      {is_full ? "store-full" : "store-unusable", Severity::Error, error.what(),
       is_full
           ? "make room, or move contexts to another store (groupwarectl filestore move)"
           : "check path, owner and rights of the folder, or endpoint, key and bucket of the S3 service"}};
}

}  // namespace gw::diagnosis
