// groupwarectl resource …: the same rules and errors as the web API (RES-…).
#include <memory>

#include "core/text.hpp"
#include "groupwarectl/commands.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/field_json.hpp"
#include "model/resources/resource_service.hpp"

namespace groupwarectl {
namespace {

namespace resources = gw::model::resources;

struct ResourceOptions {
  ContextChoice context;
  std::optional<std::int64_t> id;
  std::string name;
};

struct ResourceDataOptions {
  std::optional<std::string> display_name;
  std::optional<std::string> mail;
  std::optional<std::string> description;
  std::optional<bool> available;
};

struct CreateResourceOptions {
  ContextChoice context;
  std::string name;
  ResourceDataOptions data;
};

struct ChangeResourceOptions {
  ResourceOptions chosen;
  std::string new_name;
  ResourceDataOptions data;
};

gw::Json to_json(const resources::Resource& resource) {
  return gw::model::write_object(resource, resources::resource_fields(), {});
}

void apply(gw::Json& values, const ResourceDataOptions& data) {
  if (data.display_name) values.set("display_name", gw::Json::string(*data.display_name));
  if (data.mail) values.set("mailaddress", gw::Json::string(*data.mail));
  if (data.description) values.set("description", gw::Json::string(*data.description));
  if (data.available) values.set("availability", gw::Json::boolean(*data.available));
}

gw::ResourceId choose_resource(gw::model::UnitOfWork& work, const ResourceOptions& options) {
  if (options.id) return gw::ResourceId(*options.id);
  if (options.name.empty()) throw UsageError("no resource given: use --id or --name");
  for (const resources::Resource& resource : resources::list_resources(work))
    if (gw::equal_ignoring_ascii_case(resource.name.value_or(""), options.name))
      return gw::ResourceId(resource.id);
  throw gw::model::ProvisioningError(gw::model::ProvisioningError::Kind::NotFound,
                                     "Resource \"" + options.name + "\" does not exist");
}

int create_resource(Tool& tool, const CreateResourceOptions& options) {
  const auto work = tool.work_for(options.context);
  gw::Json values = gw::Json::object();
  values.set("name", gw::Json::string(options.name));
  values.set("display_name", gw::Json::string(options.name));
  apply(values, options.data);
  tool.print(to_json(resources::create_resource(*work, resources::parse_resource(values, true))));
  return 0;
}

int change_resource(Tool& tool, const ChangeResourceOptions& options) {
  const auto work = tool.work_for(options.chosen.context);
  const gw::ResourceId id = choose_resource(*work, options.chosen);
  gw::Json values = gw::Json::object();
  if (!options.new_name.empty()) values.set("name", gw::Json::string(options.new_name));
  apply(values, options.data);
  const auto input = resources::parse_resource(values, false);
  tool.print(to_json(resources::update_resource(*work, id, input, gw::model::contacts::kAnyVersion)));
  return 0;
}

int remove_resource(Tool& tool, const ResourceOptions& options) {
  const auto work = tool.work_for(options.context);
  const gw::ResourceId ids[] = {choose_resource(*work, options)};
  resources::delete_resources(*work, ids, gw::model::contacts::kAnyVersion);
  tool.print(gw::Json::object().set("id", gw::Json::integer(ids[0].value)));
  return 0;
}

int show_resource(Tool& tool, const ResourceOptions& options) {
  const auto work = tool.work_for(options.context);
  tool.print(to_json(resources::load_resource(*work, choose_resource(*work, options))));
  return 0;
}

int list_resources(Tool& tool, const ContextChoice& context) {
  const auto work = tool.work_for(context);
  gw::Json all = gw::Json::array();
  for (const auto& resource : resources::list_resources(*work)) all.append(to_json(resource));
  tool.print_list(all);
  return 0;
}

void add_resource_choice(CLI::App* command, ResourceOptions& options) {
  add_context_option(command, options.context);
  add_object_options(command, options.id, options.name, "resource", "Simple name");
}

void add_resource_data(CLI::App* command, ResourceDataOptions& data) {
  command->add_option("--display-name", data.display_name, "Display name, unique in the context");
  command->add_option("--mail", data.mail, "Mail address, unique in the context");
  command->add_option("--description", data.description, "Free text");
  command->add_option("--available", data.available, "false: cannot be booked");
}

}  // namespace

void add_resource_commands(CommandLine line) {
  CLI::App* group = line.app.add_subcommand("resource", "Rooms and things to book")->require_subcommand(1);
  auto created = std::make_shared<CreateResourceOptions>();
  CLI::App* command = add_command(line, group, "create", "Make a resource", created, create_resource);
  add_context_option(command, created->context);
  command->add_option("--name", created->name, "Simple name")->required()->check(not_empty());
  add_resource_data(command, created->data);

  auto changed = std::make_shared<ChangeResourceOptions>();
  command = add_command(line, group, "change", "Change a resource", changed, change_resource);
  add_resource_choice(command, changed->chosen);
  command->add_option("--new-name", changed->new_name, "New simple name")->check(not_empty());
  add_resource_data(command, changed->data);

  add_choosing_command(line, group, "delete", "Delete a resource", add_resource_choice, remove_resource);
  add_choosing_command(line, group, "show", "Show one resource", add_resource_choice, show_resource);
  auto context = std::make_shared<ContextChoice>();
  add_context_option(add_command(line, group, "list", "List the resources", context, list_resources),
                     *context);
}

}  // namespace groupwarectl
