// The figures of one server process that have no labels, in memory that all processes share, and the table
// that names each of them for every page that shows it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace gw::monitoring {

using Cell = std::atomic<std::uint64_t>;
static_assert(Cell::is_always_lock_free, "a lock would not work between processes");

/// Each in a cache line of its own process, so that processes never wait for each other's counting. What is a
/// total goes on when another process takes the place of one that ended; what exists now begins anew.
struct ProcessCounters {
  Cell requests;
  Cell running;
  Cell dav_running;
  Cell failed;       ///< answered 500 and above, but 503
  Cell unavailable;  ///< answered 503
  Cell refused;      ///< answered 400 to 499
  Cell uploads;      ///< files received
  Cell cache_hits;
  Cell cache_misses;
  Cell pool_open;
  Cell pool_idle;
  Cell pool_waiting;
  Cell pool_timeouts;
  Cell connects_failed;
  Cell event_streams;
  Cell event_polls;
  Cell event_lag;  ///< ms from the newest change to its arrival here
  Cell events_published;
  Cell events_lost;  ///< the push child did not take them
  Cell events_received;
  Cell event_messages;
  Cell event_merged;
  Cell event_suppressed;  ///< own changes
  Cell event_resyncs;
  Cell event_replaced;
  Cell event_slow;
  Cell event_invalid;  ///< ended with their session
  Cell event_refused;  ///< too many streams
  Cell event_denied;   ///< answered 400 to 403
  Cell event_failed_writes;
  Cell event_gaps;
  Cell metrics_lost;  ///< series that found no place
};

struct CounterRow {
  Cell ProcessCounters::*member;
  const char* key;    ///< of the ?auto form of the status page
  const char* title;  ///< of the page
  /// Sums of ended processes count too; of what exists now only the living do.
  bool is_total;
  std::string_view metric;  ///< empty: only the status page shows it
  std::string_view labels;  ///< as they are written between braces
  std::string_view help;    ///< of the first row of a metric
};

/// Rows of one metric stand together.
inline constexpr CounterRow kCounterRows[] = {
    {&ProcessCounters::requests, "GroupwareRequests", "Requests", true, "gw_requests_total", "",
     "Requests of the HTTP API, of WebDAV and of mail servers."},
    {&ProcessCounters::running, "GroupwareRequestsRunning", "Running", false, "", "", ""},
    {&ProcessCounters::dav_running, "GroupwareDavRunning", "WebDAV running", false, "", "", ""},
    {&ProcessCounters::failed, "GroupwareErrors", "Errors", true, "gw_requests_refused_total",
     "status=\"5xx\"", "Requests that were answered with an HTTP status of 400 and above."},
    {&ProcessCounters::unavailable, "GroupwareUnavailable", "Answered 503", true, "gw_requests_refused_total",
     "status=\"503\"", ""},
    {&ProcessCounters::refused, "GroupwareRefused", "Answered 4xx", true, "gw_requests_refused_total",
     "status=\"4xx\"", ""},
    {&ProcessCounters::uploads, "GroupwareUploads", "Uploaded files", true, "gw_uploads_total", "",
     "Files received."},
    {&ProcessCounters::cache_hits, "GroupwareSessionCacheHits", "Session cache hits", true,
     "gw_session_cache_total", "result=\"hit\"", "Look-ups in the session cache."},
    {&ProcessCounters::cache_misses, "GroupwareSessionCacheMisses", "misses", true, "gw_session_cache_total",
     "result=\"miss\"", ""},
    {&ProcessCounters::pool_open, "GroupwareDatabaseConnections", "Database connections", false,
     "gw_db_connections", R"(class="userdb",pool="main",role="write")",
     "Open connections to the database, as of the last few seconds."},
    {&ProcessCounters::pool_idle, "GroupwareDatabaseIdle", "idle", false, "gw_db_idle",
     R"(class="userdb",pool="main",role="write")", "Connections to the database that nobody uses."},
    {&ProcessCounters::pool_waiting, "GroupwareDatabaseWaiting", "waiting", false, "gw_db_waiting",
     R"(class="userdb",pool="main",role="write")", "Requests that wait for a database connection."},
    {&ProcessCounters::pool_timeouts, "GroupwareDatabaseTimeouts", "timed out", true, "gw_db_timeouts_total",
     R"(class="userdb",pool="main",role="write")", "Requests that got no database connection in time."},
    {&ProcessCounters::connects_failed, "GroupwareDatabaseConnectsFailed", "connects failed", true,
     "gw_db_connects_failed_total", R"(class="userdb",pool="main",role="write")",
     "Connections to the database that could not be made."},
    {&ProcessCounters::event_streams, "GroupwareEventStreams", "Event streams", false, "gw_push_streams",
     "transport=\"sse\"", "Clients that wait for events."},
    {&ProcessCounters::event_polls, "GroupwareEventPolls", "polls", false, "gw_push_streams",
     "transport=\"poll\"", ""},
    {&ProcessCounters::event_lag, "GroupwareEventLag", "lag (ms)", false, "", "", ""},
    {&ProcessCounters::events_published, "GroupwareEventsPublished", "Events out", true,
     "gw_push_changes_total", "result=\"published\"", "Changes on their way between processes."},
    {&ProcessCounters::events_lost, "GroupwareEventsLost", "lost", true, "gw_push_changes_total",
     "result=\"lost\"", ""},
    {&ProcessCounters::events_received, "GroupwareEventsReceived", "in", true, "gw_push_changes_total",
     "result=\"received\"", ""},
    {&ProcessCounters::event_messages, "GroupwareEventMessages", "messages", true, "gw_push_events_total",
     "result=\"sent\"", "Events for streams of clients."},
    {&ProcessCounters::event_merged, "GroupwareEventMerged", "merged", true, "gw_push_events_total",
     "result=\"merged\"", ""},
    {&ProcessCounters::event_suppressed, "GroupwareEventSuppressed", "own", true, "gw_push_events_total",
     "result=\"own\"", ""},
    {&ProcessCounters::event_resyncs, "GroupwareEventResyncs", "resyncs", true, "gw_push_events_total",
     "result=\"resync\"", ""},
    {&ProcessCounters::event_gaps, "GroupwareEventGaps", "gaps", true, "gw_push_events_total",
     "result=\"dropped\"", ""},
    {&ProcessCounters::event_replaced, "GroupwareEventReplaced", "replaced", true,
     "gw_push_streams_ended_total", "reason=\"replaced\"", "Streams that this server ended or refused."},
    {&ProcessCounters::event_slow, "GroupwareEventSlow", "slow", true, "gw_push_streams_ended_total",
     "reason=\"slow\"", ""},
    {&ProcessCounters::event_invalid, "GroupwareEventInvalid", "sessions ended", true,
     "gw_push_streams_ended_total", "reason=\"session\"", ""},
    {&ProcessCounters::event_refused, "GroupwareEventRefused", "refused", true, "gw_push_streams_ended_total",
     "reason=\"refused\"", ""},
    {&ProcessCounters::event_denied, "GroupwareEventDenied", "denied", true, "gw_push_streams_ended_total",
     "reason=\"denied\"", ""},
    {&ProcessCounters::event_failed_writes, "GroupwareEventFailedWrites", "failed writes", true,
     "gw_push_streams_ended_total", "reason=\"gone\"", ""},
    {&ProcessCounters::metrics_lost, "GroupwareMetricsLost", "metrics lost", true, "gw_shm_full_total",
     "zone=\"metrics\"", "Figures that found no place in shared memory."},
};
static_assert(std::size(kCounterRows) == sizeof(ProcessCounters) / sizeof(Cell), "every counter has its row");

}  // namespace gw::monitoring
