// Moving, trashing, deleting and bringing back. Source: spec infostore 8.
#include <algorithm>

#include "core/errors/infostore.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/folders/folder_service.hpp"
#include "model/infostore/item_names.hpp"
#include "model/infostore/item_writer.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::infostore {
namespace {

/// `[[31,"docs"],[30,"Alpha"]]`: the folder first, then what lies above it. Ids find folders that were
/// renamed, titles those that must be made again.
std::string format_origin(const std::vector<folders::PathStep>& path) {
  Json out = Json::array();
  for (const folders::PathStep& step : path)
    out.append(Json::array().append(Json::integer(step.id.value)).append(Json::string(step.title)));
  return out.dump();
}

std::vector<folders::PathStep> parse_origin(const Text& text) {
  std::vector<folders::PathStep> path;
  const auto parsed = text ? Json::parse(*text) : std::nullopt;
  if (!parsed || !parsed->is_array()) return path;
  for (std::size_t i = 0; i < parsed->size(); ++i)
    path.push_back({FolderId(parsed->at(i).at(0).to_integer().value_or(0)),
                    std::string(parsed->at(i).at(1).as_string())});
  return path;
}

/// Runs `act` on each ref in one transaction; a refusal concerns its own ref only, but a missing right to
/// delete stops everything.
template <class Act>
BulkResult for_each_ref(UnitOfWork& work, std::span<const ItemRef> refs, const Act& act) {
  BulkResult result;
  work.write([&](Transaction& transaction) {
    result = {};
    ItemWriter writer(transaction);
    for (const ItemRef& ref : refs) {
      try {
        act(writer, ref);
      } catch (const ApiError& error) {
        if (error.code() == errors::ifo::kNoDelete) throw;
        result.refused.push_back({ref, error});
      }
    }
    result.timestamp = transaction.stamp();
  });
  return result;
}

}  // namespace

void ItemWriter::move(ItemRef ref, FolderId folder, Millis known) {
  const Target target = load(ref);
  const Item& before = target.item;
  if (before.folder_id == folder.value) return;
  check_move(target, folder);
  locks_.check(before);
  check_unchanged(before, known);
  rehome(before, folder);
  Item item = before;
  item.folder_id = folder.value;
  settle_name(item, before, {}, OnCollision::Rename);
  if (item.filename != before.filename) store::update_version(connection_, context_, item);
  change_place(before, item);
  touch(item);
  store::update_item(connection_, context_, item);
  raise(ChangeKind::Moved, item, FolderId(before.folder_id));
}

/// The bytes stay where they are: to delete must never fail for want of space, and restoring brings them
/// back.
void ItemWriter::move_to_trash(Item item, FolderId trash) {
  const Item before = item;
  raise(ChangeKind::Deleted, before);
  item.origin = format_origin(folders::path_of(connection_, context_, FolderId(item.folder_id)));
  item.folder_id = trash.value;
  settle_name(item, before, {}, OnCollision::Rename);
  if (item.filename != before.filename) store::update_version(connection_, context_, item);
  store_permissions(before, {});
  item.object_permissions.clear();
  change_place(before, item);
  touch(item);
  store::update_item(connection_, context_, item);
  raise(ChangeKind::Created, item);
}

void ItemWriter::remove(ItemRef ref, Millis known, bool for_good) {
  const Target target = load(ref);
  if (!target.access.remove) throw ApiError(errors::ifo::kNoDelete);
  locks_.check(target.item);
  locks_.check_members(FolderId(target.item.folder_id));
  check_unchanged(target.item, known);
  const folders::FolderAccess* place = lookup_.find(FolderId(target.item.folder_id));
  const bool lies_in_trash = place != nullptr && place->type == folders::FolderType::Trash;
  const auto settings = users::find_file_settings(connection_, context_, caller_.user);
  if (for_good || lies_in_trash || !settings || !settings->trash)
    erase(target.item);
  else
    move_to_trash(target.item, settings->trash);
}

FolderId ItemWriter::rebuild_path(const Item& item, Restored& restored) {
  const auto path = parse_origin(item.origin);
  const auto may_hold = [&](const folders::FolderAccess* folder, bool is_goal) {
    if (folder == nullptr || folder->type == folders::FolderType::Trash) return false;
    return is_goal ? folder->rights.may_create_objects() && !is_virtual(folder->id)
                   : folder->rights.may_create_subfolders();
  };
  std::size_t found = 0;
  while (found < path.size() && !may_hold(lookup_.find(path[found].id), found == 0)) ++found;
  FolderId place;
  if (found == path.size()) {
    const auto settings = users::find_file_settings(connection_, context_, caller_.user);
    if (!settings || !settings->home) throw ApiError(errors::ifo::kNotFound, {std::to_string(item.id)});
    place = settings->home;
    found = 0;
  } else {
    place = path[found].id;
  }
  for (; found > 0; --found) {
    const std::string& title = path[found - 1].title;
    const auto existing = folders::find_subfolder(connection_, context_, place, title);
    if (existing && may_hold(lookup_.find(*existing), found == 1)) {
      place = *existing;
      continue;
    }
    folders::FolderChange change;
    change.title = title;
    place = folders::create_folder(transaction_, place, change).id;
  }
  auto steps = folders::path_of(connection_, context_, place);
  std::reverse(steps.begin(), steps.end());
  for (folders::PathStep& step : steps) {
    restored.folders.push_back(step.id);
    restored.path.push_back(std::move(step.title));
  }
  return place;
}

Restored ItemWriter::restore(ItemRef ref) {
  const Target target = load(ref);
  const Item& before = target.item;
  const folders::FolderAccess* trash = lookup_.find(FolderId(before.folder_id));
  if (trash == nullptr || trash->type != folders::FolderType::Trash)
    throw ApiError(errors::ifo::kNotFound, {std::to_string(before.id)});
  if (!target.access.remove) throw ApiError(errors::ifo::kNoDeleteSource, {std::to_string(before.folder_id)});
  locks_.check(before);
  Restored restored;
  Item item = before;
  item.folder_id = rebuild_path(before, restored).value;
  rehome(before, FolderId(item.folder_id));
  item.origin.reset();
  settle_name(item, before, {}, OnCollision::Rename);
  if (item.filename != before.filename) store::update_version(connection_, context_, item);
  change_place(before, item);
  touch(item);
  store::update_item(connection_, context_, item);
  raise(ChangeKind::Moved, item, FolderId(before.folder_id));
  restored.ref = {FolderId(item.folder_id), ObjectId(item.id)};
  return restored;
}

BulkResult move(UnitOfWork& work, std::span<const ItemRef> refs, FolderId target, Millis known) {
  if (is_virtual(target)) throw ApiError(errors::ifo::kVirtualFolder, {std::to_string(target.value)});
  return for_each_ref(work, refs, [&](ItemWriter& writer, ItemRef ref) { writer.move(ref, target, known); });
}

BulkResult remove(UnitOfWork& work, std::span<const ItemRef> refs, Millis known, bool for_good) {
  return for_each_ref(work, refs,
                      [&](ItemWriter& writer, ItemRef ref) { writer.remove(ref, known, for_good); });
}

std::vector<Restored> restore(UnitOfWork& work, std::span<const ItemRef> refs) {
  std::vector<Restored> restored;
  work.write([&](Transaction& transaction) {
    restored.clear();
    // One writer each: a folder that one item made again must be seen by the next.
    for (const ItemRef& ref : refs) restored.push_back(ItemWriter(transaction).restore(ref));
  });
  return restored;
}

}  // namespace gw::model::infostore
