// groupwarectl master …: who administers the whole installation by SOAP, REST and the known tools.
#include <memory>

#include "groupwarectl/commands.hpp"
#include "model/administration/administrators.hpp"

namespace groupwarectl {
namespace {

struct MasterOptions {
  std::string login = "oxadminmaster";
  PasswordOptions password;
};
struct MasterListOptions {};

int set_master(Tool& tool, const MasterOptions& options) {
  if (!options.password.any()) throw UsageError("no password given");
  tool.require_schema();
  gw::sql::Scope database(tool.environment().pool);
  gw::model::administration::store_administrator(
      database, options.login, *read_password_hash(options.password), tool.environment().clock.now());
  tool.print(gw::Json::object().set("name", gw::Json::string(options.login)));
  return 0;
}

int remove_master(Tool& tool, const MasterOptions& options) {
  tool.require_schema();
  gw::sql::Scope database(tool.environment().pool);
  if (!gw::model::administration::remove_administrator(database, options.login))
    throw gw::model::ProvisioningError(gw::model::ProvisioningError::Kind::NotFound,
                                       "Administrator \"" + options.login + "\" does not exist");
  tool.print(gw::Json::object().set("name", gw::Json::string(options.login)));
  return 0;
}

int list_masters(Tool& tool, const MasterListOptions&) {
  tool.require_schema();
  gw::Json all = gw::Json::array();
  for (const std::string& login : gw::model::administration::list_administrators(tool.connection()))
    all.append(gw::Json::object().set("name", gw::Json::string(login)));
  tool.print_list(all);
  return 0;
}

void add_login_option(CLI::App* command, MasterOptions& options) {
  command->add_option("--name", options.login, "Login; default: oxadminmaster")->check(not_empty());
}

}  // namespace

void add_master_commands(CommandLine line) {
  CLI::App* group =
      line.app.add_subcommand("master", "Administrators of the installation")->require_subcommand(1);
  auto set = std::make_shared<MasterOptions>();
  CLI::App* command =
      add_command(line, group, "set", "Make one, or give him a new password", set, set_master);
  add_login_option(command, *set);
  add_password_options(command, set->password);
  add_choosing_command(line, group, "delete", "Take one's rights away", add_login_option, remove_master);
  add_command(line, group, "list", "List them", std::make_shared<MasterListOptions>(), list_masters);
}

}  // namespace groupwarectl
