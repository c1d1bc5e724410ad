// Bytes on their way in. Source: spec infostore 6 and 14.
#include "core/errors/infostore.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/infostore/deposit_state.hpp"
#include "model/infostore/item_access.hpp"
#include "model/infostore/item_locks.hpp"

namespace gw::model::infostore {
namespace {

Item load_writable(UnitOfWork& work, ObjectId id) {
  sql::Connection& connection = work.connection();
  auto item = store::find(connection, work.context(), work.now(), id, kCurrentVersion);
  if (!item) throw ApiError(errors::ifo::kNotFound, {std::to_string(id.value)});
  FolderLookup folders(connection, work.caller());
  ItemAccess access = folders.access(*item);
  if (!access.write) {
    // The item's own permissions may give what the folder does not.
    item->object_permissions =
        store::load_permissions(connection, work.context(), std::span(&id, 1))[id.value];
    access = folders.access(*item);
  }
  check_readable(*item, access, folders);
  if (!access.write) throw ApiError(errors::ifo::kNoWrite);
  LockView(connection, work.caller(), work.now()).check(*item);
  return std::move(*item);
}

files::FileOwner owner_in(UnitOfWork& work, FolderId folder) {
  return files::owner_of_files(work.connection(), work.context(),
                               folders::owner_of(work.connection(), work.caller(), folder),
                               work.caller().marks);
}

}  // namespace

Deposit::Deposit(UnitOfWork& work, FolderId folder, std::optional<ObjectId> existing,
                 std::int64_t size_hint) {
  if (existing) {
    folder = FolderId(load_writable(work, *existing).folder_id);
  } else {
    load_target_folder(work.connection(), work.caller(), folder, errors::ifo::kNoCreate);
    LockView(work.connection(), work.caller(), work.now()).check_members(folder);
  }
  state = std::make_unique<State>(work, owner_in(work, folder), size_hint);
}

Deposit Deposit::append(UnitOfWork& work, ObjectId existing, std::int64_t offset, std::int64_t size_hint) {
  const Item item = load_writable(work, existing);
  if (!item.file_id) throw ApiError(errors::ifo::kNoFile);
  if (offset != item.file_size)
    throw ApiError(errors::fls::kOffset, {std::to_string(offset), std::to_string(item.file_size)});
  const files::FileName file{item.file_owner, *item.file_id, item.file_size};
  Deposit deposit;
  deposit.state = std::make_unique<State>(work, file, size_hint);
  deposit.state->continued = store::FileRow{existing, item.version, file};
  return deposit;
}

Deposit::Deposit(Deposit&&) noexcept = default;
Deposit::~Deposit() = default;

void Deposit::write(std::string_view bytes) { state->take(bytes); }

std::int64_t Deposit::size() const { return state->size; }

void write_with_file(UnitOfWork& work, std::optional<Deposit>& file,
                     const std::function<void(Transaction&, const Deposit::State*)>& body) {
  Deposit::State* const state = file ? file->state.get() : nullptr;
  files::IncomingFile* const incoming = state;
  files::write_with_files(work, std::span(&incoming, state == nullptr ? 0 : 1),
                          [&](Transaction& transaction) { body(transaction, state); });
}

}  // namespace gw::model::infostore
