// The import of a directory: users, groups and resources of one context follow what stands there. First all
// is read, then all is planned, then it is judged whether too many would be suspended, and only then anything
// is written. Source: spec ldap-and-subscriptions section 6, users p24.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "identities/directories.hpp"
#include "identities/intake/report.hpp"
#include "model/jobs/job_runner.hpp"
#include "model/unit_of_work.hpp"

namespace gw::identities::intake {

struct ImportOptions {
  bool is_preview = false;     ///< nothing is written, and the report has the differences
  bool ignores_limit = false;  ///< whoever is gone is suspended, however many they are
  bool reads_all = false;      ///< also what has not changed since the last run
};

/// `goes_on` is asked between two steps. One entry that is not good stops nothing. The report is stored as
/// that of the last run, unless it is a preview. Errors: DirectoryError while reading, when nothing was
/// written yet; ProvisioningError NotFound for the context; Unavailable, SqlError. Cost: see list_section,
/// plan_users; a transaction for each object that changes.
Report import_directory(model::Environment& environment, directory::Directory& directory,
                        const ImportOptions& options, const std::function<bool()>& goes_on);

/// The job that imports; its lease keeps two runs of one directory apart. Gives how much was done. Errors: as
/// above; a run that was stopped, too, so that its line in the log tells.
std::int64_t run_import(model::jobs::JobRun& run, directory::Directory& directory,
                        const ImportOptions& options, Report& report);

/// The jobs of all directories with an interval. What they are given must outlive them.
std::vector<model::jobs::Job> import_jobs(const Settings& settings, const Directories& directories);
/// The same for one, with an interval or without.
model::jobs::Job import_job(directory::Directory& directory, const ImportOptions& options, Report& report);

}  // namespace gw::identities::intake
