// groupwarectl database …: databases beside the home database, to which contexts are spread.
#include <memory>

#include "groupwarectl/commands.hpp"
#include "groupwarectl/exit_code.hpp"
#include "model/databases/databases.hpp"

namespace groupwarectl {
namespace {

namespace databases = gw::model::databases;
using databases::RegisteredDatabase;

constexpr std::int64_t kUsualContexts = 1'000;

struct DatabaseOptions {
  std::int64_t id = 0;
  std::string name;
  std::string url;
  std::optional<std::int64_t> max_contexts;
  std::optional<std::int64_t> connections;
};

struct NoOptions {};

gw::Json to_json(const RegisteredDatabase& database) {
  return gw::Json::object()
      .set("id", gw::Json::integer(database.id))
      .set("name", gw::Json::string(database.name))
      .set("url", gw::Json::string(databases::public_url(database.url)))
      .set("contexts", gw::Json::integer(database.units))
      .set("max_contexts", gw::Json::integer(database.max_units))
      .set("connections", gw::Json::integer(database.pool_max));
}

RegisteredDatabase change(RegisteredDatabase database, const DatabaseOptions& options) {
  if (!options.name.empty()) database.name = options.name;
  if (!options.url.empty()) database.url = options.url;
  database.max_units = options.max_contexts.value_or(database.max_units);
  database.pool_max = options.connections.value_or(database.pool_max);
  return database;
}

RegisteredDatabase load(gw::sql::Scope& home, std::int64_t id) {
  auto found = databases::find_database(home.connection(), id);
  home.release();
  if (!found)
    throw gw::model::ProvisioningError(gw::model::ProvisioningError::Kind::NotFound,
                                       "Database " + std::to_string(id) + " does not exist");
  return std::move(*found);
}

int register_database(Tool& tool, const DatabaseOptions& options) {
  tool.require_schema();
  RegisteredDatabase wanted;
  wanted.max_units = kUsualContexts;
  wanted = change(wanted, options);
  databases::prepare_database(tool.environment().pool.settings(), wanted);
  gw::sql::Scope home(tool.environment().pool);
  tool.print(to_json(databases::add_database(home, wanted)));
  return kOk;
}

int change_database(Tool& tool, const DatabaseOptions& options) {
  tool.require_schema();
  gw::sql::Scope home(tool.environment().pool);
  const RegisteredDatabase before = load(home, options.id);
  const RegisteredDatabase changed = change(before, options);
  if (changed.url != before.url) databases::prepare_database(tool.environment().pool.settings(), changed);
  databases::change_database(home, changed);
  tool.print(to_json(changed));
  return kOk;
}

int unregister_database(Tool& tool, const DatabaseOptions& options) {
  tool.require_schema();
  gw::sql::Scope home(tool.environment().pool);
  databases::remove_database(home, options.id);
  tool.print(gw::Json::object().set("id", gw::Json::integer(options.id)));
  return kOk;
}

int list_databases(Tool& tool, const NoOptions&) {
  tool.require_schema();
  gw::Json all = gw::Json::array();
  for (const RegisteredDatabase& each : databases::list_databases(tool.connection()))
    all.append(to_json(each));
  tool.release();
  tool.print_list(all);
  return kOk;
}

void add_fields(CLI::App* command, DatabaseOptions& options, bool is_new) {
  auto* name = command->add_option("--name", options.name, "What people call it")->check(not_empty());
  auto* url =
      command
          ->add_option("--url", options.url,
                       "sqlite:/path or mysql://user:password@host:port/name, as in GroupwareDatabase")
          ->check(not_empty());
  if (is_new) {
    name->required();
    url->required();
  }
  command->add_option("--max-contexts", options.max_contexts,
                      "Contexts it may hold (default 1000); -1 is unlimited, 0 takes no new ones");
  command->add_option("--connections", options.connections,
                      "Connections of each server process; 0 (default) as many as to the home database");
}

}  // namespace

void add_registered_database_commands(CommandLine line) {
  CLI::App* group =
      line.app.add_subcommand("database", "Databases that contexts are spread to")->require_subcommand(1);
  auto added = std::make_shared<DatabaseOptions>();
  add_fields(add_command(line, group, "register", "Make a database ready and let new contexts go there",
                         added, register_database),
             *added, true);
  auto changed = std::make_shared<DatabaseOptions>();
  CLI::App* command =
      add_command(line, group, "change", "Change name, address or limits", changed, change_database);
  command->add_option("--id", changed->id, "Number of the database")->required();
  add_fields(command, *changed, false);
  auto removed = std::make_shared<DatabaseOptions>();
  command = add_command(line, group, "unregister", "Forget a database without contexts", removed,
                        unregister_database);
  command->add_option("--id", removed->id, "Number of the database")->required();
  add_command(line, group, "list", "List them", std::make_shared<NoOptions>(), list_databases);
}

}  // namespace groupwarectl
