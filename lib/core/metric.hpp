// What the parts of the program count and time, for whoever gathers it (lib/monitoring). Costs one load while
// nobody does. Labels are words of a short list, never a user, context, folder, address or path.
// Source: spec monitoring 7.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace gw {

/// The labels of each stand in lib/monitoring/metric_table.cpp, in their order.
enum class Metric : std::uint8_t {
  HttpRequests,
  DavRequests,
  Logins,
  DatabaseUse,
  ImapConnections,
  ImapCommands,
  ImapErrors,
  FileStoreOperations,
  FileStoreBytes,
  HttpNotify,
  WebFetches,
  SoapRequests,
  LdapRequests,
  LdapImportUsers,
};
inline constexpr std::size_t kMetricCount = static_cast<std::size_t>(Metric::LdapImportUsers) + 1;

using MetricLabels = std::span<const std::string_view>;

/// Gathers. Threads: any, at the same time.
class MetricSink {
 public:
  /// Of a counter, or of what exists now (then `amount` may be negative).
  virtual void add(Metric metric, MetricLabels labels, std::int64_t amount) noexcept = 0;
  virtual void observe(Metric metric, MetricLabels labels, std::chrono::nanoseconds time) noexcept = 0;

 protected:
  ~MetricSink() = default;
};

/// nullptr: nobody gathers. The sink must outlive every thread that counts. Threads: any.
void set_metric_sink(MetricSink* sink) noexcept;

void count(Metric metric, std::initializer_list<std::string_view> labels, std::int64_t amount = 1) noexcept;
void observe(Metric metric, std::initializer_list<std::string_view> labels,
             std::chrono::nanoseconds time) noexcept;

/// Looks at the clock only while somebody gathers.
class Stopwatch {
 public:
  Stopwatch() noexcept;
  /// Since it was made. Does nothing when nobody gathered then.
  void tell(Metric metric, std::initializer_list<std::string_view> labels) const noexcept;

 private:
  std::chrono::steady_clock::time_point begin_{};
};

}  // namespace gw
