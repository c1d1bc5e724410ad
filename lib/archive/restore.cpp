#include "archive/restore.hpp"

#include <charconv>
#include <map>
#include <vector>

#include "archive/broken_archive.hpp"
#include "archive/restored_rows.hpp"
#include "archive/scratch.hpp"
#include "archive/verify.hpp"
#include "core/error.hpp"
#include "core/log.hpp"
#include "filestore/file_store.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/files/file_spaces.hpp"
#include "sql/error.hpp"

namespace gw::archive {
namespace {

using model::ProvisioningError;

constexpr std::size_t kRestoredAtOnce = 65'536;
constexpr std::string_view kRowsFolder = "rows/", kFilesFolder = "files/", kRowsSuffix = ".jsonl";

/// Files that were put into the store for a restore. Destroyed before they are kept, they go again.
class RestoredFiles {
 public:
  RestoredFiles(const model::Environment& environment, Scratch& scratch,
                std::vector<model::files::NamedStore> stores)
      : environment_(environment), scratch_(scratch), stores_(std::move(stores)) {}
  RestoredFiles(const RestoredFiles&) = delete;
  RestoredFiles& operator=(const RestoredFiles&) = delete;
  ~RestoredFiles() {
    if (!is_kept_) remove_all();
  }

  /// `path`: `files/OWNER/ID`.
  void take(TarReader& reader, std::string_view path) {
    path.remove_prefix(kFilesFolder.size());
    const std::size_t slash = path.find('/');
    model::files::FileOwner owner = 0;
    const auto number = std::from_chars(path.data(), path.data() + std::min(slash, path.size()), owner);
    if (slash == std::string_view::npos || number.ec != std::errc())
      throw BrokenArchive("the archive has a file of nobody");
    const std::string old_id(path.substr(slash + 1));
    if (scratch_.find_file(owner, old_id)) return;
    const auto upload = store_of(owner).create();
    std::vector<char> buffer(kRestoredAtOnce);
    while (const std::size_t count = reader.read(buffer)) {
      upload->write({buffer.data(), count});
      bytes += static_cast<std::int64_t>(count);
    }
    scratch_.note_file(owner, old_id, upload->commit());
    ++files;
  }
  void keep() { is_kept_ = true; }

  std::int64_t files = 0;
  std::int64_t bytes = 0;

 private:
  filestore::FileStore& store_of(model::files::FileOwner owner) {
    auto& store = opened_[owner];
    if (!store) store = model::files::open_space(environment_, scratch_.context(), owner, stores_);
    return *store;
  }

  void remove_all() noexcept {
    try {
      scratch_.for_each_file(
          [&](model::files::FileOwner owner, const std::string& id) { store_of(owner).remove(id); });
    } catch (const std::exception& problem) {
      log(LogLevel::Warning, "GW0720",
          std::string("files of a restore that failed stay in the file store; groupwarectl check --files "
                      "--repair removes them: ") +
              problem.what());
    }
  }

  const model::Environment& environment_;
  Scratch& scratch_;
  const std::vector<model::files::NamedStore> stores_;
  std::map<model::files::FileOwner, std::unique_ptr<filestore::FileStore>> opened_;
  bool is_kept_ = false;
};

void load_rows(TarReader& reader, Scratch& scratch, std::string_view path) {
  path.remove_prefix(kRowsFolder.size());
  if (!path.ends_with(kRowsSuffix)) throw BrokenArchive("the archive has rows without a table");
  path.remove_suffix(kRowsSuffix.size());
  const auto table = scratch.open_table(path);
  std::vector<char> buffer(kRestoredAtOnce);
  while (const std::size_t count = reader.read(buffer)) table->add({buffer.data(), count});
  table->finish();
}

void load(int descriptor, Scratch& scratch, RestoredFiles& files) {
  TarReader reader(descriptor);
  while (const auto entry = reader.next()) {
    if (entry->path.starts_with(kRowsFolder)) load_rows(reader, scratch, entry->path);
    if (entry->path.starts_with(kFilesFolder)) files.take(reader, entry->path);
  }
  scratch.finish();
}

/// Errors: ProvisioningError Invalid.
ContextId choose_context(const Manifest& manifest, const RestoreRequest& request) {
  const ContextId wanted = request.as_context.value_or(manifest.context);
  const bool is_elsewhere = wanted != manifest.context || request.as_name;
  if (manifest.user && is_elsewhere)
    throw ProvisioningError(ProvisioningError::Kind::Invalid,
                            "The backup of a user can be restored into its own context only, which is " +
                                std::to_string(manifest.context.value));
  if (wanted.value < 1 || wanted.value > INT32_MAX)
    throw ProvisioningError(ProvisioningError::Kind::Invalid,
                            "The context id must be between 1 and 2147483647");
  return wanted;
}

RowCounts write_rows(model::UnitOfWork& work, Scratch& scratch, const Manifest& manifest,
                     const std::string& name) {
  RowCounts counts;
  work.write([&](model::Transaction& transaction) {
    counts = manifest.user ? restore_user_rows(transaction, scratch, manifest)
                           : restore_context_rows(transaction, scratch, name);
  });
  return counts;
}

}  // namespace

RestoreReport restore(model::Environment& environment, int descriptor, const RestoreRequest& request) {
  RestoreReport report;
  report.manifest = verify_archive(descriptor).manifest;
  const Manifest& manifest = report.manifest;
  report.context = choose_context(manifest, request);
  const std::string name =
      model::contexts::check_context_name(request.as_name.value_or(manifest.context_name), report.context);
  model::UnitOfWork work(environment, model::contexts::provisioning_caller(report.context));
  // Asked again inside of the transaction; here so that nothing is copied for nothing.
  if (manifest.user)
    check_user_is_free(work.connection(), manifest);
  else
    check_context_is_free(work.connection(), report.context, name);
  auto stores = model::files::list_stores(work.connection(), report.context);
  work.release();

  Scratch scratch(manifest.schema, report.context);
  RestoredFiles files(environment, scratch, std::move(stores));
  load(descriptor, scratch, files);
  try {
    const RowCounts counts = write_rows(work, scratch, manifest, name);
    report.rows = counts.rows;
    report.passed_over = counts.passed_over;
  } catch (const sql::SqlError& error) {
    // A row without its file would be worse than a file without a row.
    if (error.kind() == sql::ErrorKind::UnknownOutcome) files.keep();
    throw;
  }
  files.keep();
  work.release();
  report.files = files.files;
  report.bytes = files.bytes;
  if (request.mails && manifest.has_mail) {
    TarReader reader(descriptor);
    report.mails = request.mails(reader, report.context);
  }
  return report;
}

}  // namespace gw::archive
