// GroupwareDatabase and what belongs to it.
#include "apache/setter.hpp"
#include "core/text.hpp"
#include "sql/driver.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

void set_database(ModuleConfig& config, std::string_view value) {
  const std::string url = read_value_or_file("GroupwareDatabase", value);
  const std::string problem = sql::check_database_url(url);
  if (!problem.empty()) throw DirectiveError(fmt::format("GroupwareDatabase: {}", problem));
  config.settings.database.url = url;
}

void set_pool(DatabaseSettings& database, Words words) {
  words.number("size", database.pool_size, 1, 1'000);
  words.duration("wait", database.pool_wait, 10ms, 10min);
  words.duration("idle", database.pool_idle, 1s, 24h);
  words.finish();
}

void set_timeouts(DatabaseSettings& database, Words words) {
  words.duration("connect", database.connect_timeout, 100ms, 5min);
  words.duration("statement", database.statement_timeout, 100ms, 1h);
  words.finish();
}

}  // namespace
}  // namespace gw::apache

using gw::apache::ModuleConfig;
using gw::apache::set_for_server;
using gw::apache::to_views;
using gw::apache::Words;

const char* gw_set_database(cmd_parms* command, void*, const char* url) noexcept {
  return set_for_server(
      command, [url](ModuleConfig& config, std::string_view) { gw::apache::set_database(config, url); });
}

const char* gw_set_database_pool(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_pool(config.settings.database, Words(name, to_views(count, words)));
  });
}

const char* gw_set_database_timeouts(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_timeouts(config.settings.database, Words(name, to_views(count, words)));
  });
}

const char* gw_set_log_slow(cmd_parms* command, void*, const char* value) noexcept {
  using namespace std::chrono_literals;
  return set_for_server(command, [value](ModuleConfig& config, std::string_view name) {
    const bool is_off = gw::equal_ignoring_ascii_case(value, "off");
    config.settings.database.log_slow = is_off ? 0ms : gw::apache::parse_duration(name, value, 1ms, 1h);
  });
}

const char* gw_set_auto_migrate(cmd_parms* command, void*, int on) noexcept {
  return set_for_server(command, [on](ModuleConfig& config, std::string_view) {
    config.auto_migrate = gw::apache::to_switch(on != 0);
  });
}
