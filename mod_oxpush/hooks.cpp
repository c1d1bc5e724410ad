// The hooks of mod_oxpush: when httpd calls what.
#include "exports.h"

#include <http_core.h>
#include <http_log.h>
#include <http_main.h>

#include <exception>
#include <fstream>
#include <iterator>
#include <memory>

#include "directives.hpp"
#include "optional.h"
#include "retained.hpp"
#include "spawn.hpp"
#include "status_page.hpp"
#include "values.hpp"

namespace oxpush {
namespace {

bool is_rehearsal() noexcept { return ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG; }

/// Of httpd, not of push: an error at a restart, even at the one that switches push on, would end the whole
/// server.
bool is_first_start() noexcept { return ap_state_query(AP_SQ_CONFIG_GEN) <= 1; }

/// The names of files as paths. Returns: the directive whose name makes no path; nullptr: all do.
const char* find_paths(apr_pool_t* scratch, Settings& settings) {
  const char* events = ap_runtime_dir_relative(scratch, (settings.sockets_prefix + "-events.sock").c_str());
  const char* bus = ap_runtime_dir_relative(scratch, (settings.sockets_prefix + "-bus.sock").c_str());
  if (ap_runtime_dir_relative(scratch, settings.pid_file.c_str()) == nullptr) return "OXPushPidFile";
  if (ap_runtime_dir_relative(scratch, settings.state_folder.c_str()) == nullptr) return "OXPushStateFolder";
  if (events == nullptr || bus == nullptr) return "OXPushSockets";
  settings.events_path = events;
  settings.bus_path = bus;
  // The longest path of a Unix socket.
  return settings.events_path.size() > 107 ? "OXPushSockets" : nullptr;
}

/// Returns: empty, or what is wrong with the key file.
std::string read_keys(apr_pool_t* scratch, Settings& settings) {
  if (settings.key_file.empty()) return {};
  std::ifstream file(ap_server_root_relative(scratch, settings.key_file.c_str()), std::ios::binary);
  if (!file) return "OXPushKeyFile " + settings.key_file + " cannot be read: check its path and rights";
  const std::string text(std::istreambuf_iterator<char>(file), {});
  try {
    settings.engine.keys = gw::push::parse_keys(text);
  } catch (const std::invalid_argument& error) {
    return "OXPushKeyFile " + settings.key_file + ": " + error.what();
  }
  return {};
}

int check_settings(apr_pool_t* scratch, server_rec* server) {
  Settings& settings = settings_of(server);
  std::vector<std::string> faults = find_conflicts(settings);
  if (std::string fault = read_keys(scratch, settings); !fault.empty()) faults.push_back(std::move(fault));
  for (const std::string& fault : faults)
    ap_log_error(APLOG_MARK, APLOG_ERR | APLOG_STARTUP, 0, server, "OXP0008: %s", fault.c_str());
  const char* directive = find_paths(scratch, settings);
  if (directive != nullptr) {
    ap_log_error(APLOG_MARK, APLOG_ERR | APLOG_STARTUP, 0, server,
                 "OXP0009: %s is no usable path: write a short name, relative to DefaultRuntimeDir",
                 directive);
  }
  return faults.empty() && directive == nullptr ? OK : HTTP_INTERNAL_SERVER_ERROR;
}

/// What no single directive can judge; runs for `httpd -t`, too. post_config relies on it.
int check_config(apr_pool_t*, apr_pool_t*, apr_pool_t* scratch, server_rec* server) noexcept {
  try {
    return check_settings(scratch, server);
  } catch (const std::exception& error) {
    ap_log_error(APLOG_MARK, APLOG_CRIT, 0, server, "OXP0017: the configuration could not be checked: %s",
                 error.what());
    return HTTP_INTERNAL_SERVER_ERROR;
  }
}

apr_status_t destroy_setup(void* data) noexcept {
  delete static_cast<ChildSetup*>(data);
  return APR_SUCCESS;
}

int start(apr_pool_t* pconf, server_rec* server) {
  const Settings& settings = settings_of(server);
  auto* setup = new ChildSetup();
  apr_pool_cleanup_register(pconf, setup, destroy_setup, apr_pool_cleanup_null);
  setup->state_file =
      std::string(ap_runtime_dir_relative(pconf, settings.state_folder.c_str())) + "/registrations";
  const std::string error = prepare_sockets(server, settings, *setup);
  if (!error.empty()) {
    ap_log_error(APLOG_MARK, APLOG_ERR, 0, server, "OXP0018: PUSHUDP-0015 %s", error.c_str());
    if (is_first_start()) return HTTP_INTERNAL_SERVER_ERROR;
  }
  if (setup->events_descriptor >= 0 && setup->bus_descriptor >= 0)
    start_supervised_child(pconf, server, *setup);
  return OK;
}

int post_config(apr_pool_t* pconf, apr_pool_t*, apr_pool_t*, server_rec* server) noexcept {
  // The configuration is read twice at start; the first time is a rehearsal.
  if (is_rehearsal()) return OK;
  try {
    if (settings_of(server).is_enabled) return start(pconf, server);
  } catch (const std::exception& error) {
    ap_log_error(APLOG_MARK, APLOG_CRIT, 0, server, "OXP0019: the push child could not be prepared: %s",
                 error.what());
    return OK;
  }
  close_sockets();
  return OK;
}

void child_init(apr_pool_t*, server_rec*) noexcept { close_inherited_sockets(); }

int socket_paths(const char** events, const char** bus) noexcept {
  if (ap_server_conf == nullptr) return 0;
  const Settings& settings = settings_of(ap_server_conf);
  if (!settings.is_enabled || settings.events_path.empty()) return 0;
  *events = settings.events_path.c_str();
  *bus = settings.bus_path.c_str();
  return 1;
}

const char* client_master() noexcept {
  if (ap_server_conf == nullptr) return nullptr;
  const Settings& settings = settings_of(ap_server_conf);
  const EngineSettings& engine = settings.engine;
  const bool is_wanted = settings.is_enabled && engine.is_udp_on &&
                         engine.client_sign_mode != SignMode::Off && !engine.keys.empty();
  return is_wanted ? engine.keys.front().secret.c_str() : nullptr;
}

int listens_to_mail() noexcept {
  if (ap_server_conf == nullptr) return 0;
  const Settings& settings = settings_of(ap_server_conf);
  return settings.is_enabled && settings.engine.mail_listeners > 0 ? 1 : 0;
}

int visit_counters(void (*visit)(void*, const char*, apr_uint64_t), void* context) noexcept {
  const Counters* counters = shared_counters();
  if (counters == nullptr || ap_server_conf == nullptr || !settings_of(ap_server_conf).is_enabled) return 0;
  for (const CounterRow& row : kCounterRows) visit(context, row.key, (counters->*row.member).load());
  return static_cast<int>(std::size(kCounterRows));
}

}  // namespace
}  // namespace oxpush

extern "C" {

/* The names that APR_REGISTER_OPTIONAL_FN takes the types from. */
static int oxpush_socket_paths(const char** events, const char** bus) {
  return oxpush::socket_paths(events, bus);
}

static const char* oxpush_client_master(void) { return oxpush::client_master(); }

static int oxpush_listens_to_mail(void) { return oxpush::listens_to_mail(); }

static int oxpush_visit_counters(void (*visit)(void*, const char*, apr_uint64_t), void* context) {
  return oxpush::visit_counters(visit, context);
}

void oxpush_register_hooks(apr_pool_t*) noexcept {
  ap_hook_check_config(oxpush::check_config, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_post_config(oxpush::post_config, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_child_init(oxpush::child_init, nullptr, nullptr, APR_HOOK_MIDDLE);
  APR_REGISTER_OPTIONAL_FN(oxpush_socket_paths);
  APR_REGISTER_OPTIONAL_FN(oxpush_client_master);
  APR_REGISTER_OPTIONAL_FN(oxpush_listens_to_mail);
  APR_REGISTER_OPTIONAL_FN(oxpush_visit_counters);
  oxpush::register_status_hook();
}

}  // extern "C"
