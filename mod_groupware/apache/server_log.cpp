#include "apache/server_log.hpp"

#include <string>
#include <utility>

namespace gw::apache {
namespace {

thread_local request_rec* current_request = nullptr;

int apache_level(LogLevel level) {
  switch (level) {
    case LogLevel::Error:
      return APLOG_ERR;
    case LogLevel::Warning:
      return APLOG_WARNING;
    case LogLevel::Notice:
      return APLOG_NOTICE;
    case LogLevel::Info:
      return APLOG_INFO;
    case LogLevel::Debug:
      return APLOG_DEBUG;
  }
  return APLOG_ERR;
}

}  // namespace

void install_log_sink(server_rec* server) {
  set_log_sink([server](LogLevel level, std::string_view line) {
    // The text goes through "%s": APR's formatter does not know every C format, and a line may hold percent
    // signs.
    const std::string text(line);
    if (current_request != nullptr)
      ap_log_rerror(APLOG_MARK, apache_level(level), 0, current_request, "%s", text.c_str());
    else
      ap_log_error(APLOG_MARK, apache_level(level), 0, server, "%s", text.c_str());
  });
}

void remove_log_sink() { set_log_sink({}); }

CurrentRequest::CurrentRequest(request_rec* request) { current_request = request; }
CurrentRequest::~CurrentRequest() { current_request = nullptr; }
request_rec* CurrentRequest::get() { return current_request; }

}  // namespace gw::apache
