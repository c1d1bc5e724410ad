// A small table for the tests of lib/sql, on a database without the schema. Also a record of what was logged.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/log.hpp"
#include "sql/schema/schema.hpp"
#include "support/database.hpp"

namespace gw::sql::test {

inline constexpr ContextId kContext{7};

inline void create_samples(Connection& connection) {
  const SchemaStep step{0, "samples", R"(
CREATE TABLE samples (
  cid $ID NOT NULL, id $ID NOT NULL, name $KEY(64), body $TEXT, data $BLOB, amount $ID,
  PRIMARY KEY (cid, id)) $TABLE;
)"};
  connection.run_script(render_step(step, connection.engine()));
}

/// A database that has the table `samples` only.
struct SampleDatabase : gw::test::TestDatabase {
  SampleDatabase() : TestDatabase(Schema::None) { create_samples(*pool->acquire()); }
};

inline constexpr std::string_view kInsertName = "INSERT INTO samples (cid,id,name,amount) VALUES (?,?,?,?)";

inline std::int64_t count_samples(Connection& connection) {
  Query rows = connection.query("SELECT COUNT(*) FROM samples WHERE cid=?", kContext);
  rows.next();
  return rows.integer(0);
}

/// Collects log lines while it lives.
class RecordedLog {
 public:
  RecordedLog() {
    set_log_sink([this](LogLevel level, std::string_view line) {
      const std::lock_guard lock(mutex_);
      lines_.push_back({level, std::string(line)});
    });
  }
  ~RecordedLog() { set_log_sink({}); }
  RecordedLog(const RecordedLog&) = delete;
  RecordedLog& operator=(const RecordedLog&) = delete;

  /// Lines of one log number.
  std::vector<std::string> lines(std::string_view number) const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> found;
    for (const auto& [level, line] : lines_) {
      if (line.starts_with(number)) found.push_back(line);
    }
    return found;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::pair<LogLevel, std::string>> lines_;
};

}  // namespace gw::sql::test
