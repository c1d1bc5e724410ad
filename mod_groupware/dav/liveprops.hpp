// Live properties: what a PROPFIND is told of a file or collection without anybody having stored it. One
// table for finding, listing and writing them.
#pragma once

#include "dav/dav_api.hpp"
#include "dav/resource.hpp"

namespace gw::dav {

/// The hooks of mod_dav. They are called for resources of other providers, too.
int find_live_property(const dav_resource* resource, const char* space, const char* name,
                       const dav_hooks_liveprop** hooks) noexcept;
void insert_live_properties(request_rec* request, const dav_resource* resource, dav_prop_insert what,
                            apr_text_header* text) noexcept;

/// Appends the property with its value, when the resource has it.
void insert_computed(const dav_resource& resource, std::string_view name, apr_pool_t* pool,
                     apr_text_header* text);

}  // namespace gw::dav
