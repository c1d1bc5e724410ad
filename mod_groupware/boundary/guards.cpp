#include "boundary/guards.hpp"

#include <apr_strings.h>
#include <apr_tables.h>
#include <http_log.h>

#include <exception>
#include <new>
#include <string>

#include "boundary/exports.h"
#include "core/error.hpp"

APLOG_USE_MODULE(groupware);

namespace gw::boundary {
namespace {

struct Caught {
  int status = HTTP_INTERNAL_SERVER_ERROR;
  int retry_after = 0;
  /// Of a line about a request.
  int level = APLOG_ERR;
  /// Fixed size: describing std::bad_alloc must not allocate.
  char text[256] = "";
};

void describe(Caught& caught, const char* kind, const char* text) {
  apr_snprintf(caught.text, sizeof caught.text, "%s%s", kind, text);
}

/// Looks at the exception in flight; the one list of types for all guards.
Caught current_exception() noexcept {
  Caught caught;
  try {
    throw;
  } catch (const HttpError& error) {
    caught.status = error.status();
    if (error.status() < 500) caught.level = APLOG_INFO;
    describe(caught, "", error.what());
  } catch (const Unavailable& error) {
    caught.status = HTTP_SERVICE_UNAVAILABLE;
    caught.retry_after = error.retry_after();
    // Who throws it has written a line for the whole outage; one of each request would bury that.
    caught.level = APLOG_INFO;
    describe(caught, "", error.what());
  } catch (const ApiError& error) {
    if (error.code().category == Category::ServiceDown) {
      // A mail server that went away while an answer was streamed from it: nothing of ours failed.
      caught.status = HTTP_SERVICE_UNAVAILABLE;
      caught.level = APLOG_INFO;
    }
    describe(caught, "API error outside the dispatcher: ", error.what());
  } catch (const std::bad_alloc&) {
    describe(caught, "", "out of memory");
  } catch (const std::exception& error) {
    describe(caught, "", error.what());
  } catch (...) {
    describe(caught, "", "an exception of unknown type");
  }
  return caught;
}

}  // namespace

int report_request_exception(request_rec* request, const char* where) noexcept {
  const Caught caught = current_exception();
  if (caught.retry_after > 0)
    apr_table_setn(request->err_headers_out, "Retry-After", apr_itoa(request->pool, caught.retry_after));
  ap_log_rerror(APLOG_MARK, caught.level, 0, request, "GW0200: %s: %s", where, caught.text);
  return caught.status;
}

void report_hook_exception(server_rec* server, const char* where) noexcept {
  const Caught caught = current_exception();
  ap_log_error(APLOG_MARK, APLOG_ERR, 0, server, "GW0201: %s: %s", where, caught.text);
}

const char* report_directive_exception(const cmd_parms* command) noexcept {
  return apr_pstrdup(command->pool, current_exception().text);
}

}  // namespace gw::boundary
