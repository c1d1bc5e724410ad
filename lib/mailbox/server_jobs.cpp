#include "mailbox/server_jobs.hpp"

#include <fmt/format.h>

#include "core/log.hpp"
#include "mailbox/no_reply.hpp"
#include "mailbox/reminders/mail_alarm_job.hpp"
#include "model/calendar/mail_alarms.hpp"
#include "model/calendar/zone_job.hpp"
#include "model/contexts/tombstone_job.hpp"
#include "model/folders/drive_mail_folders.hpp"

namespace gw::mailbox {
namespace {

using model::jobs::Job;
using model::jobs::JobRun;

constexpr Milliseconds kHour{3'600'000}, kDay{86'400'000};

std::int64_t prune_ledger(JobRun& run) {
  sql::Scope database(run.environment().pool);
  std::int64_t pruned = 0;
  const Millis before{run.now().value - model::calendar::kLedgerLife.count()};
  database.write([&](sql::Connection& connection) {
    pruned = model::calendar::store::prune_entries(connection, before);
  });
  return pruned;
}

std::int64_t renew_zones(JobRun& run) {
  const std::int64_t renewed = model::calendar::renew_zones(run);
  if (renewed > 0)
    log(LogLevel::Info, "GW0644", fmt::format("new zone data: the times of {} events were renewed", renewed));
  return renewed;
}

}  // namespace

std::vector<Job> server_jobs(const Settings& settings, const mail::Registry& registry) {
  std::vector<Job> jobs;
  if (can_send_itself(settings))
    // Less than the time between two questions of a process, so each of them looks.
    jobs.push_back({"mail-alarms", settings.jobs.interval / 3,
                    [&registry](JobRun& run) { return reminders::send_due_mails(run, registry); }});
  jobs.push_back({"alarm-ledger", kDay, prune_ledger});
  jobs.push_back({"drive-mail", kHour, model::folders::remove_unsent_drive_mail});
  jobs.push_back({"zones", kHour, renew_zones});
  if (settings.jobs.tombstones.count() > 0)
    jobs.push_back({"tombstones", kDay, [kept = settings.jobs.tombstones](JobRun& run) {
                      return model::contexts::forget_tombstones(run, kept);
                    }});
  return jobs;
}

}  // namespace gw::mailbox
