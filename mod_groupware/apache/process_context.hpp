// Everything one server process works with: settings, connections, sessions. Made in child_init, owned by the
// child's pool.
#pragma once

#include <memory>

#include "ajax/login/rate_limits.hpp"
#include "ajax/pictures/scaled_pictures.hpp"
#include "ajax/runtime.hpp"
#include "apache/auth_cache.hpp"
#include "apache/database_gate.hpp"
#include "apache/event_service.hpp"
#include "apache/module_config.hpp"
#include "apache/monitor_service.hpp"
#include "calendars/calendars.hpp"
#include "filestore/file_store.hpp"
#include "identities/directories.hpp"
#include "identities/directory_login.hpp"
#include "mail/feeds/feed_source.hpp"
#include "mail/store/provider.hpp"
#include "model/databases/databases.hpp"
#include "model/jobs/job_runner.hpp"
#include "provisioning/provisioning.hpp"

namespace gw::apache {

class ProcessContext {
 public:
  /// Connects to nothing. Errors: std::exception when a part cannot be made.
  ProcessContext(const ModuleConfig& config, server_rec* server);
  ProcessContext(const ProcessContext&) = delete;
  ProcessContext& operator=(const ProcessContext&) = delete;
  ~ProcessContext();

  /// nullptr in the parent, before child_init, and when no database is configured. Threads: any.
  static ProcessContext* current();
  /// Threads: parent, pre_config: a library that stayed loaded over a restart keeps its globals.
  static void forget();

  [[nodiscard]] const Settings& settings() const { return settings_; }
  ajax::Runtime& runtime() { return runtime_; }
  DatabaseGate& gate() { return gate_; }
  sql::Pool& pool() { return pool_; }
  model::databases::Databases& databases() { return databases_; }
  session::SessionStore& sessions() { return sessions_; }
  AuthCache& auth_cache() { return auth_cache_; }
  /// What one process of the cluster does for all.
  model::jobs::JobRunner& jobs() { return jobs_; }
  [[nodiscard]] const calendars::Calendars& calendars() const { return calendars_; }
  MonitorService& monitor() { return monitor_; }
  /// nullptr: GroupwareProvisioning is off.
  provisioning::Provisioning* provisioning() { return provisioning_.get(); }
  /// nullptr: there are no events.
  EventService* events() { return events_.get(); }

 private:
  const Settings settings_;
  sql::Pool pool_;
  model::databases::Databases databases_;
  events::NoEvents no_events_;
  /// Null without a push child.
  const std::unique_ptr<EventService> events_;
  const model::folders::ContentRegistry contents_;
  /// Null when no file store is configured.
  const std::unique_ptr<filestore::StoreRoot> files_;
  model::Environment environment_;
  /// Null when it is off.
  const std::unique_ptr<provisioning::Provisioning> provisioning_;
  std::unique_ptr<session::SessionCache> cache_;
  session::SessionStore sessions_;
  ajax::RateLimits rate_limits_;
  ajax::ScaledPictures pictures_;
  const mail::Registry mail_;
  /// Null when feeds are off.
  const std::unique_ptr<mail::feeds::FeedSource> feeds_;
  const calendars::Calendars calendars_;
  const identities::Directories directories_;
  const identities::DirectoryLogin directory_login_;
  model::jobs::JobRunner jobs_;
  ajax::Runtime runtime_;
  AuthCache auth_cache_;
  DatabaseGate gate_;
  MonitorService monitor_;
};

}  // namespace gw::apache
