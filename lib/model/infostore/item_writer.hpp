// One write transaction over items: knows its folders, locks, its stamp and who must hear of the changes.
// Used by the service functions only; every method checks all it has to check before it writes the first row.
//
// Taking the stamp locks the context's sequence row until COMMIT. So names, quota, version numbers and
// conflicts are checked here, inside the transaction, and two writers can never both pass: no table of
// reserved names.
#pragma once

#include <map>
#include <vector>

#include "model/infostore/deposit_state.hpp"
#include "model/infostore/item_access.hpp"
#include "model/infostore/item_locks.hpp"

namespace gw::model::infostore {

struct UpdateOptions {
  OnCollision collision = OnCollision::Rename;
  bool replace_empty = false;
};

/// Entries that were in `before` and are not in `after`: guests that have nothing else end. Call when they
/// are gone.
void release_guests(Transaction& transaction, ObjectId item, std::span<const ObjectPermission> before,
                    std::span<const ObjectPermission> after);

/// Those of `after` whose entity has no entry in `before`.
std::vector<ObjectPermission> new_entries(std::span<const ObjectPermission> before,
                                          std::span<const ObjectPermission> after);

class ItemWriter {
 public:
  explicit ItemWriter(Transaction& transaction, std::int64_t new_items = 0);

  Saved create(const ItemInput& input, const Deposit::State* file, OnCollision collision);
  Saved update(ItemRef ref, const ItemInput& input, Millis known, const Deposit::State* file,
               const UpdateOptions& options);
  void move(ItemRef ref, FolderId target, Millis known);
  /// Errors: IFO-0445 no right.
  void remove(ItemRef ref, Millis known, bool for_good);
  Restored restore(ItemRef ref);
  std::vector<std::int64_t> detach(ItemRef ref, std::span<const std::int64_t> versions, Millis known);
  void revert(ItemRef ref, Millis known);
  void lock(ItemRef ref, Millis until);
  /// Errors: IFO-0300, IFO-0403.
  void check_shareable(ItemRef ref);
  void unlock(ItemRef ref);
  /// A lock on the item came or went over WebDAV: `updates` tells it, as it tells those of the API. Nothing
  /// when the item is gone.
  void note_lock(ObjectId id);

  /// Removes items for good, whatever the caller's rights. For tools and account removal.
  void erase(const Item& item);
  /// Removes a version whose file is gone, if it still names that file; the item when no version is left.
  void forget_version(ObjectId id, std::int64_t version, const std::string& file_id);

 private:
  struct Target {
    Item item;
    ItemAccess access;
  };
  struct Change {
    bool moves = false;
    bool edits = false;
    bool shares = false;
  };
  /// Errors: IFO-0300 when it does not exist; as check_readable.
  Target load(ItemRef ref, std::int64_t version = kCurrentVersion);
  void check_unchanged(const Item& item, Millis known) const;
  [[nodiscard]] Saved saved(const Item& item, const ItemAccess& access) const;

  /// Errors: QUOTA-0003 when the context holds as many items as it may.
  void check_count(ObjectId next);
  void check_permissions(const std::vector<ObjectPermission>& entries);
  /// The wanted entries with those of invited guests, whose accounts are made here.
  std::vector<ObjectPermission> with_guests(const Item& before, const Item& wanted);
  void store_permissions(const Item& before, const std::vector<ObjectPermission>& entries);
  void add_file(Item& item, const Deposit::State& file);
  void continue_file(Item& item, const Deposit::State& file);
  void new_version(Item& item, const ItemInput& input, const Deposit::State& file, bool replace_empty);
  void make_current(Item& item, std::int64_t version);
  /// A lock on the name in its folder becomes the item's. Errors: IFO-0415 when it is somebody else's.
  void take_name(const Item& item);
  void settle_name(Item& item, const Item& before, const ItemInput& input, OnCollision collision);
  void change_version(Item& item, const Item& before, const ItemInput& input, const Deposit::State* file,
                      const UpdateOptions& options);
  Change judge(const Target& target, const ItemInput& input, Millis known, const Deposit::State* file);
  /// Errors: IFO-0421, IFO-0404, IFO-1700, IFO-0415.
  void check_move(const Target& target, FolderId folder);
  /// Bytes and quota follow into a folder of another owner, after COMMIT. Before the first row is written.
  /// Errors: FLS-0024 when his quota has no room.
  void rehome(const Item& item, FolderId folder);
  /// Tombstones and locks of an item whose folder changed.
  void change_place(const Item& before, const Item& item);
  void leave(const Item& before);
  void move_to_trash(Item item, FolderId trash);
  /// Removes versions and makes the greatest that is left the current one. Gives those that were not removed.
  std::vector<std::int64_t> drop_versions(const Item& before, std::span<const std::int64_t> versions);
  std::vector<std::int64_t> remove_versions(Item& item, std::span<const std::int64_t> versions);
  void touch(Item& item);
  void raise(ChangeKind kind, const Item& item, FolderId source = {});
  const std::vector<UserId>& viewers_of(FolderId folder);
  FolderId rebuild_path(const Item& item, Restored& restored);

  Transaction& transaction_;
  UnitOfWork& work_;
  sql::Connection& connection_;
  const Caller& caller_;
  ContextId context_;
  Millis stamp_;
  FolderLookup lookup_;
  LockView locks_;
  std::map<FolderId, std::vector<UserId>> viewers_;
  /// Bytes that earlier items of the same transaction bring to an owner after COMMIT.
  std::map<files::FileOwner, std::int64_t> arriving_;
};

}  // namespace gw::model::infostore
