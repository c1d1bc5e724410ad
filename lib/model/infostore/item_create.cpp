// New items, and the service functions that store one item.
#include <algorithm>

#include "core/errors/account.hpp"
#include "core/errors/infostore.hpp"
#include "core/errors/servlet.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/infostore/item_fields.hpp"
#include "model/infostore/item_names.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {
namespace {

constexpr std::size_t kCopyPiece = 65'536;

/// What only the server decides.
void reset_server_fields(Item& item) {
  item.id = item.current_version = item.number_of_versions = item.highest_version = item.version = 0;
  item.origin.reset();
  item.file_id.reset();
  item.file_md5sum.reset();
  item.file_size = item.file_owner = 0;
  PictureNotes().describe(item);
}

/// The bytes of one stored file, put into another place.
Deposit copy_bytes(UnitOfWork& work, const Content& content, FolderId target) {
  Deposit copy(work, target, {}, content.item.file_size);
  try {
    const auto reader = content.store->open(*content.item.file_id);
    std::string buffer(kCopyPiece, '\0');
    while (const std::size_t count = reader->read(buffer))
      copy.write(std::string_view(buffer).substr(0, count));
  } catch (const filestore::StoreError& problem) {
    throw files::to_api_error(problem);
  }
  return copy;
}

}  // namespace

void ItemWriter::check_count(ObjectId next) {
  const std::int64_t limit =
      administration::count_limit(connection_, context_, "infostore", -1, transaction_.marks());
  // Every item took one id of the context's sequence, so below the limit nothing needs to be counted.
  if (limit < 0 || next.value <= limit) return;
  const std::int64_t used = store::count_context(connection_, context_);
  if (used >= limit)
    throw ApiError(errors::quota::kExceeded, {"files", std::to_string(used), std::to_string(limit)});
}

Saved ItemWriter::create(const ItemInput& input, const Deposit::State* file, OnCollision collision) {
  Item item = input.item;
  const FolderId folder(item.folder_id);
  const auto place = load_target_folder(connection_, caller_, folder, errors::ifo::kNoCreate);
  if (!item.filename && file != nullptr) item.filename = item.title.value_or("file");
  if (item.filename && collision == OnCollision::AddVersion && file != nullptr) {
    if (const auto existing = store::find_named(connection_, context_, folder, *item.filename))
      return update({folder, *existing}, input, kAnyVersion, file, {});
  }
  locks_.check_members(folder);
  if (item.filename) check_name(*item.filename);
  const bool shares = !item.object_permissions.empty() || !item.invitations.empty();
  if (shares) {
    if (!may_share(caller_)) throw ApiError(errors::ifo::kNoWrite);
    check_permissions(item.object_permissions);
  }
  reset_server_fields(item);
  if (!item.title) item.title = item.filename;
  if (item.filename) {
    const bool same = item.title == item.filename;
    item.filename = free_name(connection_, caller_, folder, *item.filename, {}, collision);
    if (same) item.title = item.filename;
  }
  item.id = transaction_.next_id();
  check_count(ObjectId(item.id));
  if (item.filename) take_name(item);
  if (shares) item.object_permissions = with_guests({.id = item.id, .folder_id = item.folder_id}, item);
  item.created_by = item.modified_by = item.version_created_by = caller_.user.value;
  item.creation_date = item.last_modified = item.version_created = stamp_;
  Item hidden = item;
  if (file != nullptr) {
    hidden.filename.reset();
    add_file(item, *file);
    item.version = item.current_version = item.number_of_versions = item.highest_version = 1;
    store::insert_version(connection_, context_, item);
  }
  store::insert_version(connection_, context_, hidden);
  store::insert_item(connection_, context_, item);
  if (!item.object_permissions.empty())
    store::replace_permissions(connection_, context_, ObjectId(item.id), caller_.user,
                               item.object_permissions);
  raise(ChangeKind::Created, item);
  ItemAccess access;
  access.in_folder = true;
  Saved done = saved(item, access);
  done.added = std::move(item.object_permissions);
  return done;
}

Saved create(UnitOfWork& work, const ItemInput& input, std::optional<Deposit> file, OnCollision collision) {
  if (input.item.folder_id == 0) throw ApiError(errors::svl::kMissing, {"folder_id"});
  Saved saved;
  write_with_file(work, file, [&](Transaction& transaction, const Deposit::State* state) {
    saved = ItemWriter(transaction, 1).create(input, state, collision);
  });
  return saved;
}

Saved copy(UnitOfWork& work, ItemRef ref, const ItemInput& changed, std::optional<Deposit> file,
           OnCollision collision) {
  if (changed.item.folder_id == 0) throw ApiError(errors::svl::kMissing, {"folder_id"});
  const Item source = get(work, ref);
  ItemInput input{source, changed.sent};
  input.item.object_permissions.clear();
  input.item.invitations = changed.item.invitations;
  for (std::size_t i = 0; i < item_fields().size(); ++i) {
    const Field<Item>& field = item_fields()[i];
    if (changed.sent.test(i) && !field.sql.empty())
      std::visit([&](auto member) { input.item.*member = changed.item.*member; }, field.member);
  }
  input.item.folder_id = changed.item.folder_id;
  if (is_sent(changed.sent, kPermissionsColumn))
    input.item.object_permissions = changed.item.object_permissions;
  // A new name without a new title: the title follows.
  if (is_sent(changed.sent, kFilenameColumn) && !is_sent(changed.sent, kTitleColumn) &&
      source.title == source.filename)
    input.item.title = input.item.filename;
  if (!file && source.file_id)
    file.emplace(copy_bytes(work, open_content(work, ref), FolderId(input.item.folder_id)));
  Saved saved;
  write_with_file(work, file, [&](Transaction& transaction, const Deposit::State* state) {
    saved = ItemWriter(transaction, 1).create(input, state, collision);
    store::copy_properties(transaction.connection(), work.context(), ref.id, saved.ref.id);
  });
  return saved;
}

}  // namespace gw::model::infostore
