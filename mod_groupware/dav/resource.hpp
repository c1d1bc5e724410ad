// mod_dav's view of a node: resources, made and found.
#pragma once

#include "dav/dav_api.hpp"
#include "dav/request_state.hpp"

/// What mod_dav carries about for us. Plain data in a pool; everything pointed to lives as long as the
/// request.
struct dav_resource_private {
  gw::dav::RequestState* state;
  request_rec* request;
  const gw::dav::Node* node;
  /// Of what a walk shows: the others of its collection. Else nullptr.
  gw::dav::Members* members;
  /// Of the location, without a slash at the end; prefix of every URI.
  const char* root;
};

namespace gw::dav {

extern const dav_hooks_repository kRepository;

/// Resources of other providers are seen by hooks that are called for the whole server.
inline bool is_ours(const dav_resource* resource) {
  return resource != nullptr && resource->hooks == &kRepository;
}

/// A resource that shows `node`, in the pool. `like` gives the rest.
dav_resource* make_resource(apr_pool_t* pool, const dav_resource_private& like, const Node& node);
/// Makes an existing resource show another node; its URI goes into `pool`.
void show(dav_resource& resource, const Node& node, apr_pool_t* pool);

/// The URI of a node, decoded; collections end with a slash.
const char* uri_of(apr_pool_t* pool, const char* root, const Node& node);

/// The callbacks of resource.cpp.
dav_error* find_resource(request_rec* request, const char* root, const char* label, int use_checked_in,
                         dav_resource** found) noexcept;
dav_error* find_parent(const dav_resource* resource, dav_resource** parent) noexcept;
int is_same(const dav_resource* first, const dav_resource* second) noexcept;
int is_parent(const dav_resource* above, const dav_resource* below) noexcept;
const char* entity_tag_of(const dav_resource* resource) noexcept;
request_rec* request_of(const dav_resource* resource) noexcept;
const char* pathname_of(const dav_resource* resource) noexcept;

/// Of walk.cpp.
dav_error* walk(const dav_walk_params* parameters, int depth, dav_response** response) noexcept;

/// Of put.cpp.
dav_error* open_stream(const dav_resource* resource, dav_stream_mode mode, dav_stream** stream) noexcept;
dav_error* write_stream(dav_stream* stream, const void* bytes, apr_size_t size) noexcept;
dav_error* seek_stream(dav_stream* stream, apr_off_t position) noexcept;
dav_error* close_stream(dav_stream* stream, int commit) noexcept;

/// Of delivery.cpp.
dav_error* set_headers(request_rec* request, const dav_resource* resource) noexcept;
dav_error* deliver(const dav_resource* resource, ap_filter_t* output) noexcept;

/// Of changes.cpp.
dav_error* create_collection(dav_resource* resource) noexcept;
dav_error* copy_resource(const dav_resource* source, dav_resource* target, int depth,
                         dav_response** response) noexcept;
dav_error* move_resource(dav_resource* source, dav_resource* target, dav_response** response) noexcept;
dav_error* remove_resource(dav_resource* resource, dav_response** response) noexcept;

}  // namespace gw::dav
