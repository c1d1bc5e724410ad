#include "model/jobs/job_store.hpp"

#include "sql/error.hpp"

namespace gw::model::jobs::store {
namespace {

constexpr std::string_view kFind =
    "SELECT name,owner,lease_until,next_run,progress FROM job_leases WHERE name=?";
constexpr std::string_view kList =
    "SELECT name,owner,lease_until,next_run,progress FROM job_leases WHERE name NOT LIKE 'once:%' ORDER BY "
    "name";
constexpr std::string_view kTake =
    "UPDATE job_leases SET owner=?,lease_until=? WHERE name=? AND lease_until<=? AND next_run<=?";
constexpr std::string_view kInsert =
    "INSERT INTO job_leases (name,owner,lease_until,next_run,progress) VALUES (?,?,?,0,'')";
constexpr std::string_view kRenew = "UPDATE job_leases SET lease_until=? WHERE name=? AND owner=?";
constexpr std::string_view kGiveBack =
    "UPDATE job_leases SET owner='',lease_until=0,next_run=?,progress=? WHERE name=? AND owner=?";

JobRow read_job(const sql::Query& row) {
  return {row.string(0), row.string(1), row.millis(2), row.millis(3), row.string(4)};
}

}  // namespace

std::optional<JobRow> find(sql::Connection& connection, std::string_view name) {
  sql::Query row = connection.query(kFind, name);
  return row.next() ? std::optional(read_job(row)) : std::nullopt;
}

std::vector<JobRow> list(sql::Connection& connection) {
  std::vector<JobRow> rows;
  sql::Query row = connection.query(kList);
  while (row.next()) rows.push_back(read_job(row));
  return rows;
}

bool take(sql::Scope& database, const Claim& claim) {
  try {
    database.write([&](sql::Connection& connection) {
      if (connection.execute(kTake, claim.owner, claim.until, claim.name, claim.now, claim.due) == 0)
        connection.execute(kInsert, claim.name, claim.owner, claim.until);
    });
    return true;
  } catch (const sql::SqlError& error) {
    // The row is there: somebody has the job, or it is not due.
    if (error.kind() != sql::ErrorKind::Duplicate) throw;
    return false;
  }
}

bool renew(sql::Scope& database, std::string_view name, std::string_view owner, Millis until) {
  bool is_held = false;
  database.write(
      [&](sql::Connection& connection) { is_held = connection.execute(kRenew, until, name, owner) > 0; });
  return is_held;
}

void give_back(sql::Scope& database, const JobRow& row) {
  database.write([&](sql::Connection& connection) {
    connection.execute(kGiveBack, row.next_run, row.progress, row.name, row.owner);
  });
}

}  // namespace gw::model::jobs::store
