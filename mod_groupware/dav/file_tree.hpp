// The tree of files as one caller sees it over WebDAV: fixed collections at the top, his own folders, public
// and shared ones below. Look-ups by name and lists; no changes. Free of httpd. Source: spec dav 2 "Tree".
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/folders/folder_access.hpp"
#include "model/folders/forest.hpp"
#include "model/infostore/infostore_tree.hpp"

namespace gw::dav {

enum class Kind {
  Root,
  Store,   ///< "Userstore" and "Public files": folders 10 and 15, which take no files
  Owner,   ///< somebody whose own file folder the caller may not see, but folders below it
  Folder,  ///< an ordinary folder of files
  File,
  Missing,
};

struct Node {
  Kind kind = Kind::Missing;
  std::string path;  ///< below the location's root
  std::string name;  ///< its last part; fixed, never translated
  /// The folder itself; of files and missing names the folder they lie in, 0 when that is none.
  FolderId folder;
  /// Of Missing: something above it that can hold others is there.
  bool has_parent = false;
  /// From `folder` upwards, as far as the caller sees them: where locks of collections may lie.
  std::vector<FolderId> chain;
  /// Of Store and Folder.
  model::Rights rights;
  UserId owner;
  /// Of File, else null. Apart, because an item is large and nodes are moved about. Of a file in a list only
  /// what infostore::list_entries gives.
  std::shared_ptr<const model::infostore::Item> item;
  /// Of collections that came from a list or were completed; 0: none.
  Millis created;
  Millis modified;

  [[nodiscard]] bool exists() const { return kind != Kind::Missing; }
  [[nodiscard]] bool is_collection() const { return exists() && kind != Kind::File; }
  /// What services change. Valid for Folder and File.
  [[nodiscard]] model::infostore::TreeEntry entry() const {
    return {folder, kind == Kind::File ? ObjectId(item->id) : ObjectId(0)};
  }
};

inline constexpr std::string_view kUserStore = "Userstore";
inline constexpr std::string_view kPublicFiles = "Public files";
/// The caller's own, where DELETE puts things. Its title is in the owner's language; its name here is not.
inline constexpr std::string_view kTrash = "Trash";

/// What it has read it reads again after `forget`. Threads: one. Holds no connection of its own.
class FileTree {
 public:
  explicit FileTree(model::UnitOfWork& work) : work_(work) {}
  /// Always gives a node. Errors: HttpError 400 for a path that nobody may ask for. Cost: two queries for
  /// each name, one for the file.
  Node find(std::string_view path);
  /// What a collection holds: folders first, each sorted by name. Empty for others. Cost: one query
  /// for its files; those for the folders once per tree.
  std::vector<Node> children(const Node& parent);
  /// How much lies below a collection, at any depth; it stops to count behind `limit`. Cost: as children for
  /// each collection.
  std::int64_t count_below(const Node& parent, std::int64_t limit);
  /// Fills the times of a collection.
  void complete(Node& collection);
  void forget() { forest_.reset(), adrift_.reset(), shared_.reset(); }

 private:
  /// Folders the caller sees although he does not see what is above them.
  struct Adrift {
    std::map<std::string, std::map<std::string, FolderId>> by_owner;
    std::map<std::string, FolderId> in_public;
  };
  Node child(const Node& parent, std::string_view name);
  Node top_node(std::string_view name);
  std::optional<Node> find_folder(const Node& parent, std::string_view name);
  std::optional<Node> find_adrift(const Node& parent, std::string_view name);
  Node folder_node(const Node& parent, std::string name, const model::folders::FolderAccess& access);
  Node folder_node(const Node& parent, std::string name, const model::folders::VisibleFolder& visible);
  Node owner_node(const Node& parent, std::string_view name);
  std::vector<Node> subfolders(const Node& parent);
  void add_files(const Node& parent, std::vector<Node>& found);
  const model::folders::Forest& forest();
  const Adrift& adrift();
  /// Files that others share one by one, which lie in "Userstore" beside the collections: the view of folder
  /// 10 (spec infostore 9). A name that is taken gets the file's id. Cost: five queries, once per tree.
  const std::map<std::string, std::shared_ptr<const model::infostore::Item>>& shared_files(const Node& store);
  /// Of the names in `parent` that lead to folders adrift; nullptr: it has none.
  const std::map<std::string, FolderId>* adrift_in(const Node& parent);

  model::UnitOfWork& work_;
  std::shared_ptr<const model::folders::Forest> forest_;
  std::optional<Adrift> adrift_;
  std::optional<std::map<std::string, std::shared_ptr<const model::infostore::Item>>> shared_;
};

}  // namespace gw::dav
