// Counts requests for the status page.
#pragma once

#include <httpd.h>

#include "apache/counters.hpp"

namespace gw::apache {

/// Counts a request from its begin to its end, however it ends.
class RequestCount {
 public:
  explicit RequestCount(request_rec* request) : request_(request), counters_(own_counters()) {
    counters_.running.fetch_add(1, std::memory_order_relaxed);
    counters_.requests.fetch_add(1, std::memory_order_relaxed);
  }
  ~RequestCount() {
    counters_.running.fetch_sub(1, std::memory_order_relaxed);
    const int status = result_ == OK ? request_->status : result_;
    auto* counter = status == HTTP_SERVICE_UNAVAILABLE ? &counters_.unavailable
                    : status >= 500                    ? &counters_.failed
                    : status >= 400                    ? &counters_.refused
                                                       : nullptr;
    if (counter != nullptr) counter->fetch_add(1, std::memory_order_relaxed);
  }
  RequestCount(const RequestCount&) = delete;
  RequestCount& operator=(const RequestCount&) = delete;
  /// What the handler gives httpd. OK: the status of the request counts.
  int ended(int result) { return result_ = result; }

 private:
  request_rec* request_;
  ProcessCounters& counters_;
  int result_ = HTTP_INTERNAL_SERVER_ERROR;
};

}  // namespace gw::apache
