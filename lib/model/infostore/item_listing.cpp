#include "model/infostore/item_listing.hpp"

#include <algorithm>

#include "model/changes.hpp"
#include "model/field_sort.hpp"
#include "model/infostore/item_fields.hpp"

namespace gw::model::infostore {

void sort_items(std::vector<Item>& items, const Sort& sort, const Caller& caller) {
  sort_by_field(
      items, item_fields(), sort.column, sort.descending, caller.locale,
      [](const Item& a, const Item& b) { return std::pair(a.id, a.version) < std::pair(b.id, b.version); });
}

void attach_permissions(sql::Connection& connection, ContextId context, std::vector<Item>& items) {
  std::vector<ObjectId> ids;
  ids.reserve(items.size());
  for (const Item& item : items) ids.emplace_back(item.id);
  if (ids.empty()) return;
  auto found = store::load_permissions(connection, context, ids);
  if (found.empty()) return;
  for (Item& item : items)
    if (const auto entry = found.find(item.id); entry != found.end()) item.object_permissions = entry->second;
}

std::vector<Item> visible_items(sql::Connection& connection, const Caller& caller, Millis now,
                                FolderLookup& folders, const store::Condition& condition, bool in_view) {
  std::vector<Item> items;
  store::scan(connection, caller.context, now, condition, [&](const Item& item) { items.push_back(item); });
  if (condition.folders.size() == 1 && condition.ids.empty()) {
    // One look for the whole folder: most folders share nothing.
    const auto shared = store::shared_items_in(connection, caller.context, condition.folders.front());
    auto found = store::load_permissions(connection, caller.context, shared);
    for (Item& item : items)
      if (const auto entry = found.find(item.id); entry != found.end())
        item.object_permissions = std::move(entry->second);
  } else {
    attach_permissions(connection, caller.context, items);
  }
  std::vector<Item> visible;
  visible.reserve(items.size());
  for (Item& item : items) {
    const ItemAccess access = folders.access(item);
    if (!access.read) continue;
    present(item, access, caller, in_view);
    visible.push_back(std::move(item));
  }
  return visible;
}

std::vector<Item> shared_items(sql::Connection& connection, const Caller& caller, Millis now,
                               FolderLookup& folders, store::Condition condition) {
  condition.ids = store::shared_with(connection, caller);
  if (condition.ids.empty()) return {};
  std::vector<Item> items = visible_items(connection, caller, now, folders, condition, true);
  std::erase_if(items, [&](const Item& item) { return item.created_by == caller.user.value; });
  return items;
}

ItemList deliver(std::vector<Item> items, const ListRequest& request, sql::Connection& connection,
                 const Caller& caller) {
  sort_items(items, request.sort, caller);
  const auto size = static_cast<std::int64_t>(items.size());
  const std::int64_t left = std::clamp<std::int64_t>(request.left, 0, size);
  const std::int64_t right = std::clamp<std::int64_t>(request.right.value_or(size), left, size);
  ItemList list;
  list.items.assign(std::make_move_iterator(items.begin() + left),
                    std::make_move_iterator(items.begin() + right));
  for (const Item& item : list.items) list.timestamp = std::max(list.timestamp, item.last_modified);
  if (list.items.empty()) list.timestamp = last_stamp(connection, caller.context);
  return list;
}

}  // namespace gw::model::infostore
