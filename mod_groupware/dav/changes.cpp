// MKCOL, DELETE, COPY and MOVE. mod_dav does them in several steps (locks off, target away, then the move);
// here everything waits for the last step and happens in one transaction.
#include "dav/conditions.hpp"
#include "dav/failures.hpp"
#include "dav/path.hpp"
#include "dav/resource.hpp"
#include "model/infostore/infostore_tree.hpp"

namespace gw::dav {
namespace {

namespace infostore = model::infostore;

bool is_transfer(const request_rec* request) {
  while (request->main != nullptr) request = request->main;
  return request->method_number == M_COPY || request->method_number == M_MOVE;
}

/// Fixed collections and those of others that only lead somewhere.
bool is_fixed(const Node& node) { return node.kind != Kind::File && node.kind != Kind::Folder; }

dav_error* refuse_fixed(const dav_resource_private& info) {
  return refuse(info.request->pool, HTTP_FORBIDDEN,
                "this collection is part of every tree and cannot be changed");
}

infostore::TreeChange take_change(const dav_resource_private& info) {
  infostore::TreeChange change;
  if (info.node->kind == Kind::File && is_conditional(info.request))
    change.known = info.node->item->last_modified;
  change.ended_locks = std::move(info.state->ended_locks);
  info.state->ended_locks.clear();
  return change;
}

/// 409 when nothing is there that could take the name, 403 when it must not.
dav_error* check_place(const dav_resource_private& info) {
  const Node& node = *info.node;
  if (!node.exists() && !node.has_parent)
    return refuse(info.request->pool, HTTP_CONFLICT, "the collection above does not exist");
  if (!node.folder) return refuse_fixed(info);
  return nullptr;
}

/// After a change, what `resource` shows is looked up again: mod_dav goes on with it.
void look_again(dav_resource* resource) {
  const dav_resource_private& info = *resource->info;
  const std::string path = info.node->path;
  show(*resource, info.state->find(path), resource->pool);
}

FolderId parent_of(RequestState& state, const Node& node) {
  if (node.kind != Kind::Folder) return node.folder;
  const std::size_t slash = node.path.rfind('/');
  return state
      .find(slash == std::string::npos ? std::string_view() : std::string_view(node.path).substr(0, slash))
      .folder;
}

dav_error* transfer(const dav_resource* source, dav_resource* target, int depth, bool is_move) {
  const dav_resource_private& from = *source->info;
  const dav_resource_private& to = *target->info;
  RequestState& state = *from.state;
  const Released released(state);
  if (is_fixed(*from.node)) return refuse_fixed(from);
  if (is_fixed(*to.node) && to.node->exists()) return refuse_fixed(to);
  if (dav_error* error = check_place(to)) return error;
  infostore::Transfer wanted;
  wanted.source = from.node->entry();
  wanted.target = parent_of(state, *to.node);
  wanted.name = to.node->name;
  wanted.replaced = state.replaced;
  wanted.with_members = depth == DAV_INFINITY;
  wanted.change = take_change(from);
  state.replaced.reset();
  if (!wanted.target) return refuse_fixed(to);
  if (is_move)
    infostore::move_entry(state.work, wanted);
  else
    infostore::copy_entry(state.work, wanted);
  state.forget();
  look_again(target);
  return nullptr;
}

}  // namespace

dav_error* create_collection(dav_resource* resource) noexcept {
  const dav_resource_private& info = *resource->info;
  return guarded(info.request, "WebDAV MKCOL", [&]() -> dav_error* {
    const Released released(*info.state);
    if (dav_error* error = check_place(info)) return error;
    infostore::make_folder(info.state->work, info.node->folder, info.node->name);
    info.state->forget();
    look_again(resource);
    return nullptr;
  });
}

dav_error* remove_resource(dav_resource* resource, dav_response** response) noexcept {
  *response = nullptr;
  const dav_resource_private& info = *resource->info;
  return guarded(info.request, "WebDAV DELETE", [&]() -> dav_error* {
    const Released released(*info.state);
    if (is_fixed(*info.node)) return refuse_fixed(info);
    // The destination of COPY or MOVE: it goes together with the change.
    if (is_transfer(info.request)) {
      info.state->replaced = info.node->entry();
      return nullptr;
    }
    infostore::remove_entry(info.state->work, info.node->entry(), take_change(info));
    info.state->forget();
    look_again(resource);
    return nullptr;
  });
}

dav_error* copy_resource(const dav_resource* source, dav_resource* target, int depth,
                         dav_response** response) noexcept {
  *response = nullptr;
  return guarded(source->info->request, "WebDAV COPY",
                 [&] { return transfer(source, target, source->collection != 0 ? depth : 0, false); });
}

dav_error* move_resource(dav_resource* source, dav_resource* target, dav_response** response) noexcept {
  *response = nullptr;
  return guarded(source->info->request, "WebDAV MOVE", [&]() -> dav_error* {
    dav_error* error = transfer(source, target, DAV_INFINITY, true);
    if (error == nullptr) look_again(source);
    return error;
  });
}

}  // namespace gw::dav
