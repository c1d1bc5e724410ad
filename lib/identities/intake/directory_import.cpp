#include "identities/intake/directory_import.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/log.hpp"
#include "core/metric.hpp"
#include "core/text.hpp"
#include "identities/intake/attempt.hpp"
#include "identities/intake/book_intake.hpp"
#include "identities/intake/group_intake.hpp"
#include "identities/intake/resource_intake.hpp"
#include "identities/intake/user_plan.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/contexts/provisioning.hpp"

namespace gw::identities::intake {
namespace {

namespace bindings = model::bindings;

/// Marks that are stored together.
constexpr std::size_t kTouchedAtOnce = 200;
/// Of a directory that is imported by groupwarectl alone.
constexpr Milliseconds kNoInterval{1'000};

model::contexts::Context context_of(model::Environment& environment, const DirectorySettings& settings) {
  sql::Scope database(environment.pool);
  auto context =
      model::contexts::find_context(database.connection(), to_lower_ascii(settings.import.context));
  if (!context)
    throw model::ProvisioningError(
        model::ProvisioningError::Kind::NotFound,
        fmt::format("directory {}: context \"{}\" does not exist", settings.name, settings.import.context));
  return std::move(*context);
}

class ImportRun {
 public:
  ImportRun(model::Environment& environment, directory::Directory& directory, const ImportOptions& options,
            const std::function<bool()>& goes_on)
      : directory_(directory),
        options_(options),
        goes_on_(goes_on),
        context_(context_of(environment, directory.settings())),
        work_(environment, model::contexts::provisioning_caller(context_.id, context_.admin)) {
    work_.enter(context_.id, context_.database);
    report_.directory = directory.settings().name;
    report_.context = context_.id;
    report_.started = work_.now();
  }

  Report run() {
    try {
      read();
    } catch (const directory::DirectoryError& error) {
      report_.outcome = Outcome::Failed;
      report_.reason = error.what();
      report_.ended = work_.now();
      if (!options_.is_preview) store();
      throw;
    }
    UserPlan users =
        plan_users({work_, directory_, context_.admin, known_users_, std::move(users_)}, report_);
    work_.release();
    if (options_.is_preview) {
      preview(users);
      report_.outcome = Outcome::Preview;
    } else if (is_too_much(users)) {
      report_.outcome = Outcome::Stopped;
    } else {
      report_.outcome = apply(users) ? Outcome::Done : Outcome::Interrupted;
    }
    report_.ended = work_.now();
    if (!options_.is_preview) store();
    if (!options_.is_preview) count_users();
    return std::move(report_);
  }

 private:
  void count_users() const {
    const Counts& users = report_.counts(Kind::User);
    const std::pair<std::string_view, std::int64_t> results[] = {
        {"created", users.created},   {"changed", users.changed}, {"suspended", users.suspended},
        {"restored", users.restored}, {"purged", users.purged},   {"failed", users.failed}};
    for (const auto& [result, number] : results)
      if (number > 0) count(Metric::LdapImportUsers, {result}, number);
  }

  KnownBindings known(Kind kind) {
    KnownBindings all;
    for (auto& binding :
         bindings::list_bindings(work_.connection(), context_.id, directory_.settings().name, kind)) {
      std::string uuid = binding.uuid;
      all.emplace(std::move(uuid), std::move(binding));
    }
    return all;
  }

  /// No connection of the database is held while the directory answers.
  void read() {
    known_users_ = known(Kind::User);
    known_groups_ = known(Kind::Group);
    known_resources_ = known(Kind::Resource);
    work_.release();
    const directory::Mapping& mapping = directory_.mapping();
    users_ = list_section(directory_, *mapping.user, known_users_,
                          options_.reads_all ? Reading::Everything : Reading::Changed, Kind::User, report_);
    // Members are compared with what is stored, since they change with users, too.
    if (mapping.group)
      groups_ =
          list_section(directory_, *mapping.group, known_groups_, Reading::Everything, Kind::Group, report_);
    if (mapping.resource)
      resources_ = list_section(directory_, *mapping.resource, known_resources_, Reading::Everything,
                                Kind::Resource, report_);
    books_ = read_books(directory_, work_.settings().limits.contact_image, report_);
  }

  bool is_too_much(const UserPlan& users) {
    const DirectoryImportSettings& settings = directory_.settings().import;
    const auto count = static_cast<std::int64_t>(users.suspended),
               active = static_cast<std::int64_t>(users.active);
    // One of few is always many percent.
    const bool is_over =
        count > settings.stop_count || (count > 1 && count * 100 > active * settings.stop_percent);
    report_.reason = is_over && !options_.ignores_limit
                         ? fmt::format("{} of {} users would be suspended", count, active)
                         : std::string();
    return !report_.reason.empty();
  }

  [[nodiscard]] ObjectRun object_run(const KnownBindings& known, const std::vector<Listed>& listed) {
    return {work_, directory_, known, listed, options_.is_preview, goes_on_};
  }

  bool take_others(const UserPlan& users) {
    const directory::Mapping& mapping = directory_.mapping();
    if (mapping.group && !take_groups(object_run(known_groups_, groups_), users, report_)) return false;
    if (mapping.resource && !take_resources(object_run(known_resources_, resources_), report_)) return false;
    return take_books({work_, directory_, books_, options_.is_preview, goes_on_}, report_);
  }

  void preview(UserPlan& users) {
    is_too_much(users);
    for (UserStep& step : users.steps) {
      if (step.difference.action == Action::Create) describe_new(step);
      report_.differences.push_back(std::move(step.difference));
    }
    take_others(users);
  }

  void describe_new(UserStep& step) const {
    const MappedUser mapped = map_user(directory_, *step.entry);
    const auto add = [&](const char* field, const std::string& text) {
      if (!text.empty()) step.difference.fields.push_back({field, "", text});
    };
    add("login", mapped.login);
    add("mail", mapped.mail.value_or(""));
    for (FieldChange& change : compare({}, {}, mapped).fields)
      if (change.field != "login" && change.field != "mail" && !change.after.empty())
        step.difference.fields.push_back(std::move(change));
  }

  bool apply(UserPlan& users) {
    for (UserStep& step : users.steps) {
      if (!goes_on_()) return false;
      const bool is_done = attempt(report_, step.difference, [&] { apply_user(step); });
      if (is_done && step.changes && step.changes->changes.login)
        users.login_of_uuid[step.binding.uuid] = *step.changes->changes.login;
      step.entry.reset();
    }
    for (std::size_t begin = 0; begin < users.touched.size(); begin += kTouchedAtOnce) {
      if (!goes_on_()) return false;
      touch(std::span(users.touched).subspan(begin, std::min(kTouchedAtOnce, users.touched.size() - begin)));
    }
    return take_others(users);
  }

  void apply_user(const UserStep& step) {
    const std::string& name = directory_.settings().name;
    if (step.difference.action == Action::Create)
      create_bound_user(work_, name, map_user(directory_, *step.entry));
    else if (step.difference.action == Action::Purge)
      model::users::delete_user(work_, UserId(step.binding.object));
    else
      change_bound_user(work_, name, step.binding, *step.changes, *step.mapped);
    work_.release();
  }

  void touch(std::span<const bindings::Binding> touched) {
    work_.write([&](model::Transaction& transaction) {
      for (const bindings::Binding& binding : touched)
        bindings::store_binding(transaction, context_.id, directory_.settings().name, binding);
    });
    work_.release();
  }

  void store() {
    work_.write([&](model::Transaction& transaction) {
      bindings::store_run(
          transaction, context_.id, directory_.settings().name,
          {report_.started, report_.ended, std::string(word_of(report_.outcome)), report_.to_json().dump()});
    });
    work_.release();
  }

  directory::Directory& directory_;
  const ImportOptions options_;
  const std::function<bool()>& goes_on_;
  const model::contexts::Context context_;
  model::UnitOfWork work_;
  Report report_;
  KnownBindings known_users_, known_groups_, known_resources_;
  std::vector<Listed> users_, groups_, resources_;
  std::vector<BookContent> books_;
};

}  // namespace

Report import_directory(model::Environment& environment, directory::Directory& directory,
                        const ImportOptions& options, const std::function<bool()>& goes_on) {
  return ImportRun(environment, directory, options, goes_on).run();
}

std::int64_t run_import(model::jobs::JobRun& run, directory::Directory& directory,
                        const ImportOptions& options, Report& report) {
  report = import_directory(run.environment(), directory, options, [&run] { return run.goes_on(); });
  if (report.outcome == Outcome::Stopped)
    throw std::runtime_error(
        fmt::format("directory {}: nothing was imported: {}, more than stop= of "
                    "GroupwareDirectoryImport allows",
                    report.directory, report.reason));
  if (report.counts(Kind::User).failed > 0)
    log(LogLevel::Warning, "GW0764",
        fmt::format("directory {}: {} users could not be taken; groupwarectl directory status tells why",
                    report.directory, report.counts(Kind::User).failed));
  return report.done();
}

std::vector<model::jobs::Job> import_jobs(const Settings& settings, const Directories& directories) {
  std::vector<model::jobs::Job> jobs;
  for (const DirectorySettings& each : settings.directories.list) {
    directory::Directory* directory = directories.find(each.name);
    if (directory == nullptr || each.import.context.empty() || each.import.interval.count() == 0) continue;
    jobs.push_back({each.import.job, each.import.interval,
                    [directory](model::jobs::JobRun& run) {
                      Report report;
                      return run_import(run, *directory, {}, report);
                    },
                    true});
  }
  return jobs;
}

model::jobs::Job import_job(directory::Directory& directory, const ImportOptions& options, Report& report) {
  const DirectoryImportSettings& settings = directory.settings().import;
  return {settings.job, std::max(settings.interval, kNoInterval),
          [&directory, options, &report](model::jobs::JobRun& run) {
            return run_import(run, directory, options, report);
          },
          true};
}

}  // namespace gw::identities::intake
