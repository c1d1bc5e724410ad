// groupwarectl jobs …: the work that one process of the cluster does by the clock, for timers and for whoever
// does not want to wait. The running servers do it by themselves.
#include <algorithm>
#include <memory>

#include "core/time.hpp"
#include "groupwarectl/commands.hpp"
#include "groupwarectl/config_file.hpp"
#include "identities/intake/directory_import.hpp"
#include "mailbox/providers.hpp"
#include "mailbox/server_jobs.hpp"
#include "model/jobs/job_runner.hpp"
#include "provisioning/single_job_runner.hpp"

namespace groupwarectl {
namespace {

namespace jobs = gw::model::jobs;

struct JobOptions {
  std::string name;
};

/// Jobs with the mail server that --config names; without it, or without GroupwareNoReply there, no mails are
/// sent.
class ConfiguredJobs {
 public:
  explicit ConfiguredJobs(Tool& tool)
      : base_(tool.environment()),
        settings_(with_mail(tool)),
        registry_(gw::mailbox::make_registry(settings_, 0)),
        directories_(settings_),
        environment_(gw::model::with_settings(base_, settings_)),
        runner_(environment_, all_jobs()) {}

  jobs::JobRunner& runner() { return runner_; }
  [[nodiscard]] bool knows(std::string_view name) const {
    const auto& all = runner_.jobs();
    return name.empty() ||
           std::any_of(all.begin(), all.end(), [&](const jobs::Job& job) { return job.name == name; });
  }

 private:
  static gw::Settings with_mail(Tool& tool) {
    gw::Settings settings = tool.settings();
    if (tool.config_file.empty()) return settings;
    read_mail_config(tool.config_file, settings);
    read_directory_config(tool.config_file, settings);
    std::erase_if(settings.directories.list,
                  [](const gw::DirectorySettings& each) { return each.mapping.empty(); });
    return settings;
  }

  [[nodiscard]] std::vector<jobs::Job> all_jobs() const {
    auto all = gw::mailbox::server_jobs(settings_, registry_);
    for (jobs::Job& job : gw::identities::intake::import_jobs(settings_, directories_))
      all.push_back(std::move(job));
    all.push_back(gw::provisioning::single_job_runner(settings_.jobs.interval / 3));
    return all;
  }

  gw::model::Environment& base_;
  const gw::Settings settings_;
  const gw::mail::Registry registry_;
  const gw::identities::Directories directories_;
  gw::model::Environment environment_;
  jobs::JobRunner runner_;
};

const char* word_of(jobs::JobReport::Outcome outcome) {
  switch (outcome) {
    case jobs::JobReport::Outcome::Done:
      return "done";
    case jobs::JobReport::Outcome::Busy:
      return "busy";
    case jobs::JobReport::Outcome::Failed:
      return "failed";
    case jobs::JobReport::Outcome::NotDue:
      break;
  }
  return "not due";
}

int run_jobs(Tool& tool, const JobOptions& options) {
  tool.require_schema();
  ConfiguredJobs configured(tool);
  if (!configured.knows(options.name))
    throw gw::model::ProvisioningError(
        gw::model::ProvisioningError::Kind::NotFound,
        "Job \"" + options.name + "\" does not exist, or the configuration does not say how to do it");
  bool is_fine = true;
  gw::Json all = gw::Json::array();
  for (const jobs::JobReport& report : configured.runner().run_now(options.name)) {
    is_fine = is_fine && report.outcome != jobs::JobReport::Outcome::Failed;
    all.append(gw::Json::object()
                   .set("job", gw::Json::string(std::string(report.name)))
                   .set("outcome", gw::Json::string(word_of(report.outcome)))
                   .set("count", gw::Json::integer(report.done)));
  }
  tool.print_list(all);
  return is_fine ? 0 : 1;
}

int list_jobs(Tool& tool, const JobOptions&) {
  tool.require_schema();
  gw::Json all = gw::Json::array();
  const gw::Millis now = gw::system_clock().now();
  gw::model::for_each_database(tool.environment(), [&](gw::model::Environment& environment) {
    gw::sql::Scope database(environment.pool);
    const std::int64_t number = environment.pool.settings().number;
    for (const jobs::store::JobRow& row : jobs::store::list(database.connection())) {
      gw::Json job = gw::Json::object()
                         .set("job", gw::Json::string(row.name))
                         .set("running", gw::Json::boolean(row.lease_until > now))
                         .set("next_run", gw::Json::string(gw::format_utc(row.next_run)))
                         .set("progress", gw::Json::string(row.progress));
      if (number != 0) job.set("database", gw::Json::integer(number));
      all.append(std::move(job));
    }
  });
  tool.print_list(all);
  return 0;
}

}  // namespace

void add_job_commands(CommandLine line) {
  CLI::App* group =
      line.app.add_subcommand("jobs", "Work by the clock: reminders by mail, zones")->require_subcommand(1);
  add_command(line, group, "list", "When each job is due", std::make_shared<JobOptions>(), list_jobs);
  auto options = std::make_shared<JobOptions>();
  CLI::App* run =
      add_command(line, group, "run", "Do them now, but for those that a server is at", options, run_jobs);
  run->add_option("--name", options->name, "Only this one")->check(not_empty());
}

}  // namespace groupwarectl
