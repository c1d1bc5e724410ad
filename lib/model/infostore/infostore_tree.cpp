#include "model/infostore/infostore_tree.hpp"

#include "core/errors/folder.hpp"
#include "core/errors/infostore.hpp"
#include "core/text.hpp"
#include "model/folders/folder_service.hpp"
#include "model/infostore/item_fields.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {
namespace {

/// The folder services trim titles: a name that would not be kept as it is makes no folder.
void check_title(const std::string& name) {
  if (trim(name).size() != name.size()) throw ApiError(errors::fld::kBadCharacter, {" "});
}

void end_locks(Transaction& transaction, const TreeChange& change) {
  for (const std::string& token : change.ended_locks)
    store::remove_lock(transaction.connection(), transaction.work().context(), token);
}

void send(FieldSet& sent, int column) {
  sent.set(static_cast<std::size_t>(find_column(item_fields(), column)));
}

/// Only what really changes, so that moving asks for no right to write.
ItemInput place_input(Transaction& transaction, const Transfer& transfer) {
  const auto before = store::find(transaction.connection(), transaction.work().context(),
                                  transaction.work().now(), transfer.source.item, kCurrentVersion);
  ItemInput input;
  if (!before || FolderId(before->folder_id) != transfer.target) {
    input.item.folder_id = transfer.target.value;
    send(input.sent, kFolderColumn);
  }
  if (!before || before->filename != transfer.name) {
    input.item.filename = input.item.title = transfer.name;
    send(input.sent, kFilenameColumn);
    send(input.sent, kTitleColumn);
  }
  return input;
}

void move_file(Transaction& transaction, const Transfer& transfer) {
  ItemWriter writer(transaction);
  writer.update({transfer.source.folder, transfer.source.item}, place_input(transaction, transfer),
                transfer.change.known, nullptr, {OnCollision::Refuse, false});
}

void move_folder(Transaction& transaction, const Transfer& transfer) {
  check_title(transfer.name);
  UnitOfWork& work = transaction.work();
  LockView locks(transaction.connection(), work.caller(), work.now());
  const auto source = folders::load_access(transaction.connection(), work.caller(), transfer.source.folder);
  locks.check_members(source.parent);
  locks.check_members(transfer.target);
  folders::FolderChange change;
  if (source.title != transfer.name) change.title = transfer.name;
  if (source.parent != transfer.target) change.parent = std::to_string(transfer.target.value);
  folders::change_folder(transaction, transfer.source.folder, change);
}

}  // namespace

std::optional<Item> find_in_folder(UnitOfWork& work, FolderId folder, const Rights& rights,
                                   std::string_view name) {
  auto found = store::find_in_folder(work.connection(), work.context(), work.now(), folder, name);
  if (found && !may_read(rights, found->created_by == work.caller().user.value)) found.reset();
  return found;
}

std::deque<Item> list_entries(UnitOfWork& work, FolderId folder, const Rights& rights) {
  std::deque<Item> found = store::list_entries(work.connection(), work.context(), folder);
  if (!may_read(rights, false))
    std::erase_if(found, [&](const Item& item) {
      return !may_read(rights, item.created_by == work.caller().user.value);
    });
  return found;
}

FolderId make_folder(UnitOfWork& work, FolderId parent, const std::string& name) {
  check_title(name);
  FolderId made;
  work.write([&](Transaction& transaction) {
    transaction.stamp(1);
    LockView locks(transaction.connection(), work.caller(), work.now());
    locks.check_members(parent);
    const bool is_locked = locks.check_name(parent, name);
    folders::FolderChange change;
    change.title = name;
    made = folders::create_folder(transaction, parent, change).id;
    if (is_locked)
      store::give_locks_to_folder(transaction.connection(), work.context(), {parent, name}, made);
  });
  return made;
}

void remove_entry(Transaction& transaction, TreeEntry entry, Millis known) {
  if (entry.item)
    ItemWriter(transaction).remove({entry.folder, entry.item}, known, false);
  else
    folders::delete_folder(transaction, entry.folder);
}

void remove_entry(UnitOfWork& work, TreeEntry entry, const TreeChange& change) {
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    remove_entry(transaction, entry, change.known);
    end_locks(transaction, change);
  });
}

void move_entry(UnitOfWork& work, const Transfer& transfer) {
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    if (transfer.replaced) remove_entry(transaction, *transfer.replaced);
    end_locks(transaction, transfer.change);
    if (transfer.source.item)
      move_file(transaction, transfer);
    else
      move_folder(transaction, transfer);
  });
}

}  // namespace gw::model::infostore
