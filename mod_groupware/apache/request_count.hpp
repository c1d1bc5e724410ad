// Counts requests for the status page and the metrics.
#pragma once

#include <httpd.h>

#include <chrono>

#include "apache/counters.hpp"
#include "core/metric.hpp"

namespace gw::apache {

/// Counts a request from its begin to its end, however it ends.
class RequestCount {
 public:
  enum class Kind { Api, Dav };
  explicit RequestCount(request_rec* request, Kind kind = Kind::Api)
      : request_(request), kind_(kind), counters_(own_counters()) {
    counters_.running.fetch_add(1, std::memory_order_relaxed);
    if (kind_ == Kind::Dav) counters_.dav_running.fetch_add(1, std::memory_order_relaxed);
    counters_.requests.fetch_add(1, std::memory_order_relaxed);
  }
  ~RequestCount() {
    counters_.running.fetch_sub(1, std::memory_order_relaxed);
    const int status = result_ == OK ? request_->status : result_;
    if (kind_ == Kind::Dav) {
      counters_.dav_running.fetch_sub(1, std::memory_order_relaxed);
      observe_dav(status);
    }
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
  /// Methods that nobody registered are any words of a client.
  void observe_dav(int status) const {
    const char classes[][4] = {"1xx", "2xx", "3xx", "4xx", "5xx"};
    const bool is_usual = status >= 100 && status < 600;
    observe(Metric::DavRequests,
            {"INFOSTORE", request_->method_number == M_INVALID ? "other" : request_->method,
             is_usual ? classes[status / 100 - 1] : "other"},
            elapsed());
  }
  /// Since the request line was read.
  [[nodiscard]] std::chrono::microseconds elapsed() const {
    return std::chrono::microseconds(apr_time_now() - request_->request_time);
  }

  request_rec* request_;
  Kind kind_;
  ProcessCounters& counters_;
  int result_ = HTTP_INTERNAL_SERVER_ERROR;
};

}  // namespace gw::apache
