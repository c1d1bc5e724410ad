#include "apache/monitor_pages.hpp"

#include <httpd.h>

#include <ap_mpm.h>
#include <fmt/format.h>
#include <http_config.h>
#include <http_core.h>
#include <scoreboard.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "ajax/request.hpp"
#include "apache/connection_limit.hpp"
#include "apache/counters.hpp"
#include "apache/output.hpp"
#include "apache/own_pages.hpp"
#include "apache/process_context.hpp"
#include "apache/push_metrics.hpp"
#include "apache/request_adapter.hpp"
#include "apache/server_log.hpp"
#include "monitoring/prometheus_text.hpp"
#include "monitoring/runtime_stats.hpp"

namespace gw::apache {
namespace {

using monitoring::format_labels, monitoring::Kind, monitoring::Naming, monitoring::PrometheusText;

constexpr std::string_view kVersion = "0.1";

std::int64_t count_processes() {
  std::int64_t count = 0;
  for (const monitoring::Slot& slot : all_counters().slots())
    if (is_running(slot.pid.load())) ++count;
  return count;
}

std::int64_t count_open_files() {
  std::error_code problem;
  const std::filesystem::directory_iterator all("/proc/self/fd", problem);
  return problem ? 0 : std::distance(begin(all), end(all));
}

std::int64_t most_open_files() {
  rlimit limit{};
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<std::int64_t>(limit.rlim_cur) : 0;
}

/// Units: bytes, of this process.
std::int64_t resident_memory() {
  std::ifstream file("/proc/self/statm");
  std::int64_t all = 0, resident = 0;
  file >> all >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

const char* mpm_name() {
  const char* name = ap_show_mpm();
  return name == nullptr ? "" : name;
}

void write_inflight(PrometheusText& text) {
  std::int64_t running = 0, dav = 0;
  for (const monitoring::CounterRow& row : monitoring::kCounterRows) {
    const auto sum = static_cast<std::int64_t>(all_counters().sum(row, is_running));
    if (row.member == &ProcessCounters::running) running = sum;
    if (row.member == &ProcessCounters::dav_running) dav = sum;
  }
  text.begin("gw_http_inflight", Kind::Gauge, "Requests that are being worked on.");
  text.sample("kind=\"ajax\"", std::max<std::int64_t>(running - dav, 0));
  text.sample("kind=\"dav\"", dav);
}

void write_sessions(PrometheusText& text, const std::vector<monitoring::ClientSessions>& sessions) {
  text.begin("gw_sessions", Kind::Gauge, "Sessions of the whole cluster, as of the last seconds.");
  for (const monitoring::ClientSessions& each : sessions) {
    text.sample(format_labels({{"bucket", "active"}, {"client", each.client}}), each.active);
    text.sample(format_labels({{"bucket", "short"}, {"client", each.client}}), each.short_term);
    text.sample(format_labels({{"bucket", "long"}, {"client", each.client}}), each.long_term);
  }
}

void write_process(PrometheusText& text) {
  const auto* scores = ap_get_scoreboard_global();
  const std::int64_t started = scores == nullptr ? 0 : apr_time_sec(scores->restart_time);
  text.single("process_start_time_seconds", Kind::Gauge, "When the configuration was read last.", started);
  text.single("process_open_fds", Kind::Gauge, "Open files of the process that answers.", count_open_files());
  text.single("process_max_fds", Kind::Gauge, "Most open files of one process.", most_open_files());
  text.single("process_resident_memory_bytes", Kind::Gauge, "Memory of the process that answers.",
              resident_memory());
  text.single("gw_processes", Kind::Gauge, "Server processes.", count_processes());
}

ajax::Answer text_answer(std::string_view type, std::string text) {
  ajax::Answer answer;
  answer.content_type = type;
  answer.body = std::move(text);
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

ajax::Answer show_metrics(const request_rec*, ProcessContext& process) {
  PrometheusText text;
  text.begin("gw_build_info", Kind::Gauge, "Always 1.");
  text.sample(format_labels({{"version", kVersion}, {"mpm", mpm_name()}}), std::int64_t{1});
  text.series(all_counters(), is_running, Naming::Ours);
  text.counters(all_counters(), is_running);
  write_inflight(text);
  write_sessions(text, process.monitor().sessions());
  text.begin("gw_filestore_bytes", Kind::Gauge, "Files of the whole cluster, as of the last minute.");
  for (const model::files::StoreTotal& total : process.monitor().store_totals())
    text.sample(format_labels({{"store", total.kind}}), total.bytes);
  write_push_metrics(text, read_push_counters());
  text.begin("gw_shm_bytes", Kind::Gauge, "Shared memory.");
  text.sample("zone=\"metrics\"", static_cast<std::int64_t>(counters_size()));
  text.sample("zone=\"streams\"", static_cast<std::int64_t>(shared_stream_places().size_bytes()));
  text.single("gw_database_ready", Kind::Gauge,
              "1 while the process that answers reaches a database with its schema.",
              process.gate().is_open() ? 1 : 0);
  write_process(text);
  return text_answer(monitoring::kPrometheusType, text.take());
}

void write_reference_sessions(PrometheusText& text, const std::vector<monitoring::ClientSessions>& sessions) {
  struct Row {
    std::string_view name;
    std::int64_t (*value)(const monitoring::ClientSessions&);
  };
  constexpr Row kRows[] = {
      {"appsuite_sessions_total",
       [](const monitoring::ClientSessions& each) { return each.short_term + each.long_term; }},
      {"appsuite_sessions_active_total", [](const monitoring::ClientSessions& each) { return each.active; }},
      {"appsuite_sessions_short_term_total",
       [](const monitoring::ClientSessions& each) { return each.short_term; }},
      {"appsuite_sessions_long_term_total",
       [](const monitoring::ClientSessions& each) { return each.long_term; }}};
  for (const Row& row : kRows) {
    std::int64_t all = 0;
    for (const monitoring::ClientSessions& each : sessions) all += row.value(each);
    text.begin(row.name, Kind::Gauge, "Sessions.");
    text.sample("client=\"all\"", all);
    for (const monitoring::ClientSessions& each : sessions)
      text.sample(format_labels({{"client", each.client}}), row.value(each));
  }
}

ajax::Answer show_reference_metrics(const request_rec*, ProcessContext& process) {
  constexpr std::string_view kPoolLabels = R"(class="userdb",pool="main",type="write")";
  PrometheusText text;
  const bool is_up = process.monitor().health().is_up();
  text.begin("appsuite_health_status", Kind::Gauge, "1 at the status of now.");
  text.sample("status=\"UP\"", std::int64_t{is_up ? 1 : 0});
  text.sample("status=\"DOWN\"", std::int64_t{is_up ? 0 : 1});
  text.begin("appsuite_version_info", Kind::Gauge, "Always 1.");
  text.sample(format_labels({{"server_version", process.runtime().server_version}, {"build_date", ""}}),
              std::int64_t{1});
  write_reference_sessions(text, process.monitor().sessions());
  for (const monitoring::CounterRow& row : monitoring::kCounterRows) {
    const auto sum = static_cast<std::int64_t>(all_counters().sum(row, is_running));
    if (row.member == &ProcessCounters::pool_open) {
      text.begin("appsuite_mysql_connections_total", Kind::Gauge, "Open connections to the database.");
      text.sample(kPoolLabels, sum);
    } else if (row.member == &ProcessCounters::pool_timeouts) {
      text.begin("appsuite_mysql_connections_timeout_total", Kind::Counter,
                 "Requests that got no database connection in time.");
      text.sample(kPoolLabels, sum);
    }
  }
  text.series(all_counters(), is_running, Naming::Reference);
  write_process(text);
  return text_answer(monitoring::kPrometheusType, text.take());
}

ajax::Answer show_stats(const request_rec*, ProcessContext& process) {
  monitoring::RuntimeFigures figures;
  figures.sessions = process.monitor().sessions();
  figures.processes = count_processes();
  figures.threads = figures.processes * thread_count();
  figures.pool_size = figures.processes * process.settings().database.pool_size;
  figures.open_files = count_open_files();
  figures.most_open_files = most_open_files();
  auto push = read_push_counters();
  figures.push_waiting = push["OXPushEventsWaiting"];
  figures.push_clients = push["OXPushClients"];
  return text_answer("text/plain; charset=utf-8",
                     monitoring::format_runtime_stats(all_counters(), is_running, figures));
}

bool wants_one_word(const request_rec* request) {
  if (request->args == nullptr) return false;
  const ajax::Parameters query = ajax::Parameters::parse(request->args);
  const auto verbose = query.find("verbose");
  return verbose && *verbose == "0";
}

ajax::Answer state_answer(const request_rec* request, bool is_up, const Json& details) {
  ajax::Answer answer = wants_one_word(request)
                            ? text_answer("text/plain; charset=utf-8", is_up ? "UP\n" : "DOWN\n")
                            : text_answer("application/json; charset=UTF-8", details.dump() + "\n");
  answer.status = is_up ? HTTP_OK : HTTP_SERVICE_UNAVAILABLE;
  return answer;
}

ajax::Answer show_health(const request_rec* request, ProcessContext& process) {
  const monitoring::HealthReport report = process.monitor().health();
  const monitoring::ServiceInfo service{
      process.settings().product_name,     process.runtime().server_version,  "",
      process.settings().default_timezone, process.settings().default_locale, "UTF-8",
      process.monitor().skipped_checks()};
  return state_answer(request, report.is_up(), monitoring::to_json(report, service));
}

/// Whether requests are answered: the database is there with its schema. Waits for nothing.
ajax::Answer show_readiness(const request_rec* request, ProcessContext& process) {
  const bool is_ready = process.gate().is_open();
  return state_answer(request, is_ready,
                      Json::object().set("status", Json::string(is_ready ? "UP" : "DOWN")));
}

struct PageRow {
  const char* handler;  ///< of SetHandler
  ajax::Answer (*show)(const request_rec*, ProcessContext&);
};

constexpr PageRow kPages[] = {{"groupware-metrics", show_metrics},
                              {"groupware-metrics-reference", show_reference_metrics},
                              {"groupware-stats", show_stats},
                              {"groupware-health", show_health},
                              {"groupware-ready", show_readiness}};

const PageRow* find_page(const char* handler) {
  if (handler == nullptr) return nullptr;
  for (const PageRow& page : kPages)
    if (std::strcmp(handler, page.handler) == 0) return &page;
  return nullptr;
}

bool is_monitor_page(request_rec* request) {
  return std::any_of(std::begin(kPages), std::end(kPages),
                     [request](const PageRow& page) { return has_section_handler(request, page.handler); });
}

/// These requests are not counted: they would be in what they tell.
int answer_page(request_rec* request) {
  const PageRow* page = find_page(request->handler);
  if (page == nullptr) return DECLINED;
  const CurrentRequest current(request);
  if (request->method_number != M_GET) {
    ajax::Answer refusal = make_page(HTTP_METHOD_NOT_ALLOWED, "Only GET is answered here.");
    refusal.headers.emplace_back("Allow", "GET, HEAD");
    return write_answer(request, std::move(refusal));
  }
  ProcessContext* process = ProcessContext::current();
  if (process == nullptr)
    return write_answer(request, make_page(HTTP_SERVICE_UNAVAILABLE, "The service is not configured."));
  note_pool_status(process->pool().status());
  return write_answer(request, page->show(request, *process));
}

constexpr OwnPages kMonitorPages{"groupware:monitoring", is_monitor_page, answer_page};

}  // namespace

void register_monitor_hooks() { register_own_pages<kMonitorPages>(); }

}  // namespace gw::apache
