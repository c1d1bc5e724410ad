// What the directives leave behind: one ModuleConfig per server start, and two small tri-state records that
// httpd merges for virtual hosts and locations. Immutable once post_config has run.
#pragma once

#include <httpd.h>

#include <ap_socache.h>
#include <apr_global_mutex.h>
#include <apr_tables.h>

#include <string>

#include "core/settings.hpp"

namespace gw::apache {

/// Unset lets the outer section decide.
enum class Switch : unsigned char { Unset, Off, On };

inline Switch to_switch(bool on) { return on ? Switch::On : Switch::Off; }
inline bool is_on(Switch value, bool fallback) {
  return value == Switch::Unset ? fallback : value == Switch::On;
}

/// The shared session cache as seen by the parent: provider and instance live in the configuration pool.
struct CacheInstance {
  /// nullptr: no cache.
  const ap_socache_provider_t* provider = nullptr;
  ap_socache_instance_t* instance = nullptr;
  /// Only for providers that are not safe between processes.
  apr_global_mutex_t* mutex = nullptr;
};

/// Process-wide configuration. Made in pre_config, owned by the configuration pool.
struct ModuleConfig {
  Settings settings;
  /// As written; empty: shmcb in the runtime folder.
  std::string session_cache;
  Switch auto_migrate = Switch::Unset;
  Switch status = Switch::Unset;
  /// Some section switched the API on.
  bool api_is_wanted = false;
  CacheInstance cache;
  /// Of event ids: the same in all processes of this start.
  std::string event_epoch;
  /// Of one process; the second are those that hold a thread.
  int event_streams = 0;
  int held_event_streams = 0;
  /// At one mail server at the same time, of one process. 0 until post_config: half of the threads.
  int mail_requests = 0;
};

/// Valid between pre_config and the end of that configuration; nullptr before. Threads: set in the parent
/// only.
ModuleConfig* module_config();
void set_module_config(ModuleConfig* config);

/// Per virtual host.
struct ServerConfig {
  /// Of const char*; nullptr: unset.
  const apr_array_header_t* api_roots = nullptr;
};

/// GroupwareTrustedUser; texts live in the configuration's pool, nullptr: not given.
struct TrustedConfig {
  bool is_on;
  const char* name_variable;
  const char* context;
  const char* context_variable;
  bool has_second_factor;
  const char* logout;
};

/// Per location. Merged for every request that meets a section, so it is plain data.
struct DirectoryConfig {
  Switch api = Switch::Unset;
  /// The path of the <Location> that set `api`; nullptr outside of a location.
  const char* location = nullptr;
  /// nullptr: unset.
  const TrustedConfig* trusted = nullptr;
};

/// The child's values where they are set, else the parent's.
ServerConfig merge(const ServerConfig& parent, const ServerConfig& child);
DirectoryConfig merge(const DirectoryConfig& parent, const DirectoryConfig& child);

const ServerConfig& server_config(const server_rec* server);
const DirectoryConfig& directory_config(const request_rec* request);

}  // namespace gw::apache
