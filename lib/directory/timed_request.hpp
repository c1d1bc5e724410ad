// One exchange with a directory, timed for monitoring (core/metric.hpp).
#pragma once

#include <string_view>

#include "core/metric.hpp"

namespace gw::directory {

/// Tells at its end, whatever ends it. `operation`: connect, bind, search.
class TimedRequest {
 public:
  explicit TimedRequest(std::string_view operation) : operation_(operation) {}
  TimedRequest(const TimedRequest&) = delete;
  TimedRequest& operator=(const TimedRequest&) = delete;
  ~TimedRequest() { watch_.tell(Metric::LdapRequests, {operation_, result_}); }
  /// Otherwise it failed.
  void ended(std::string_view result) { result_ = result; }

 private:
  const Stopwatch watch_;
  const std::string_view operation_;
  std::string_view result_ = "failed";
};

}  // namespace gw::directory
