// Lines for the error log from this side of the border, and the sink that carries the lines of lib/ there.
#pragma once

#include <httpd.h>

#include <http_config.h>
#include <http_log.h>

#include <string_view>

#include "boundary/exports.h"
#include "core/log.hpp"

APLOG_USE_MODULE(groupware);

namespace gw::apache {

/// Sends everything that lib/ logs to httpd's error log; lines written while a request runs carry its
/// details. Threads: child_init only.
void install_log_sink(server_rec* server);
void remove_log_sink();

/// Says which request this thread works on, for the log and for scratch memory, until it ends.
class CurrentRequest {
 public:
  explicit CurrentRequest(request_rec* request);
  ~CurrentRequest();
  CurrentRequest(const CurrentRequest&) = delete;
  CurrentRequest& operator=(const CurrentRequest&) = delete;

  /// nullptr outside of a request.
  static request_rec* get();
};

}  // namespace gw::apache
