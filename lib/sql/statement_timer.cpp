#include "sql/statement_timer.hpp"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "core/log.hpp"

namespace gw::sql {

void StatementTimer::report(std::string_view sql) noexcept try {
  constexpr std::size_t kLongestText = 2'000;
  const auto spent = std::exchange(spent_, {});
  if (spent < limit_) return;
  const double millis = std::chrono::duration<double, std::milli>(spent).count();
  log(LogLevel::Info, "GW0100",
      fmt::format("slow statement, {:.1f} ms: {}", millis, sql.substr(0, kLongestText)));
} catch (const std::exception&) {
}

}  // namespace gw::sql
