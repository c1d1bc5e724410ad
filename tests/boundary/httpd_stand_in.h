/* What the stand-in for httpd remembers of the calls it got. */
#ifndef GW_TESTS_HTTPD_STAND_IN_H
#define GW_TESTS_HTTPD_STAND_IN_H

#include <httpd.h>

#include <http_config.h>

/* The line that was logged last, and its level. */
extern char logged_line[1024];
extern int logged_level;
extern int logged_lines;

/* The hooks that the module registered; NULL: none. */
extern int (*hooked_pre_config)(apr_pool_t*, apr_pool_t*, apr_pool_t*);
extern int hooked_count;

void forget_calls(void);

#endif
