/* The floor for a request: a module that answers a constant and keeps the core from mapping the URI to disk.
 */
#include <httpd.h>

#include <http_config.h>
#include <http_protocol.h>
#include <http_request.h>
#include <string.h>

static const char kAnswer[] =
    "{\"data\":{\"id\":\"1\",\"folder_id\":\"20\",\"display_name\":\"constant\"},\"timestamp\":1}";

static int is_ours(const request_rec* r) { return strncmp(r->uri, "/bare", 5) == 0; }
static int skip_translation(request_rec* r) { return is_ours(r) ? OK : DECLINED; }

static int answer(request_rec* r) {
  if (!is_ours(r)) return DECLINED;
  ap_set_content_type(r, "text/javascript; charset=UTF-8");
  ap_set_content_length(r, sizeof kAnswer - 1);
  ap_rwrite(kAnswer, sizeof kAnswer - 1, r);
  return OK;
}

static void register_hooks(apr_pool_t* pool) {
  (void)pool;
  ap_hook_translate_name(skip_translation, NULL, NULL, APR_HOOK_FIRST);
  ap_hook_map_to_storage(skip_translation, NULL, NULL, APR_HOOK_FIRST);
  ap_hook_handler(answer, NULL, NULL, APR_HOOK_FIRST);
}

module AP_MODULE_DECLARE_DATA bare_module = {STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL,
                                             register_hooks};
