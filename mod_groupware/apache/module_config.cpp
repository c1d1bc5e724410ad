#include "apache/module_config.hpp"

#include <new>

#include "boundary/exports.h"

namespace gw::apache {
namespace {

ModuleConfig* configuration = nullptr;

/// Plain data goes straight into the pool; craft 2.2 allows it up to an alignment of 8.
template <class T>
T* place(apr_pool_t* pool, const T& value) {
  static_assert(alignof(T) <= 8 && std::is_trivially_destructible_v<T>);
  return new (apr_palloc(pool, sizeof(T))) T(value);
}

}  // namespace

ModuleConfig* module_config() { return configuration; }
void set_module_config(ModuleConfig* config) { configuration = config; }

ServerConfig merge(const ServerConfig& parent, const ServerConfig& child) {
  return {child.api_roots != nullptr ? child.api_roots : parent.api_roots};
}

DirectoryConfig merge(const DirectoryConfig& parent, const DirectoryConfig& child) {
  DirectoryConfig merged = child.api == Switch::Unset ? parent : child;
  merged.trusted = child.trusted != nullptr ? child.trusted : parent.trusted;
  return merged;
}

const ServerConfig& server_config(const server_rec* server) {
  return *static_cast<const ServerConfig*>(ap_get_module_config(server->module_config, &groupware_module));
}

const DirectoryConfig& directory_config(const request_rec* request) {
  return *static_cast<const DirectoryConfig*>(
      ap_get_module_config(request->per_dir_config, &groupware_module));
}

}  // namespace gw::apache

using gw::apache::DirectoryConfig;
using gw::apache::ServerConfig;

void* gw_create_directory_config(apr_pool_t* pool, char*) noexcept {
  return gw::apache::place(pool, DirectoryConfig{});
}

void* gw_merge_directory_config(apr_pool_t* pool, void* parent, void* child) noexcept {
  return gw::apache::place(
      pool, gw::apache::merge(*static_cast<DirectoryConfig*>(parent), *static_cast<DirectoryConfig*>(child)));
}

void* gw_create_server_config(apr_pool_t* pool, server_rec*) noexcept {
  return gw::apache::place(pool, ServerConfig{});
}

void* gw_merge_server_config(apr_pool_t* pool, void* parent, void* child) noexcept {
  return gw::apache::place(
      pool, gw::apache::merge(*static_cast<ServerConfig*>(parent), *static_cast<ServerConfig*>(child)));
}
