#include "model/infostore/infostore_consistency.hpp"

#include <algorithm>
#include <unordered_map>

#include "model/infostore/file_spaces.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {
namespace {

struct Place {
  ObjectId item;
  std::int64_t version = 0;
  bool has_file = false;
};

/// Files first, rows after: what was stored between the two has a row and is no orphan.
std::vector<filestore::StoredFile> list_store(filestore::FileStore& store) {
  std::vector<filestore::StoredFile> files;
  store.list([&](const filestore::StoredFile& file) {
    files.push_back(file);
    return true;
  });
  return files;
}

/// A list may miss what was stored while it ran, so the store is asked for each file that is not in it.
bool is_gone(filestore::FileStore& store, const std::string& file_id) {
  try {
    store.size(file_id);
    return false;
  } catch (const filestore::StoreError& problem) {
    if (problem.kind() == filestore::StoreError::Kind::Missing) return true;
    throw;
  }
}

void check_space(UnitOfWork& work, FileOwner owner, FileFindings& findings) {
  const auto store = open_space(work.environment(), work.context(), owner);
  work.release();
  const std::vector<filestore::StoredFile> files = list_store(*store);
  std::unordered_map<std::string, Place> rows;
  std::int64_t bytes = 0;
  store::scan_files(work.connection(), work.context(), owner, [&](const store::FileRow& row) {
    rows.emplace(row.file_id, Place{row.item, row.version});
    bytes += row.size;
  });
  const std::int64_t recorded = store::used_bytes(work.connection(), work.context(), owner);
  work.release();
  if (recorded != bytes) findings.usage.push_back({owner, recorded, bytes});
  const std::string space = space_name(work.context(), owner);
  for (const filestore::StoredFile& file : files) {
    const auto row = rows.find(file.id);
    if (row != rows.end())
      row->second.has_file = true;
    else if (file.modified.value + kGraceMillis <= work.now().value)
      findings.orphans.push_back({space, file.id, file.size});
  }
  for (const auto& [id, place] : rows)
    if (!place.has_file && is_gone(*store, id))
      findings.missing.push_back({place.item, place.version, space, id});
}

}  // namespace

FileFindings check_files(UnitOfWork& work) {
  FileFindings findings;
  // The context's own store may hold orphans although no row speaks of it.
  std::vector<FileOwner> owners = store::file_owners(work.connection(), work.context());
  if (!std::binary_search(owners.begin(), owners.end(), FileOwner{0})) owners.insert(owners.begin(), 0);
  try {
    for (const FileOwner owner : owners) check_space(work, owner, findings);
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
  std::sort(findings.missing.begin(), findings.missing.end(), [](const auto& a, const auto& b) {
    return std::pair(a.item, a.version) < std::pair(b.item, b.version);
  });
  return findings;
}

void ItemWriter::forget_version(ObjectId id, std::int64_t version, const std::string& file_id) {
  auto found = store::find(connection_, context_, work_.now(), id, kCurrentVersion);
  if (!found) return;
  found->object_permissions = store::load_permissions(connection_, context_, std::span(&id, 1))[id.value];
  const auto files = store::files_of_item(connection_, context_, id);
  const bool still_there = std::any_of(files.begin(), files.end(), [&](const store::FileRow& file) {
    return file.version == version && file.file_id == file_id;
  });
  if (!still_there) return;
  if (files.size() == 1)
    erase(*found);
  else
    drop_versions(*found, std::array{version});
}

void mend_files(UnitOfWork& work, const FileFindings& findings) {
  work.release();
  try {
    for (const OrphanFile& orphan : findings.orphans)
      if (work.environment().files != nullptr)
        work.environment().files->open(orphan.space)->remove(orphan.file_id);
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
  work.write([&](Transaction& transaction) {
    ItemWriter writer(transaction);
    for (const MissingFile& missing : findings.missing)
      writer.forget_version(missing.item, missing.version, missing.file_id);
    sql::Connection& connection = transaction.connection();
    // Counted again: others have stored files since the check.
    for (const FileOwner owner : store::file_owners(connection, work.context())) {
      std::int64_t bytes = 0;
      store::scan_files(connection, work.context(), owner,
                        [&](const store::FileRow& row) { bytes += row.size; });
      store::set_used_bytes(connection, work.context(), owner, bytes);
    }
  });
}

}  // namespace gw::model::infostore
