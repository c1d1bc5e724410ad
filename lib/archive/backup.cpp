#include "archive/backup.hpp"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "archive/line_cutter.hpp"
#include "archive/manifest.hpp"
#include "archive/portable.hpp"
#include "archive/user_rows.hpp"
#include "core/error.hpp"
#include "core/errors/account.hpp"
#include "filestore/file_store.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/files/file_spaces.hpp"
#include "model/users/user_directory.hpp"
#include "sql/schema/schema.hpp"

namespace gw::archive {
namespace {

using mailbox::Spool;

constexpr std::size_t kFileAtOnce = 65'536;
constexpr std::size_t kLongestReference = 1'024;

/// The rows of one table, and how many they are.
struct TableRows {
  const Content* content = nullptr;
  Spool lines;
};

/// What one look at the database gave.
struct Taken {
  Manifest manifest;
  UserId admin;
  std::vector<TableRows> tables;
  std::vector<PortableFolder> folders;
  std::vector<UserId> users;  ///< whose mails are taken
  std::vector<model::files::NamedStore> stores;
  /// Lines "owner id": what rows name.
  Spool file_names;
  std::int64_t rows = 0;
};

Manifest describe(sql::Connection& connection, const BackupRequest& request, Millis now) {
  const auto context = model::contexts::find_context(connection, request.context);
  if (!context) throw ApiError(errors::ctx::kNotFound, {std::to_string(request.context.value)});
  Manifest manifest;
  manifest.schema = sql::current_version(connection);
  manifest.context = context->id;
  manifest.context_name = context->name;
  manifest.created = now;
  manifest.has_mail = static_cast<bool>(request.mails);
  if (request.user) {
    manifest.user = request.user;
    manifest.login = model::users::load_user(connection, context->id, *request.user).login;
  }
  return manifest;
}

/// Keeps rows as text, and the names of their files.
class RowKeeper {
 public:
  RowKeeper(Taken& taken, const Content& content, const sql::TableLayout& table)
      : taken_(taken), content_(content), table_(table) {}
  void keep(const Row& row) {
    lines_.append(format_row(row, table_));
    ++taken_.rows;
    if (content_.file.column.empty()) return;
    const auto* id = std::get_if<std::string>(&row[column_index(table_, content_.file.column)]);
    if (id == nullptr || id->empty()) return;
    const std::int64_t owner = content_.file.owner.empty()
                                   ? content_.file.fixed_owner
                                   : integer_of(row, column_index(table_, content_.file.owner));
    taken_.file_names.append(fmt::format("{} {}\n", owner, *id));
  }
  void finish() { taken_.tables.push_back({&content_, std::move(lines_)}); }

 private:
  Taken& taken_;
  const Content& content_;
  const sql::TableLayout& table_;
  Spool lines_;
};

void take_rows(sql::Connection& connection, const BackupRequest& request, Taken& taken) {
  const auto layout = sql::layout_at(taken.manifest.schema);
  std::optional<UserIds> ids;
  if (request.user) ids.emplace(connection, request.context, *request.user);
  for (const Content& content : contents()) {
    if (content.kept == Kept::Never || (request.user && content.kept == Kept::WithContext)) continue;
    const sql::TableLayout* table = sql::find_table(layout, content.table);
    if (table == nullptr) continue;
    RowKeeper keeper(taken, content, *table);
    const auto keep = [&](const Row& row) { keeper.keep(row); };
    if (ids)
      ids->read(connection, content, *table, keep);
    else
      read_rows(connection, *table, request.context, {}, keep);
    keeper.finish();
  }
  std::optional<std::vector<std::int64_t>> only;
  if (ids) only = ids->of(Ids::Folders);
  taken.folders = list_portable(connection, request.context, std::move(only));
}

Taken look(model::UnitOfWork& work, const BackupRequest& request) {
  Taken taken;
  work.snapshot([&](sql::Connection& connection) {
    taken = {};
    taken.manifest = describe(connection, request, work.now());
    taken.admin = model::contexts::find_context(connection, request.context)->admin;
    taken.stores = model::files::list_stores(connection, request.context);
    taken.users = request.user ? std::vector{*request.user}
                               : model::users::list_internal_ids(connection, request.context);
    take_rows(connection, request, taken);
  });
  work.release();
  return taken;
}

/// Copies the files that rows name. One that is not there is told of, and its row stays as it is.
class FileCopier {
 public:
  FileCopier(const model::Environment& environment, const Taken& taken, TarWriter& tar, BackupReport& report)
      : environment_(environment), taken_(taken), tar_(tar), report_(report) {}

  void copy(std::string_view line) {
    const std::size_t blank = line.find(' ');
    const std::string owner(line.substr(0, blank)), id(line.substr(blank + 1));
    if (std::exchange(last_, std::string(line)) == line) return;
    try {
      copy(std::stoll(owner), id);
    } catch (const filestore::StoreError& problem) {
      if (problem.kind() != filestore::StoreError::Kind::Missing) throw;
      report_.missing.push_back("file " + id + " of owner " + owner);
    }
  }

 private:
  void copy(model::files::FileOwner owner, const std::string& id) {
    filestore::FileStore& store = store_of(owner);
    const std::int64_t size = store.size(id);
    const auto reader = store.open(id);
    tar_.begin(fmt::format("files/{}/{}", owner, id), size);
    std::vector<char> buffer(kFileAtOnce);
    while (const std::size_t count = reader->read(buffer)) tar_.write({buffer.data(), count});
    tar_.end();
    ++report_.files;
    report_.bytes += size;
  }

  filestore::FileStore& store_of(model::files::FileOwner owner) {
    auto& store = stores_[owner];
    if (!store) store = model::files::open_space(environment_, taken_.manifest.context, owner, taken_.stores);
    return *store;
  }

  const model::Environment& environment_;
  const Taken& taken_;
  TarWriter& tar_;
  BackupReport& report_;
  std::string last_;
  std::map<model::files::FileOwner, std::unique_ptr<filestore::FileStore>> stores_;
};

void write_files(const model::Environment& environment, const Taken& taken, TarWriter& tar,
                 BackupReport& report) {
  FileCopier copier(environment, taken, tar, report);
  LineCutter lines(kLongestReference, [&](std::string_view line) { copier.copy(line); });
  const mail::ByteSource source = taken.file_names.open();
  for (std::string piece = source(kFileAtOnce); !piece.empty(); piece = source(kFileAtOnce)) lines.add(piece);
}

/// As the owner sees his folder; of nobody's folders, as the administrator does.
model::Caller reader_of(model::Environment& environment, const Taken& taken, UserId owner) {
  model::UnitOfWork work(environment, {});
  work.enter(taken.manifest.context);
  const UserId user = owner ? owner : taken.admin;
  auto caller = model::users::load_caller(work.connection(), taken.manifest.context, user);
  return caller ? std::move(*caller) : model::contexts::provisioning_caller(taken.manifest.context, user);
}

/// A row that these formats cannot carry, or that a disk damaged, spoils its folder's text only: the rows are
/// there.
void write_folders(model::Environment& environment, const Taken& taken, TarWriter& tar,
                   BackupReport& report) {
  for (const PortableFolder& folder : taken.folders) {
    std::optional<Spool> text;
    try {
      text = write_portable(environment, reader_of(environment, taken, folder.owner), folder);
    } catch (const ApiError&) {
      continue;  // gone meanwhile, or nobody's to read
    } catch (const std::exception& problem) {
      report.missing.push_back(portable_path(folder) + ": " + problem.what());
      continue;
    }
    tar.add(portable_path(folder), *text);
  }
}

/// A user whose mailbox does not open keeps nobody else's mails from being saved.
void write_user_mails(const BackupRequest& request, UserId user, TarWriter& tar, BackupReport& report) {
  try {
    report.mails += request.mails(tar, user);
  } catch (const ApiError& problem) {
    report.missing.push_back(fmt::format("mails of user {}: {}", user.value, problem.what()));
  }
}

}  // namespace

BackupReport write_backup(model::Environment& environment, const BackupRequest& request,
                          const TarWriter::Output& output) {
  model::UnitOfWork work(environment, model::contexts::provisioning_caller(request.context));
  const Taken taken = look(work, request);
  BackupReport report;
  report.rows = taken.rows;
  TarWriter tar(output, request.compression, taken.manifest.created);
  tar.add(kManifestName, to_json(taken.manifest).dump() + '\n');
  for (const TableRows& table : taken.tables)
    if (table.lines.size() > 0) tar.add(fmt::format("rows/{}.jsonl", table.content->table), table.lines);
  write_files(environment, taken, tar, report);
  write_folders(environment, taken, tar, report);
  if (request.mails)
    for (const UserId user : taken.users) write_user_mails(request, user, tar, report);
  tar.finish();
  return report;
}

}  // namespace gw::archive
