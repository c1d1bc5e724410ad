/* What httpd gets when C++ code throws: a status, one log line, never an exception. */
/* What cmocka.h needs before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "httpd_stand_in.h"

#include <apr_general.h>
#include <http_log.h>
#include <string.h>

#include "throwing.h"

/* The guards log for this module. */
module groupware_module;

static apr_pool_t* pool;
static request_rec* request;

static int set_up(void** state) {
  (void)state;
  apr_pool_create(&pool, NULL);
  request = apr_pcalloc(pool, sizeof *request);
  request->pool = pool;
  request->err_headers_out = apr_table_make(pool, 2);
  forget_calls();
  return 0;
}

static int tear_down(void** state) {
  (void)state;
  apr_pool_destroy(pool);
  return 0;
}

static void a_result_passes_through_unchanged(void** state) {
  (void)state;
  assert_int_equal(guarded_request(request, THROW_NOTHING), 7);
  assert_int_equal(guarded_hook(THROW_NOTHING), 7);
  assert_int_equal(logged_lines, 0);
}

static void an_http_error_becomes_its_status(void** state) {
  (void)state;
  assert_int_equal(guarded_request(request, THROW_HTTP_ERROR), 413);
  assert_int_equal(logged_level, APLOG_INFO);
  assert_string_equal(logged_line, "GW0200: test hook: too large");
}

static void another_server_that_is_down_becomes_503_without_alarm(void** state) {
  (void)state;
  assert_int_equal(guarded_request(request, THROW_SERVICE_DOWN), 503);
  assert_int_equal(logged_level, APLOG_INFO);
}

static void unavailable_becomes_503_with_retry_after(void** state) {
  (void)state;
  assert_int_equal(guarded_request(request, THROW_UNAVAILABLE), 503);
  assert_string_equal(apr_table_get(request->err_headers_out, "Retry-After"), "9");
  assert_int_equal(logged_level, APLOG_INFO);
}

static void everything_else_becomes_500_and_one_line(void** state) {
  (void)state;
  static const enum throwing_kind kinds[] = {THROW_API_ERROR, THROW_BAD_ALLOC, THROW_RUNTIME_ERROR,
                                             THROW_LONG_TEXT, THROW_NUMBER};
  for (size_t index = 0; index < sizeof kinds / sizeof kinds[0]; ++index) {
    forget_calls();
    assert_int_equal(guarded_request(request, kinds[index]), 500);
    assert_int_equal(logged_lines, 1);
    assert_int_equal(logged_level, APLOG_ERR);
  }
}

static void a_text_with_percent_signs_is_logged_as_it_is(void** state) {
  (void)state;
  guarded_request(request, THROW_RUNTIME_ERROR);
  assert_string_equal(logged_line, "GW0200: test hook: 100 %s broken");
}

static void a_hook_gives_its_failure_value(void** state) {
  (void)state;
  assert_int_equal(guarded_hook(THROW_NUMBER), -1);
  assert_string_equal(logged_line, "GW0201: test hook: an exception of unknown type");
}

static void a_directive_gives_the_text_for_the_administrator(void** state) {
  (void)state;
  cmd_parms command;
  memset(&command, 0, sizeof command);
  command.pool = pool;
  assert_null(guarded_directive(&command, THROW_NOTHING));
  assert_string_equal(guarded_directive(&command, THROW_HTTP_ERROR), "too large");
  assert_int_equal(logged_lines, 0);
}

static void a_pool_ends_its_objects(void** state) {
  (void)state;
  int ended = 0;
  apr_pool_t* inner = NULL;
  apr_pool_create(&inner, pool);
  assert_non_null(make_counted(inner, &ended));
  assert_int_equal(ended, 0);
  apr_pool_destroy(inner);
  assert_int_equal(ended, 1);
}

static void an_object_whose_constructor_throws_is_not_registered(void** state) {
  (void)state;
  int ended = 0;
  apr_pool_t* inner = NULL;
  apr_pool_create(&inner, pool);
  assert_int_equal(make_failing(inner, &ended), 1);
  assert_int_equal(ended, 1);
  apr_pool_destroy(inner);
  assert_int_equal(ended, 1);
}

int main(void) {
  apr_initialize();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_result_passes_through_unchanged, set_up, tear_down),
      cmocka_unit_test_setup_teardown(an_http_error_becomes_its_status, set_up, tear_down),
      cmocka_unit_test_setup_teardown(another_server_that_is_down_becomes_503_without_alarm, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(unavailable_becomes_503_with_retry_after, set_up, tear_down),
      cmocka_unit_test_setup_teardown(everything_else_becomes_500_and_one_line, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_text_with_percent_signs_is_logged_as_it_is, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_hook_gives_its_failure_value, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_directive_gives_the_text_for_the_administrator, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_pool_ends_its_objects, set_up, tear_down),
      cmocka_unit_test_setup_teardown(an_object_whose_constructor_throws_is_not_registered, set_up,
                                      tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
