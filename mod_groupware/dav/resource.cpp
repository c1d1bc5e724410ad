#include "dav/resource.hpp"

#include <cstring>

#include "dav/failures.hpp"
#include "dav/path.hpp"
#include "model/infostore/entity_tag.hpp"

namespace gw::dav {
namespace {

/// The root without its last slash; of a location that is the whole server nothing.
const char* stripped_root(apr_pool_t* pool, const char* root) {
  std::string_view text = root == nullptr ? "" : root;
  while (text.ends_with('/')) text.remove_suffix(1);
  return apr_pstrmemdup(pool, text.data(), text.size());
}

/// OPTIONS without a login tells what the server can do and nothing of what it holds.
bool is_open_question(request_rec* request) {
  return request->method_number == M_OPTIONS && request->user == nullptr;
}

dav_resource* open_resource(request_rec* request, const char* root) {
  static constexpr Node* kNothing = nullptr;
  auto* info = static_cast<dav_resource_private*>(apr_pcalloc(request->pool, sizeof(dav_resource_private)));
  *info = {nullptr, request, kNothing, nullptr, root};
  auto* resource = static_cast<dav_resource*>(apr_pcalloc(request->pool, sizeof(dav_resource)));
  resource->type = DAV_RESOURCE_TYPE_REGULAR;
  resource->exists = resource->collection = 1;
  resource->uri = request->uri;
  resource->info = info;
  resource->hooks = &kRepository;
  resource->pool = request->pool;
  return resource;
}

dav_error* find_in_tree(request_rec* request, const char* root, dav_resource** found) {
  const auto path = path_below(request->uri, root);
  if (!path) return refuse(request->pool, HTTP_NOT_FOUND, "the path lies outside of the location");
  RequestState& state = RequestState::of(request);
  const Released released(state);
  const dav_resource_private like{&state, request, nullptr, nullptr, root};
  *found = make_resource(request->pool, like, state.find(*path));
  return nullptr;
}

}  // namespace

const char* uri_of(apr_pool_t* pool, const char* root, const Node& node) {
  const char* end = node.is_collection() && !node.path.empty() ? "/" : "";
  return apr_pstrcat(pool, root, "/", node.path.c_str(), end, nullptr);
}

void show(dav_resource& resource, const Node& node, apr_pool_t* pool) {
  resource.exists = node.exists() ? 1 : 0;
  resource.collection = node.is_collection() ? 1 : 0;
  resource.uri = uri_of(pool, resource.info->root, node);
  resource.info->node = &node;
}

dav_resource* make_resource(apr_pool_t* pool, const dav_resource_private& like, const Node& node) {
  auto* info = static_cast<dav_resource_private*>(apr_pcalloc(pool, sizeof(dav_resource_private)));
  *info = like;
  auto* resource = static_cast<dav_resource*>(apr_pcalloc(pool, sizeof(dav_resource)));
  resource->type = DAV_RESOURCE_TYPE_REGULAR;
  resource->info = info;
  resource->hooks = &kRepository;
  resource->pool = pool;
  show(*resource, node, pool);
  return resource;
}

dav_error* find_resource(request_rec* request, const char* root, const char*, int,
                         dav_resource** found) noexcept {
  *found = nullptr;
  return guarded(request, "WebDAV look-up", [&]() -> dav_error* {
    const char* stripped = stripped_root(request->pool, root);
    if (is_open_question(request)) {
      *found = open_resource(request, stripped);
      return nullptr;
    }
    return find_in_tree(request, stripped, found);
  });
}

dav_error* find_parent(const dav_resource* resource, dav_resource** parent) noexcept {
  *parent = nullptr;
  const dav_resource_private& info = *resource->info;
  if (info.node == nullptr || info.node->path.empty()) return nullptr;
  return guarded(info.request, "WebDAV look-up", [&]() -> dav_error* {
    const Released released(*info.state);
    const std::string_view path = info.node->path;
    const std::size_t slash = path.rfind('/');
    const std::string_view above = slash == std::string_view::npos ? "" : path.substr(0, slash);
    *parent = make_resource(resource->pool, info, info.state->find(above));
    return nullptr;
  });
}

int is_same(const dav_resource* first, const dav_resource* second) noexcept {
  return first->hooks == second->hooks && first->info->node != nullptr && second->info->node != nullptr &&
                 first->info->node->path == second->info->node->path
             ? 1
             : 0;
}

int is_parent(const dav_resource* above, const dav_resource* below) noexcept {
  return above->hooks == below->hooks && above->info->node != nullptr && below->info->node != nullptr &&
                 lies_below(below->info->node->path, above->info->node->path)
             ? 1
             : 0;
}

const char* entity_tag_of(const dav_resource* resource) noexcept {
  const Node* node = resource->info->node;
  const char* tag = "";
  if (node == nullptr || node->kind != Kind::File) return tag;
  boundary::guard_request(resource->info->request, "entity tag", [&] {
    tag = apr_pstrdup(resource->pool, model::infostore::entity_tag(*node->item).c_str());
    return OK;
  });
  return tag;
}

request_rec* request_of(const dav_resource* resource) noexcept { return resource->info->request; }
const char* pathname_of(const dav_resource* resource) noexcept { return resource->uri; }

const dav_hooks_repository kRepository = {
    .handle_get = 1,
    .get_resource = find_resource,
    .get_parent_resource = find_parent,
    .is_same_resource = is_same,
    .is_parent_resource = is_parent,
    .open_stream = open_stream,
    .close_stream = close_stream,
    .write_stream = write_stream,
    .seek_stream = seek_stream,
    .set_headers = set_headers,
    .deliver = deliver,
    .create_collection = create_collection,
    .copy_resource = copy_resource,
    .move_resource = move_resource,
    .remove_resource = remove_resource,
    .walk = walk,
    .getetag = entity_tag_of,
    .ctx = nullptr,
    .get_request_rec = request_of,
    .get_pathname = pathname_of,
};

}  // namespace gw::dav
