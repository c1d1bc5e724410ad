// A database of its own for each test: a temporary SQLite file with the full schema, or, when GW_TEST_MYSQL
// holds a mysql:// URL, an empty database on that server, which keeps it for the next test: the server is
// thought to be one of the tests alone. Clock and events are under the test's control.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/unit_of_work.hpp"

namespace gw::test {

class FixedClock final : public Clock {
 public:
  Millis now() const override { return now_; }
  void set(std::int64_t millis) { now_ = {millis}; }
  void advance(std::int64_t millis) { now_.value += millis; }

 private:
  Millis now_{1'700'000'000'000};
};

class RecordedEvents final : public model::EventSink {
 public:
  void publish(const model::Event& event) noexcept override { events.push_back(event); }
  std::vector<model::Event> events;
};

/// Everybody whom an event concerns, ascending.
std::vector<UserId> told(const model::Event& event);
/// Who is told of one folder.
std::vector<UserId> told(const model::Event& event, FolderId folder);

/// Of password hashes: the lowest, because the usual one takes longer than most tests.
inline constexpr int kPasswordCost = 1;

/// Members are public on purpose: tests reach into everything.
class TestDatabase {
 public:
  enum class Schema { Full, None };
  explicit TestDatabase(Schema schema = Schema::Full);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  /// Inserts a bare context with its sequence row, nothing else. The full set-up is contexts/provisioning.
  void add_bare_context(ContextId context);
  /// A unit of work for a caller made by hand.
  std::unique_ptr<model::UnitOfWork> work_for(ContextId context, UserId user);

  Settings settings;
  FixedClock clock;
  RecordedEvents events;
  model::folders::ContentRegistry contents;
  std::unique_ptr<sql::Pool> pool;
  std::unique_ptr<model::Environment> environment;

 private:
  Schema schema_;
  std::string folder_;
  std::string mysql_database_;
};

}  // namespace gw::test
