// The hooks of mod_oxpush: when httpd calls what.
#include "exports.h"

#include <http_core.h>
#include <http_log.h>

#include "directives.hpp"
#include "spawn.hpp"

APLOG_USE_MODULE(oxpush);

namespace oxpush {
namespace {

/// What no single directive can judge; runs for `httpd -t`, too. post_config relies on it.
int check_config(apr_pool_t*, apr_pool_t*, apr_pool_t* scratch, server_rec* server) noexcept {
  const Settings& settings = settings_of(server);
  if (settings.restart_delay_min > settings.restart_delay_max) {
    ap_log_error(APLOG_MARK, APLOG_ERR | APLOG_STARTUP, 0, server,
                 "OXP0008: OXPushRestartDelay: min=%dms is longer than max=%dms: swap them or raise max",
                 static_cast<int>(settings.restart_delay_min.count()),
                 static_cast<int>(settings.restart_delay_max.count()));
    return HTTP_INTERNAL_SERVER_ERROR;
  }
  if (ap_runtime_dir_relative(scratch, settings.pid_file) == nullptr) {
    ap_log_error(APLOG_MARK, APLOG_ERR | APLOG_STARTUP, 0, server, "%s",
                 "OXP0009: OXPushPidFile is no usable path: write a short one, such as oxpush.pid");
    return HTTP_INTERNAL_SERVER_ERROR;
  }
  return OK;
}

int post_config(apr_pool_t* pconf, apr_pool_t*, apr_pool_t*, server_rec* server) noexcept {
  // The configuration is read twice at start; the first time is a rehearsal.
  if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG) return OK;
  if (settings_of(server).is_enabled) start_supervised_child(pconf, server);
  return OK;
}

}  // namespace
}  // namespace oxpush

extern "C" void oxpush_register_hooks(apr_pool_t*) noexcept {
  ap_hook_check_config(oxpush::check_config, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_post_config(oxpush::post_config, nullptr, nullptr, APR_HOOK_MIDDLE);
}
