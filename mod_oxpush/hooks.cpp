// The hooks of mod_oxpush: when httpd calls what.
#include "exports.h"

#include <http_core.h>

#include "directives.hpp"
#include "spawn.hpp"

namespace oxpush {
namespace {

int post_config(apr_pool_t* pconf, apr_pool_t*, apr_pool_t*, server_rec* server) noexcept {
  // The configuration is read twice at start; the first time is a rehearsal.
  if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG) return OK;
  if (settings_of(server).is_enabled) start_supervised_child(pconf, server);
  return OK;
}

}  // namespace
}  // namespace oxpush

extern "C" void oxpush_register_hooks(apr_pool_t*) {
  ap_hook_post_config(oxpush::post_config, nullptr, nullptr, APR_HOOK_MIDDLE);
}
