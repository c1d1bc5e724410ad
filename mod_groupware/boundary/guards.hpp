// Exceptions stop here: every function that httpd calls runs its body inside one of these. They are the only
// places with `catch (...)` in the tree. Not for error handling of the API, which ajax/dispatch does. Rules:
// craft 2.3.
#pragma once

#include <httpd.h>

#include <http_config.h>

#include <utility>

namespace gw::boundary {

/// Logs the exception that is being handled. Gives its HTTP status: that of HttpError, 503 for Unavailable
/// (sets Retry-After), 500 for everything else. Call inside a catch block only.
int report_request_exception(request_rec* request, const char* where) noexcept;
/// Logs the exception that is being handled. `server` may be null (before the first configuration was read).
void report_hook_exception(server_rec* server, const char* where) noexcept;
/// The text for httpd's "Syntax error on line …", allocated in the pool of the command.
const char* report_directive_exception(const cmd_parms* command) noexcept;

/// For handlers and the other hooks of a request. `where` names the hook in the log.
/// Errors: noexcept; an exception becomes the status of report_request_exception.
template <class Body>
int guard_request(request_rec* request, const char* where, Body&& body) noexcept {
  try {
    return std::forward<Body>(body)();
  } catch (...) {
    return report_request_exception(request, where);
  }
}

/// For hooks and callbacks without a request. Gives `failed` after an exception.
template <class Result, class Body>
Result guard_hook(server_rec* server, const char* where, Result failed, Body&& body) noexcept {
  try {
    return std::forward<Body>(body)();
  } catch (...) {
    report_hook_exception(server, where);
    return failed;
  }
}

/// For callbacks of mod_dav: `refuse` makes its error of the status of report_request_exception.
template <class Body, class Refuse>
auto guard_dav(request_rec* request, const char* where, Body&& body, Refuse&& refuse) noexcept
    -> decltype(refuse(0)) {
  try {
    return std::forward<Body>(body)();
  } catch (...) {
    return std::forward<Refuse>(refuse)(report_request_exception(request, where));
  }
}

/// For setters of directives: nullptr = accepted, else the text that `httpd -t` shows.
template <class Body>
const char* guard_directive(const cmd_parms* command, Body&& body) noexcept {
  try {
    return std::forward<Body>(body)();
  } catch (...) {
    return report_directive_exception(command);
  }
}

}  // namespace gw::boundary
