// Walks a tree for mod_dav: one call for each resource, a collection before what it holds. A collection is
// read at once, and nothing is held while mod_dav answers the client.
#include "dav/failures.hpp"
#include "dav/resource.hpp"

namespace gw::dav {
namespace {

class Walker {
 public:
  explicit Walker(const dav_walk_params& parameters)
      : parameters_(parameters), info_(*parameters.root->info), resource_(*parameters.root) {
    apr_pool_create(&scratch_, parameters.pool);
    resource_.info = &info_;
    answer_ = {parameters.walk_ctx, parameters.pool, &resource_, nullptr};
  }
  ~Walker() { apr_pool_destroy(scratch_); }
  Walker(const Walker&) = delete;
  Walker& operator=(const Walker&) = delete;

  /// Levels below `node`: 0, 1 or DAV_INFINITY.
  dav_error* visit(const Node& node, int depth) {
    const bool is_collection = node.is_collection();
    if (dav_error* error = call(node, is_collection ? DAV_CALLTYPE_COLLECTION : DAV_CALLTYPE_MEMBER))
      return error;
    if (!is_collection || depth <= 0) return nullptr;
    return visit_members(node, depth == DAV_INFINITY ? depth : depth - 1);
  }
  [[nodiscard]] dav_response* response() const { return answer_.response; }

 private:
  dav_error* call(const Node& node, int kind) {
    apr_pool_clear(scratch_);
    show(resource_, node, scratch_);
    info_.state->work.release();
    return parameters_.func(&answer_, kind);
  }

  dav_error* visit_members(const Node& node, int depth) {
    const std::vector<Node> children = info_.state->tree.children(node);
    Members* const outer = info_.members;
    Members members;
    members.folder = node.folder;
    for (const Node& child : children)
      if (child.kind == Kind::Folder) members.subfolders.push_back(child.folder);
    dav_error* error = nullptr;
    for (std::size_t i = 0; i < children.size() && error == nullptr; ++i) {
      info_.members = &members;
      error = visit(children[i], depth);
    }
    if (error == nullptr && (parameters_.walk_type & DAV_WALKTYPE_LOCKNULL) != 0) error = visit_names(node);
    info_.members = outer;
    return error;
  }

  /// Locked names that nothing bears yet.
  dav_error* visit_names(const Node& node) {
    std::vector<Node> named;
    for (const model::infostore::Lock& lock : info_.state->locks()) {
      if (lock.name.empty() || lock.folder != node.folder || !node.folder) continue;
      named.push_back(info_.state->find(node.path.empty() ? lock.name : node.path + "/" + lock.name));
    }
    info_.members = nullptr;
    for (const Node& missing : named)
      if (!missing.exists())
        if (dav_error* error = call(missing, DAV_CALLTYPE_LOCKNULL)) return error;
    return nullptr;
  }

  const dav_walk_params& parameters_;
  dav_resource_private info_;
  dav_resource resource_;
  dav_walk_resource answer_{};
  apr_pool_t* scratch_ = nullptr;
};

/// Before DELETE, COPY and MOVE, mod_dav walks whole trees several times to look at locks and at what the
/// header If says of each resource. Where there is neither, only the top has to be shown.
bool looks_for_nothing(const dav_walk_params& parameters) {
  const dav_resource_private& info = *parameters.root->info;
  return (parameters.walk_type & DAV_WALKTYPE_AUTH) == 0 &&
         apr_table_get(info.request->headers_in, "If") == nullptr && info.state->locks().empty();
}

}  // namespace

dav_error* walk(const dav_walk_params* parameters, int depth, dav_response** response) noexcept {
  *response = nullptr;
  const dav_resource_private& info = *parameters->root->info;
  if (info.node == nullptr) return nullptr;
  return guarded(info.request, "WebDAV walk", [&]() -> dav_error* {
    const Released released(*info.state);
    Walker walker(*parameters);
    Node root = *info.node;
    info.state->tree.complete(root);
    dav_error* error = walker.visit(root, looks_for_nothing(*parameters) ? 0 : depth);
    *response = walker.response();
    return error;
  });
}

}  // namespace gw::dav
