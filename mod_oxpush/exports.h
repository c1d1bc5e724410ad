/* The C names between the module record (mod_oxpush.c) and the C++ behind it. Nothing behind them throws: no
 * guard is needed, and noexcept says so to the compiler. */
#pragma once

/* httpd.h comes first: http_config.h needs it and does not include it. */
#include <httpd.h>

#include <http_config.h>

#ifdef __cplusplus
#define GW_NOEXCEPT noexcept
extern "C" {
#else
#define GW_NOEXCEPT
#endif

/* Per-server settings. httpd calls it once for each server of each configuration generation; owned by the
 * pool. */
void* oxpush_create_settings(apr_pool_t* pool, server_rec* server) GW_NOEXCEPT;

/* Directive setters: NULL, or a text that names the fix. Called in the parent, twice at start. */
const char* oxpush_set_enabled(cmd_parms* cmd, void* unused, int flag) GW_NOEXCEPT;
const char* oxpush_set_pid_file(cmd_parms* cmd, void* unused, const char* path) GW_NOEXCEPT;
const char* oxpush_set_restart_delay(cmd_parms* cmd, void* unused, const char* argument) GW_NOEXCEPT;

/* check_config and post_config. */
void oxpush_register_hooks(apr_pool_t* pool) GW_NOEXCEPT;

#ifdef __cplusplus
}
#endif
