// Writes figures in the text format of Prometheus, version 0.0.4. Source: its exposition format.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "monitoring/slot_table.hpp"

namespace gw::monitoring {

inline constexpr std::string_view kPrometheusType = "text/plain; version=0.0.4; charset=utf-8";

enum class Naming {
  Ours,       ///< gw_…
  Reference,  ///< appsuite_…, for dashboards that exist
};

/// Quotes, backslashes and line ends as the format wants them in the value of a label.
std::string escape_label(std::string_view value);
/// `name="value",name="value"`.
std::string format_labels(std::initializer_list<std::pair<std::string_view, std::string_view>> labels);

class PrometheusText {
 public:
  /// Begins a metric: all of its samples must follow before the next one begins.
  void begin(std::string_view name, Kind kind, std::string_view help);
  /// A sample of the metric that was begun. `labels` without braces; empty: none.
  void sample(std::string_view labels, double value);
  void sample(std::string_view labels, std::int64_t value);
  /// Both at once, for what has one value.
  void single(std::string_view name, Kind kind, std::string_view help, std::int64_t value);

  /// All series that are known, by name.
  void series(const SlotTable& table, bool (*runs)(int pid), Naming naming);
  /// All rows of process_counters.hpp that have a name.
  void counters(const SlotTable& table, bool (*runs)(int pid));

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void histogram(const std::string& labels, const SeriesSum& sum);

  std::string text_;
  std::string name_;
};

}  // namespace gw::monitoring
