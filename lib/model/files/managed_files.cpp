#include "model/files/managed_files.hpp"

#include <fmt/format.h>

#include "core/errors/account.hpp"
#include "core/random.hpp"

namespace gw::model::files {
namespace {

constexpr std::string_view kFind =
    "SELECT id,filename,file_mimetype,file_id,file_size,valid_until FROM managed_files WHERE cid=? AND id=? "
    "AND "
    "user_id=? AND valid_until>?";
constexpr std::string_view kAll =
    "SELECT id,filename,file_mimetype,file_id,file_size,valid_until FROM managed_files WHERE cid=?";
constexpr std::string_view kExpired =
    "SELECT id,filename,file_mimetype,file_id,file_size,valid_until FROM managed_files WHERE cid=? AND "
    "valid_until<=?";
constexpr std::string_view kCount =
    "SELECT COUNT(*) FROM managed_files WHERE cid=? AND user_id=? AND valid_until>?";
constexpr std::string_view kInsertFile =
    "INSERT INTO managed_files (cid,id,user_id,valid_until,filename,file_size,file_mimetype,file_id) VALUES "
    "(?,?,?,?,?,?,?,?)";
constexpr std::string_view kProlong = "UPDATE managed_files SET valid_until=? WHERE cid=? AND id=?";
constexpr std::string_view kDelete = "DELETE FROM managed_files WHERE cid=? AND id=?";
constexpr std::string_view kRename = "UPDATE managed_files SET file_id=? WHERE cid=? AND file_id=?";
constexpr std::string_view kForget = "DELETE FROM managed_files WHERE cid=? AND file_id=?";

ManagedFile read(const sql::Query& row) {
  return {row.string(0),
          row.string(1),
          row.string(2),
          {kContextFiles, row.string(3), row.integer(4)},
          row.millis(5)};
}

Millis end_of_life(const UnitOfWork& work) {
  return {work.now().value + std::chrono::milliseconds(kManagedLifetime).count()};
}

void remove_expired(Transaction& transaction) {
  UnitOfWork& work = transaction.work();
  std::vector<ManagedFile> expired;
  {
    sql::Query row = transaction.connection().query(kExpired, work.context(), work.now());
    while (row.next()) expired.push_back(read(row));
  }
  std::vector<FileName> files;
  for (const ManagedFile& file : expired) {
    transaction.connection().execute(kDelete, work.context(), file.id);
    files.push_back(file.file);
  }
  discard_files(transaction, work.context(), files);
}

void check_count(UnitOfWork& work, std::size_t more) {
  sql::Query row = work.connection().query(kCount, work.context(), work.caller().user, work.now());
  const std::int64_t used = row.next() ? row.integer(0) : 0;
  if (used + static_cast<std::int64_t>(more) > kMaxManagedFiles)
    throw ApiError(errors::quota::kExceeded,
                   {"managed files", std::to_string(used), std::to_string(kMaxManagedFiles)});
}

class ManagedReferences final : public FileReferences {
 public:
  [[nodiscard]] std::string describe(const FileReference& reference) const override {
    return fmt::format("managed file {}", reference.file.id);
  }
  void scan(sql::Connection& connection, ContextId context, FileOwner owner,
            const std::function<void(const FileReference&)>& visit) const override {
    if (owner != kContextFiles) return;
    sql::Query row = connection.query(kAll, context);
    while (row.next()) visit({read(row).file, {}, 0});
  }
  bool rename(Transaction& transaction, const FileReference& reference,
              const std::string& new_id) const override {
    return transaction.connection().execute(kRename, new_id, transaction.work().context(),
                                            reference.file.id) > 0;
  }
  void forget(Transaction& transaction, const FileReference& reference) const override {
    transaction.connection().execute(kForget, transaction.work().context(), reference.file.id);
  }
};

}  // namespace

std::vector<std::string> keep_managed_files(UnitOfWork& work, std::span<NewManagedFile> files) {
  std::vector<IncomingFile*> incoming;
  for (const NewManagedFile& file : files) incoming.push_back(file.bytes.get());
  std::vector<std::string> ids;
  write_with_files(work, incoming, [&](Transaction& transaction) {
    ids.clear();
    transaction.stamp();
    remove_expired(transaction);
    check_count(work, files.size());
    for (const NewManagedFile& file : files) {
      const FileName name = file.bytes->name();
      check_room(load_space(transaction.connection(), work.context(), name.owner), name.size);
      add_used_bytes(transaction.connection(), work.context(), name.owner, name.size);
      ids.push_back(random_hex(16));
      transaction.connection().execute(kInsertFile, work.context(), ids.back(), work.caller().user,
                                       end_of_life(work), file.name, name.size, file.media_type, name.id);
    }
  });
  return ids;
}

std::optional<ManagedFile> use_managed_file(UnitOfWork& work, std::string_view id) {
  std::optional<ManagedFile> found;
  {
    sql::Query row = work.connection().query(kFind, work.context(), id, work.caller().user, work.now());
    if (row.next()) found = read(row);
  }
  if (!found) return found;
  const Millis later = end_of_life(work);
  // Not at each request: half of the time is enough.
  if ((later.value - found->valid_until.value) * 2 < std::chrono::milliseconds(kManagedLifetime).count())
    return found;
  work.write([&](Transaction& transaction) {
    transaction.connection().execute(kProlong, later, work.context(), id);
  });
  return found;
}

const FileReferences& managed_file_references() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const ManagedReferences* const references = new ManagedReferences;
  return *references;
}

}  // namespace gw::model::files
