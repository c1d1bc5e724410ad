#include "apache/process_context.hpp"

#include <atomic>
#include <utility>

#include "apache/counters.hpp"
#include "apache/shared_session_cache.hpp"
#include "identities/intake/directory_import.hpp"
#include "mailbox/accounts/reach.hpp"
#include "mailbox/providers.hpp"
#include "mailbox/server_jobs.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/tasks/task_service.hpp"
#include "provisioning/single_job_runner.hpp"
#include "session/server_secret.hpp"
#include "sql/driver.hpp"

namespace gw::apache {
namespace {

/// Atomic: mod_watchdog's threads look at it while child_init is still under way.
std::atomic<ProcessContext*> the_context{nullptr};

/// The release of the HTTP API that clients are told.
constexpr const char* kApiVersion = "7.10.2";

std::unique_ptr<session::SessionCache> make_cache(const CacheInstance& cache, server_rec* server) {
  if (cache.provider == nullptr) return std::make_unique<NoSessionCache>();
  return std::make_unique<SharedSessionCache>(cache, server);
}

std::unique_ptr<EventService> make_events(const ModuleConfig& config, server_rec* server) {
  if (!config.settings.events.enabled) return nullptr;
  const auto sockets = find_push_sockets();
  if (!sockets) return nullptr;
  const EventService::Options options{config.event_epoch,
                                      server->server_hostname == nullptr ? "" : server->server_hostname,
                                      config.event_streams, config.held_event_streams};
  return std::make_unique<EventService>(config.settings.events, *sockets, options);
}

/// Empty: no push child is wanted.
std::string push_bus(const Settings& settings) {
  const auto sockets = settings.events.enabled ? find_push_sockets() : std::nullopt;
  return sockets ? sockets->bus : std::string();
}

/// What users may have read by this server, news and calendars. Nothing: feeds are off.
std::optional<mail::web::FetchRules> feed_rules(const FeedSettings& settings) {
  if (!settings.enabled) return std::nullopt;
  mail::web::FetchRules rules;
  rules.denied = mailbox::accounts::denied_networks(settings.denied_networks);
  rules.ports = settings.ports;
  rules.hosts = settings.hosts;
  return rules;
}

std::unique_ptr<mail::feeds::FeedSource> make_feeds(const FeedSettings& settings) {
  auto rules = feed_rules(settings);
  if (!rules) return nullptr;
  return std::make_unique<mail::feeds::FeedSource>(std::move(*rules), system_clock());
}

std::vector<model::jobs::Job> all_jobs(const Settings& settings, const mail::Registry& mail,
                                       const identities::Directories& directories) {
  auto jobs = mailbox::server_jobs(settings, mail);
  for (model::jobs::Job& job : identities::intake::import_jobs(settings, directories))
    jobs.push_back(std::move(job));
  // As often as the processes ask.
  jobs.push_back(provisioning::single_job_runner(settings.jobs.interval / 3));
  return jobs;
}

}  // namespace

ProcessContext::ProcessContext(const ModuleConfig& config, server_rec* server)
    : settings_(config.settings),
      pool_(sql::make_driver(settings_.database), settings_.database),
      databases_(pool_),
      events_(make_events(config, server)),
      contents_{&model::contacts::contact_folder_content(), &model::calendar::calendar_folder_content(),
                &model::infostore::infostore_folder_content(), &model::tasks::task_folder_content()},
      files_(settings_.file_store.empty() ? nullptr : filestore::make_store_root(settings_.file_store)),
      environment_{
          settings_,      pool_,
          system_clock(), events_ ? static_cast<model::EventSink&>(events_->publisher()) : no_events_,
          contents_,      files_.get(),
          nullptr,        &databases_},
      provisioning_(settings_.provisioning.enabled
                        ? std::make_unique<provisioning::Provisioning>(environment_)
                        : nullptr),
      cache_(make_cache(config.cache, server)),
      sessions_(settings_, *cache_, system_clock()),
      rate_limits_(settings_.limits, system_clock()),
      mail_(mailbox::make_registry(settings_, config.mail_requests)),
      feeds_(make_feeds(settings_.feeds)),
      calendars_(feed_rules(settings_.feeds)),
      directories_(settings_),
      directory_login_(environment_, directories_),
      jobs_(environment_, all_jobs(settings_, mail_, directories_)),
      runtime_{environment_,
               sessions_,
               {},
               kApiVersion,
               &rate_limits_,
               &pictures_,
               events_.get(),
               {},
               &mail_,
               feeds_.get(),
               &calendars_,
               identities::lets_sign_in(settings_) ? &directory_login_ : nullptr},
      gate_(pool_, {.migrates = settings_.database.auto_migrate, .patience = settings_.database.pool_wait},
            {[this](sql::Scope& database) {
               runtime_.cookie_salt = session::load_cookie_salt(database, settings_.session);
             },
             [this](const sql::PoolStatus& status) {
               note_pool_status(status);
               // This runs every few seconds.
               for (const auto& provider : mail_.stores()) provider->purge_idle();
               directories_.purge_idle();
               if (gate_.is_open()) databases_.refresh();
             }}),
      monitor_({settings_, pool_, gate_, sessions_, files_.get(), mail_, databases_, push_bus(settings_)}) {
  if (events_) {
    runtime_.push_master = events_->client_master();
    sessions_.on_end([this](const session::Session& session, bool was_last) {
      const auto end = events::to_session_end(session.context, session.user, session.id, was_last);
      if (end) events_->publisher().tell(*end);
    });
  }
  the_context = this;
}

ProcessContext::~ProcessContext() {
  the_context = nullptr;
  gate_.stop();
  // Its threads ask sessions.
  if (events_) events_->shut_down();
}

ProcessContext* ProcessContext::current() { return the_context.load(std::memory_order_acquire); }
void ProcessContext::forget() { the_context = nullptr; }

}  // namespace gw::apache
