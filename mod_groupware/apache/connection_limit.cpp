#include "apache/connection_limit.hpp"

#include <httpd.h>

#include <ap_mpm.h>
#include <http_config.h>

#include <cstdlib>

#include "core/text.hpp"

namespace gw::apache {
namespace {

/// The MPM's own default.
constexpr double kWorkerFactor = 2;

/// The value of the last directive of that name, looked for in sections, too; the MPM tells nobody.
const char* find_directive(const ap_directive_t* from, const char* name) {
  const char* found = nullptr;
  for (; from != nullptr; from = from->next) {
    if (equal_ignoring_ascii_case(from->directive, name)) found = from->args;
    if (const char* inside = find_directive(from->first_child, name)) found = inside;
  }
  return found;
}

}  // namespace

int thread_count() {
  int threads = 1;
  ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
  return threads < 1 ? 1 : threads;
}

int connection_limit() {
  int is_async = 0;
  ap_mpm_query(AP_MPMQ_IS_ASYNC, &is_async);
  if (is_async == 0) return thread_count();
  const char* value = find_directive(ap_conftree, "AsyncRequestWorkerFactor");
  const double factor = value == nullptr ? kWorkerFactor : std::strtod(value, nullptr);
  return static_cast<int>(thread_count() * (1 + (factor > 0 ? factor : kWorkerFactor)));
}

}  // namespace gw::apache
