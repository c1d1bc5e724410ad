#include "model/files/file_consistency.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "model/files/file_moves.hpp"

namespace gw::model::files {
namespace {

struct Row {
  const FileReferences* source = nullptr;
  FileReference reference;
  bool has_file = false;
};

/// Two numbers may mean one store, when the server's own was given another address: a file is named by
/// whatever row speaks of its place. Without that, files would look like orphans.
class Places {
 public:
  Places(const Environment& environment, const std::vector<NamedStore>& stores) {
    std::map<std::string, StoreNumber> first;
    if (environment.files != nullptr) first.emplace(environment.files->place(), kServerStore);
    for (const NamedStore& store : stores)
      same_[store.number] = first.try_emplace(open_root(store)->place(), store.number).first->second;
  }
  /// One spelling for one file.
  [[nodiscard]] std::string spell(std::string_view file_id) const {
    const auto [number, id] = split_place(file_id);
    const auto known = same_.find(number);
    return known == same_.end() ? std::string(file_id) : place_id(known->second, id);
  }

 private:
  std::map<StoreNumber, StoreNumber> same_;
};

/// The context's own store may hold orphans although no row speaks of it.
std::vector<FileOwner> owners_to_check(UnitOfWork& work) {
  std::vector<FileOwner> owners = recorded_owners(work.connection(), work.context());
  if (!std::binary_search(owners.begin(), owners.end(), kContextFiles))
    owners.insert(owners.begin(), kContextFiles);
  return owners;
}

/// Files first, rows after: what was stored between the two has a row and is no orphan.
std::map<std::string, filestore::StoredFile> list_store(filestore::FileStore& store, const Places& places) {
  std::map<std::string, filestore::StoredFile> found;
  store.list([&](const filestore::StoredFile& file) {
    found.emplace(places.spell(file.id), file);
    return true;
  });
  return found;
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

std::int64_t sum_of_rows(sql::Connection& connection, ContextId context, FileOwner owner) {
  std::int64_t bytes = 0;
  for (const FileReferences* source : all_references())
    source->scan(connection, context, owner,
                 [&](const FileReference& reference) { bytes += reference.file.size; });
  return bytes;
}

void check_space(UnitOfWork& work, FileOwner owner, FileFindings& findings) {
  const std::vector<NamedStore> stores = list_stores(work.connection(), work.context());
  work.release();
  const Places places(work.environment(), stores);
  const auto store = open_space(work.environment(), work.context(), owner, stores);
  const std::map<std::string, filestore::StoredFile> stored = list_store(*store, places);
  std::unordered_map<std::string, Row> rows;
  std::set<std::string> moving;
  std::int64_t recorded = 0, bytes = 0;
  // One state: what is stored while the rows are read must not look like wrong usage.
  work.snapshot([&](sql::Connection& connection) {
    rows.clear();
    for (const FileReferences* source : all_references())
      source->scan(connection, work.context(), owner, [&](const FileReference& reference) {
        rows.emplace(places.spell(reference.file.id), Row{source, reference});
      });
    moving.clear();
    for (const FileMove& move : list_moves(connection, work.context())) {
      moving.insert(places.spell(move.old_id));
      moving.insert(places.spell(move.new_id));
    }
    bytes = sum_of_rows(connection, work.context(), owner);
    recorded = used_bytes(connection, work.context(), owner);
  });
  work.release();
  if (recorded != bytes) findings.usage.push_back({owner, recorded, bytes});
  const std::string space = space_name(work.context(), owner);
  for (const auto& [spelled, file] : stored) {
    const auto row = rows.find(spelled);
    if (row != rows.end())
      row->second.has_file = true;
    else if (!moving.contains(spelled) && file.modified.value + kGraceMillis <= work.now().value)
      findings.orphans.push_back({space, file.id, file.size});
  }
  for (const auto& [spelled, row] : rows)
    if (!row.has_file && is_gone(*store, row.reference.file.id))
      findings.missing.push_back({row.reference, row.source->describe(row.reference), space, row.source});
}

void mend_stores(UnitOfWork& work, const FileFindings& findings) {
  for (const FileOwner owner : owners_to_check(work)) {
    const auto store = open_space(work, owner);
    const std::string space = space_name(work.context(), owner);
    for (const OrphanFile& orphan : findings.orphans)
      if (orphan.space == space) store->remove(orphan.file_id);
    store->remove_stale_uploads(kStaleUpload);
  }
}

}  // namespace

std::int64_t remove_stale_uploads(UnitOfWork& work) {
  std::int64_t removed = 0;
  try {
    for (const FileOwner owner : owners_to_check(work))
      removed += open_space(work, owner)->remove_stale_uploads(kStaleUpload);
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
  return removed;
}

FileFindings check_files(UnitOfWork& work) {
  FileFindings findings;
  try {
    for (const FileOwner owner : owners_to_check(work)) check_space(work, owner, findings);
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
  std::sort(findings.missing.begin(), findings.missing.end(), [](const auto& a, const auto& b) {
    return std::pair(a.reference.object, a.reference.part) < std::pair(b.reference.object, b.reference.part);
  });
  return findings;
}

void mend_files(UnitOfWork& work, const FileFindings& findings) {
  try {
    mend_stores(work, findings);
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    for (const MissingFile& missing : findings.missing)
      missing.source->forget(transaction, missing.reference);
    sql::Connection& connection = transaction.connection();
    // Counted again: others have stored files since the check.
    for (const FileOwner owner : recorded_owners(connection, work.context()))
      set_used_bytes(connection, work.context(), owner, sum_of_rows(connection, work.context(), owner));
  });
}

}  // namespace gw::model::files
