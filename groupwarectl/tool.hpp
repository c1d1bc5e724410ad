// What every command works with: the database, the settings, the output. One object per process; `batch` runs
// many commands on it.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "core/settings.hpp"
#include "groupwarectl/push_place.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/unit_of_work.hpp"
#include "model/users/provisioning_error.hpp"
#include "model/users/user.hpp"
#include "session/session.hpp"

namespace groupwarectl {

/// Wrong options: exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How a command names its context and its user.
struct ContextChoice {
  std::string name;  ///< id, name or mapping
};
struct UserChoice {
  std::string login;
  std::optional<std::int64_t> id;
};

class Tool {
 public:
  Tool();
  ~Tool();
  Tool(const Tool&) = delete;
  Tool& operator=(const Tool&) = delete;

  std::string database_url;
  std::string config_file;
  std::string file_store;
  bool json = false;

  [[nodiscard]] const gw::Settings& settings() const { return settings_; }
  /// Connects at first use. Errors: UsageError without a database; SqlError, Unavailable.
  gw::model::Environment& environment();
  gw::sql::Connection& connection();
  /// Gives the connection of connection() back, so that a unit of work can have it.
  void release();
  /// Refuses a database whose schema is older than this program; SQLite is brought up to date at once.
  void require_schema();

  /// Where the running server hears of changes, as --config says; empty without one. Errors: UsageError.
  [[nodiscard]] std::optional<PushPlace> find_push() const;
  /// For whatever ends a session here.
  void tell_session_end(const gw::session::Session& session, bool was_last);

  /// A unit of work that may do everything in the context. Errors: ProvisioningError NotFound.
  std::unique_ptr<gw::model::UnitOfWork> work_for(const ContextChoice& context);
  /// The same for a context that does not exist yet.
  std::unique_ptr<gw::model::UnitOfWork> work_for_new();
  gw::model::contexts::Context load_context(const ContextChoice& context);
  /// Errors: UsageError when neither name nor id is given; ProvisioningError NotFound.
  gw::model::users::User load_user(gw::model::UnitOfWork& work, const UserChoice& user);

  /// Prints one object (`name: value` lines, or JSON) or a list (a line per object with tabs between values).
  void print(const gw::Json& object) const;
  void print_list(const gw::Json& objects) const;

 private:
  struct Parts;
  /// Option, configuration, environment: the first that is given. Errors: UsageError.
  [[nodiscard]] std::string choose_database_url() const;
  gw::Settings settings_;
  std::unique_ptr<Parts> parts_;
};

/// Valid UTF-8 without control characters: what stands in one line cannot become two, or move a terminal's
/// cursor.
std::string one_line(std::string_view text);

/// `--password`, `--password-stdin`, `--password-file`, `--password-hash`: at most one of them.
struct PasswordOptions {
  std::string plain;
  bool from_stdin = false;
  std::string file;
  std::string hash;
  [[nodiscard]] bool any() const { return !plain.empty() || from_stdin || !file.empty() || !hash.empty(); }
};
/// The hash to store; empty when no option was given. Errors: UsageError; ApiError USR-0015 … of the password
/// rules.
std::optional<std::string> read_password_hash(const PasswordOptions& options);

}  // namespace groupwarectl
