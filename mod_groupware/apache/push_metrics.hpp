// The counters of the push child in the names of the metrics.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "monitoring/prometheus_text.hpp"

namespace gw::apache {

/// By the names of the status page; empty when there is no push child.
std::map<std::string, std::int64_t> read_push_counters();

void write_push_metrics(monitoring::PrometheusText& text,
                        const std::map<std::string, std::int64_t>& counters);

}  // namespace gw::apache
