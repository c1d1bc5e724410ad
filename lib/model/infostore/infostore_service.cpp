// Reading items. Source: spec infostore 1-3, 8-10.
#include "model/infostore/infostore_service.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/errors/infostore.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/changes.hpp"
#include "model/files/file_spaces.hpp"
#include "model/infostore/item_listing.hpp"

namespace gw::model::infostore {
namespace {

constexpr std::size_t kMaxRefs = 10'000;

ApiError missing(ObjectId id) { return ApiError(errors::ifo::kNotFound, {std::to_string(id.value)}); }

std::optional<std::int64_t> parse_positive(std::string_view text) {
  const auto number = parse_integer(text);
  return number && *number > 0 ? number : std::nullopt;
}

void check_folder_readable(const folders::FolderAccess& folder) {
  if (folder.rights.read == 0) throw ApiError(errors::ifo::kNoRead);
}

struct FolderView {
  bool is_shared = false;
  bool is_empty = false;
};
/// Errors: as list_folder.
FolderView view_of(sql::Connection& connection, const Caller& caller, FolderId folder) {
  if (folder == kSharedFiles) {
    load_file_folder(connection, caller, folder);
    return {.is_shared = true};
  }
  // Folders that hold only folders are asked for like any other.
  if (is_virtual(folder)) return {.is_empty = true};
  check_folder_readable(load_file_folder(connection, caller, folder));
  return {};
}

std::vector<Item> items_of(sql::Connection& connection, const Caller& caller, Millis now, FolderId folder,
                           FolderView view, std::optional<Millis> changed_after = {}) {
  FolderLookup folders(connection, caller);
  if (view.is_empty) return {};
  if (view.is_shared)
    return shared_items(connection, caller, now, folders,
                        {.folders = {}, .ids = {}, .changed_after = changed_after, .piece = {}});
  return visible_items(connection, caller, now, folders,
                       {.folders = {folder}, .ids = {}, .changed_after = changed_after, .piece = {}});
}

/// As get; but who may read by the rights of the folder needs no look at those of the item, which then are
/// not loaded.
Item get_readable(UnitOfWork& work, ItemRef ref, std::int64_t version) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  auto found = store::find(connection, caller.context, work.now(), ref.id, version);
  if (!found) throw missing(ref.id);
  FolderLookup folders(connection, caller);
  ItemAccess access = folders.access(*found);
  if (!access.read) {
    found->object_permissions =
        store::load_permissions(connection, caller.context, std::span(&ref.id, 1))[ref.id.value];
    access = folders.access(*found);
    check_readable(*found, access, folders);
  }
  present(*found, access, caller, ref.folder == kSharedFiles);
  return std::move(*found);
}

}  // namespace

ItemRef parse_item_id(std::string_view text, FolderId fallback) {
  const std::string_view kept = trim(text);
  const std::size_t slash = kept.rfind('/');
  const auto id = parse_positive(slash == std::string_view::npos ? kept : kept.substr(slash + 1));
  if (!id) throw ApiError(errors::ifo::kNotFound, {std::string(first_characters(kept, 60))});
  if (slash == std::string_view::npos) return {fallback, ObjectId(*id)};
  const auto folder = parse_positive(kept.substr(0, slash));
  if (!folder) throw ApiError(errors::ifo::kNotFound, {std::string(first_characters(kept, 60))});
  return {FolderId(*folder), ObjectId(*id)};
}

std::string format_item_id(const Item& item) {
  return std::to_string(item.folder_id) + "/" + std::to_string(item.id);
}

Item get(UnitOfWork& work, ItemRef ref, std::int64_t version) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  auto found = store::find(connection, caller.context, work.now(), ref.id, version);
  if (!found) throw missing(ref.id);
  found->object_permissions =
      store::load_permissions(connection, caller.context, std::span(&ref.id, 1))[ref.id.value];
  FolderLookup folders(connection, caller);
  const ItemAccess access = folders.access(*found);
  check_readable(*found, access, folders);
  present(*found, access, caller, ref.folder == kSharedFiles);
  return std::move(*found);
}

ItemList list_folder(UnitOfWork& work, FolderId folder, const ListRequest& request) {
  ItemList list;
  // One state of the database: the stamp of an empty list is where the client's updates start.
  work.snapshot([&](sql::Connection& connection) {
    const Caller& caller = work.caller();
    const FolderView view = view_of(connection, caller, folder);
    list = deliver(items_of(connection, caller, work.now(), folder, view), request, connection, caller);
  });
  return list;
}

ItemList list_refs(UnitOfWork& work, std::span<const ItemRef> refs) {
  if (refs.size() > kMaxRefs)
    throw ApiError(errors::svl::kBadParameter, {"id", "at most 10000 items at once"});
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  store::Condition condition;
  for (const ItemRef& ref : refs) condition.ids.push_back(ref.id);
  std::sort(condition.ids.begin(), condition.ids.end());
  condition.ids.erase(std::unique(condition.ids.begin(), condition.ids.end()), condition.ids.end());
  ItemList list;
  std::map<std::int64_t, Item> by_id;
  FolderLookup folders(connection, caller);
  if (!condition.ids.empty())
    for (Item& item : visible_items(connection, caller, work.now(), folders, condition))
      by_id.emplace(item.id, std::move(item));
  for (const ItemRef& ref : refs) {
    const auto found = by_id.find(ref.id.value);
    if (found == by_id.end()) continue;
    Item& item = list.items.emplace_back(found->second);
    if (ref.folder == kSharedFiles) item.folder_id = kSharedFiles.value;
    list.timestamp = std::max(list.timestamp, item.last_modified);
  }
  if (list.items.empty()) list.timestamp = last_stamp(connection, caller.context);
  return list;
}

ItemList list_versions(UnitOfWork& work, ItemRef ref, const Sort& sort) {
  const Item current = get(work, ref);
  ItemList list;
  for (Item& item : store::list_versions(work.connection(), work.context(), work.now(), ref.id)) {
    if (item.version == 0) continue;
    item.folder_id = current.folder_id;
    item.object_permissions = current.object_permissions;
    item.shareable = current.shareable;
    list.items.push_back(std::move(item));
  }
  sort_items(list.items, sort, work.caller());
  list.timestamp = current.last_modified;
  return list;
}

ItemList list_shares(UnitOfWork& work, const ListRequest& request) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  store::Condition condition;
  condition.ids = store::shared_by(connection, caller.context, caller.user);
  std::vector<Item> items;
  FolderLookup folders(connection, caller);
  if (!condition.ids.empty()) items = visible_items(connection, caller, work.now(), folders, condition);
  return deliver(std::move(items), request, connection, caller);
}

Updates updates(UnitOfWork& work, FolderId folder, Millis since, const Sort& sort) {
  const Caller& caller = work.caller();
  Updates found;
  work.snapshot([&](sql::Connection& connection) {
    found = {};
    const FolderView view = view_of(connection, caller, folder);
    if (since.value > 0 && since < tombstone_horizon(connection, caller.context))
      throw ApiError(errors::ifo::kChanged);
    found.timestamp = since;
    std::vector<Item> changed = items_of(connection, caller, work.now(), folder, view, since);
    std::set<std::int64_t> present_ids, gone;
    for (const Item& item : changed) {
      present_ids.insert(item.id);
      found.timestamp = std::max(found.timestamp, item.last_modified);
    }
    for (const Tombstone& stone :
         tombstones_since(connection, caller.context, ObjectModule::Infostore, folder, since)) {
      gone.insert(stone.object.value);
      found.timestamp = std::max(found.timestamp, stone.stamp);
    }
    if (!view.is_shared && !view.is_empty)
      store::scan(connection, caller.context, work.now(),
                  {.folders = {folder}, .ids = {}, .changed_after = since, .piece = {}},
                  [&](const Item& item) {
                    found.timestamp = std::max(found.timestamp, item.last_modified);
                    // It existed before: the caller may have seen it.
                    if (item.creation_date <= since) gone.insert(item.id);
                  });
    for (const std::int64_t id : gone)
      if (!present_ids.contains(id)) found.removed.push_back({folder, ObjectId(id)});
    found.changed = deliver(std::move(changed), {sort, 0, {}}, connection, caller);
  });
  return found;
}

Content open_content(UnitOfWork& work, ItemRef ref, std::int64_t version) {
  Content content{get_readable(work, ref, version), nullptr};
  if (!content.item.file_id) throw ApiError(errors::ifo::kNoFile);
  content.store = files::open_space_of(work, content.item.file_owner, *content.item.file_id);
  return content;
}

}  // namespace gw::model::infostore
