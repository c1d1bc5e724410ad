// Setters of the OXPush directives: httpd's side. values.cpp judges the words.
#include "directives.hpp"

#include <apr_strings.h>
#include <http_config.h>
#include <http_log.h>

#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "exports.h"
#include "values.hpp"

namespace oxpush {
namespace {

constexpr std::size_t kLargestProperties = 64 * 1024;

apr_status_t destroy_settings(void* data) noexcept {
  delete static_cast<Settings*>(data);
  return APR_SUCCESS;
}

/// "OXPushDelay: " and the text, on the pool; NULL for an empty text.
const char* named(const cmd_parms* cmd, const std::string& text) {
  return text.empty() ? nullptr : apr_psprintf(cmd->pool, "%s: %s", cmd->cmd->name, text.c_str());
}

const char* read_properties(const cmd_parms* cmd, const char* path) {
  std::ifstream file(ap_server_root_relative(cmd->pool, path), std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file.good() && !file.eof()) return named(cmd, "cannot read " + std::string(path));
  if (text.size() > kLargestProperties) return named(cmd, std::string(path) + " is larger than 64 KiB");
  const PropertiesResult result = apply_properties(settings_of(cmd->server), text);
  for (const std::string& warning : result.warnings) {
    ap_log_error(APLOG_MARK, APLOG_WARNING | APLOG_STARTUP, 0, cmd->server, "OXP0015: %s: %s", path,
                 warning.c_str());
  }
  return named(cmd, result.error.empty() ? "" : std::string(path) + ": " + result.error);
}

/// What throws in a setter is only the lack of memory; httpd shows it as the directive's fault.
template <class Set>
const char* guarded(cmd_parms* cmd, const Set& set) noexcept {
  if (const char* error = ap_check_cmd_context(cmd, GLOBAL_ONLY)) return error;
  try {
    return set();
  } catch (const std::exception& error) {
    return apr_pstrcat(cmd->pool, cmd->cmd->name, ": ", error.what(), nullptr);
  }
}

}  // namespace

Settings& settings_of(server_rec* server) noexcept {
  return *static_cast<Settings*>(ap_get_module_config(server->module_config, &oxpush_module));
}

}  // namespace oxpush

extern "C" {

void* oxpush_create_settings(apr_pool_t* pool, server_rec*) noexcept {
  auto* settings = new oxpush::Settings();
  apr_pool_cleanup_register(pool, settings, oxpush::destroy_settings, apr_pool_cleanup_null);
  return settings;
}

const char* oxpush_set_flag(cmd_parms* cmd, void*, int flag) noexcept {
  return oxpush::guarded(cmd, [&]() -> const char* {
    oxpush::Settings& settings = oxpush::settings_of(cmd->server);
    const std::string_view name = cmd->cmd->name;
    bool& setting = name == "OXPush"                 ? settings.is_enabled
                    : name == "OXPushUdp"            ? settings.engine.is_udp_on
                    : name == "OXPushEndWithSession" ? settings.engine.ends_with_session
                                                     : settings.engine.is_multicast_on;
    setting = flag != 0;
    return nullptr;
  });
}

const char* oxpush_set_word(cmd_parms* cmd, void*, const char* word) noexcept {
  return oxpush::guarded(cmd, [&] {
    const std::string fix = oxpush::apply_word(oxpush::settings_of(cmd->server), cmd->cmd->name, word);
    return oxpush::named(cmd, fix);
  });
}

const char* oxpush_read_properties(cmd_parms* cmd, void*, const char* path) noexcept {
  return oxpush::guarded(cmd, [&] { return oxpush::read_properties(cmd, path); });
}

}  // extern "C"
