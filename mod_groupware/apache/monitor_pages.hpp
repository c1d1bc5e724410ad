// Pages for monitoring, each chosen by SetHandler in a <Location>: groupware-metrics,
// groupware-metrics-reference, groupware-stats, groupware-health and groupware-ready. Who may see them is the
// location's business. Source: spec monitoring 4, 5 and 7.
#pragma once

namespace gw::apache {

/// Threads: parent.
void register_monitor_hooks();

}  // namespace gw::apache
