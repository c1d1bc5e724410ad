/* The C names that httpd's tables point to. Used by mod_groupware.c (a C file, so the compiler checks every
   type) and by the C++ files that define them. Each one is noexcept and goes through a guard of guards.hpp.
 */
#ifndef GW_BOUNDARY_EXPORTS_H
#define GW_BOUNDARY_EXPORTS_H

#include <httpd.h>

#include <http_config.h>

#ifdef __cplusplus
#define GW_NOEXCEPT noexcept
extern "C" {
#else
#define GW_NOEXCEPT
#endif

void* gw_create_directory_config(apr_pool_t* pool, char* location) GW_NOEXCEPT;
void* gw_merge_directory_config(apr_pool_t* pool, void* parent, void* child) GW_NOEXCEPT;
void* gw_create_server_config(apr_pool_t* pool, server_rec* server) GW_NOEXCEPT;
void* gw_merge_server_config(apr_pool_t* pool, void* parent, void* child) GW_NOEXCEPT;
void gw_register_hooks(apr_pool_t* pool) GW_NOEXCEPT;

/* Where the API answers; the only directives that a virtual host or a location may have. */
const char* gw_set_api(cmd_parms* command, void* directory, int on) GW_NOEXCEPT;
const char* gw_add_api_root(cmd_parms* command, void* directory, const char* path) GW_NOEXCEPT;

/* Whom another module signs in; in a location only. */
const char* gw_set_trusted_user(cmd_parms* command, void* directory, int count,
                                char* const words[]) GW_NOEXCEPT;

/* One setter per kind of value: the row is found by the directive's name (apache/directive_table.cpp). */
const char* gw_set_flag(cmd_parms* command, void* directory, int on) GW_NOEXCEPT;
const char* gw_set_number(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_set_size(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_set_text(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;

/* Directives with a form of their own. */
const char* gw_set_auto_migrate(cmd_parms* command, void* directory, int on) GW_NOEXCEPT;
const char* gw_set_status(cmd_parms* command, void* directory, int on) GW_NOEXCEPT;
const char* gw_set_health(cmd_parms* command, void* directory, int count, char* const words[]) GW_NOEXCEPT;
const char* gw_set_event_limits(cmd_parms* command, void* directory, int count,
                                char* const words[]) GW_NOEXCEPT;
const char* gw_set_database(cmd_parms* command, void* directory, const char* url) GW_NOEXCEPT;
const char* gw_set_database_pool(cmd_parms* command, void* directory, int count,
                                 char* const words[]) GW_NOEXCEPT;
const char* gw_set_database_timeouts(cmd_parms* command, void* directory, int count,
                                     char* const words[]) GW_NOEXCEPT;
const char* gw_set_log_slow(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_set_session_lifetime(cmd_parms* command, void* directory, int count,
                                    char* const words[]) GW_NOEXCEPT;
const char* gw_set_session_limits(cmd_parms* command, void* directory, int count,
                                  char* const words[]) GW_NOEXCEPT;
const char* gw_set_session_cache(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_set_ip_check(cmd_parms* command, void* directory, int count, char* const words[]) GW_NOEXCEPT;
const char* gw_add_ip_check_exempt(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_set_cookie_hash(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_set_cookie_salt(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_set_cookie_secure(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_add_token_secret(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_add_preset(cmd_parms* command, void* directory, const char* value) GW_NOEXCEPT;
const char* gw_set_mail_server(cmd_parms* command, void* directory, int count,
                               char* const words[]) GW_NOEXCEPT;
const char* gw_set_transport_server(cmd_parms* command, void* directory, int count,
                                    char* const words[]) GW_NOEXCEPT;
const char* gw_set_mail_timeouts(cmd_parms* command, void* directory, int count,
                                 char* const words[]) GW_NOEXCEPT;
const char* gw_set_mail_connections(cmd_parms* command, void* directory, int count,
                                    char* const words[]) GW_NOEXCEPT;
const char* gw_set_mail_compositions(cmd_parms* command, void* directory, int count,
                                     char* const words[]) GW_NOEXCEPT;
const char* gw_set_mail_interval(cmd_parms* command, void* directory, const char* duration) GW_NOEXCEPT;
const char* gw_set_mail_flagging(cmd_parms* command, void* directory, int count,
                                 char* const words[]) GW_NOEXCEPT;
const char* gw_set_mail_folders(cmd_parms* command, void* directory, int count,
                                char* const words[]) GW_NOEXCEPT;
const char* gw_set_mail_login(cmd_parms* command, void* directory, const char* pattern) GW_NOEXCEPT;
const char* gw_set_mail_oauth(cmd_parms* command, void* directory, const char* form,
                              const char* variable) GW_NOEXCEPT;
const char* gw_set_mail_master(cmd_parms* command, void* directory, const char* login,
                               const char* secret) GW_NOEXCEPT;
const char* gw_add_authenticity_server(cmd_parms* command, void* directory, const char* text) GW_NOEXCEPT;
const char* gw_add_trusted_sender(cmd_parms* command, void* directory, int count,
                                  char* const words[]) GW_NOEXCEPT;
const char* gw_set_mail_notify(cmd_parms* command, void* directory, const char* login,
                               const char* secret) GW_NOEXCEPT;
const char* gw_set_account_deny(cmd_parms* command, void* directory, int count,
                                char* const words[]) GW_NOEXCEPT;
const char* gw_set_account_ports(cmd_parms* command, void* directory, int count,
                                 char* const words[]) GW_NOEXCEPT;
const char* gw_set_account_tls(cmd_parms* command, void* directory, int count,
                               char* const words[]) GW_NOEXCEPT;
const char* gw_set_autoconfig(cmd_parms* command, void* directory, int count,
                              char* const words[]) GW_NOEXCEPT;
const char* gw_add_mail_provider(cmd_parms* command, void* directory, int count,
                                 char* const words[]) GW_NOEXCEPT;
const char* gw_set_mail_categories(cmd_parms* command, void* directory, int count,
                                   char* const words[]) GW_NOEXCEPT;
const char* gw_add_mail_category(cmd_parms* command, void* directory, int count,
                                 char* const words[]) GW_NOEXCEPT;
const char* gw_set_no_reply(cmd_parms* command, void* directory, int count, char* const words[]) GW_NOEXCEPT;
const char* gw_set_jobs(cmd_parms* command, void* directory, int count, char* const words[]) GW_NOEXCEPT;
const char* gw_set_public_busy(cmd_parms* command, void* directory, int count,
                               char* const words[]) GW_NOEXCEPT;
const char* gw_set_directory(cmd_parms* command, void* directory, int count, char* const words[]) GW_NOEXCEPT;
const char* gw_set_provisioning(cmd_parms* command, void* directory, int count,
                                char* const words[]) GW_NOEXCEPT;
const char* gw_set_feeds(cmd_parms* command, void* directory, int count, char* const words[]) GW_NOEXCEPT;
const char* gw_set_sieve_server(cmd_parms* command, void* directory, int count,
                                char* const words[]) GW_NOEXCEPT;
const char* gw_set_sieve_login(cmd_parms* command, void* directory, const char* pattern) GW_NOEXCEPT;
const char* gw_set_sieve_master(cmd_parms* command, void* directory, const char* login,
                                const char* secret) GW_NOEXCEPT;
const char* gw_set_sieve_timeouts(cmd_parms* command, void* directory, int count,
                                  char* const words[]) GW_NOEXCEPT;
const char* gw_add_sieve_denied_redirect(cmd_parms* command, void* directory, const char* text) GW_NOEXCEPT;
const char* gw_add_sieve_hidden(cmd_parms* command, void* directory, const char* text) GW_NOEXCEPT;

/* The module record of mod_groupware.c. */
extern module AP_MODULE_DECLARE_DATA groupware_module;

#ifdef __cplusplus
}
#endif

#endif
