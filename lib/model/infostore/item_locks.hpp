// Locks as the services ask for them, and their table. Source: spec infostore 4, dav 2 "Locks".
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "model/caller.hpp"
#include "model/infostore/infostore_locks.hpp"
#include "sql/connection.hpp"

namespace gw::model::infostore {

namespace store {
/// Running locks of one item, or of all collections (item 0).
std::vector<Lock> list_locks(sql::Connection& connection, ContextId context, ObjectId item, Millis now);
/// Running locks of one item and of all collections.
std::vector<Lock> list_locks_around(sql::Connection& connection, ContextId context, ObjectId item,
                                    Millis now);
std::optional<Lock> find_lock(sql::Connection& connection, ContextId context, std::string_view token,
                              Millis now);
/// Every running lock of the context.
std::vector<Lock> list_all_locks(sql::Connection& connection, ContextId context, Millis now);
void insert_lock(sql::Connection& connection, ContextId context, const Lock& lock);
void set_lock_end(sql::Connection& connection, ContextId context, std::string_view token, Millis until);
void remove_lock(sql::Connection& connection, ContextId context, std::string_view token);
/// Where a lock-null lock goes when its name is borne.
struct NamedPlace {
  FolderId folder;
  std::string_view name;
};
void give_locks_to_item(sql::Connection& connection, ContextId context, NamedPlace from, ObjectId item);
void give_locks_to_folder(sql::Connection& connection, ContextId context, NamedPlace from, FolderId folder);
void remove_locks_of_item(sql::Connection& connection, ContextId context, ObjectId item);
void remove_locks_of_folder(sql::Connection& connection, ContextId context, FolderId folder);
void remove_locks_of_user(sql::Connection& connection, ContextId context, UserId user);
void remove_expired_locks(sql::Connection& connection, ContextId context, Millis now);
}  // namespace store

/// The running locks one request meets. Locks of collections are few: they are read once, all together.
class LockView {
 public:
  LockView(sql::Connection& connection, const Caller& caller, Millis now)
      : connection_(connection), caller_(caller), now_(now) {}
  /// The item's own and those of collections above that reach down to it.
  std::vector<Lock> covering(ObjectId item, FolderId folder);
  /// Those of the collection itself and those above that reach down to it.
  std::vector<Lock> covering(FolderId folder);
  /// Errors: IFO-0415 when somebody else's lock covers the item.
  void check(const Item& item);
  /// May members come and go here? Errors: IFO-0415.
  void check_members(FolderId folder);
  /// Those of a name that nobody bears yet, and those above that reach down to it.
  std::vector<Lock> covering(FolderId folder, std::string_view name);
  /// Whether the name itself has a lock. Errors: IFO-0415 when somebody else's forbids to take the name.
  bool check_name(FolderId folder, std::string_view name);
  /// True when somebody else's lock is among them and the caller does not share it.
  [[nodiscard]] bool is_blocked(const std::vector<Lock>& locks) const;

 private:
  const std::vector<Lock>& collections();
  /// Reads those of the collections on the way.
  std::vector<Lock> own_locks(ObjectId item);
  sql::Connection& connection_;
  const Caller& caller_;
  Millis now_;
  std::optional<std::vector<Lock>> collections_;
};

}  // namespace gw::model::infostore
