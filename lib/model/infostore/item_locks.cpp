#include "model/infostore/item_locks.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/errors/infostore.hpp"
#include "model/folders/folder_paths.hpp"

namespace gw::model::infostore {
namespace store {
namespace {

constexpr std::string_view kListLocks =
    "SELECT token,folder,item,owner,owner_xml,is_shared,is_deep,valid_until,name FROM infostore_locks WHERE "
    "cid=? AND item=? AND valid_until>? ORDER BY token";
constexpr std::string_view kListLocksAround =
    "SELECT token,folder,item,owner,owner_xml,is_shared,is_deep,valid_until,name FROM infostore_locks WHERE "
    "cid=? AND item IN (0,?) AND valid_until>? ORDER BY token";
constexpr std::string_view kListAllLocks =
    "SELECT token,folder,item,owner,owner_xml,is_shared,is_deep,valid_until,name FROM infostore_locks WHERE "
    "cid=? AND valid_until>? ORDER BY token";
constexpr std::string_view kFindLock =
    "SELECT token,folder,item,owner,owner_xml,is_shared,is_deep,valid_until,name FROM infostore_locks WHERE "
    "cid=? AND token=? AND valid_until>?";
constexpr std::string_view kInsertLock =
    "INSERT INTO infostore_locks (cid,token,folder,item,owner,owner_xml,is_shared,is_deep,valid_until,name) "
    "VALUES (?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kSetEnd = "UPDATE infostore_locks SET valid_until=? WHERE cid=? AND token=?";
constexpr std::string_view kRemoveLock = "DELETE FROM infostore_locks WHERE cid=? AND token=?";
constexpr std::string_view kRemoveOfItem = "DELETE FROM infostore_locks WHERE cid=? AND item=?";
constexpr std::string_view kRemoveOfFolder =
    "DELETE FROM infostore_locks WHERE cid=? AND item=0 AND folder=?";
constexpr std::string_view kRemoveOfUser = "DELETE FROM infostore_locks WHERE cid=? AND owner=?";
constexpr std::string_view kGiveToItem =
    "UPDATE infostore_locks SET item=?,folder=0,name='' WHERE cid=? AND item=0 AND folder=? AND name=?";
constexpr std::string_view kGiveToFolder =
    "UPDATE infostore_locks SET folder=?,name='' WHERE cid=? AND item=0 AND folder=? AND name=?";
constexpr std::string_view kRemoveExpired = "DELETE FROM infostore_locks WHERE cid=? AND valid_until<=?";

std::vector<Lock> read_locks(sql::Query row) {
  std::vector<Lock> locks;
  while (row.next())
    locks.push_back({row.string(0), row.id<FolderId>(1), row.id<ObjectId>(2), row.id<UserId>(3),
                     row.string(4), row.integer(5) != 0, row.integer(6) != 0, row.millis(7), row.string(8)});
  return locks;
}

}  // namespace

std::vector<Lock> list_locks(sql::Connection& connection, ContextId context, ObjectId item, Millis now) {
  return read_locks(connection.query(kListLocks, context, item, now));
}

std::vector<Lock> list_locks_around(sql::Connection& connection, ContextId context, ObjectId item,
                                    Millis now) {
  return read_locks(connection.query(kListLocksAround, context, item, now));
}

std::vector<Lock> list_all_locks(sql::Connection& connection, ContextId context, Millis now) {
  return read_locks(connection.query(kListAllLocks, context, now));
}

std::optional<Lock> find_lock(sql::Connection& connection, ContextId context, std::string_view token,
                              Millis now) {
  auto found = read_locks(connection.query(kFindLock, context, token, now));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void insert_lock(sql::Connection& connection, ContextId context, const Lock& lock) {
  connection.enqueue(kInsertLock, context, lock.token, lock.folder, lock.item, lock.owner, lock.owner_xml,
                     lock.is_shared, lock.is_deep, lock.until, lock.name);
}

void set_lock_end(sql::Connection& connection, ContextId context, std::string_view token, Millis until) {
  connection.enqueue(kSetEnd, until, context, token);
}

void remove_lock(sql::Connection& connection, ContextId context, std::string_view token) {
  connection.enqueue(kRemoveLock, context, token);
}

void remove_locks_of_item(sql::Connection& connection, ContextId context, ObjectId item) {
  connection.enqueue(kRemoveOfItem, context, item);
}

void remove_locks_of_folder(sql::Connection& connection, ContextId context, FolderId folder) {
  connection.enqueue(kRemoveOfFolder, context, folder);
}

void remove_locks_of_user(sql::Connection& connection, ContextId context, UserId user) {
  connection.enqueue(kRemoveOfUser, context, user);
}

void give_locks_to_item(sql::Connection& connection, ContextId context, NamedPlace from, ObjectId item) {
  connection.execute(kGiveToItem, item, context, from.folder, from.name);
}

void give_locks_to_folder(sql::Connection& connection, ContextId context, NamedPlace from, FolderId folder) {
  connection.execute(kGiveToFolder, folder, context, from.folder, from.name);
}

void remove_expired_locks(sql::Connection& connection, ContextId context, Millis now) {
  connection.enqueue(kRemoveExpired, context, now);
}

}  // namespace store

const std::vector<Lock>& LockView::collections() {
  if (!collections_) collections_ = store::list_locks(connection_, caller_.context, ObjectId(0), now_);
  return *collections_;
}

std::vector<Lock> LockView::covering(FolderId folder) {
  std::vector<Lock> found;
  if (collections().empty()) return found;
  for (const folders::PathStep& step : folders::path_of(connection_, caller_.context, folder))
    for (const Lock& lock : collections())
      if (lock.folder == step.id && lock.name.empty() && (lock.is_deep || step.id == folder))
        found.push_back(lock);
  return found;
}

std::vector<Lock> LockView::own_locks(ObjectId item) {
  if (collections_) return store::list_locks(connection_, caller_.context, item, now_);
  std::vector<Lock> own;
  collections_.emplace();
  for (Lock& lock : store::list_locks_around(connection_, caller_.context, item, now_))
    (lock.item ? own : *collections_).push_back(std::move(lock));
  return own;
}

std::vector<Lock> LockView::covering(ObjectId item, FolderId folder) {
  std::vector<Lock> found = own_locks(item);
  for (Lock& lock : covering(folder))
    if (lock.is_deep) found.push_back(std::move(lock));
  return found;
}

std::vector<Lock> LockView::covering(FolderId folder, std::string_view name) {
  std::vector<Lock> found;
  for (const Lock& lock : collections())
    if (lock.folder == folder && lock.name == name) found.push_back(lock);
  for (Lock& lock : covering(folder))
    if (lock.is_deep) found.push_back(std::move(lock));
  return found;
}

bool LockView::check_name(FolderId folder, std::string_view name) {
  std::vector<Lock> own;
  for (const Lock& lock : collections())
    if (lock.folder == folder && lock.name == name) own.push_back(lock);
  if (is_blocked(own)) throw ApiError(errors::ifo::kLocked);
  return !own.empty();
}

bool LockView::is_blocked(const std::vector<Lock>& locks) const {
  const auto is_own = [&](const Lock& lock) { return lock.owner == caller_.user; };
  const bool all_shared =
      std::all_of(locks.begin(), locks.end(), [](const Lock& lock) { return lock.is_shared; });
  if (all_shared && std::any_of(locks.begin(), locks.end(), is_own)) return false;
  return !std::all_of(locks.begin(), locks.end(), is_own);
}

void LockView::check(const Item& item) {
  if (is_blocked(covering(ObjectId(item.id), FolderId(item.folder_id)))) throw ApiError(errors::ifo::kLocked);
}

void LockView::check_members(FolderId folder) {
  if (is_blocked(covering(folder))) throw ApiError(errors::ifo::kLocked);
}

}  // namespace gw::model::infostore
