// The connections to all databases of an installation: the home database, which the configuration names, and
// those that are registered there. A context lies in one of them with everything that is its own, its
// sessions included; the home database knows in which, and the names by which people sign in.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ids.hpp"
#include "model/databases/database_registry.hpp"
#include "sql/pool.hpp"

namespace gw::model::databases {

struct DatabaseTrouble {
  std::int64_t id = 0;
  std::string name;
  std::string text;  ///< why, without passwords
};

/// Threads: any. Must not be made before fork.
class Databases {
 public:
  /// `home` and its settings must outlive it. Further databases get the same settings but for their address
  /// and the number of connections. Connects to nothing.
  explicit Databases(sql::Pool& home);
  Databases(const Databases&) = delete;
  Databases& operator=(const Databases&) = delete;
  ~Databases();

  sql::Pool& home() { return home_; }
  /// Of a number that nobody has: the home database, where nothing of it will be found. A database is opened
  /// when it is first asked for: its schema is brought up to date, or looked at, as
  /// DatabaseSettings::auto_migrate says. Errors: Unavailable. Cost: three queries in the home database for a
  /// number that is not known yet, at most once a second.
  sql::Pool& pool(std::int64_t number);
  /// The database with the data of the context; of a context that does not exist, the home database.
  /// Remembered by this process until `forget`. Holds a connection to the home database for one query when it
  /// is not known. Errors: Unavailable.
  sql::Pool& pool_of(ContextId context);
  /// The same if it is remembered. Null: it is not, or its database is not open yet. Cost: no query.
  sql::Pool* find_pool_of(ContextId context) noexcept;
  /// What is remembered of the context may be wrong: it was not found where it should be.
  void forget(ContextId context) noexcept;

  /// Runs `work` for the home database and then for each of the others, with a pool at a time. One that is
  /// away, or whose work fails as Unavailable, keeps nobody else from it; it has its line in the log.
  void for_each(const std::function<void(sql::Pool&)>& work);
  /// Reads anew what is registered, and gives idle connections back. A database whose address was changed
  /// gets new connections. To be called now and then. Nothing happens while the home database is away.
  void refresh() noexcept;
  /// Registered databases that cannot be used now. Cost: a connection to each. Errors: Unavailable, of the
  /// home database.
  std::vector<DatabaseTrouble> find_trouble();
  [[nodiscard]] std::vector<std::int64_t> numbers();

 private:
  struct Further;
  std::shared_ptr<Further> find(std::int64_t number);
  void read_registry();
  void open(Further& further);

  sql::Pool& home_;
  std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<Further>> further_;
  /// Leases may be out: they stay until the end, as changes of an address are rare.
  std::vector<std::shared_ptr<Further>> retired_;
  std::unordered_map<std::int64_t, std::int64_t> places_;
  std::optional<std::chrono::steady_clock::time_point> last_read_;
};

/// Brings the schema of one database up to `target` (0: the newest), as sql::migrate. `is_dry`: only tells
/// which steps there would be. Gives their names. Errors: Unavailable, SqlError.
std::vector<std::string> migrate_database(const DatabaseSettings& pattern, const RegisteredDatabase& database,
                                          int target, bool is_dry);

/// Brings the schema of a database that is to be registered, or was moved to another address, up to date.
/// Errors: ProvisioningError Invalid when it cannot be reached, or does not hold as many contexts as `units`
/// says; its text holds no password.
void prepare_database(const DatabaseSettings& pattern, const RegisteredDatabase& database);

}  // namespace gw::model::databases
