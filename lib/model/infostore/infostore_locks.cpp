#include "model/infostore/infostore_locks.hpp"

#include <algorithm>

#include "core/errors/infostore.hpp"
#include "core/random.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {
namespace {

std::string new_token() { return "opaquelocktoken:" + random_uuid(); }

/// Does a deep lock on `above` reach down to what `lock` covers?
bool lies_below(sql::Connection& connection, ContextId context, const Lock& lock, FolderId above) {
  FolderId place = lock.folder;
  if (lock.item) {
    const auto item = store::find(connection, context, {}, lock.item, kCurrentVersion);
    if (!item) return false;
    place = FolderId(item->folder_id);
  }
  const auto path = folders::path_of(connection, context, place);
  return std::any_of(path.begin(), path.end(), [&](const auto& step) { return step.id == above; });
}

void check_conflict(const Lock& wanted, const Lock& existing) {
  if (!wanted.is_shared || !existing.is_shared) throw ApiError(errors::ifo::kLocked);
}

}  // namespace

void ItemWriter::lock(ItemRef ref, Millis until) {
  const Target target = load(ref);
  if (!target.access.write) throw ApiError(errors::ifo::kNoLock);
  locks_.check(target.item);
  store::remove_expired_locks(connection_, context_, work_.now());
  const auto own = store::list_locks(connection_, context_, ref.id, work_.now());
  if (own.empty())
    store::insert_lock(connection_, context_,
                       {.token = new_token(),
                        .folder = {},
                        .item = ref.id,
                        .owner = caller_.user,
                        .owner_xml = {},
                        .until = until});
  else
    store::set_lock_end(connection_, context_, own.front().token, until);
  Item item = target.item;
  touch(item);
  store::update_item(connection_, context_, item);
  raise(ChangeKind::Updated, item);
}

void ItemWriter::unlock(ItemRef ref) {
  const Target target = load(ref);
  if (!target.access.write) throw ApiError(errors::ifo::kNoUnlock);
  const auto locks = store::list_locks(connection_, context_, ref.id, work_.now());
  const std::int64_t self = caller_.user.value;
  const bool may_free = target.item.created_by == self || target.item.modified_by == self;
  const bool all_own =
      std::all_of(locks.begin(), locks.end(), [&](const Lock& lock) { return lock.owner == caller_.user; });
  if (!may_free && !all_own) throw ApiError(errors::ifo::kLockedByOther);
  store::remove_locks_of_item(connection_, context_, ref.id);
  Item item = target.item;
  touch(item);
  store::update_item(connection_, context_, item);
  raise(ChangeKind::Updated, item);
}

void ItemWriter::note_lock(ObjectId id) {
  auto item = store::find(connection_, context_, work_.now(), id, kCurrentVersion);
  if (!item) return;
  item->object_permissions = store::load_permissions(connection_, context_, std::span(&id, 1))[id.value];
  touch(*item);
  store::update_item(connection_, context_, *item);
  raise(ChangeKind::Updated, *item);
}

Millis lock(UnitOfWork& work, ItemRef ref, std::optional<std::chrono::milliseconds> duration) {
  const std::chrono::milliseconds wanted = duration.value_or(kDefaultLock);
  const auto length =
      std::clamp<std::chrono::milliseconds>(wanted, std::chrono::milliseconds(1), kLongestLock);
  Millis stamp;
  work.write([&](Transaction& transaction) {
    ItemWriter(transaction).lock(ref, {work.now().value + length.count()});
    stamp = transaction.stamp();
  });
  return stamp;
}

Millis unlock(UnitOfWork& work, ItemRef ref) {
  Millis stamp;
  work.write([&](Transaction& transaction) {
    ItemWriter(transaction).unlock(ref);
    stamp = transaction.stamp();
  });
  return stamp;
}

std::vector<Lock> locks_on(UnitOfWork& work, ItemRef ref) {
  sql::Connection& connection = work.connection();
  LockView view(connection, work.caller(), work.now());
  if (!ref.id) return view.covering(ref.folder);
  const auto item = store::find(connection, work.context(), work.now(), ref.id, kCurrentVersion);
  return item ? view.covering(ref.id, FolderId(item->folder_id)) : std::vector<Lock>{};
}

void add_lock(UnitOfWork& work, const Lock& wanted) {
  work.write([&](Transaction& transaction) {
    transaction.stamp();  // waits for other writers: nobody takes the same lock meanwhile
    sql::Connection& connection = transaction.connection();
    store::remove_expired_locks(connection, work.context(), work.now());
    LockView view(connection, work.caller(), work.now());
    FolderId place = wanted.folder;
    if (wanted.item) {
      const auto item = store::find(connection, work.context(), work.now(), wanted.item, kCurrentVersion);
      if (!item) throw ApiError(errors::ifo::kNotFound, {std::to_string(wanted.item.value)});
      place = FolderId(item->folder_id);
    }
    const auto covering = wanted.item           ? view.covering(wanted.item, place)
                          : wanted.name.empty() ? view.covering(place)
                                                : view.covering(place, wanted.name);
    for (const Lock& existing : covering) check_conflict(wanted, existing);
    if (!wanted.item && wanted.is_deep)
      for (const Lock& existing : store::list_all_locks(connection, work.context(), work.now()))
        if (lies_below(connection, work.context(), existing, place)) check_conflict(wanted, existing);
    store::insert_lock(connection, work.context(), wanted);
    if (wanted.item) ItemWriter(transaction).note_lock(wanted.item);
  });
}

std::vector<Lock> running_locks(UnitOfWork& work) {
  return store::list_all_locks(work.connection(), work.context(), work.now());
}

bool refresh_lock(UnitOfWork& work, std::string_view token, Millis until) {
  bool found = false;
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    sql::Connection& connection = transaction.connection();
    const auto lock = store::find_lock(connection, work.context(), token, work.now());
    found = lock && lock->owner == work.caller().user;
    if (!found) return;
    store::set_lock_end(connection, work.context(), token, until);
    if (lock->item) ItemWriter(transaction).note_lock(lock->item);
  });
  return found;
}

bool remove_lock(UnitOfWork& work, std::string_view token) {
  bool found = false;
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    sql::Connection& connection = transaction.connection();
    const auto lock = store::find_lock(connection, work.context(), token, work.now());
    found = lock && lock->owner == work.caller().user;
    if (!found) return;
    store::remove_lock(connection, work.context(), token);
    if (lock->item) ItemWriter(transaction).note_lock(lock->item);
  });
  return found;
}

}  // namespace gw::model::infostore
