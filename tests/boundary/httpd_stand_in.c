/* Small versions of httpd's own functions, enough to load the module and to run its guards and setters
 * without a server. */
#include "httpd_stand_in.h"

#include <apr_strings.h>
#include <http_connection.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mpm_common.h>
#include <stdarg.h>
#include <string.h>
#include <unixd.h>
#include <util_mutex.h>

char logged_line[1024];
int logged_level;
int logged_lines;
int (*hooked_pre_config)(apr_pool_t*, apr_pool_t*, apr_pool_t*);
int hooked_count;

unixd_config_rec ap_unixd_config;
server_rec* ap_server_conf;
ap_directive_t* ap_conftree;

/* Keeps APR-util linked, which the module expects to find in the process. */
extern const apr_bucket_type_t* const stand_in_bucket_type;
const apr_bucket_type_t* const stand_in_bucket_type = &apr_bucket_type_eos;

void forget_calls(void) {
  logged_line[0] = '\0';
  logged_level = -1;
  logged_lines = 0;
}

static void remember(int level, const char* format, va_list arguments) {
  apr_vsnprintf(logged_line, sizeof logged_line, format, arguments);
  logged_level = level & APLOG_LEVELMASK;
  ++logged_lines;
}

void ap_log_error_(const char* file, int line, int module_index, int level, apr_status_t status,
                   const server_rec* s, const char* format, ...) {
  (void)file, (void)line, (void)module_index, (void)status, (void)s;
  va_list arguments;
  va_start(arguments, format);
  remember(level, format, arguments);
  va_end(arguments);
}

void ap_log_rerror_(const char* file, int line, int module_index, int level, apr_status_t status,
                    const request_rec* r, const char* format, ...) {
  (void)file, (void)line, (void)module_index, (void)status, (void)r;
  va_list arguments;
  va_start(arguments, format);
  remember(level, format, arguments);
  va_end(arguments);
}

#undef ap_get_module_config
void* ap_get_module_config(const ap_conf_vector_t* vector, const module* m) {
  return ((void* const*)vector)[m->module_index];
}

void ap_hook_pre_config(ap_HOOK_pre_config_t* hook, const char* const* before, const char* const* after,
                        int order) {
  (void)before, (void)after, (void)order;
  hooked_pre_config = hook;
  ++hooked_count;
}

#define GW_COUNTED_HOOK(name)                                                                        \
  void ap_hook_##name(ap_HOOK_##name##_t* hook, const char* const* before, const char* const* after, \
                      int order) {                                                                   \
    (void)before, (void)after, (void)order;                                                          \
    if (hook != NULL) ++hooked_count;                                                                \
  }
GW_COUNTED_HOOK(check_config)
GW_COUNTED_HOOK(post_config)
GW_COUNTED_HOOK(child_init)
GW_COUNTED_HOOK(child_stopping)
GW_COUNTED_HOOK(translate_name)
GW_COUNTED_HOOK(map_to_storage)
GW_COUNTED_HOOK(handler)
GW_COUNTED_HOOK(suspend_connection)

void ap_hook_check_authn(ap_HOOK_check_user_id_t* hook, const char* const* before, const char* const* after,
                         int order, int type) {
  (void)before, (void)after, (void)order, (void)type;
  if (hook != NULL) ++hooked_count;
}

apr_status_t ap_register_auth_provider(apr_pool_t* pool, const char* group, const char* name,
                                       const char* version, const void* provider, int type) {
  (void)pool, (void)type;
  return group == NULL || name == NULL || version == NULL || provider == NULL ? APR_EINVAL : APR_SUCCESS;
}

int ap_state_query(int query) {
  (void)query;
  return AP_SQ_MS_CREATE_PRE_CONFIG;
}

module* ap_find_linked_module(const char* name) {
  (void)name;
  return NULL;
}

apr_status_t ap_mutex_register(apr_pool_t* pool, const char* type, const char* folder,
                               apr_lockmech_e mechanism, apr_int32_t options) {
  (void)pool, (void)folder, (void)mechanism, (void)options;
  return type == NULL ? APR_EINVAL : APR_SUCCESS;
}
