// The folder tree one caller sees: stored folders, virtual nodes and other sources put together. Reading
// only. Source: spec folders sections 1-3, 10 and 17.
#pragma once

#include <map>
#include <set>

#include "model/folders/forest.hpp"
#include "model/folders/node_id.hpp"
#include "model/folders/source.hpp"
#include "model/shares/guest_json.hpp"

namespace gw::model::folders {

/// Which costly columns are wanted.
struct Wanted {
  bool permissions = false, total = false, owner_name = false, extended_permissions = false;
  static Wanted from_columns(const std::vector<int>& columns);
  /// What `get` delivers: everything but counters.
  static Wanted for_object() { return {true, false, true, true}; }
};

struct ListOptions {
  bool unsubscribed_too = false;
  /// FLD-1034 when two children have one name.
  bool unique_names = false;
};

/// Holds what the caller could see when it was made. Threads: one. Cost of making: two queries.
class Tree {
 public:
  /// Errors: SqlError. `work` and `sources` must outlive it.
  Tree(UnitOfWork& work, TreeView view, std::span<const Source* const> sources = {});

  /// Children the caller sees, sorted. Errors: FLD-0008, FLD-0003, FLD-1025, FLD-1004 for the parent;
  /// FLD-1034.
  std::vector<Node> list(std::string_view parent, const ListOptions& options = {});
  /// Errors: as list.
  Node get(std::string_view id);
  /// The folder first, then its ancestors; the root is left out. Errors: as list.
  std::vector<Node> path(std::string_view id);

  struct ByType {
    std::vector<Node> own, shared_by_all, shared;  ///< private, public, shared
  };
  /// Every visible folder of a module, whatever its depth; of the system folders only 6.
  ByType visible(ObjectModule module);
  /// The caller's folders that somebody else has an entry in.
  std::vector<Node> shares(ObjectModule module, bool unsubscribed_too);
  /// Folders changed after `since`, ascending by stamp.
  std::vector<Node> changed(Millis since);

  /// Fills the costly columns. Cost: up to one query per 400 nodes for each; totals cost one per node.
  void complete(std::vector<Node>& nodes, const Wanted& wanted);

  [[nodiscard]] const Forest& forest() const { return forest_; }

 private:
  using Nodes = std::vector<Node>;
  [[nodiscard]] std::string place(const VisibleFolder& visible) const;
  [[nodiscard]] const Node* find_list(FolderId id) const;
  Node make_node(const VisibleFolder& visible);
  Node make_virtual(std::string id, std::string parent, std::string title, ObjectModule module);
  std::optional<Node> find(const NodeId& id);
  Node load(const NodeId& id);
  Nodes stored_children(const std::string& parent);
  void mark_children(Node& node);
  void sort(Nodes& nodes, bool defaults_first) const;
  std::string title_of(const VisibleFolder& visible) const;
  std::string user_name(UserId user);
  void name_users(const std::set<UserId>& users);
  Json extended(const PermissionEntry& entry, const shares::GuestList::OnTarget& guests);

  UnitOfWork& work_;
  TreeView view_;
  std::span<const Source* const> sources_;
  Forest forest_;
  /// Node id -> stored folders shown below it, filtered by module.
  std::map<std::string, std::vector<const VisibleFolder*>> below_;
  std::set<UserId> sharers_;
  struct UserName {
    std::string name, mail;
  };
  std::map<UserId, UserName> users_;
};

}  // namespace gw::model::folders
