// Changing file items: rights, names, versions, trash, quota, conflicts, stamps, events. The bytes are stored
// before the rows and removed after them (spec infostore 14), so a crash leaves an orphan at most.
// Every function but Deposit's runs one transaction and must not be called inside another.
#pragma once

#include "core/error.hpp"
#include "core/json.hpp"
#include "model/infostore/infostore_service.hpp"

namespace gw::model::infostore {

/// Bytes on their way in: kept in the store of the folder's owner, counted against his quota, not yet named
/// by any row. Destroyed without being given to create or update, it removes them again. Threads: one.
class Deposit {
 public:
  /// Checks first what can be checked without the bytes: the right to create in `folder` (or to write the
  /// item when `existing` is set), and the quota when `size_hint` is known (-1: not). Gives the connection
  /// back. Errors: IFO-0302, IFO-0402, IFO-0403, IFO-0415, FLS-0024, IFO-1700.
  Deposit(UnitOfWork& work, FolderId folder, std::optional<ObjectId> existing = {},
          std::int64_t size_hint = -1);
  ~Deposit();
  /// More bytes for the current version of an item (upload in pieces): they are put behind its bytes when the
  /// deposit is given to update. Errors: as above; IFO-0500; FLS-0019 unless `offset` is its size.
  static Deposit append(UnitOfWork& work, ObjectId existing, std::int64_t offset,
                        std::int64_t size_hint = -1);
  Deposit(Deposit&&) noexcept;
  Deposit& operator=(Deposit&&) = delete;
  /// Errors: FLS-0024 as soon as the quota would be exceeded; FLS-0003, -0004, -0011 of the store.
  void write(std::string_view bytes);
  [[nodiscard]] std::int64_t size() const;

  struct State;
  std::unique_ptr<State> state;  ///< of the services alone

 private:
  Deposit() = default;
};

/// What create and update take: values and which rows of item_fields() were sent.
struct ItemInput {
  Item item;
  FieldSet sent;
};
/// Reads the API's JSON object, at top level or wrapped as `{"file":{…}}`. Errors: IFO-0100 too long (with
/// `problematic`), IFO-2100, IFO-2101, SVL-0010.
ItemInput parse_item(const Json& source, bool creating);

struct Saved {
  ItemRef ref;  ///< where it is now
  Millis timestamp;
  std::string filename;    ///< as adjusted
  std::string entity_tag;  ///< of the bytes as they are now (entity_tag.hpp)
  /// Entities that had no entry before and may want to be told.
  std::vector<ObjectPermission> added = {};
};

/// What to do when the folder has that name already.
enum class OnCollision {
  Rename,      ///< `name (1).ext`
  AddVersion,  ///< a new version of the item with that name (try_add_version)
  Refuse,      ///< IFO-0441
};

/// Errors: those of Deposit; IFO-0400 … of spec section 11.
Saved create(UnitOfWork& work, const ItemInput& input, std::optional<Deposit> file = {},
             OnCollision collision = OnCollision::Rename);
/// Changes what was sent; a file makes a new version; `{version: n}` alone makes n the current one; another
/// `folder_id` moves. With `replace_empty` an empty file of the caller that is a few minutes old is replaced
/// instead (clients that store an empty file first). Errors: IFO-1302 changed after `known`; IFO-0415 locked
/// by another; IFO-0403.
Saved update(UnitOfWork& work, ItemRef ref, const ItemInput& input, Millis known,
             std::optional<Deposit> file = {}, OnCollision collision = OnCollision::Rename,
             bool replace_empty = false);
/// A copy of the current version with its dead properties; `changed` overrides members, at least folder_id.
Saved copy(UnitOfWork& work, ItemRef ref, const ItemInput& changed, std::optional<Deposit> file = {},
           OnCollision collision = OnCollision::Rename);

/// The newest `known` possible: switches the conflict check off.
inline constexpr Millis kAnyVersion{INT64_MAX};

struct Refused {
  ItemRef ref;
  ApiError error;
};
struct BulkResult {
  std::vector<Refused> refused;  ///< the others were done
  Millis timestamp;
};
BulkResult move(UnitOfWork& work, std::span<const ItemRef> refs, FolderId target, Millis known);
/// To the caller's trash unless `for_good` or already below it. Errors: IFO-0445 when the right is missing
/// for one.
BulkResult remove(UnitOfWork& work, std::span<const ItemRef> refs, Millis known, bool for_good);
struct Restored {
  ItemRef ref;
  std::vector<std::string> path;  ///< titles from the top down to the folder
  std::vector<FolderId> folders;  ///< their ids
};
/// Back to where it came from; missing folders are made again. Errors: IFO-0300 not in the trash, and those
/// of create; then nothing is restored.
std::vector<Restored> restore(UnitOfWork& work, std::span<const ItemRef> refs);

/// Gives the version numbers that were not removed.
std::vector<std::int64_t> detach(UnitOfWork& work, ItemRef ref, std::span<const std::int64_t> versions,
                                 Millis known, Millis& timestamp);
/// Removes every version but 0.
Millis revert(UnitOfWork& work, ItemRef ref, Millis known);

/// Errors: IFO-2100, IFO-2101 for a name that no item may have.
void check_name(std::string_view name);

}  // namespace gw::model::infostore
