// Bytes on their way in. Source: spec infostore 6 and 14.
#include <fmt/format.h>

#include "core/errors/infostore.hpp"
#include "core/log.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/infostore/deposit_state.hpp"
#include "model/infostore/item_access.hpp"
#include "model/infostore/item_locks.hpp"

namespace gw::model::infostore {
namespace {

Item load_writable(UnitOfWork& work, ObjectId id) {
  sql::Connection& connection = work.connection();
  auto item = store::find(connection, work.context(), work.now(), id, kCurrentVersion);
  const ApiError missing(errors::ifo::kNotFound, {std::to_string(id.value)});
  if (!item) throw missing;
  item->object_permissions = store::load_permissions(connection, work.context(), std::span(&id, 1))[id.value];
  FolderLookup folders(connection, work.caller());
  const ItemAccess access = folders.access(*item);
  if (!access.read && !access.write) throw missing;
  if (!access.write) throw ApiError(errors::ifo::kNoWrite);
  LockView(connection, work.caller(), work.now()).check(*item);
  return std::move(*item);
}

FileOwner owner_in(UnitOfWork& work, FolderId folder) {
  return owner_of_files(work.connection(), work.context(),
                        folders::owner_of(work.connection(), work.context(), folder));
}

void begin(UnitOfWork& work, Deposit::State& state, std::int64_t size_hint) {
  state.space = load_space(work.connection(), work.context(), state.owner);
  check_room(state.space, std::max<std::int64_t>(size_hint, 0));
  work.release();
  state.store = open_space(work.environment(), work.context(), state.owner);
}

}  // namespace

Deposit::Deposit(UnitOfWork& work, FolderId folder, std::optional<ObjectId> existing, std::int64_t size_hint)
    : state(std::make_unique<State>()) {
  if (existing) {
    folder = FolderId(load_writable(work, *existing).folder_id);
  } else {
    load_target_folder(work.connection(), work.caller(), folder, errors::ifo::kNoCreate);
    LockView(work.connection(), work.caller(), work.now()).check_members(folder);
  }
  state->owner = owner_in(work, folder);
  begin(work, *state, size_hint);
  try {
    state->upload = state->store->create();
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
}

Deposit Deposit::append(UnitOfWork& work, ObjectId existing, std::int64_t offset, std::int64_t size_hint) {
  Deposit deposit;
  deposit.state = std::make_unique<State>();
  State& state = *deposit.state;
  const Item item = load_writable(work, existing);
  if (!item.file_id) throw ApiError(errors::ifo::kNoFile);
  if (offset != item.file_size)
    throw ApiError(errors::fls::kOffset, {std::to_string(offset), std::to_string(item.file_size)});
  state.owner = item.file_owner;
  state.size = offset;
  state.continued = store::FileRow{existing, item.version, *item.file_id, item.file_owner, item.file_size};
  begin(work, state, size_hint);
  try {
    state.upload = state.store->append(*item.file_id, offset);
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
  return deposit;
}

Deposit::Deposit(Deposit&&) noexcept = default;

Deposit::~Deposit() {
  if (!state || state->file_id.empty() || state->is_kept) return;
  try {
    state->store->remove(state->file_id);
  } catch (const std::exception& problem) {
    log(LogLevel::Warning, "GW0311",
        fmt::format("a file that was not stored after all could not be removed: {}", problem.what()));
  }
}

void Deposit::write(std::string_view bytes) {
  const auto more = static_cast<std::int64_t>(bytes.size());
  check_room(state->space, state->added_bytes() + more);
  try {
    state->upload->write(bytes);
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
  state->md5.update(bytes);
  state->size += more;
}

std::int64_t Deposit::size() const { return state->size; }

void Deposit::State::commit() {
  try {
    file_id = upload->commit();
    upload.reset();
    const std::string sum = continued ? std::string() : md5.finish();
    if (!sum.empty()) md5sum = sum;
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
}

void write_with_file(UnitOfWork& work, std::optional<Deposit>& file,
                     const std::function<void(Transaction&, const Deposit::State*)>& body) {
  Deposit::State* const state = file ? file->state.get() : nullptr;
  if (state != nullptr) {
    work.release();
    state->commit();
  }
  try {
    work.write([&](Transaction& transaction) { body(transaction, state); });
  } catch (const sql::SqlError& problem) {
    if (state != nullptr && problem.kind() == sql::ErrorKind::UnknownOutcome) state->is_kept = true;
    throw;
  }
  if (state != nullptr) state->is_kept = true;
}

}  // namespace gw::model::infostore
