#include "model/folders/tree.hpp"

#include <algorithm>

#include "core/errors/folder.hpp"
#include "core/text.hpp"
#include "model/folders/account_folders.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/own_rights.hpp"
#include "model/folders/titles.hpp"

namespace gw::model::folders {
namespace {

constexpr std::string_view kRoot = "0";
constexpr std::string_view kPrivate = "1";
constexpr std::string_view kPublic = "2";
constexpr std::string_view kShared = "3";
constexpr std::string_view kInfostore = "9";
constexpr int kMaxPathNodes = 1'000;

struct VirtualList {
  std::int64_t id;
  std::string_view parent;
  ObjectModule module;
};
// Folders the caller sees although their parent is invisible. Source: spec folders section 2.
constexpr VirtualList kLists[] = {{11, kPublic, ObjectModule::Task},
                                  {12, kPublic, ObjectModule::Calendar},
                                  {13, kPublic, ObjectModule::Contact},
                                  {14, kInfostore, ObjectModule::Infostore}};

bool is_hidden(FolderId id) {
  return id.value == 4 || id.value == 5 || id.value == 7 || id.value == 8 || id.value == 16;
}

std::string list_for(ObjectModule module) {
  for (const VirtualList& list : kLists)
    if (list.module == module) return std::to_string(list.id);
  return std::string(kPublic);
}

/// Fixed order of what is not sorted by name.
int rank_of(const Node& node) {
  const std::string_view id = *node.id;
  if (id == "6" || id == "10") return 0;
  if (id == "15") return 1;
  if (id == "11" || id == "12" || id == "13" || id == "14") return 3;
  return 2;
}

void check_unique_names(const std::vector<Node>& nodes) {
  std::multimap<std::string, std::string_view> seen;
  for (const Node& node : nodes) {
    if (!node.title) continue;
    const std::string key = fold(*node.title);
    for (auto [first, last] = seen.equal_range(key); first != last; ++first)
      if (titles_equal(first->second, *node.title))
        throw ApiError(errors::fld::kDuplicateChildren, {*node.title});
    seen.emplace(key, *node.title);
  }
}

}  // namespace

bool TreeView::allows(ObjectModule module) const {
  return allowed.empty() || module == ObjectModule::System ||
         std::find(allowed.begin(), allowed.end(), module) != allowed.end();
}

Tree::Tree(UnitOfWork& work, TreeView view, std::span<const Source* const> sources)
    : work_(work),
      view_(std::move(view)),
      sources_(sources),
      forest_(Forest::load(work.connection(), work.caller())) {
  for (const VisibleFolder& visible : forest_.all()) {
    if (is_hidden(visible.folder.id) || !view_.allows(visible.folder.module)) continue;
    // Only clients of chronos know them, and ask for lists without a tree.
    if (is_account_folder(visible.folder.id)) continue;
    if (visible.type == FolderType::Shared) sharers_.insert(visible.folder.owner);
    below_[place(visible)].push_back(&visible);
  }
}

std::string Tree::place(const VisibleFolder& visible) const {
  const Folder& folder = visible.folder;
  if (folder.id == system_folder::kPrivate) return std::string(kRoot);
  if (folder.id == system_folder::kPublic || folder.id == system_folder::kShared ||
      folder.id == system_folder::kInfostore)
    return std::string(view_.tree == 1 ? kPrivate : kRoot);
  if (folder.id == system_folder::kGlobalAddressBook) return std::string(kPublic);
  const VisibleFolder* parent = forest_.find(folder.parent);
  const bool has_parent = parent != nullptr && !is_hidden(folder.parent);
  if (visible.type == FolderType::Shared)
    return has_parent && parent->type == FolderType::Shared ? std::to_string(folder.parent.value)
                                                            : sharer_id(folder.owner);
  if (has_parent) return std::to_string(folder.parent.value);
  return visible.type == FolderType::Private ? std::string(kPrivate) : list_for(folder.module);
}

std::string Tree::title_of(const VisibleFolder& visible) const {
  const auto title = system_title(visible.folder.id, view_.locale, view_.new_names);
  return title ? std::string(*title) : visible.folder.title;
}

Node Tree::make_node(const VisibleFolder& visible) {
  const Folder& folder = visible.folder;
  Node node;
  node.stored = folder.id;
  node.id = std::to_string(folder.id.value);
  node.parent = place(visible);
  if (folder.created_by) node.created_by = folder.created_by.value;
  if (folder.modified_by) node.modified_by = folder.modified_by.value;
  node.created = folder.created;
  node.last_modified = visible.last_modified;
  node.title = title_of(visible);
  node.module = folder.module;
  node.type = static_cast<int>(visible.type);
  node.rights = visible.rights;
  node.own_bits = to_bits(visible.rights);
  const bool is_own_default = folder.default_kind != DefaultKind::None && folder.owner == work_.caller().user;
  node.is_standard = is_own_default;
  node.standard_type = is_own_default ? static_cast<int>(folder.default_kind) : 0;
  node.is_subscribed = visible.is_subscribed;
  node.meta = folder.meta;
  if (folder.type != FolderType::System) node.supported = {"permissions"};
  mark_children(node);
  return node;
}

Node Tree::make_virtual(std::string id, std::string parent, std::string title, ObjectModule module) {
  Node node;
  node.id = std::move(id);
  if (!parent.empty()) node.parent = std::move(parent);
  node.title = std::move(title);
  node.module = module;
  node.type = static_cast<int>(FolderType::System);
  node.rights = kSeeOnly;
  node.own_bits = to_bits(node.rights);
  node.permissions = {{kAllUsersGroup.value, true, kSeeOnly}};
  node.knows_permissions = true;
  mark_children(node);
  return node;
}

void Tree::mark_children(Node& node) {
  if (const auto found = below_.find(*node.id); found != below_.end()) {
    node.has_subfolders = !found->second.empty();
    node.has_subscribed_subfolders =
        std::any_of(found->second.begin(), found->second.end(),
                    [](const VisibleFolder* child) { return child->is_subscribed; });
  }
  for (const VirtualList& list : kLists)
    if (list.parent == *node.id && below_.contains(std::to_string(list.id)))
      node.has_subfolders = node.has_subscribed_subfolders = true;
  if (*node.id == kShared && !sharers_.empty()) node.has_subfolders = node.has_subscribed_subfolders = true;
  if (*node.id != kPrivate || node.has_subfolders) return;
  for (const Source* source : sources_) {
    const Source::Children children = source->children(work_, view_, kPrivate);
    if (!children.sorted.empty() || !children.appended.empty())
      node.has_subfolders = node.has_subscribed_subfolders = true;
  }
}

std::optional<Node> Tree::find(const NodeId& id) {
  switch (id.kind) {
    case NodeKind::Root:
      return make_virtual("0", "", "root", ObjectModule::System);
    case NodeKind::Stored: {
      const VisibleFolder* visible = is_hidden(id.folder) ? nullptr : forest_.find(id.folder);
      return visible == nullptr ? std::nullopt : std::optional(make_node(*visible));
    }
    case NodeKind::List:
      for (const VirtualList& list : kLists)
        if (list.id == id.folder.value)
          return make_virtual(id.text, std::string(list.parent),
                              std::string(*system_title(id.folder, view_.locale, view_.new_names)),
                              list.module);
      return std::nullopt;
    case NodeKind::Sharer:
      if (!sharers_.contains(id.user)) return std::nullopt;
      return make_virtual(id.text, std::string(kShared), user_name(id.user), ObjectModule::System);
    case NodeKind::Foreign:
      for (const Source* source : sources_)
        if (auto node = source->find(work_, view_, id.text)) return node;
      throw ApiError(errors::fld::kNoStorage, {id.text});
  }
  return std::nullopt;
}

Node Tree::load(const NodeId& id) {
  if (auto node = find(id)) return std::move(*node);
  const bool exists =
      id.kind == NodeKind::Stored && find_folder(work_.connection(), work_.context(), id.folder);
  throw ApiError(exists ? errors::fld::kNotVisible : errors::fld::kNotFound, {id.text});
}

Node Tree::get(std::string_view id) { return load(parse_node_id(id)); }

std::vector<Node> Tree::path(std::string_view id) {
  std::vector<Node> nodes;
  nodes.push_back(get(id));
  // A corrupt parent chain must not become a loop.
  while (nodes.back().parent && *nodes.back().parent != kRoot && nodes.size() < kMaxPathNodes)
    nodes.push_back(get(std::string(*nodes.back().parent)));
  return nodes;
}

std::vector<Node> Tree::stored_children(const std::string& parent) {
  Nodes nodes;
  if (const auto found = below_.find(parent); found != below_.end())
    for (const VisibleFolder* child : found->second) nodes.push_back(make_node(*child));
  for (const VirtualList& list : kLists)
    if (list.parent == parent && below_.contains(std::to_string(list.id)))
      nodes.push_back(*find(parse_node_id(std::to_string(list.id))));
  if (parent == kShared) {
    name_users(sharers_);
    for (const UserId sharer : sharers_) nodes.push_back(*find(parse_node_id(sharer_id(sharer))));
  }
  return nodes;
}

void Tree::sort(Nodes& nodes, bool defaults_first) const {
  const Collator collator(view_.locale);
  std::vector<std::pair<std::string, std::size_t>> order;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const int group = defaults_first ? (nodes[i].is_standard ? 0 : 1) : rank_of(nodes[i]);
    order.emplace_back(std::to_string(group) + collator.sort_key(nodes[i].title.value_or("")), i);
  }
  std::sort(order.begin(), order.end());
  Nodes sorted;
  sorted.reserve(nodes.size());
  for (const auto& [key, index] : order) sorted.push_back(std::move(nodes[index]));
  nodes = std::move(sorted);
}

std::vector<Node> Tree::list(std::string_view parent, const ListOptions& options) {
  const NodeId id = parse_node_id(parent);
  load(id);
  Nodes nodes = stored_children(id.text);
  Nodes appended;
  for (const Source* source : sources_) {
    Source::Children children = source->children(work_, view_, id.text);
    std::move(children.sorted.begin(), children.sorted.end(), std::back_inserter(nodes));
    std::move(children.appended.begin(), children.appended.end(), std::back_inserter(appended));
  }
  // The top level keeps the order of its ids: private, public, shared, files.
  if (id.kind != NodeKind::Root) sort(nodes, id.text == kPrivate && view_.tree == 0);
  std::move(appended.begin(), appended.end(), std::back_inserter(nodes));
  if (!options.unsubscribed_too) std::erase_if(nodes, [](const Node& node) { return !node.is_subscribed; });
  if (options.unique_names) check_unique_names(nodes);
  return nodes;
}

Tree::ByType Tree::visible(ObjectModule module) {
  ByType groups;
  for (const VisibleFolder& visible : forest_.all()) {
    if (visible.folder.module != module) continue;
    if (visible.folder.type == FolderType::System && visible.folder.id != system_folder::kGlobalAddressBook)
      continue;
    Nodes& group = visible.type == FolderType::Shared   ? groups.shared
                   : visible.type == FolderType::Public ? groups.shared_by_all
                                                        : groups.own;
    group.push_back(make_node(visible));
  }
  sort(groups.own, true);
  sort(groups.shared_by_all, false);
  sort(groups.shared, false);
  return groups;
}

std::vector<Node> Tree::shares(ObjectModule module, bool unsubscribed_too) {
  Nodes own;
  for (const VisibleFolder& visible : forest_.all())
    if (visible.folder.module == module && visible.folder.owner == work_.caller().user &&
        visible.folder.type != FolderType::System && (unsubscribed_too || visible.is_subscribed))
      own.push_back(make_node(visible));
  complete(own, {.permissions = true});
  std::erase_if(own, [&](const Node& node) {
    return std::all_of(node.permissions.begin(), node.permissions.end(), [&](const PermissionEntry& entry) {
      return !entry.is_group && entry.entity == work_.caller().user.value;
    });
  });
  sort(own, true);
  return own;
}

std::vector<Node> Tree::changed(Millis since) {
  Nodes nodes;
  for (const VisibleFolder& visible : forest_.all())
    if (visible.last_modified > since && !is_hidden(visible.folder.id) &&
        !is_account_folder(visible.folder.id) && view_.allows(visible.folder.module))
      nodes.push_back(make_node(visible));
  std::stable_sort(nodes.begin(), nodes.end(),
                   [](const Node& a, const Node& b) { return a.last_modified < b.last_modified; });
  return nodes;
}

}  // namespace gw::model::folders
