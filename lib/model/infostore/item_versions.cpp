// Removing versions. Numbers are never used again. Source: spec infostore 3.
#include <algorithm>

#include "core/errors/infostore.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {

std::vector<std::int64_t> ItemWriter::remove_versions(Item& item, std::span<const std::int64_t> versions) {
  const ObjectId id(item.id);
  std::vector<std::int64_t> kept;
  std::vector<store::FileRow> rows = store::files_of_item(connection_, context_, id);
  std::vector<files::FileName> removed;
  for (const std::int64_t version : versions) {
    const auto file =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.version == version; });
    if (file == rows.end()) {
      kept.push_back(version);
      continue;
    }
    store::remove_version(connection_, context_, id, version);
    removed.push_back(std::move(file->file));
    rows.erase(file);
  }
  files::discard_files(transaction_, context_, removed);
  item.number_of_versions = static_cast<std::int64_t>(rows.size());
  return kept;
}

std::vector<std::int64_t> ItemWriter::detach(ItemRef ref, std::span<const std::int64_t> versions,
                                             Millis known) {
  const Target target = load(ref);
  const Item& before = target.item;
  if (!target.access.remove) throw ApiError(errors::ifo::kNoDeleteVersion);
  if (locks_.is_blocked(locks_.covering(ObjectId(before.id), FolderId(before.folder_id))))
    return {versions.begin(), versions.end()};
  check_unchanged(before, known);
  return drop_versions(before, versions);
}

std::vector<std::int64_t> ItemWriter::drop_versions(const Item& before,
                                                    std::span<const std::int64_t> versions) {
  Item item = before;
  const auto kept = remove_versions(item, versions);
  if (item.number_of_versions == before.number_of_versions) return kept;
  const auto remaining = store::list_versions(connection_, context_, work_.now(), ObjectId(item.id));
  const bool has_current = std::any_of(remaining.begin(), remaining.end(), [&](const Item& row) {
    return row.version == before.current_version;
  });
  if (!has_current) {
    const std::int64_t count = item.number_of_versions;
    item = remaining.back();
    item.object_permissions = before.object_permissions;
    item.current_version = item.version;
    item.number_of_versions = count;
    settle_name(item, before, {}, OnCollision::Rename);
    store::update_version(connection_, context_, item);
  }
  touch(item);
  store::update_item(connection_, context_, item);
  raise(ChangeKind::Updated, item);
  return kept;
}

void ItemWriter::revert(ItemRef ref, Millis known) {
  const Target target = load(ref);
  if (!target.access.remove) throw ApiError(errors::ifo::kNoDeleteVersion);
  locks_.check(target.item);
  std::vector<std::int64_t> all;
  for (const store::FileRow& file : store::files_of_item(connection_, context_, ref.id))
    all.push_back(file.version);
  detach(ref, all, known);
}

std::vector<std::int64_t> detach(UnitOfWork& work, ItemRef ref, std::span<const std::int64_t> versions,
                                 Millis known, Millis& timestamp) {
  std::vector<std::int64_t> kept;
  work.write([&](Transaction& transaction) {
    kept = ItemWriter(transaction).detach(ref, versions, known);
    timestamp = transaction.stamp();
  });
  return kept;
}

Millis revert(UnitOfWork& work, ItemRef ref, Millis known) {
  Millis stamp;
  work.write([&](Transaction& transaction) {
    ItemWriter(transaction).revert(ref, known);
    stamp = transaction.stamp();
  });
  return stamp;
}

}  // namespace gw::model::infostore
