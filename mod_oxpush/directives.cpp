// Setters of the OXPush directives. They judge a value completely, so that `apachectl -t` shows every
// mistake.
#include "directives.hpp"

#include <apr_strings.h>
#include <http_config.h>

#include <new>
#include <string_view>

#include "exports.h"

extern "C" module oxpush_module;

namespace oxpush {
namespace {

constexpr apr_interval_time_t kLongestDelay = apr_time_from_sec(3'600);

bool read_delay(const char* text, std::chrono::milliseconds& out) noexcept {
  if (*text < '0' || *text > '9') return false;  // httpd's parser takes "soon" for 0 s
  apr_interval_time_t parsed = 0;
  if (ap_timeout_parameter_parse(text, &parsed, "s") != APR_SUCCESS) return false;
  if (parsed < 0 || parsed > kLongestDelay) return false;
  out = std::chrono::milliseconds{apr_time_as_msec(parsed)};
  return true;
}

}  // namespace

Settings& settings_of(server_rec* server) noexcept {
  return *static_cast<Settings*>(ap_get_module_config(server->module_config, &oxpush_module));
}

}  // namespace oxpush

extern "C" {

void* oxpush_create_settings(apr_pool_t* pool, server_rec*) noexcept {
  static_assert(alignof(oxpush::Settings) <= 8, "apr_palloc aligns to 8 bytes only");
  return new (apr_palloc(pool, sizeof(oxpush::Settings))) oxpush::Settings();
}

const char* oxpush_set_enabled(cmd_parms* cmd, void*, int flag) noexcept {
  if (const char* error = ap_check_cmd_context(cmd, GLOBAL_ONLY)) return error;
  oxpush::settings_of(cmd->server).is_enabled = flag != 0;
  return nullptr;
}

const char* oxpush_set_pid_file(cmd_parms* cmd, void*, const char* path) noexcept {
  if (const char* error = ap_check_cmd_context(cmd, GLOBAL_ONLY)) return error;
  oxpush::settings_of(cmd->server).pid_file = path;
  return nullptr;
}

const char* oxpush_set_restart_delay(cmd_parms* cmd, void*, const char* argument) noexcept {
  if (const char* error = ap_check_cmd_context(cmd, GLOBAL_ONLY)) return error;
  oxpush::Settings& settings = oxpush::settings_of(cmd->server);
  const std::string_view text = argument;
  bool is_good = false;
  if (text.starts_with("min=")) is_good = oxpush::read_delay(argument + 4, settings.restart_delay_min);
  if (text.starts_with("max=")) is_good = oxpush::read_delay(argument + 4, settings.restart_delay_max);
  if (!is_good) {
    return apr_psprintf(
        cmd->pool,
        "OXPushRestartDelay: '%s' is no delay; write min=100ms max=30s (units ms, s, mi; at most one hour)",
        argument);
  }
  return nullptr;
}

}  // extern "C"
