// Items whose new folder has another owner: their bytes, and whom they count for, follow. The move itself is
// one transaction; the bytes are copied after it, file by file, because no connection may be held while they
// flow. A crash in between leaves a file where it was, and counted there: rows name store and owner of each.
// Source: spec infostore 12 (files in a folder count for its owner).
#include <fmt/format.h>

#include "core/errors/infostore.hpp"
#include "core/log.hpp"
#include "model/files/incoming_file.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {
namespace {

constexpr std::size_t kRehomedAtOnce = 65'536;

files::FileOwner owner_in(sql::Connection& connection, ContextId context, FolderId folder) {
  return files::owner_of_files(connection, context, folders::owner_of(connection, context, folder));
}

void copy_bytes(filestore::FileStore& source, files::IncomingFile& copy, const files::FileName& file) {
  const auto reader = source.open(file.id);
  std::string buffer(kRehomedAtOnce, '\0');
  while (const std::size_t count = reader->read(buffer))
    copy.write(std::string_view(buffer).substr(0, count));
}

/// Errors: IFO-0438 when the item moved on or lost this version meanwhile.
void name_copy(Transaction& transaction, const store::FileRow& row, const files::IncomingFile& copy) {
  UnitOfWork& work = transaction.work();
  sql::Connection& connection = transaction.connection();
  transaction.stamp();
  const auto item = store::find(connection, work.context(), work.now(), row.item, kCurrentVersion);
  const bool is_wanted =
      item && owner_in(connection, work.context(), FolderId(item->folder_id)) == copy.owner;
  if (!is_wanted || !store::replace_file(connection, work.context(), row, copy.name()))
    throw ApiError(errors::ifo::kGone);
  files::check_room(files::load_space(connection, work.context(), copy.owner), copy.size);
  files::add_used_bytes(connection, work.context(), copy.owner, copy.size);
  files::discard_files(transaction, work.context(), {row.file});
}

void move_bytes(UnitOfWork& work, const store::FileRow& row, files::FileOwner owner) {
  files::IncomingFile copy(work, owner, row.file.size);
  try {
    copy_bytes(*files::open_space_of(work, row.file.owner, row.file.id), copy, row.file);
  } catch (const filestore::StoreError& problem) {
    throw files::to_api_error(problem);
  }
  files::IncomingFile* const incoming = &copy;
  files::write_with_files(work, std::span(&incoming, 1),
                          [&](Transaction& transaction) { name_copy(transaction, row, copy); });
}

}  // namespace

void ItemWriter::rehome(const Item& item, FolderId folder) {
  const files::FileOwner owner = owner_in(connection_, context_, folder);
  std::vector<store::FileRow> rows;
  std::int64_t bytes = 0;
  for (store::FileRow& row : store::files_of_item(connection_, context_, ObjectId(item.id))) {
    if (row.file.owner == owner) continue;
    bytes += row.file.size;
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return;
  // Nothing is counted before COMMIT: what the items before this one bring is added here.
  std::int64_t& arriving = arriving_[owner];
  files::check_room(files::load_space(connection_, context_, owner), arriving + bytes);
  arriving += bytes;
  transaction_.after_commit(
      [&environment = work_.environment(), caller = caller_, rows = std::move(rows), owner] {
        for (const store::FileRow& row : rows) {
          try {
            UnitOfWork work(environment, caller);
            move_bytes(work, row, owner);
          } catch (const std::exception& problem) {
            log(LogLevel::Warning, "GW0314",
                fmt::format("version {} of moved file {} in context {} stays in its old store: {}",
                            row.version, row.item.value, caller.context.value, problem.what()));
          }
        }
      });
}

}  // namespace gw::model::infostore
