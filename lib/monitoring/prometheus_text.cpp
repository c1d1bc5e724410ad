#include "monitoring/prometheus_text.hpp"

#include <fmt/format.h>

#include <iterator>

namespace gw::monitoring {
namespace {

std::string_view kind_name(Kind kind) {
  return kind == Kind::Counter ? "counter" : kind == Kind::Gauge ? "gauge" : "histogram";
}

std::string labels_of(const SeriesSum& sum, Naming naming) {
  const MetricRow& row = row_of(sum.metric);
  const auto& names = naming == Naming::Ours ? row.labels : row.reference_labels;
  std::string text;
  for (std::size_t i = 0; i < sum.labels.size() && i < kMostLabels; ++i) {
    if (!text.empty()) text += ',';
    text += fmt::format("{}=\"{}\"", names[i], escape_label(sum.labels[i]));
  }
  return text;
}

}  // namespace

std::string escape_label(std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\n') {
      escaped += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string format_labels(std::initializer_list<std::pair<std::string_view, std::string_view>> labels) {
  std::string text;
  for (const auto& [name, value] : labels)
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escape_label(value));
  return text;
}

void PrometheusText::begin(std::string_view name, Kind kind, std::string_view help) {
  name_ = name;
  fmt::format_to(std::back_inserter(text_), "# HELP {} {}\n# TYPE {} {}\n", name, help, name,
                 kind_name(kind));
}

void PrometheusText::sample(std::string_view labels, std::int64_t value) {
  if (labels.empty())
    fmt::format_to(std::back_inserter(text_), "{} {}\n", name_, value);
  else
    fmt::format_to(std::back_inserter(text_), "{}{{{}}} {}\n", name_, labels, value);
}

void PrometheusText::sample(std::string_view labels, double value) {
  if (labels.empty())
    fmt::format_to(std::back_inserter(text_), "{} {}\n", name_, value);
  else
    fmt::format_to(std::back_inserter(text_), "{}{{{}}} {}\n", name_, labels, value);
}

void PrometheusText::single(std::string_view name, Kind kind, std::string_view help, std::int64_t value) {
  begin(name, kind, help);
  sample({}, value);
}

void PrometheusText::histogram(const std::string& labels, const SeriesSum& sum) {
  std::uint64_t below = 0;
  const char* comma = labels.empty() ? "" : ",";
  for (std::size_t i = 0; i < kBuckets.size(); ++i) {
    below += sum.cells[i];
    fmt::format_to(std::back_inserter(text_), "{}_bucket{{{}{}le=\"{}\"}} {}\n", name_, labels, comma,
                   static_cast<double>(kBuckets[i]) / 1e6, below);
  }
  below += sum.cells[kBuckets.size()];
  const double seconds = static_cast<double>(sum.cells[kCells - 1]) / 1e6;
  const std::string braced = labels.empty() ? "" : "{" + labels + "}";
  fmt::format_to(std::back_inserter(text_),
                 "{0}_bucket{{{1}{2}le=\"+Inf\"}} {3}\n{0}_sum{4} {5}\n{0}_count{4} {3}\n", name_, labels,
                 comma, below, braced, seconds);
}

void PrometheusText::series(const SlotTable& table, bool (*runs)(int pid), Naming naming) {
  std::string_view current;
  for (const SeriesSum& sum : table.sums(runs)) {
    const MetricRow& row = row_of(sum.metric);
    const std::string_view name = naming == Naming::Ours ? row.name : row.reference_name;
    if (name.empty()) continue;
    if (name != current) begin(name, row.kind, row.help);
    current = name;
    const std::string labels = labels_of(sum, naming);
    if (row.kind == Kind::Histogram)
      histogram(labels, sum);
    else
      sample(labels, sum.value());
  }
}

void PrometheusText::counters(const SlotTable& table, bool (*runs)(int pid)) {
  std::string_view current;
  for (const CounterRow& row : kCounterRows) {
    if (row.metric.empty()) continue;
    if (row.metric != current) begin(row.metric, row.is_total ? Kind::Counter : Kind::Gauge, row.help);
    current = row.metric;
    sample(row.labels, static_cast<std::int64_t>(table.sum(row, runs)));
  }
}

}  // namespace gw::monitoring
