// Copies of files and of whole trees: first the bytes, then every row in one transaction.
#include <deque>
#include <map>

#include "core/errors/folder.hpp"
#include "core/errors/infostore.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/folders/folder_service.hpp"
#include "model/infostore/infostore_tree.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {
namespace {

constexpr std::size_t kCopiedAtOnce = 65'536;
constexpr std::size_t kMaxFolders = 10'000;

struct PlannedFolder {
  FolderId source;
  std::size_t parent = 0;  ///< index of the planned folder that takes it; the first has none
  std::string name;
};
struct PlannedFile {
  Item source;
  std::size_t folder = 0;  ///< index; of a single file nothing
  Deposit::State* bytes = nullptr;
};

/// What is to be made, with the bytes of every file.
struct Plan {
  std::vector<PlannedFolder> folders;
  std::vector<PlannedFile> files;
  std::deque<Deposit::State> deposits;
};

/// Durable at once: a tree of many files must not keep them all open.
void copy_bytes(UnitOfWork& work, FolderId target, Plan& plan, PlannedFile& file) {
  const Item& source = file.source;
  if (!source.file_id) return;
  const files::FileOwner owner = files::owner_of_files(
      work.connection(), work.context(), folders::owner_of(work.connection(), work.caller(), target));
  Deposit::State& copy = plan.deposits.emplace_back(work, owner, source.file_size);
  try {
    const auto store = files::open_space_of(work, source.file_owner, *source.file_id);
    const auto reader = store->open(*source.file_id);
    std::string buffer(kCopiedAtOnce, '\0');
    while (const std::size_t count = reader->read(buffer))
      copy.take(std::string_view(buffer).substr(0, count));
  } catch (const filestore::StoreError& problem) {
    throw files::to_api_error(problem);
  }
  copy.picture.stop();
  copy.commit();
  file.bytes = &copy;
}

void plan_members(UnitOfWork& work, const Transfer& transfer, Plan& plan) {
  std::map<FolderId, std::vector<folders::FolderAccess>> below;
  for (folders::FolderAccess& folder :
       folders::visible_folders(work.connection(), work.caller(), ObjectModule::Infostore))
    below[folder.parent].push_back(std::move(folder));
  for (std::size_t i = 0; i < plan.folders.size(); ++i) {
    const FolderId source = plan.folders[i].source;
    for (const folders::FolderAccess& child : below[source]) {
      plan.folders.push_back({child.id, i, child.title});
      if (plan.folders.size() > kMaxFolders)
        throw ApiError(errors::fld::kUnexpected, {std::to_string(kMaxFolders)});
    }
    const auto place = folders::load_access(work.connection(), work.caller(), source);
    if (place.rights.read == 0) continue;
    for (Item& item : list_folder(work, source, {}).items)
      if (item.filename) plan.files.push_back({std::move(item), i, nullptr});
  }
  std::int64_t bytes = 0;
  for (const PlannedFile& file : plan.files) bytes += file.source.file_size;
  // Before the first byte is copied; each file is judged again at the end.
  const auto owner =
      files::owner_of_files(work.connection(), work.context(),
                            folders::owner_of(work.connection(), work.caller(), transfer.target));
  files::check_room(files::load_space(work.connection(), work.context(), owner), bytes);
}

ItemInput copy_input(const PlannedFile& file, FolderId target, const std::string& name) {
  ItemInput input;
  input.item = file.source;
  input.item.folder_id = target.value;
  input.item.filename = name;
  input.item.title = name;
  input.item.object_permissions.clear();
  return input;
}

void make_rows(Transaction& transaction, const Transfer& transfer, const Plan& plan) {
  UnitOfWork& work = transaction.work();
  std::vector<FolderId> made;
  for (const PlannedFolder& planned : plan.folders) {
    folders::FolderChange change;
    change.title = planned.name;
    const FolderId parent = made.empty() ? transfer.target : made[planned.parent];
    made.push_back(folders::create_folder(transaction, parent, change).id);
    store::copy_folder_properties(transaction.connection(), work.context(), planned.source, made.back());
  }
  ItemWriter writer(transaction);
  for (const PlannedFile& file : plan.files) {
    const FolderId target = made.empty() ? transfer.target : made[file.folder];
    const std::string name = made.empty() ? transfer.name : *file.source.filename;
    const Saved saved = writer.create(copy_input(file, target, name), file.bytes, OnCollision::Refuse);
    store::copy_properties(transaction.connection(), work.context(), ObjectId(file.source.id), saved.ref.id);
  }
}

}  // namespace

void copy_entry(UnitOfWork& work, const Transfer& transfer) {
  Plan plan;
  if (transfer.source.item) {
    plan.files.push_back({get(work, {transfer.source.folder, transfer.source.item}), 0, nullptr});
  } else {
    plan.folders.push_back({transfer.source.folder, 0, transfer.name});
    if (transfer.with_members) plan_members(work, transfer, plan);
  }
  for (PlannedFile& file : plan.files) copy_bytes(work, transfer.target, plan, file);
  std::vector<files::IncomingFile*> bytes;
  for (Deposit::State& deposit : plan.deposits) bytes.push_back(&deposit);
  files::write_with_files(work, bytes, [&](Transaction& transaction) {
    transaction.stamp(static_cast<std::int64_t>(plan.files.size() + plan.folders.size()));
    if (transfer.replaced) remove_entry(transaction, *transfer.replaced);
    make_rows(transaction, transfer, plan);
  });
}

}  // namespace gw::model::infostore
