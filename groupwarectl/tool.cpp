#include "groupwarectl/tool.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "core/text.hpp"
#include "core/value_or_file.hpp"
#include "filestore/file_store.hpp"
#include "groupwarectl/change_events.hpp"
#include "groupwarectl/config_file.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/databases/databases.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/tasks/task_service.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/provisioning_error.hpp"
#include "model/users/user_directory.hpp"
#include "session/password.hpp"
#include "sql/pool.hpp"
#include "sql/schema/schema.hpp"

namespace groupwarectl {
namespace {

using gw::model::ProvisioningError;

std::string to_text(const gw::Json& value) {
  if (value.is_string()) return one_line(value.as_string());
  if (value.is_missing() || value.is_null()) return "";
  if (!value.is_array()) return value.dump();
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < value.size(); ++i) parts.push_back(to_text(value.at(i)));
  return gw::join(parts, ",");
}

std::string first_line(std::istream& stream) {
  std::string line;
  std::getline(stream, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

/// Null when none is configured: then nothing that needs the bytes of files can be done.
std::unique_ptr<gw::filestore::StoreRoot> make_files(const std::string& uri) {
  if (uri.empty()) return nullptr;
  try {
    return gw::filestore::make_store_root(uri);
  } catch (const std::invalid_argument& problem) {
    throw UsageError(std::string("the file store: ") + problem.what());
  }
}

}  // namespace

struct Tool::Parts {
  explicit Parts(const gw::Settings& settings)
      : pool(gw::sql::make_driver(settings.database), settings.database),
        contents{&gw::model::contacts::contact_folder_content(),
                 &gw::model::calendar::calendar_folder_content(),
                 &gw::model::infostore::infostore_folder_content(), &gw::model::tasks::task_folder_content()},
        databases(pool),
        files(make_files(settings.file_store)),
        environment{settings, pool, gw::system_clock(), events, contents, files.get(), nullptr, &databases} {}

  gw::sql::Pool pool;
  ChangeEvents events;
  gw::model::folders::ContentRegistry contents;
  gw::model::databases::Databases databases;
  std::unique_ptr<gw::filestore::StoreRoot> files;
  gw::model::Environment environment;
  gw::sql::Lease lease;
};

Tool::Tool() = default;
Tool::~Tool() = default;

std::string Tool::choose_database_url() const {
  if (!database_url.empty()) return database_url;
  if (!config_file.empty() && settings_.database.url.empty())
    throw UsageError("there is no line GroupwareDatabase in " + config_file);
  if (!config_file.empty()) try {
      return gw::read_value_or_file(settings_.database.url);
    } catch (const std::invalid_argument& problem) {
      throw UsageError(std::string("GroupwareDatabase: ") + problem.what());
    }
  const char* variable = std::getenv("GROUPWARE_DATABASE");
  if (variable == nullptr || *variable == '\0')
    throw UsageError(
        "no database given: use --database URL, --config FILE or the variable GROUPWARE_DATABASE");
  return variable;
}

gw::model::Environment& Tool::environment() {
  if (parts_) return parts_->environment;
  settings_ = {};
  if (!config_file.empty()) read_config_file(config_file, settings_);
  const std::string url = choose_database_url();
  if (const std::string wrong = gw::sql::check_database_url(url); !wrong.empty()) throw UsageError(wrong);
  settings_.database.url = url;
  if (const char* variable = std::getenv("GROUPWARE_FILE_STORE"); variable != nullptr) {
    if (settings_.file_store.empty()) settings_.file_store = variable;
  }
  if (!file_store.empty()) settings_.file_store = file_store;
  settings_.database.pool_size = 2;
  // As require_schema does it.
  settings_.database.auto_migrate = url.starts_with("sqlite:");
  parts_ = std::make_unique<Parts>(settings_);
  if (const auto place = find_push()) parts_->events.tell_at(*place);
  return parts_->environment;
}

std::optional<PushPlace> Tool::find_push() const {
  return config_file.empty() ? std::nullopt : find_push_place(config_file);
}

void Tool::tell_session_end(const gw::session::Session& session, bool was_last) {
  parts_->events.tell_session_end(session.context, session.user, session.id, was_last);
}

gw::sql::Connection& Tool::connection() {
  environment();
  if (!parts_->lease) parts_->lease = parts_->pool.acquire();
  return *parts_->lease;
}

void Tool::release() {
  if (parts_) parts_->lease.release();
}

void Tool::require_schema() {
  const int newest = gw::sql::schema_steps().back().number;
  const int current = gw::sql::current_version(connection());
  if (current < newest) {
    if (connection().engine() == gw::sql::Engine::Mysql)
      throw std::runtime_error("the database has schema " + std::to_string(current) +
                               ", this program needs " + std::to_string(newest) +
                               ": run groupwarectl migrate");
    gw::sql::migrate(connection());
  }
  if (current > newest)
    throw std::runtime_error("the database has schema " + std::to_string(current) +
                             ", newer than this program's " + std::to_string(newest) +
                             ": install the new version");
  release();
}

std::unique_ptr<gw::model::UnitOfWork> Tool::work_for(const ContextChoice& choice) {
  const auto context = load_context(choice);
  return std::make_unique<gw::model::UnitOfWork>(
      environment(), gw::model::contexts::provisioning_caller(context.id, context.admin));
}

std::unique_ptr<gw::model::UnitOfWork> Tool::work_for_new() {
  require_schema();
  return std::make_unique<gw::model::UnitOfWork>(environment(), gw::model::Caller{});
}

gw::model::contexts::Context Tool::load_context(const ContextChoice& choice) {
  if (choice.name.empty()) throw UsageError("no context given");
  require_schema();
  auto found = gw::model::contexts::find_context(connection(), choice.name);
  release();
  if (!found)
    throw ProvisioningError(ProvisioningError::Kind::NotFound,
                            "Context \"" + choice.name + "\" does not exist");
  return std::move(*found);
}

gw::model::users::User Tool::load_user(gw::model::UnitOfWork& work, const UserChoice& choice) {
  if (choice.login.empty() && !choice.id) throw UsageError("no user given: use --name or --id");
  const auto found =
      choice.id ? gw::model::users::find_user(work.connection(), work.context(), gw::UserId(*choice.id))
                : gw::model::users::find_by_login(work.connection(), work.context(), choice.login);
  if (!found) {
    const std::string name = choice.id ? std::to_string(*choice.id) : choice.login;
    throw ProvisioningError(ProvisioningError::Kind::NotFound, "User \"" + name + "\" does not exist");
  }
  return *found;
}

void Tool::print(const gw::Json& object) const {
  if (json) {
    std::cout << object.dump() << '\n';
    return;
  }
  object.for_each_member([](std::string_view name, const gw::Json& value) {
    std::cout << name << ": " << to_text(value) << '\n';
  });
}

void Tool::print_list(const gw::Json& objects) const {
  if (json) {
    std::cout << objects.dump() << '\n';
    return;
  }
  for (std::size_t i = 0; i < objects.size(); ++i) {
    std::string line;
    objects.at(i).for_each_member([&](std::string_view, const gw::Json& value) {
      if (!line.empty()) line += '\t';
      line += to_text(value);
    });
    std::cout << line << '\n';
  }
}

std::string one_line(std::string_view text) {
  std::string line = gw::replace_invalid_utf8(text);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return line;
}

std::optional<std::string> read_password_hash(const PasswordOptions& options) {
  const int given = (options.plain.empty() ? 0 : 1) + (options.from_stdin ? 1 : 0) +
                    (options.file.empty() ? 0 : 1) + (options.hash.empty() ? 0 : 1);
  if (given == 0) return std::nullopt;
  if (given > 1) throw UsageError("give the password in one way only");
  if (!options.hash.empty()) return options.hash;
  std::string password = options.plain;
  if (options.from_stdin) password = first_line(std::cin);
  if (!options.file.empty()) {
    std::ifstream file(options.file);
    if (!file) throw UsageError("cannot read the password file " + options.file);
    password = first_line(file);
  }
  gw::model::users::check_new_password(password);
  return gw::session::hash_password(password);
}

}  // namespace groupwarectl
