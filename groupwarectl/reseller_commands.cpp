// groupwarectl reseller …: administrators who see their own contexts only, and what they may have at most.
#include <memory>

#include "groupwarectl/commands.hpp"
#include "model/administration/reseller_limits.hpp"
#include "model/users/provisioning_error.hpp"
#include "provisioning/reseller_data.hpp"

namespace groupwarectl {
namespace {

namespace administration = gw::model::administration;
using administration::Reseller;
using administration::Restriction;

struct ResellerOptions {
  std::string login;
};
struct ResellerEditOptions {
  std::string login;
  std::string display_name;
  std::string parent;
  std::vector<std::string> restrictions;
  PasswordOptions password;
};
struct AssignOptions {
  std::string login;
  ContextChoice context;
};
struct ResellerListOptions {};

Reseller load_reseller(Tool& tool, const std::string& login) {
  auto found = administration::find_reseller(tool.connection(), login);
  if (!found)
    throw gw::model::ProvisioningError(gw::model::ProvisioningError::Kind::NotFound,
                                       "Reseller \"" + login + "\" does not exist");
  return std::move(*found);
}

/// `NAME=VALUE` each; without value it goes. `known`: what is there already.
std::vector<Restriction> with_restrictions(Tool& tool, const std::vector<std::string>& words,
                                           std::vector<Restriction> known) {
  gw::provisioning::AccessCombinations combinations;
  if (const std::string& file = tool.settings().provisioning.combinations_file; !file.empty())
    combinations.add_file(file);
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos)
      throw UsageError("--restriction is NAME=VALUE, or NAME= to take it away");
    const std::string name = word.substr(0, equals), value = word.substr(equals + 1);
    std::erase_if(known, [&name](const Restriction& each) { return each.name == name; });
    if (!value.empty())
      known.push_back(gw::provisioning::read_restriction(combinations, name, value,
                                                         gw::provisioning::RestrictionOf::Reseller));
  }
  return known;
}

int show_reseller(Tool& tool, const ResellerOptions& options) {
  tool.require_schema();
  const Reseller reseller = load_reseller(tool, options.login);
  tool.print(gw::provisioning::write_reseller(tool.connection(), reseller));
  return 0;
}

int create_reseller(Tool& tool, const ResellerEditOptions& options) {
  if (!options.password.any()) throw UsageError("no password given");
  tool.require_schema();
  Reseller wanted;
  wanted.login = options.login;
  wanted.display_name = options.display_name.empty() ? options.login : options.display_name;
  if (!options.parent.empty()) wanted.parent = load_reseller(tool, options.parent).id;
  tool.release();
  const auto restrictions = with_restrictions(tool, options.restrictions, {});
  wanted.password_hash = *read_password_hash(options.password);
  gw::sql::Scope database(tool.environment().pool);
  const Reseller made =
      administration::create_reseller(database, wanted, restrictions, tool.environment().clock.now());
  tool.print(gw::provisioning::write_reseller(database.connection(), made));
  return 0;
}

int change_reseller(Tool& tool, const ResellerEditOptions& options) {
  tool.require_schema();
  const Reseller reseller = load_reseller(tool, options.login);
  administration::ResellerChanges changes;
  if (!options.display_name.empty()) changes.display_name = options.display_name;
  if (!options.restrictions.empty())
    changes.restrictions = with_restrictions(tool, options.restrictions,
                                             administration::restrictions_of(tool.connection(), reseller.id));
  tool.release();
  changes.password_hash = read_password_hash(options.password);
  gw::sql::Scope database(tool.environment().pool);
  administration::change_reseller(database, reseller.id, changes, tool.environment().clock.now());
  database.release();
  return show_reseller(tool, {reseller.login});
}

int remove_reseller(Tool& tool, const ResellerOptions& options) {
  tool.require_schema();
  const Reseller reseller = load_reseller(tool, options.login);
  tool.release();
  gw::sql::Scope database(tool.environment().pool);
  administration::delete_reseller(database, reseller.id);
  tool.print(gw::Json::object().set("name", gw::Json::string(reseller.login)));
  return 0;
}

int assign_context(Tool& tool, const AssignOptions& options) {
  const auto work = tool.work_for(options.context);
  const std::int64_t owner = options.login.empty() ? 0 : load_reseller(tool, options.login).id;
  tool.release();
  work->write([&](gw::model::Transaction& transaction) {
    transaction.stamp();
    administration::settle_owner(transaction, work->context(), owner);
  });
  tool.print(gw::Json::object()
                 .set("context", gw::Json::integer(work->context().value))
                 .set("reseller", gw::Json::string(options.login)));
  return 0;
}

int list_resellers(Tool& tool, const ResellerListOptions&) {
  tool.require_schema();
  gw::Json all = gw::Json::array();
  for (const Reseller& each : administration::list_resellers(tool.connection()))
    all.append(gw::Json::object()
                   .set("id", gw::Json::integer(each.id))
                   .set("name", gw::Json::string(each.login))
                   .set("displayname", gw::Json::string(each.display_name))
                   .set("parentId", gw::Json::integer(each.parent)));
  tool.print_list(all);
  return 0;
}

void add_login_option(CLI::App* command, ResellerOptions& options) {
  command->add_option("--name", options.login, "Login")->required()->check(not_empty());
}

void add_edit_options(CLI::App* command, ResellerEditOptions& options) {
  command->add_option("--name", options.login, "Login")->required()->check(not_empty());
  command->add_option("--display-name", options.display_name, "Name that people read")->check(not_empty());
  command->add_option("--restriction", options.restrictions,
                      "NAME=VALUE, such as Subadmin.MaxContext=20; repeatable; NAME= takes it away");
  add_password_options(command, options.password);
}

}  // namespace

void add_reseller_commands(CommandLine line) {
  CLI::App* group = line.app.add_subcommand("reseller", "Administrators who see their own contexts only")
                        ->require_subcommand(1);
  auto made = std::make_shared<ResellerEditOptions>();
  CLI::App* command = add_command(line, group, "create", "Make one", made, create_reseller);
  add_edit_options(command, *made);
  command->add_option("--parent", made->parent, "Login of the reseller above")->check(not_empty());
  auto changed = std::make_shared<ResellerEditOptions>();
  add_edit_options(add_command(line, group, "change", "Change one", changed, change_reseller), *changed);
  add_choosing_command(line, group, "delete", "Delete one who has no contexts", add_login_option,
                       remove_reseller);
  add_choosing_command(line, group, "show", "Show one", add_login_option, show_reseller);
  auto assigned = std::make_shared<AssignOptions>();
  command = add_command(line, group, "assign", "Give a context to one; without --name to the installation",
                        assigned, assign_context);
  command->add_option("--name", assigned->login, "Login")->check(not_empty());
  add_context_option(command, assigned->context);
  add_command(line, group, "list", "List them", std::make_shared<ResellerListOptions>(), list_resellers);
}

}  // namespace groupwarectl
