// Tells of statements that took long. Costs one comparison per call when it is off.
#pragma once

#include <chrono>
#include <string_view>

#include "core/settings.hpp"

namespace gw::sql {

/// Sums the time that one execution spends in the engine, over its rows too, and logs it at its end when it
/// was at least the limit. The log line has the SQL text and never a value.
class StatementTimer {
 public:
  explicit StatementTimer(Milliseconds limit) : limit_(limit) {}

  void start() {
    if (limit_.count() > 0) started_ = std::chrono::steady_clock::now();
  }
  void stop() {
    if (limit_.count() > 0) spent_ += std::chrono::steady_clock::now() - started_;
  }
  void finish(std::string_view sql) noexcept {
    if (limit_.count() > 0) report(sql);
  }

 private:
  void report(std::string_view sql) noexcept;

  Milliseconds limit_;
  std::chrono::steady_clock::time_point started_{};
  std::chrono::steady_clock::duration spent_{};
};

}  // namespace gw::sql
