#include "model/jobs/single_jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "model/users/provisioning_error.hpp"

namespace gw::model::jobs {
namespace {

using Kind = ProvisioningError::Kind;

/// The row of this name counts: its `next_run` is the last number that was given.
constexpr std::string_view kPrefix = "once:";

constexpr std::string_view kList = "SELECT name,next_run,progress FROM job_leases WHERE name LIKE 'once:_%'";
constexpr std::string_view kFind = "SELECT name,next_run,progress FROM job_leases WHERE name=?";
constexpr std::string_view kCount = "UPDATE job_leases SET next_run=next_run+1 WHERE name='once:'";
constexpr std::string_view kLastNumber = "SELECT next_run FROM job_leases WHERE name='once:'";
constexpr std::string_view kInsert =
    "INSERT INTO job_leases (name,owner,lease_until,next_run,progress) VALUES (?,'',0,?,?)";
constexpr std::string_view kUpdate = "UPDATE job_leases SET next_run=?,progress=? WHERE name=?";
constexpr std::string_view kDelete = "DELETE FROM job_leases WHERE name=?";

/// Of the row, and of administrators.
struct KindRow {
  std::string_view word, operation;
};
constexpr std::array<KindRow, 1> kKinds{{{"filestore", "moveContextFilestore"}}};
constexpr std::array<std::string_view, 5> kStates{"waiting", "running", "tidying", "done", "failed"};

std::string row_name(std::int64_t number) { return fmt::format("{}{}", kPrefix, number); }

/// Seven words between blanks, within the 100 bytes of the column.
std::string write_row(const SingleJob& job) {
  return fmt::format("{} {} {} {} {} {} {}", kKinds[static_cast<std::size_t>(job.kind)].word,
                     job.context.value, job.target, state_name(job.state), job.count, job.created.value,
                     job.problem.empty() ? "-" : job.problem);
}

std::int64_t number_of(std::string_view word) { return parse_integer(word).value_or(0); }

/// Empty: nothing that this program knows.
std::optional<SingleJob> read_row(const sql::Query& row) {
  constexpr std::size_t kWords = 7;
  const std::string text = row.string(2);
  const auto words = split(text, ' ');
  if (words.size() != kWords) return std::nullopt;
  const auto kind =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const KindRow& each) { return each.word == words[0]; });
  const auto state = std::find(kStates.begin(), kStates.end(), words[3]);
  if (kind == kKinds.end() || state == kStates.end()) return std::nullopt;
  SingleJob job;
  job.number = number_of(row.text(0).substr(kPrefix.size()));
  job.kind = static_cast<SingleJobKind>(kind - kKinds.begin());
  job.context = ContextId(number_of(words[1]));
  job.target = number_of(words[2]);
  job.state = static_cast<SingleJobState>(state - kStates.begin());
  job.count = number_of(words[4]);
  job.created = Millis{number_of(words[5])};
  if (words[6] != "-") job.problem = words[6];
  job.due = row.millis(1);
  return job;
}

/// Holds the row of numbers until the transaction ends, so that jobs are added one after the other.
std::int64_t take_number(sql::Connection& connection) {
  if (connection.execute(kCount) == 0) connection.execute(kInsert, kPrefix, 1, "");
  sql::Query row = connection.query(kLastNumber);
  row.next();
  return row.integer(0);
}

void make_room(sql::Connection& connection, const std::vector<SingleJob>& jobs) {
  if (jobs.size() < kMostSingleJobs) return;
  const auto oldest =
      std::find_if(jobs.begin(), jobs.end(), [](const SingleJob& each) { return each.is_ended(); });
  if (oldest == jobs.end()) throw ProvisioningError(Kind::Protected, "Too many jobs have not ended");
  connection.execute(kDelete, row_name(oldest->number));
}

}  // namespace

std::string_view operation_name(SingleJobKind kind) {
  return kKinds[static_cast<std::size_t>(kind)].operation;
}

std::string_view state_name(SingleJobState state) { return kStates[static_cast<std::size_t>(state)]; }

SingleJob add_single_job(sql::Scope& database, SingleJob job) {
  database.write([&](sql::Connection& connection) {
    job.number = take_number(connection);
    const std::vector<SingleJob> jobs = list_single_jobs(connection);
    for (const SingleJob& each : jobs)
      if (each.kind == job.kind && each.context == job.context && !each.is_ended())
        throw ProvisioningError(Kind::AlreadyExists,
                                fmt::format("Job {} is at it: wait for its end, or delete it", each.number));
    make_room(connection, jobs);
    connection.execute(kInsert, row_name(job.number), job.due, write_row(job));
  });
  return job;
}

std::vector<SingleJob> list_single_jobs(sql::Connection& connection) {
  std::vector<SingleJob> jobs;
  sql::Query row = connection.query(kList);
  while (row.next())
    if (auto job = read_row(row)) jobs.push_back(std::move(*job));
  std::sort(jobs.begin(), jobs.end(),
            [](const SingleJob& a, const SingleJob& b) { return a.number < b.number; });
  return jobs;
}

std::optional<SingleJob> find_single_job(sql::Connection& connection, std::int64_t number) {
  sql::Query row = connection.query(kFind, row_name(number));
  return row.next() ? read_row(row) : std::nullopt;
}

void store_progress(sql::Scope& database, const SingleJob& job) {
  database.write([&](sql::Connection& connection) {
    connection.execute(kUpdate, job.due, write_row(job), row_name(job.number));
  });
}

bool remove_single_job(sql::Scope& database, std::int64_t number) {
  bool was_there = false;
  database.write(
      [&](sql::Connection& connection) { was_there = connection.execute(kDelete, row_name(number)) > 0; });
  return was_there;
}

void remove_ended_jobs(sql::Scope& database, std::optional<ContextId> context) {
  database.write([&](sql::Connection& connection) {
    for (const SingleJob& job : list_single_jobs(connection))
      if (job.is_ended() && (!context || job.context == *context))
        connection.execute(kDelete, row_name(job.number));
  });
}

}  // namespace gw::model::jobs
