#include "session/throttle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/errors/login.hpp"
#include "core/log.hpp"
#include "core/metric.hpp"
#include "session/address.hpp"
#include "sql/dialect.hpp"

namespace gw::session {
namespace {

constexpr std::int64_t kWindow = 5 * 60 * 1'000;
constexpr std::int64_t kDay = 24 * 60 * 60 * 1'000;
constexpr std::int64_t kRememberMark = 90 * kDay;
constexpr int kMaxMarks = 100;

/// Subjects are digests, not tenants' data: an address has no context.
constexpr std::string_view kCounts =
    "SELECT subject,failures FROM login_failures WHERE subject IN (?,?,?,?) AND window_start>?";
constexpr std::string_view kCountUp =
    "UPDATE login_failures SET failures=CASE WHEN window_start>? THEN failures+1 ELSE 1 END,"
    "last_failure=?,window_start=CASE WHEN window_start>? THEN window_start ELSE ? END WHERE subject=?";
constexpr std::string_view kCountFirst =
    "INSERT INTO login_failures (subject,failures,window_start,last_failure) VALUES (?,1,?,?)";
constexpr std::string_view kClear = "DELETE FROM login_failures WHERE subject=?";
constexpr std::string_view kPurgeFailures = "DELETE FROM login_failures WHERE window_start<=?";

constexpr std::string_view kMarks =
    "SELECT device,last_login FROM known_devices WHERE cid=? AND user_id=? AND device IN (?,?,?)";
constexpr std::string_view kInsertMark =
    "INSERT INTO known_devices (cid,user_id,device,last_login) VALUES (?,?,?,?)";
constexpr std::string_view kPurgeMarksOfUser =
    "DELETE FROM known_devices WHERE cid=? AND user_id=? AND last_login<=?";
constexpr std::string_view kOldestKept =
    "SELECT last_login FROM known_devices WHERE cid=? AND user_id=? ORDER BY last_login DESC LIMIT 1 OFFSET "
    "100";
constexpr std::string_view kPurgeMarks = "DELETE FROM known_devices WHERE last_login<=?";

std::string digest(char kind, std::string_view a, std::string_view b = {}) {
  std::string text(1, kind);
  text += '\0';
  text += a;
  text += '\0';
  text += b;
  return to_hex(sha256(text));
}

/// The three marks a good login leaves, most telling first.
struct Marks {
  std::string address, network, user_agent;
};

Marks marks_of(const Attempt& attempt) {
  return {digest('A', attempt.address), digest('N', place_of(attempt.address)),
          digest('U', attempt.user_agent)};
}

std::map<std::string, Millis> known_marks(sql::Connection& connection, const Attempt& attempt,
                                          const Marks& marks) {
  std::map<std::string, Millis> known;
  sql::Query row =
      connection.query(kMarks, attempt.context, attempt.user, marks.address, marks.network, marks.user_agent);
  while (row.next()) known.emplace(row.string(0), row.millis(1));
  return known;
}

struct Limit {
  std::string subject;
  int failures;
  bool of_address;  ///< refused with 429, else with LGI-0028
};

std::vector<Limit> limits_of(const SessionSettings& settings, const Attempt& attempt, const Marks& marks,
                             const std::map<std::string, Millis>& known) {
  std::vector<Limit> limits;
  if (settings.max_failed_logins > 0) {
    limits.push_back({digest('b', attempt.address, attempt.user_agent), settings.max_failed_logins, true});
    limits.push_back({digest('a', attempt.address), settings.max_failed_logins * kAddressAllowance, true});
  }
  if (known.contains(marks.address)) {
    limits.push_back({digest('p', attempt.account, marks.address), kMaxFailuresPerPlace, false});
  } else if (known.contains(marks.network)) {
    limits.push_back({digest('p', attempt.account, marks.network), kMaxFailuresPerPlace, false});
  } else if (!attempt.user_agent.empty() && known.contains(marks.user_agent)) {
    limits.push_back({digest('p', attempt.account, marks.user_agent), kMaxFailuresPerPlace, false});
  } else {
    limits.push_back({digest('p', attempt.account, marks.network), kMaxFailuresPerPlace, false});
    limits.push_back({digest('s', attempt.account), kMaxFailuresFromStrangers, false});
  }
  return limits;
}

std::map<std::string, std::int64_t> read_counts(sql::Connection& connection, const std::vector<Limit>& limits,
                                                Millis now) {
  std::string subjects[4];
  for (std::size_t i = 0; i < limits.size(); ++i) subjects[i] = limits[i].subject;
  std::map<std::string, std::int64_t> counts;
  sql::Query row =
      connection.query(kCounts, subjects[0], subjects[1], subjects[2], subjects[3], now.value - kWindow);
  while (row.next()) counts.emplace(row.string(0), row.integer(1));
  return counts;
}

[[noreturn]] void refuse(const Attempt& attempt, bool of_address) {
  count(Metric::Logins, {"throttled", "any"});
  log(LogLevel::Notice, "GW0380",
      fmt::format("sign-in from {} refused: too many failures {}", attempt.address,
                  of_address ? "from there" : "of this account"));
  if (of_address) throw HttpError(429, "Too many failed sign-ins. Please try again later.");
  throw ApiError(errors::lgi::kTooManyAttempts);
}

void count_failure(sql::Connection& connection, const std::string& subject, Millis now) {
  const std::int64_t start = now.value - kWindow;
  if (connection.execute(kCountUp, start, now, start, now, subject) > 0) return;
  connection.execute(kCountFirst, subject, now, now);
}

/// Two first failures of one subject at once: the second one finds the row when it tries again.
void count_failures(sql::Scope& database, const Admission& admission, Millis now) {
  database.write([&](sql::Connection& connection) {
    for (const std::string& subject : admission.subjects) count_failure(connection, subject, now);
  });
}

void trim_marks(sql::Connection& connection, const Attempt& attempt, Millis now) {
  std::int64_t limit = now.value - kRememberMark;
  {
    sql::Query row = connection.query(kOldestKept, attempt.context, attempt.user);
    if (row.next()) limit = std::max(limit, row.integer(0));
  }
  connection.execute(kPurgeMarksOfUser, attempt.context, attempt.user, limit);
}

}  // namespace

Admission admit_attempt(sql::Connection& connection, const SessionSettings& settings, Millis now,
                        Attempt attempt) {
  const Marks marks = marks_of(attempt);
  const std::map<std::string, Millis> known = known_marks(connection, attempt, marks);
  const std::vector<Limit> limits = limits_of(settings, attempt, marks, known);
  const std::map<std::string, std::int64_t> counts = read_counts(connection, limits, now);
  Admission admission;
  for (const Limit& limit : limits) {
    const auto count = counts.find(limit.subject);
    if (count != counts.end() && count->second >= limit.failures) refuse(attempt, limit.of_address);
    if (count != counts.end() && !limit.of_address) admission.cleared.push_back(limit.subject);
    admission.subjects.push_back(limit.subject);
  }
  // One order for all writers, so that no two of them wait for each other.
  std::sort(admission.subjects.begin(), admission.subjects.end());
  for (const std::string& mark : {marks.address, marks.network, marks.user_agent}) {
    const auto seen = known.find(mark);
    if (seen == known.end() || now.value - seen->second.value >= kDay) admission.new_marks.push_back(mark);
  }
  admission.attempt = std::move(attempt);
  return admission;
}

void record_failure(sql::Scope& database, Millis now, const Admission& admission) try {
  count_failures(database, admission, now);
} catch (const sql::SqlError& error) {
  if (error.kind() != sql::ErrorKind::Duplicate) throw;
  count_failures(database, admission, now);
}

void record_success(sql::Scope& database, Millis now, const Admission& admission) {
  if (admission.cleared.empty() && admission.new_marks.empty()) return;
  const std::string insert =
      sql::upsert(database.connection().engine(), kInsertMark, "cid,user_id,device", "last_login");
  database.write([&](sql::Connection& connection) {
    for (const std::string& subject : admission.cleared) connection.execute(kClear, subject);
    for (const std::string& mark : admission.new_marks)
      connection.execute(insert, admission.attempt.context, admission.attempt.user, mark, now);
    if (!admission.new_marks.empty()) trim_marks(connection, admission.attempt, now);
  });
}

void purge_login_records(sql::Scope& database, Millis now) {
  database.write([&](sql::Connection& connection) {
    connection.execute(kPurgeFailures, now.value - kWindow);
    connection.execute(kPurgeMarks, now.value - kRememberMark);
  });
}

}  // namespace gw::session
