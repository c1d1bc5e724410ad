// The checks of /health. Each says what it found, or throws what is wrong, in words without secrets.
#pragma once

#include <string>
#include <vector>

#include "apache/monitor_service.hpp"

namespace gw::apache {

/// Those that the settings want and that make sense here; the names of the others go to `skipped`. The parts
/// must outlive the checks.
std::vector<monitoring::HealthCheck> make_health_checks(const MonitoredParts& parts,
                                                        std::vector<std::string>& skipped);

}  // namespace gw::apache
