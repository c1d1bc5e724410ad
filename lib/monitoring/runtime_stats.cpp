#include "monitoring/runtime_stats.hpp"

#include <fmt/format.h>

#include <iterator>

namespace gw::monitoring {
namespace {

constexpr std::string_view kGeneral = "com.openexchange.monitoring:name=GeneralMonitor";
constexpr std::string_view kMail = "com.openexchange.monitoring:name=MailInterfaceMonitor";
constexpr std::string_view kPooling = "com.openexchange.pooling:name=Overview";
constexpr std::string_view kPool = "com.openexchange.pooling:name=DB Pool 1";
constexpr std::string_view kThreads = "com.openexchange.threadpool:name=ThreadPoolInformation";
constexpr std::string_view kSessions = "com.openexchange.sessiond:name=SessionD Toolkit";
constexpr std::string_view kPush = "com.openexchange.pns:name=PushNotificationMBean";
constexpr std::string_view kSystem = "java.lang:type=OperatingSystem";

/// Sums and means of the series of one metric.
struct Totals {
  std::int64_t value = 0;  ///< of a counter or gauge
  std::uint64_t count = 0, micros = 0;
};

template <class Wanted>
Totals total_of(const std::vector<SeriesSum>& sums, Metric metric, Wanted wanted) {
  Totals totals;
  for (const SeriesSum& sum : sums) {
    if (sum.metric != metric || !wanted(sum)) continue;
    totals.value += sum.value();
    for (std::size_t i = 0; i + 1 < kCells; ++i) totals.count += sum.cells[i];
    totals.micros += sum.cells[kCells - 1];
  }
  return totals;
}

class StatsText {
 public:
  template <class Value>
  void line(std::string_view bean, std::string_view attribute, const Value& value) {
    fmt::format_to(std::back_inserter(text_), "{},{} = {}\n", bean, attribute, value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::uint64_t counter(const SlotTable& table, bool (*runs)(int pid), Cell ProcessCounters::*member) {
  for (const CounterRow& row : kCounterRows)
    if (row.member == member) return table.sum(row, runs);
  return 0;
}

/// What is counted apart from each other may be off by a request that just runs.
std::uint64_t minus(std::uint64_t whole, std::uint64_t part) { return whole > part ? whole - part : 0; }

void add_mail(StatsText& text, const std::vector<SeriesSum>& sums) {
  const auto all = [](const SeriesSum&) { return true; };
  const auto of_kind = [](std::string_view kind) {
    return [kind](const SeriesSum& sum) { return sum.labels.size() > 1 && sum.labels[1] == kind; };
  };
  text.line(kMail, "NumActive", total_of(sums, Metric::ImapConnections, all).value);
  text.line(kMail, "NumSuccessfulLogins", total_of(sums, Metric::ImapCommands, of_kind("connect")).count);
  text.line(kMail, "NumFailedLogins", total_of(sums, Metric::ImapErrors, of_kind("login")).value);
  text.line(kMail, "NumTimeoutConnections", total_of(sums, Metric::ImapErrors, of_kind("timeout")).value);
  text.line(kMail, "NumBrokenConnections", total_of(sums, Metric::ImapErrors, of_kind("lost")).value);
}

void add_sessions(StatsText& text, const RuntimeFigures& figures) {
  std::int64_t short_term = 0, long_term = 0;
  for (const ClientSessions& sessions : figures.sessions) {
    short_term += sessions.short_term;
    long_term += sessions.long_term;
  }
  text.line(kSessions, "NumberOfShortTermSessions", fmt::format("[{}]", short_term));
  text.line(kSessions, "NumberOfLongTermSessions", fmt::format("[{}]", long_term));
}

}  // namespace

std::string format_runtime_stats(const SlotTable& table, bool (*runs)(int pid),
                                 const RuntimeFigures& figures) {
  const std::vector<SeriesSum> sums = table.sums(runs);
  const auto of = [&](Cell ProcessCounters::*member) { return counter(table, runs, member); };
  std::int64_t active = 0;
  for (const ClientSessions& sessions : figures.sessions) active += sessions.active;
  const std::uint64_t dav = of(&ProcessCounters::dav_running), running = of(&ProcessCounters::running);
  const Totals use = total_of(sums, Metric::DatabaseUse, [](const SeriesSum&) { return true; });
  const Totals imap = total_of(sums, Metric::ImapConnections, [](const SeriesSum&) { return true; });
  StatsText text;
  text.line(kGeneral, "NumberOfActiveSessions", active);
  text.line(kGeneral, "NumberOfAJAXConnections", minus(running, dav));
  text.line(kGeneral, "NumberOfWebDAVUserConnections", dav);
  text.line(kGeneral, "NumberOfOutlookConnections", 0);
  text.line(kGeneral, "NumberOfSyncMLConnections", 0);
  text.line(kGeneral, "NumberOfIMAPConnections", imap.value);
  text.line(kGeneral, "NumberOfIdleMailConnections", 0);
  text.line(kGeneral, "NumberOfRunningAJPListeners", running);
  text.line(kGeneral, "NumberOfOpenAJPSockets", figures.threads);
  text.line(kGeneral, "NumberOfDBConnections", of(&ProcessCounters::pool_open));
  add_mail(text, sums);
  text.line(kPooling, "NumConnections", of(&ProcessCounters::pool_open));
  text.line(kPooling, "MasterConnectionsFetched", use.count);
  text.line(kPooling, "SlaveConnectionsFetched", 0);
  text.line(kPooling, "MasterInsteadOfSlave", 0);
  text.line(kPool, "PoolSize", figures.pool_size);
  text.line(kPool, "NumActive", minus(of(&ProcessCounters::pool_open), of(&ProcessCounters::pool_idle)));
  text.line(kPool, "NumIdle", of(&ProcessCounters::pool_idle));
  text.line(kPool, "NumWaiting", of(&ProcessCounters::pool_waiting));
  text.line(kPool, "AvgUseTime",
            fmt::format("{:.3f}", use.count == 0 ? 0.0
                                                 : static_cast<double>(use.micros) / 1e3 /
                                                       static_cast<double>(use.count)));
  text.line(kPool, "NumBrokenConnections", of(&ProcessCounters::connects_failed));
  text.line(kThreads, "ActiveCount", running);
  text.line(kThreads, "TaskCount", of(&ProcessCounters::requests));
  text.line(kThreads, "CompletedTaskCount", minus(of(&ProcessCounters::requests), running));
  add_sessions(text, figures);
  text.line(kPush, "EnqueuedNotifications", figures.push_waiting);
  text.line(kPush, "RegisteredClients", figures.push_clients);
  text.line(kSystem, "OpenFileDescriptorCount", figures.open_files);
  text.line(kSystem, "MaxFileDescriptorCount", figures.most_open_files);
  return text.take();
}

}  // namespace gw::monitoring
