#include "dav/file_tree.hpp"

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "dav/path.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/infostore/item_access.hpp"
#include "model/users/user_directory.hpp"

namespace gw::dav {
namespace {

namespace folders = model::folders;
namespace infostore = model::infostore;
using folders::system_folder::kPublicInfostore;
using folders::system_folder::kUserInfostore;

Node place_below(const Node& parent, std::string_view name, Kind kind) {
  Node node;
  node.kind = kind;
  node.name = name;
  node.path = join_path(parent.path, name);
  return node;
}

Node missing_below(const Node& parent, std::string_view name) {
  Node node = place_below(parent, name, Kind::Missing);
  node.has_parent = parent.is_collection();
  if (parent.kind == Kind::Folder || parent.kind == Kind::Store) {
    node.folder = parent.folder;
    node.chain = parent.chain;
    node.rights = parent.rights;
    node.owner = parent.owner;
  }
  return node;
}

Node file_below(const Node& parent, std::string_view name, std::shared_ptr<const infostore::Item> item) {
  Node node = place_below(parent, name, Kind::File);
  node.folder = parent.folder;
  node.chain = parent.chain;
  node.rights = parent.rights;
  node.owner = parent.owner;
  node.item = std::move(item);
  return node;
}

/// `a.txt` becomes `a (31).txt`.
std::string with_id(const std::string& name, std::int64_t id) {
  const std::size_t dot = name.rfind('.');
  const std::size_t end = dot == 0 || dot == std::string::npos ? name.size() : dot;
  return name.substr(0, end) + " (" + std::to_string(id) + ")" + name.substr(end);
}

/// A name that several folders adrift have is told apart by the folder's id.
void add_adrift(std::map<std::string, FolderId>& names, const std::string& title, FolderId folder) {
  if (!names.try_emplace(title, folder).second)
    names.try_emplace(title + " (" + std::to_string(folder.value) + ")", folder);
}

}  // namespace

const folders::Forest& FileTree::forest() {
  if (!forest_) forest_ = folders::Forest::find_unsubscribed(work_.connection(), work_.caller());
  return *forest_;
}

const FileTree::Adrift& FileTree::adrift() {
  if (adrift_) return *adrift_;
  adrift_.emplace();
  for (const folders::VisibleFolder& visible : forest().all()) {
    const folders::Folder& folder = visible.folder;
    if (folder.module != model::ObjectModule::Infostore || folder.id == kUserInfostore ||
        folder.id == kPublicInfostore || forest().find(folder.parent) != nullptr)
      continue;
    const auto path = folders::path_of(work_.connection(), work_.context(), folder.id);
    if (path.size() < 2) continue;
    if (path.back().id == kPublicInfostore) add_adrift(adrift_->in_public, folder.title, folder.id);
    if (path.back().id == kUserInfostore && path.size() > 2)
      add_adrift(adrift_->by_owner[path[path.size() - 2].title], folder.title, folder.id);
  }
  return *adrift_;
}

const std::map<std::string, FolderId>* FileTree::adrift_in(const Node& parent) {
  if (parent.kind == Kind::Store) return parent.folder == kPublicInfostore ? &adrift().in_public : nullptr;
  const bool is_own = parent.owner == work_.caller().user;
  const bool is_somebodys_top =
      parent.kind == Kind::Owner || (parent.kind == Kind::Folder && !is_own && parent.chain.size() == 2 &&
                                     parent.chain.back() == kUserInfostore);
  if (!is_somebodys_top) return nullptr;
  const auto found = adrift().by_owner.find(parent.name);
  return found == adrift().by_owner.end() ? nullptr : &found->second;
}

Node FileTree::folder_node(const Node& parent, std::string name, const folders::FolderAccess& access) {
  Node node = place_below(parent, name, Kind::Folder);
  node.folder = access.id;
  node.rights = access.rights;
  node.owner = access.owner;
  node.chain.push_back(access.id);
  node.chain.insert(node.chain.end(), parent.chain.begin(), parent.chain.end());
  return node;
}

Node FileTree::folder_node(const Node& parent, std::string name, const folders::VisibleFolder& visible) {
  folders::FolderAccess access;
  access.id = visible.folder.id;
  access.rights = visible.rights;
  access.owner = visible.folder.owner;
  Node node = folder_node(parent, std::move(name), access);
  node.created = visible.folder.created;
  node.modified = visible.folder.last_modified;
  return node;
}

Node FileTree::top_node(std::string_view name) {
  Node root;
  root.kind = Kind::Root;
  FolderId folder;
  if (name == kUserStore) folder = kUserInfostore;
  if (name == kPublicFiles) folder = kPublicInfostore;
  if (name == kTrash)
    if (const auto settings = model::users::find_file_settings(work_.connection(), work_.context(),
                                                               work_.caller().user, work_.caller().marks))
      folder = settings->trash;
  if (!folder) return missing_below(root, name);
  const auto access = folders::find_access(work_.connection(), work_.caller(), folder);
  if (!access) return missing_below(root, name);
  Node node = folder_node(root, std::string(name), *access);
  if (name != kTrash) node.kind = Kind::Store;
  return node;
}

Node FileTree::owner_node(const Node& parent, std::string_view name) {
  Node node = place_below(parent, name, Kind::Owner);
  node.chain = parent.chain;
  return node;
}

std::optional<Node> FileTree::find_folder(const Node& parent, std::string_view name) {
  const auto id = folders::find_subfolder(work_.connection(), work_.caller(), parent.folder, name);
  if (!id) return std::nullopt;
  const auto access = folders::find_access(work_.connection(), work_.caller(), *id);
  if (!access || access->module != model::ObjectModule::Infostore) return std::nullopt;
  // Its place is at the top.
  if (access->type == folders::FolderType::Trash && access->is_default) return std::nullopt;
  return folder_node(parent, std::string(name), *access);
}

std::optional<Node> FileTree::find_adrift(const Node& parent, std::string_view name) {
  const auto* names = adrift_in(parent);
  if (names == nullptr) return std::nullopt;
  const auto found = names->find(std::string(name));
  if (found == names->end()) return std::nullopt;
  const folders::VisibleFolder* visible = forest().find(found->second);
  return visible == nullptr ? std::nullopt : std::optional(folder_node(parent, found->first, *visible));
}

Node FileTree::child(const Node& parent, std::string_view name) {
  switch (parent.kind) {
    case Kind::Root:
      return top_node(name);
    case Kind::Store:
      if (auto found = find_folder(parent, name)) return std::move(*found);
      if (auto found = find_adrift(parent, name)) return std::move(*found);
      if (parent.folder == kUserInfostore && adrift().by_owner.contains(std::string(name)))
        return owner_node(parent, name);
      if (parent.folder == kUserInfostore)
        if (const auto shared = shared_files(parent).find(std::string(name));
            shared != shared_files(parent).end())
          return file_below(parent, name, shared->second);
      return missing_below(parent, name);
    case Kind::Owner:
      if (auto found = find_adrift(parent, name)) return std::move(*found);
      return missing_below(parent, name);
    case Kind::Folder:
      if (auto found = find_folder(parent, name)) return std::move(*found);
      if (auto found = find_adrift(parent, name)) return std::move(*found);
      if (auto item = infostore::find_in_folder(work_, parent.folder, parent.rights, name))
        return file_below(parent, name, std::make_shared<const infostore::Item>(std::move(*item)));
      return missing_below(parent, name);
    case Kind::File:
    case Kind::Missing:
      break;
  }
  return missing_below(parent, name);
}

Node FileTree::find(std::string_view path) {
  const auto names = split_path(path);
  if (!names) throw HttpError(400, "This path cannot exist.");
  Node node;
  node.kind = Kind::Root;
  for (const std::string_view name : *names) node = child(node, name);
  return node;
}

std::vector<Node> FileTree::subfolders(const Node& parent) {
  std::vector<Node> found;
  std::set<std::string> names;
  for (const folders::VisibleFolder& visible : forest().all()) {
    const folders::Folder& folder = visible.folder;
    if (folder.parent != parent.folder || folder.module != model::ObjectModule::Infostore) continue;
    if (folder.default_kind == folders::DefaultKind::Trash) continue;
    if (names.insert(folder.title).second) found.push_back(folder_node(parent, folder.title, visible));
  }
  if (const auto* more = adrift_in(parent))
    for (const auto& [name, id] : *more)
      if (names.insert(name).second) found.push_back(folder_node(parent, name, *forest().find(id)));
  if (parent.kind == Kind::Store && parent.folder == kUserInfostore)
    for (const auto& [name, ignored] : adrift().by_owner)
      if (names.insert(name).second) found.push_back(owner_node(parent, name));
  return found;
}

const std::map<std::string, std::shared_ptr<const infostore::Item>>& FileTree::shared_files(
    const Node& store) {
  if (shared_) return *shared_;
  shared_.emplace();
  std::set<std::string> taken;
  for (const Node& folder : subfolders(store)) taken.insert(folder.name);
  for (infostore::Item& item : infostore::list_folder(work_, infostore::kSharedFiles, {}).items) {
    if (!item.filename) continue;
    std::string name = *item.filename;
    if (taken.contains(name)) name = with_id(name, item.id);
    if (taken.insert(name).second)
      shared_->emplace(std::move(name), std::make_shared<const infostore::Item>(std::move(item)));
  }
  return *shared_;
}

void FileTree::add_files(const Node& parent, std::vector<Node>& found) {
  // One block for all of them, which lives as long as the last node that shows one.
  const auto items = std::make_shared<const std::deque<infostore::Item>>(
      infostore::list_entries(work_, parent.folder, parent.rights));
  found.reserve(found.size() + items->size());
  for (const infostore::Item& item : *items)
    found.push_back(file_below(parent, *item.filename, std::shared_ptr<const infostore::Item>(items, &item)));
}

std::vector<Node> FileTree::children(const Node& parent) {
  std::vector<Node> found;
  const auto by_name = [](const Node& a, const Node& b) { return a.name < b.name; };
  if (parent.kind == Kind::Root) {
    for (const std::string_view name : {kPublicFiles, kTrash, kUserStore}) {
      Node node = top_node(name);
      complete(node);
      if (node.exists()) found.push_back(std::move(node));
    }
    return found;
  }
  if (parent.kind == Kind::Owner) {
    if (const auto* names = adrift_in(parent))
      for (const auto& [name, id] : *names) found.push_back(folder_node(parent, name, *forest().find(id)));
    return found;
  }
  if (!parent.is_collection()) return found;
  found = subfolders(parent);
  std::sort(found.begin(), found.end(), by_name);
  if (parent.kind == Kind::Store && parent.folder == kUserInfostore)
    for (const auto& [name, item] : shared_files(parent)) found.push_back(file_below(parent, name, item));
  if (parent.kind != Kind::Folder || parent.rights.read == 0) return found;
  add_files(parent, found);
  return found;
}

std::int64_t FileTree::count_below(const Node& parent, std::int64_t limit) {
  std::int64_t count = 0;
  for (const Node& child : children(parent)) {
    if (++count > limit) break;
    if (child.is_collection()) count += count_below(child, limit - count);
  }
  return count;
}

void FileTree::complete(Node& collection) {
  if (!collection.folder || !collection.is_collection()) return;
  if (const folders::VisibleFolder* visible = forest().find(collection.folder)) {
    collection.created = visible->folder.created;
    collection.modified = visible->folder.last_modified;
  }
}

}  // namespace gw::dav
