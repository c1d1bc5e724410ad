// Changing items: metadata, new versions, the choice of the current one, moves.
#include <algorithm>

#include "core/errors/infostore.hpp"
#include "model/infostore/item_fields.hpp"
#include "model/infostore/item_names.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {
namespace {

/// How old an empty file may be that a second upload of the same client replaces.
constexpr std::int64_t kEmptyFileMillis = 5 * 60'000;

bool is_only(const FieldSet& sent, std::initializer_list<int> columns) {
  FieldSet rest = sent;
  for (const int column : columns) rest.reset(static_cast<std::size_t>(find_column(item_fields(), column)));
  return rest.none();
}

/// Copies the sent rows over the stored item. Place, version and permissions are not part of it.
void apply_input(Item& item, const ItemInput& input) {
  const auto table = item_fields();
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!input.sent.test(i) || table[i].sql.empty() || (table[i].flags & kReadOnly)) continue;
    if (table[i].column == kFolderColumn || table[i].column == kVersionColumn) continue;
    std::visit([&](auto member) { item.*member = input.item.*member; }, table[i].member);
  }
}

}  // namespace

void ItemWriter::settle_name(Item& item, const Item& before, const ItemInput& input, OnCollision collision) {
  if (item.current_version > 0 && !item.filename)
    item.filename = before.filename ? before.filename : item.title;
  if (item.current_version > 0 && !item.filename) item.filename = "file";
  const bool follows = !is_sent(input.sent, kTitleColumn) && (before.title == before.filename || !item.title);
  const bool is_same = item.title == item.filename;
  if (item.filename && (item.filename != before.filename || item.folder_id != before.folder_id)) {
    check_name(*item.filename);
    item.filename = free_name(connection_, caller_, FolderId(item.folder_id), *item.filename,
                              ObjectId(item.id), collision);
    take_name(item);
  }
  if (follows || is_same) item.title = item.filename ? item.filename : item.title;
}

void ItemWriter::new_version(Item& item, const ItemInput& input, const Deposit::State& file,
                             bool replace_empty) {
  const bool replaces = replace_empty && item.version > 0 && item.file_size == 0 &&
                        item.version_created_by == caller_.user.value &&
                        stamp_.value - item.version_created.value < kEmptyFileMillis;
  if (replaces) {
    files::discard_files(transaction_, context_, {{item.file_owner, item.file_id.value_or(""), 0}});
  } else {
    item.version = item.current_version = ++item.highest_version;
    ++item.number_of_versions;
    item.version_comment.reset();
    item.version_created_by = caller_.user.value;
    item.version_created = stamp_;
  }
  item.file_mimetype.reset();
  apply_input(item, input);
  add_file(item, file);
  if (!replaces) store::insert_version(connection_, context_, item);
}

void ItemWriter::make_current(Item& item, std::int64_t version) {
  auto wanted = store::find(connection_, context_, work_.now(), ObjectId(item.id), version);
  if (!wanted || version <= 0) throw ApiError(errors::ifo::kNotFound, {std::to_string(item.id)});
  wanted->object_permissions = std::move(item.object_permissions);
  wanted->current_version = version;
  item = std::move(*wanted);
}

void ItemWriter::change_version(Item& item, const Item& before, const ItemInput& input,
                                const Deposit::State* file, const UpdateOptions& options) {
  const std::int64_t folder = item.folder_id;
  const bool names_version = file == nullptr && is_sent(input.sent, kVersionColumn);
  const bool switches = names_version && is_only(input.sent, {kVersionColumn, kFolderColumn});
  if (names_version && !switches && input.item.version != before.version) {
    // The metadata of an older version: the item itself only gets a new stamp, and a name that is free.
    Item other = item;
    make_current(other, input.item.version);
    apply_input(other, input);
    store::update_version(connection_, context_, other);
  } else if (switches) {
    make_current(item, input.item.version);
    item.folder_id = folder;
  } else if (file != nullptr && !file->continued) {
    new_version(item, input, *file, options.replace_empty);
  } else {
    apply_input(item, input);
    if (file != nullptr) continue_file(item, *file);
  }
  settle_name(item, before, input, options.collision);
  store::update_version(connection_, context_, item);
}

ItemWriter::Change ItemWriter::judge(const Target& target, const ItemInput& input, Millis known,
                                     const Deposit::State* file) {
  const auto& [before, access] = target;
  Change change;
  const std::int64_t wanted = is_sent(input.sent, kFolderColumn) ? input.item.folder_id : 0;
  const bool stays_in_view = !access.in_folder && FolderId(wanted) == kSharedFiles;
  change.moves = wanted != 0 && wanted != before.folder_id && !stays_in_view;
  change.edits = file != nullptr || !is_only(input.sent, {kFolderColumn});
  change.shares =
      is_sent(input.sent, kPermissionsColumn) &&
      (input.item.object_permissions != before.object_permissions || !input.item.invitations.empty());
  if (change.moves) check_move(target, FolderId(wanted));
  if (change.edits && !access.write) throw ApiError(errors::ifo::kNoWrite);
  locks_.check(before);
  check_unchanged(before, known);
  if (!change.shares) return change;
  if (!may_share(caller_)) throw ApiError(errors::ifo::kNoWrite);
  check_permissions(input.item.object_permissions);
  return change;
}

Saved ItemWriter::update(ItemRef ref, const ItemInput& input, Millis known, const Deposit::State* file,
                         const UpdateOptions& options) {
  const Target target = load(ref);
  const Item& before = target.item;
  const Change change = judge(target, input, known, file);
  if (!change.moves && !change.edits) {
    Saved unchanged = saved(before, target.access);
    unchanged.timestamp = before.last_modified;
    return unchanged;
  }
  if (change.moves) rehome(before, FolderId(input.item.folder_id));
  Item item = before;
  if (change.moves) item.folder_id = input.item.folder_id;
  change_version(item, before, input, file, options);
  std::vector<ObjectPermission> entries;
  if (change.shares) {
    entries = with_guests(before, input.item);
    store_permissions(before, entries);
  }
  if (change.moves) change_place(before, item);
  touch(item);
  store::update_item(connection_, context_, item);
  Saved done = saved(item, change.moves ? ItemAccess{.in_folder = true} : target.access);
  if (change.shares) {
    done.added = new_entries(before.object_permissions, entries);
    // Those who lose it and those who get it both hear of it.
    item.object_permissions.insert(item.object_permissions.end(), entries.begin(), entries.end());
  }
  raise(change.moves ? ChangeKind::Moved : ChangeKind::Updated, item,
        change.moves ? FolderId(before.folder_id) : FolderId{});
  return done;
}

Saved update(UnitOfWork& work, ItemRef ref, const ItemInput& input, Millis known, std::optional<Deposit> file,
             OnCollision collision, bool replace_empty) {
  Saved saved;
  write_with_file(work, file, [&](Transaction& transaction, const Deposit::State* state) {
    saved = ItemWriter(transaction).update(ref, input, known, state, {collision, replace_empty});
  });
  return saved;
}

}  // namespace gw::model::infostore
