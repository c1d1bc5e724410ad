#include "model/files/incoming_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/log.hpp"

namespace gw::model::files {

IncomingFile::IncomingFile(UnitOfWork& work, FileOwner whose, std::int64_t size_hint) : owner(whose) {
  space = load_space(work.connection(), work.context(), owner, work.caller().marks);
  check_room(space, std::max<std::int64_t>(size_hint, 0));
  store = open_space(work, owner);
  try {
    upload = store->create();
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
}

IncomingFile::IncomingFile(UnitOfWork& work, const FileName& continued, std::int64_t size_hint)
    : owner(continued.owner), size(continued.size), continued_size(continued.size) {
  space = load_space(work.connection(), work.context(), owner, work.caller().marks);
  check_room(space, std::max<std::int64_t>(size_hint, 0));
  store = open_space_of(work, owner, continued.id);
  try {
    upload = store->append(continued.id, continued.size);
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
}

IncomingFile::~IncomingFile() {
  if (file_id.empty() || is_kept) return;
  try {
    store->remove(file_id);
  } catch (const std::exception& problem) {
    log(LogLevel::Warning, "GW0311",
        fmt::format("a file that was not stored after all could not be removed: {}", problem.what()));
  }
}

void IncomingFile::write(std::string_view bytes) {
  const auto more = static_cast<std::int64_t>(bytes.size());
  check_room(space, added_bytes() + more);
  try {
    upload->write(bytes);
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
  md5.update(bytes);
  size += more;
}

void IncomingFile::commit() {
  try {
    file_id = upload->commit();
    upload.reset();
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
  // Of a continued file only the new bytes were seen.
  std::string sum = continued_size > 0 ? std::string() : md5.finish();
  if (!sum.empty()) md5sum = std::move(sum);
}

void write_with_files(UnitOfWork& work, std::span<IncomingFile* const> files,
                      const std::function<void(Transaction&)>& body) {
  const auto keep_all = [files] {
    for (IncomingFile* file : files) file->is_kept = true;
  };
  if (!files.empty()) work.release();
  for (IncomingFile* file : files)
    if (file->file_id.empty()) file->commit();
  try {
    work.write(body);
  } catch (const sql::SqlError& problem) {
    if (problem.kind() == sql::ErrorKind::UnknownOutcome) keep_all();
    throw;
  }
  keep_all();
}

}  // namespace gw::model::files
