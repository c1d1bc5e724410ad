// What creating, changing and removing share: loading, conflicts, files, tombstones, events.
#include "model/infostore/item_writer.hpp"

#include <algorithm>

#include "core/errors/infostore.hpp"
#include "model/groups/membership.hpp"
#include "model/infostore/entity_tag.hpp"
#include "model/infostore/item_recipients.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::infostore {

ItemWriter::ItemWriter(Transaction& transaction, std::int64_t new_items)
    : transaction_(transaction),
      work_(transaction.work()),
      connection_(transaction.connection()),
      caller_(work_.caller()),
      context_(caller_.context),
      stamp_(transaction.stamp(new_items)),
      lookup_(connection_, caller_),
      locks_(connection_, caller_, work_.now()) {}

ItemWriter::Target ItemWriter::load(ItemRef ref, std::int64_t version) {
  auto found = store::find(connection_, context_, work_.now(), ref.id, version);
  if (!found) throw ApiError(errors::ifo::kNotFound, {std::to_string(ref.id.value)});
  found->object_permissions =
      store::load_permissions(connection_, context_, std::span(&ref.id, 1))[ref.id.value];
  const ItemAccess access = lookup_.access(*found);
  check_readable(*found, access, lookup_);
  return {std::move(*found), access};
}

void ItemWriter::check_unchanged(const Item& item, Millis known) const {
  if (item.last_modified > known) throw ApiError(errors::ifo::kChanged);
}

Saved ItemWriter::saved(const Item& item, const ItemAccess& access) const {
  const FolderId place = access.in_folder ? FolderId(item.folder_id) : kSharedFiles;
  return {{place, ObjectId(item.id)}, stamp_, item.filename.value_or(""), entity_tag(item)};
}

void ItemWriter::touch(Item& item) {
  item.modified_by = caller_.user.value;
  item.last_modified = stamp_;
}

void ItemWriter::check_permissions(const std::vector<ObjectPermission>& entries) {
  for (const ObjectPermission& entry : entries) {
    const bool exists =
        entry.is_group ? groups::group_exists(connection_, context_, GroupId(entry.entity))
                       : users::find_file_settings(connection_, context_, UserId(entry.entity)).has_value();
    if (!exists)
      throw ApiError(errors::ifo::kInvalid,
                     {"object_permissions", "there is no entity " + std::to_string(entry.entity)});
  }
}

void ItemWriter::store_permissions(const Item& before, const std::vector<ObjectPermission>& entries) {
  if (before.object_permissions == entries) return;
  const ObjectId id(before.id);
  store::replace_permissions(connection_, context_, id, caller_.user, entries);
  release_guests(transaction_, id, before.object_permissions, entries);
  // Whoever lost the file must hear of it; whoever still has it finds it among the changed ones.
  if (!before.object_permissions.empty())
    write_tombstone(connection_, context_, ObjectModule::Infostore, kSharedFiles, id, stamp_);
}

void ItemWriter::add_file(Item& item, const Deposit::State& file) {
  files::check_room(files::load_space(connection_, context_, file.owner, transaction_.marks()), file.size);
  files::add_used_bytes(connection_, context_, file.owner, file.size);
  item.file_id = file.file_id;
  item.file_owner = file.owner;
  item.file_size = file.size;
  item.file_md5sum = file.md5sum;
  file.picture.describe(item);
}

void ItemWriter::continue_file(Item& item, const Deposit::State& file) {
  const store::FileRow& old = *file.continued;
  // Somebody else stored bytes meanwhile: what was appended no longer fits.
  if (item.file_id != old.file.id || item.version != old.version)
    throw ApiError(errors::fls::kOffset, {std::to_string(old.file.size), std::to_string(item.file_size)});
  files::check_room(files::load_space(connection_, context_, file.owner, transaction_.marks()),
                    file.added_bytes());
  files::discard_files(transaction_, context_, {old.file});
  files::add_used_bytes(connection_, context_, file.owner, file.size);
  item.file_id = file.file_id;
  item.file_size = file.size;
  item.file_md5sum.reset();
}

void ItemWriter::take_name(const Item& item) {
  const FolderId folder(item.folder_id);
  if (locks_.check_name(folder, *item.filename))
    store::give_locks_to_item(connection_, context_, {folder, *item.filename}, ObjectId(item.id));
}

void ItemWriter::leave(const Item& before) {
  const ObjectId id(before.id);
  write_tombstone(connection_, context_, ObjectModule::Infostore, FolderId(before.folder_id), id, stamp_);
  store::remove_locks_of_item(connection_, context_, id);
}

void ItemWriter::check_move(const Target& target, FolderId folder) {
  const FolderId source(target.item.folder_id);
  if (!target.access.remove) throw ApiError(errors::ifo::kNoDeleteSource, {std::to_string(source.value)});
  load_target_folder(connection_, caller_, folder, errors::ifo::kNoCreateTarget);
  locks_.check_members(source);
  locks_.check_members(folder);
}

void ItemWriter::change_place(const Item& before, const Item& item) {
  leave(before);
  clear_tombstone(connection_, context_, ObjectModule::Infostore, FolderId(item.folder_id),
                  ObjectId(item.id));
}

void ItemWriter::erase(const Item& item) {
  const ObjectId id(item.id);
  raise(ChangeKind::Deleted, item);
  files::discard_files(transaction_, context_,
                       store::names_of(store::files_of_item(connection_, context_, id)));
  if (!item.object_permissions.empty())
    write_tombstone(connection_, context_, ObjectModule::Infostore, kSharedFiles, id, stamp_);
  leave(item);
  store::remove(connection_, context_, id);
  release_guests(transaction_, id, item.object_permissions, {});
}

const std::vector<UserId>& ItemWriter::viewers_of(FolderId folder) {
  const auto known = viewers_.find(folder);
  if (known != viewers_.end()) return known->second;
  return viewers_.emplace(folder, folders::viewers(transaction_, folder)).first->second;
}

void ItemWriter::raise(ChangeKind kind, const Item& item, FolderId source) {
  const FolderId place(item.folder_id);
  Event event{.module = ObjectModule::Infostore,
              .kind = kind,
              .folder = place,
              .source_folder = source,
              .object = ObjectId(item.id)};
  event.tell(place, viewers_of(place));
  if (source) event.tell(source, viewers_of(source));
  event.tell(kSharedFiles, recipients(connection_, context_, item.object_permissions, viewers_of(place)));
  transaction_.raise(std::move(event));
}

}  // namespace gw::model::infostore
