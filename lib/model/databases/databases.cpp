#include "model/databases/databases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

#include "core/error.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "model/users/provisioning_error.hpp"
#include "sql/schema/schema.hpp"
#include "sql/scope.hpp"

namespace gw::model::databases {
namespace {

/// Nobody asks the home database for unknown numbers more often.
constexpr std::chrono::seconds kReadAgain{1};
constexpr std::size_t kMostPlaces = 200'000;
constexpr std::string_view kAnyContext = "SELECT cid FROM contexts LIMIT 1";
constexpr std::string_view kCountContexts = "SELECT COUNT(*) FROM contexts";

DatabaseSettings settings_for(const DatabaseSettings& pattern, const RegisteredDatabase& row) {
  DatabaseSettings settings = pattern;
  settings.url = row.url;
  settings.number = row.id;
  if (row.pool_max > 0) settings.pool_size = static_cast<int>(row.pool_max);
  return settings;
}

/// Errors: Unavailable when it is not that of this program, and may not be changed.
void require_schema(sql::Connection& connection, const std::string& name, bool migrates) {
  const int needed = sql::schema_steps().back().number;
  if (sql::current_version(connection) == needed) return;
  if (!migrates)
    throw Unavailable(
        fmt::format("database {}: its schema is at step {} and this program needs step {}: run "
                    "groupwarectl migrate",
                    name, sql::current_version(connection), needed));
  const std::vector<std::string> steps = sql::migrate(connection);
  log(LogLevel::Notice, "GW0915",
      fmt::format("schema of database {} brought up to date: {}", name, join(steps, ", ")));
}

}  // namespace

struct Databases::Further {
  explicit Further(const DatabaseSettings& pattern, RegisteredDatabase row)
      : known(std::move(row)),
        settings(settings_for(pattern, known)),
        pool(sql::make_driver(settings), settings) {}
  [[nodiscard]] bool is_like(const RegisteredDatabase& row) const {
    return row.url == known.url && row.pool_max == known.pool_max && row.name == known.name;
  }
  const RegisteredDatabase known;
  const DatabaseSettings settings;
  sql::Pool pool;
  std::mutex opening;
  std::atomic<bool> is_open{false};
};

Databases::Databases(sql::Pool& home) : home_(home) {}
Databases::~Databases() = default;

void Databases::read_registry() {
  std::vector<RegisteredDatabase> rows;
  {
    sql::Scope database(home_);
    rows = list_databases(database.connection());
  }
  const std::lock_guard lock(mutex_);
  last_read_ = std::chrono::steady_clock::now();
  std::map<std::int64_t, std::shared_ptr<Further>> now;
  for (RegisteredDatabase& row : rows) {
    const auto known = further_.find(row.id);
    if (known != further_.end() && known->second->is_like(row)) {
      now.emplace(row.id, known->second);
      continue;
    }
    // Sealed by another server key: there is nothing to connect to.
    if (row.url.empty()) continue;
    const std::int64_t id = row.id;
    now.emplace(id, std::make_shared<Further>(home_.settings(), std::move(row)));
  }
  for (auto& [id, further] : further_) {
    const auto kept = now.find(id);
    if (kept == now.end() || kept->second != further) retired_.push_back(further);
  }
  further_ = std::move(now);
}

std::shared_ptr<Databases::Further> Databases::find(std::int64_t number) {
  if (number <= 0) return nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = further_.find(number); found != further_.end()) return found->second;
    if (last_read_ && std::chrono::steady_clock::now() - *last_read_ < kReadAgain) return nullptr;
  }
  read_registry();
  const std::lock_guard lock(mutex_);
  const auto found = further_.find(number);
  return found == further_.end() ? nullptr : found->second;
}

void Databases::open(Further& further) {
  if (further.is_open) return;
  const std::lock_guard lock(further.opening);
  if (further.is_open) return;
  sql::Scope database(further.pool);
  try {
    require_schema(database.connection(), further.known.name, further.settings.auto_migrate);
  } catch (const sql::SqlError& error) {
    throw Unavailable(fmt::format("database {}: {}", further.known.name, error.what()));
  }
  further.is_open = true;
}

sql::Pool& Databases::pool(std::int64_t number) {
  const auto further = find(number);
  if (!further) return home_;
  open(*further);
  return further->pool;
}

sql::Pool& Databases::pool_of(ContextId context) {
  if (!context) return home_;
  std::optional<std::int64_t> place;
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = places_.find(context.value); known != places_.end()) place = known->second;
  }
  if (!place) {
    sql::Scope database(home_);
    place = database_of(database.connection(), context);
    if (!place) return home_;
    const std::lock_guard lock(mutex_);
    if (places_.size() >= kMostPlaces) places_.clear();
    places_.insert_or_assign(context.value, *place);
  }
  if (*place == 0) return home_;
  const auto further = find(*place);
  if (!further) throw Unavailable(fmt::format("database {} is not registered, or cannot be opened", *place));
  open(*further);
  return further->pool;
}

sql::Pool* Databases::find_pool_of(ContextId context) noexcept {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(context.value);
  if (place == places_.end()) return nullptr;
  if (place->second == 0) return &home_;
  const auto further = further_.find(place->second);
  return further != further_.end() && further->second->is_open ? &further->second->pool : nullptr;
}

void Databases::forget(ContextId context) noexcept {
  const std::lock_guard lock(mutex_);
  places_.erase(context.value);
}

std::vector<std::int64_t> Databases::numbers() {
  std::vector<std::int64_t> all{0};
  const std::lock_guard lock(mutex_);
  for (const auto& [number, further] : further_) all.push_back(number);
  return all;
}

void Databases::for_each(const std::function<void(sql::Pool&)>& work) {
  try {
    work(home_);
    read_registry();
  } catch (const Unavailable&) {
    // The pool has written its line.
  }
  for (const std::int64_t number : numbers()) {
    if (number == 0) continue;
    try {
      sql::Pool& pool = this->pool(number);
      if (&pool != &home_) work(pool);
    } catch (const Unavailable& error) {
      log(LogLevel::Info, "GW0916", fmt::format("database {} was passed over: {}", number, error.what()));
    }
  }
}

void Databases::refresh() noexcept {
  try {
    read_registry();
    std::vector<std::shared_ptr<Further>> all;
    {
      const std::lock_guard lock(mutex_);
      all = retired_;
      for (const auto& [number, further] : further_) all.push_back(further);
    }
    for (const auto& further : all) further->pool.purge_idle();
  } catch (const Unavailable&) {
    // The pool has written its line.
  } catch (const std::exception& error) {
    log(LogLevel::Warning, "GW0917",
        fmt::format("the registered databases could not be read: {}", error.what()));
  }
}

std::vector<DatabaseTrouble> Databases::find_trouble() {
  std::vector<RegisteredDatabase> rows;
  {
    sql::Scope database(home_);
    rows = list_databases(database.connection());
  }
  std::vector<DatabaseTrouble> trouble;
  for (const RegisteredDatabase& row : rows) {
    try {
      if (row.url.empty()) throw Unavailable("its address was sealed by another server: change it");
      sql::Pool& pool = this->pool(row.id);
      sql::Scope database(pool);
      database.connection().query(kAnyContext).next();
    } catch (const std::exception& error) {
      trouble.push_back({row.id, row.name, error.what()});
    }
  }
  return trouble;
}

std::vector<std::string> migrate_database(const DatabaseSettings& pattern, const RegisteredDatabase& database,
                                          int target, bool is_dry) {
  const DatabaseSettings settings = settings_for(pattern, database);
  sql::Pool pool(sql::make_driver(settings), settings);
  sql::Scope scope(pool);
  if (!is_dry) return sql::migrate(scope.connection(), target);
  const int current = sql::current_version(scope.connection());
  std::vector<std::string> names;
  for (const sql::SchemaStep& step : sql::schema_steps())
    if (step.number > current && (target == 0 || step.number <= target)) names.emplace_back(step.name);
  return names;
}

void prepare_database(const DatabaseSettings& pattern, const RegisteredDatabase& database) {
  check_database(database);
  const auto refuse = [&](const std::string& why) {
    throw ProvisioningError(ProvisioningError::Kind::Invalid,
                            fmt::format("Database {} cannot be used: {}", database.name, why));
  };
  if (public_url(pattern.url) == public_url(database.url)) refuse("it is the home database");
  const DatabaseSettings settings = settings_for(pattern, database);
  try {
    migrate_database(pattern, database, 0, false);
    sql::Pool pool(sql::make_driver(settings), settings);
    sql::Scope scope(pool);
    sql::Query count = scope.connection().query(kCountContexts);
    count.next();
    if (count.integer(0) != database.units)
      refuse(fmt::format("it holds {} contexts, where there should be {}", count.integer(0), database.units));
  } catch (const Unavailable& error) {
    refuse(error.what());
  } catch (const sql::SqlError& error) {
    refuse(error.what());
  }
}

}  // namespace gw::model::databases
