// groupwarectl group …: the same rules and errors as the web API (GRP-…).
#include <algorithm>
#include <memory>

#include "core/text.hpp"
#include "groupwarectl/commands.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/field_json.hpp"
#include "model/groups/group_service.hpp"

namespace groupwarectl {
namespace {

namespace groups = gw::model::groups;

struct GroupOptions {
  ContextChoice context;
  std::optional<std::int64_t> id;
  std::string name;
};

struct CreateGroupOptions {
  ContextChoice context;
  std::string name;
  std::string display_name;
  std::vector<std::string> members;
};

struct ChangeGroupOptions {
  GroupOptions chosen;
  std::string new_name;
  std::string display_name;
  std::vector<std::string> add_members;
  std::vector<std::string> remove_members;
};

gw::Json to_json(const groups::Group& group) {
  return gw::model::write_object(group, groups::group_fields(), {});
}

gw::GroupId choose_group(gw::model::UnitOfWork& work, const GroupOptions& options) {
  if (options.id) return gw::GroupId(*options.id);
  if (options.name.empty()) throw UsageError("no group given: use --id or --name");
  for (const groups::Group& group : groups::list_groups(work))
    if (gw::equal_ignoring_ascii_case(group.name.value_or(""), options.name)) return gw::GroupId(group.id);
  throw gw::model::ProvisioningError(gw::model::ProvisioningError::Kind::NotFound,
                                     "Group \"" + options.name + "\" does not exist");
}

/// Logins or numbers.
std::vector<std::int64_t> resolve_members(Tool& tool, gw::model::UnitOfWork& work,
                                          const std::vector<std::string>& names) {
  std::vector<std::int64_t> members;
  for (const std::string& name : names) {
    const auto number = gw::parse_integer(name);
    members.push_back(tool.load_user(work, {number ? "" : name, number}).id.value);
  }
  work.release();
  return members;
}

gw::Json to_array(const std::vector<std::int64_t>& numbers) {
  gw::Json array = gw::Json::array();
  for (const std::int64_t number : numbers) array.append(gw::Json::integer(number));
  return array;
}

int create_group(Tool& tool, const CreateGroupOptions& options) {
  const auto work = tool.work_for(options.context);
  gw::Json data = gw::Json::object();
  data.set("name", gw::Json::string(options.name));
  data.set("display_name",
           gw::Json::string(options.display_name.empty() ? options.name : options.display_name));
  data.set("members", to_array(resolve_members(tool, *work, options.members)));
  tool.print(to_json(groups::create_group(*work, groups::parse_group(data, true))));
  return 0;
}

int change_group(Tool& tool, const ChangeGroupOptions& options) {
  const auto work = tool.work_for(options.chosen.context);
  const gw::GroupId id = choose_group(*work, options.chosen);
  groups::Group group = groups::load_group(*work, id);
  gw::Json data = gw::Json::object();
  if (!options.new_name.empty()) data.set("name", gw::Json::string(options.new_name));
  if (!options.display_name.empty()) data.set("display_name", gw::Json::string(options.display_name));
  for (const std::int64_t member : resolve_members(tool, *work, options.add_members))
    group.members.push_back(member);
  for (const std::int64_t member : resolve_members(tool, *work, options.remove_members))
    std::erase(group.members, member);
  if (!options.add_members.empty() || !options.remove_members.empty())
    data.set("members", to_array(group.members));
  // The version that was read: somebody else's change in between is an error, not lost.
  tool.print(to_json(groups::update_group(*work, id, groups::parse_group(data, false), group.last_modified)));
  return 0;
}

int remove_group(Tool& tool, const GroupOptions& options) {
  const auto work = tool.work_for(options.context);
  const gw::GroupId ids[] = {choose_group(*work, options)};
  groups::delete_groups(*work, ids, gw::model::contacts::kAnyVersion);
  tool.print(gw::Json::object().set("id", gw::Json::integer(ids[0].value)));
  return 0;
}

int show_group(Tool& tool, const GroupOptions& options) {
  const auto work = tool.work_for(options.context);
  tool.print(to_json(groups::load_group(*work, choose_group(*work, options))));
  return 0;
}

int list_groups(Tool& tool, const ContextChoice& context) {
  const auto work = tool.work_for(context);
  gw::Json all = gw::Json::array();
  for (const groups::Group& group : groups::list_groups(*work)) all.append(to_json(group));
  tool.print_list(all);
  return 0;
}

void add_group_choice(CLI::App* command, GroupOptions& options) {
  add_context_option(command, options.context);
  add_object_options(command, options.id, options.name, "group", "Simple name");
}

}  // namespace

void add_group_commands(CommandLine line) {
  CLI::App* group = line.app.add_subcommand("group", "Groups of users")->require_subcommand(1);
  auto created = std::make_shared<CreateGroupOptions>();
  CLI::App* command = add_command(line, group, "create", "Make a group", created, create_group);
  add_context_option(command, created->context);
  command->add_option("--name", created->name, "Simple name")->required()->check(not_empty());
  command->add_option("--display-name", created->display_name, "Display name; default: the simple name");
  command->add_option("--member", created->members, "Login or number of a user; may be repeated");

  auto changed = std::make_shared<ChangeGroupOptions>();
  command = add_command(line, group, "change", "Change names or members", changed, change_group);
  add_group_choice(command, changed->chosen);
  command->add_option("--new-name", changed->new_name, "New simple name")->check(not_empty());
  command->add_option("--display-name", changed->display_name, "New display name");
  command->add_option("--add-member", changed->add_members, "Login or number of a user; may be repeated");
  command->add_option("--remove-member", changed->remove_members,
                      "Login or number of a user; may be repeated");

  add_choosing_command(line, group, "delete", "Delete a group and its permissions", add_group_choice,
                       remove_group);
  add_choosing_command(line, group, "show", "Show one group", add_group_choice, show_group);
  auto context = std::make_shared<ContextChoice>();
  add_context_option(add_command(line, group, "list", "List the groups", context, list_groups), *context);
}

}  // namespace groupwarectl
