#include "monitoring/prometheus_text.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <new>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "monitoring/runtime_stats.hpp"

namespace gw::monitoring {
namespace {

using namespace std::chrono_literals;

bool runs(int pid) { return pid > 0; }

struct Freed {
  void operator()(std::byte* bytes) const { ::operator delete[](bytes, std::align_val_t{64}); }
};

class PrometheusTextTest : public testing::Test {
 protected:
  PrometheusTextTest()
      : memory_(new (std::align_val_t{64}) std::byte[SlotTable::size(1)]()),
        table_(SlotTable::create({memory_.get(), SlotTable::size(1)}, 1)),
        slot_(*table_.take(1, runs)) {}

  void observe(Metric metric, std::initializer_list<std::string_view> labels, std::chrono::nanoseconds time) {
    table_.observe(slot_, metric, {labels.begin(), labels.size()}, time);
  }

  std::unique_ptr<std::byte[], Freed> memory_;
  SlotTable table_;
  Slot& slot_;
};

TEST_F(PrometheusTextTest, AHistogramHasGrowingBucketsSumAndCount) {
  observe(Metric::HttpRequests, {"contacts", "get", "OK"}, 10ms);
  observe(Metric::HttpRequests, {"contacts", "get", "OK"}, 120ms);
  observe(Metric::HttpRequests, {"contacts", "get", "OK"}, 2min);
  PrometheusText text;
  text.series(table_, runs, Naming::Ours);
  const std::string page = text.take();
  EXPECT_NE(page.find("# TYPE gw_http_requests_seconds histogram\n"), std::string::npos);
  const std::string labels = R"(module="contacts",action="get",status="OK")";
  for (const std::string& line : {"gw_http_requests_seconds_bucket{" + labels + ",le=\"0.05\"} 1\n",
                                  "gw_http_requests_seconds_bucket{" + labels + ",le=\"0.1\"} 1\n",
                                  "gw_http_requests_seconds_bucket{" + labels + ",le=\"0.15\"} 2\n",
                                  "gw_http_requests_seconds_bucket{" + labels + ",le=\"60\"} 2\n",
                                  "gw_http_requests_seconds_bucket{" + labels + ",le=\"+Inf\"} 3\n",
                                  "gw_http_requests_seconds_sum{" + labels + "} 120.13\n",
                                  "gw_http_requests_seconds_count{" + labels + "} 3\n"})
    EXPECT_NE(page.find(line), std::string::npos) << line << page;
}

TEST_F(PrometheusTextTest, TheReferenceNamesAreOthers) {
  observe(Metric::DavRequests, {"INFOSTORE", "GET", "2xx"}, 10ms);
  PrometheusText text;
  text.series(table_, runs, Naming::Reference);
  EXPECT_NE(text.take().find("appsuite_webdav_requests_seconds_count{interface=\"INFOSTORE\""),
            std::string::npos);
}

TEST_F(PrometheusTextTest, LabelsAreEscaped) {
  EXPECT_EQ(format_labels({{"a", "say \"hi\"\\"}, {"b", "two\nlines"}}),
            R"(a="say \"hi\"\\",b="two\nlines")");
}

TEST_F(PrometheusTextTest, EveryLineIsWellFormedAndEveryMetricStandsTogether) {
  observe(Metric::DatabaseUse, {"userdb", "main", "write"}, 1ms);
  observe(Metric::HttpRequests, {"mail/compose", "new", "OK"}, 1ms);
  PrometheusText text;
  text.series(table_, runs, Naming::Ours);
  text.counters(table_, runs);
  const std::regex sample(R"(([a-z_]+)(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[0-9.e+-]+)");
  std::set<std::string> begun;
  std::istringstream lines(text.take());
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# HELP ")) {
      const std::string name = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_TRUE(begun.insert(name).second) << name << " begins twice";
      EXPECT_GT(line.size(), 8 + name.size()) << line;
    } else if (!line.starts_with("# TYPE ")) {
      EXPECT_TRUE(std::regex_match(line, sample)) << line;
    }
  }
  EXPECT_GT(begun.size(), 10U);
}

TEST_F(PrometheusTextTest, TotalsAndOnlyTotalsAreCounters) {
  for (const CounterRow& row : kCounterRows) {
    if (row.metric.empty()) continue;
    EXPECT_EQ(row.metric.ends_with("_total"), row.is_total) << row.metric;
  }
  for (const MetricRow& row : kMetricRows)
    EXPECT_EQ(row.name.ends_with("_total"), row.kind == Kind::Counter) << row.name;
}

TEST_F(PrometheusTextTest, SeriesOfAllMetricsTogetherFit) {
  std::size_t most = 0;
  for (std::size_t i = 0; i < kMetricRows.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(kMetricRows[i].metric), i);
    most += kMetricRows[i].most_series + 1;
  }
  EXPECT_LT(most, kMostSeries);
}

TEST_F(PrometheusTextTest, RuntimeStatsHaveTheNamesThatScriptsKnow) {
  slot_.counters.pool_open = 5;
  slot_.counters.pool_idle = 2;
  slot_.counters.requests = 9;
  slot_.counters.running = 1;
  observe(Metric::DatabaseUse, {"userdb", "main", "write"}, 3ms);
  observe(Metric::DatabaseUse, {"userdb", "main", "write"}, 5ms);
  RuntimeFigures figures;
  figures.sessions = {{"web", 2, 3, 4}, {"phone", 1, 1, 0}};
  figures.pool_size = 16;
  const std::string text = format_runtime_stats(table_, runs, figures);
  for (const std::string line :
       {"com.openexchange.monitoring:name=GeneralMonitor,NumberOfActiveSessions = 3\n",
        "com.openexchange.monitoring:name=GeneralMonitor,NumberOfAJAXConnections = 1\n",
        "com.openexchange.pooling:name=Overview,NumConnections = 5\n",
        "com.openexchange.pooling:name=DB Pool 1,PoolSize = 16\n",
        "com.openexchange.pooling:name=DB Pool 1,NumActive = 3\n",
        "com.openexchange.pooling:name=DB Pool 1,AvgUseTime = 4.000\n",
        "com.openexchange.threadpool:name=ThreadPoolInformation,CompletedTaskCount = 8\n",
        "com.openexchange.sessiond:name=SessionD Toolkit,NumberOfShortTermSessions = [4]\n",
        "com.openexchange.sessiond:name=SessionD Toolkit,NumberOfLongTermSessions = [4]\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

}  // namespace
}  // namespace gw::monitoring
