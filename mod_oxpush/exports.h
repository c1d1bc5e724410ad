/* The C names between the module record (mod_oxpush.c) and the C++ behind it. What may throw is caught behind
 * them, so noexcept says the truth to the compiler. */
#pragma once

/* httpd.h comes first: http_config.h needs it and does not include it. */
#include <httpd.h>

#include <http_config.h>
#include <http_log.h>

#ifdef __cplusplus
#define GW_NOEXCEPT noexcept
extern "C" {
#else
#define GW_NOEXCEPT
#endif

/* Per-server settings. httpd calls it once for each server of each configuration generation; owned by the
 * pool. */
void* oxpush_create_settings(apr_pool_t* pool, server_rec* server) GW_NOEXCEPT;

/* Directive setters: NULL, or a text that names the fix. Called in the parent, twice at start.
 * set_flag: cmd->cmd->name tells which. set_word: one word of the directive. */
const char* oxpush_set_flag(cmd_parms* cmd, void* unused, int flag) GW_NOEXCEPT;
const char* oxpush_set_word(cmd_parms* cmd, void* unused, const char* word) GW_NOEXCEPT;
const char* oxpush_read_properties(cmd_parms* cmd, void* unused, const char* path) GW_NOEXCEPT;

/* check_config, post_config, child_init, the status page and the optional function. */
void oxpush_register_hooks(apr_pool_t* pool) GW_NOEXCEPT;

/* The module record of mod_oxpush.c. */
extern module AP_MODULE_DECLARE_DATA oxpush_module;

#ifdef __cplusplus
}
/* What the files of this module log under. */
APLOG_USE_MODULE(oxpush);
#endif
