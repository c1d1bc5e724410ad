/* Guarded functions for guards_test.c: each throws what its number says. */
#ifndef GW_TESTS_THROWING_H
#define GW_TESTS_THROWING_H

#include <httpd.h>

#include <http_config.h>

#ifdef __cplusplus
extern "C" {
#endif

enum throwing_kind {
  THROW_NOTHING,
  THROW_HTTP_ERROR,
  THROW_UNAVAILABLE,
  THROW_API_ERROR,
  THROW_SERVICE_DOWN,
  THROW_BAD_ALLOC,
  THROW_RUNTIME_ERROR,
  THROW_LONG_TEXT,
  THROW_NUMBER
};

int guarded_request(request_rec* request, enum throwing_kind kind);
int guarded_hook(enum throwing_kind kind);
const char* guarded_directive(cmd_parms* command, enum throwing_kind kind);
/* Makes an object that counts `*counter` up when the pool ends it. */
void* make_counted(apr_pool_t* pool, int* counter);
/* The constructor throws: nothing may be registered. Gives 1 when the exception arrived. */
int make_failing(apr_pool_t* pool, int* counter);

#ifdef __cplusplus
}
#endif

#endif
