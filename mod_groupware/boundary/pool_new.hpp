// C++ objects whose end is decided by an APR pool. For what httpd itself keeps (configuration, the child's
// context); everything shorter lives in plain RAII. Rules: craft 2.2.
#pragma once

#include <apr_pools.h>

#include <memory>
#include <utility>

namespace gw::boundary {

/// Makes a T on the heap that is deleted when the pool is cleared or destroyed. The heap, because apr_palloc
/// aligns to 8 bytes only. Errors: what T's constructor throws; then nothing was registered. Owns: the pool;
/// never on a request pool for anything that holds a connection, lock or thread-local. Threads: one at a time
/// per pool.
template <class T, class... Arguments>
T* pool_new(apr_pool_t* pool, Arguments&&... arguments) {
  auto object = std::make_unique<T>(std::forward<Arguments>(arguments)...);
  apr_pool_cleanup_register(
      pool, object.get(),
      [](void* data) noexcept -> apr_status_t {
        delete static_cast<T*>(data);
        return APR_SUCCESS;
      },
      apr_pool_cleanup_null);
  return object.release();
}

}  // namespace gw::boundary
