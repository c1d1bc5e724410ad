/* The C names between the module record (mod_oxpush.c) and the C++ behind it. Nothing here may throw. */
#pragma once

/* httpd.h comes first: http_config.h needs it and does not include it. */
#include <httpd.h>

#include <http_config.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Per-server settings. httpd calls it once for each server of each configuration generation; owned by the
 * pool. */
void* oxpush_create_settings(apr_pool_t* pool, server_rec* server);

/* Directive setters: NULL, or a text that names the fix. Called in the parent, twice at start. */
const char* oxpush_set_enabled(cmd_parms* cmd, void* unused, int flag);
const char* oxpush_set_pid_file(cmd_parms* cmd, void* unused, const char* path);
const char* oxpush_set_restart_delay(cmd_parms* cmd, void* unused, const char* argument);

/* pre_config and post_config. */
void oxpush_register_hooks(apr_pool_t* pool);

#ifdef __cplusplus
}
#endif
