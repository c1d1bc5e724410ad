// Reading file items: rights, versions, lists, changes. HTTP and DAV both come through here. Changing them is
// in infostore_write.hpp, searching in infostore_search.hpp, locks in infostore_locks.hpp. Source: spec
// infostore 1-3, 8-10.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "filestore/file_store.hpp"
#include "model/field.hpp"
#include "model/infostore/item.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::infostore {

/// An item as clients name it. An id of the form `folder/id` is valid wherever the item lies now: the second
/// part alone finds it. `folder` 10 is the view "Shared files".
struct ItemRef {
  FolderId folder;
  ObjectId id;
};
/// `31841/36639`, or `36639` (then `fallback` is the folder). Errors: IFO-0300.
ItemRef parse_item_id(std::string_view text, FolderId fallback = {});
std::string format_item_id(const Item& item);

/// The current version.
inline constexpr std::int64_t kCurrentVersion = -1;

struct Sort {
  int column = 0;  ///< 0 = by id; 702 natural order of the caller's language
  bool descending = false;
};
struct ListRequest {
  Sort sort;
  std::int64_t left = 0;
  std::optional<std::int64_t> right;
};
struct ItemList {
  std::vector<Item> items;  ///< sorted, range applied
  /// Greatest last-modified among them; of an empty list the context's last stamp.
  Millis timestamp;
};

/// Errors: FLD-0003, FLD-0008 folder; IFO-0302 no file folder; IFO-0300 not found or not visible; IFO-0400 no
/// read right. A reader with "own objects" only sees what he created.
Item get(UnitOfWork& work, ItemRef ref, std::int64_t version = kCurrentVersion);

/// Everything in a folder that the caller may read; of folder 10 what others share with him. Errors: as get.
ItemList list_folder(UnitOfWork& work, FolderId folder, const ListRequest& request);
/// In the order asked for; missing and unreadable ones are left out. Limits: 10,000 refs.
ItemList list_refs(UnitOfWork& work, std::span<const ItemRef> refs);
/// All versions but 0; without a column in ascending order.
ItemList list_versions(UnitOfWork& work, ItemRef ref, const Sort& sort = {});
/// Items that the caller shares with others by object permissions.
ItemList list_shares(UnitOfWork& work, const ListRequest& request);

/// Fills in who stands behind the permissions of the items (column 7010). `share_base`: the address that
/// tokens of guests are put behind. Cost: a query per user named, or one for all.
void extend_permissions(UnitOfWork& work, std::vector<Item>& items, std::string_view share_base = {});

struct Updates {
  ItemList changed;
  /// Deleted, moved away, or no longer readable by the caller. Ascending.
  std::vector<ItemRef> removed;
  /// The `since` of the next call.
  Millis timestamp;
};
/// What happened in a folder after `since`, from one state of the database. Errors: as get; IFO-1302 with a
/// text that asks for a full load when `since` is older than the tombstones reach (and not 0).
Updates updates(UnitOfWork& work, FolderId folder, Millis since, const Sort& sort = {});

/// The bytes of a version. The connection is given back first: nothing is held while the client reads.
struct Content {
  Item item;
  std::unique_ptr<filestore::FileStore> store;
};
/// Of the item only what a reader needs: without its object permissions. Errors: as get; IFO-0500 the version
/// has no file. Cost: two queries, three when the folder's rights do not let the caller read it.
Content open_content(UnitOfWork& work, ItemRef ref, std::int64_t version = kCurrentVersion);

}  // namespace gw::model::infostore
