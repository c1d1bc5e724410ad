// groupwarectl context …
#include <memory>

#include "groupwarectl/commands.hpp"
#include "model/contexts/downgrade.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/users/provisioning_error.hpp"

namespace groupwarectl {
namespace {

namespace contexts = gw::model::contexts;

struct CreateContextOptions {
  std::optional<std::int64_t> id;
  std::string name;
  std::vector<std::string> mappings;
  std::int64_t quota = -1;
  std::string admin = "oxadmin";
  std::string admin_mail;
  std::string admin_display_name;
  std::string admin_given_name;
  std::string admin_surname;
  std::string language;
  std::string timezone;
  std::optional<std::int64_t> database;
  PasswordOptions password;
};

struct ContextOptions {
  std::optional<std::int64_t> id;
  std::string name;
};

struct ChangeContextOptions {
  ContextOptions chosen;
  std::string new_name;
  std::optional<std::int64_t> quota;
  std::vector<std::string> add_mappings;
  std::vector<std::string> remove_mappings;
};

ContextChoice to_choice(const ContextOptions& options) {
  if (options.id) return {std::to_string(*options.id)};
  if (options.name.empty()) throw UsageError("no context given: use --id or --name");
  return {options.name};
}

gw::Json to_json(const contexts::Context& context) {
  gw::Json mappings = gw::Json::array();
  for (const std::string& mapping : context.mappings) mappings.append(gw::Json::string(mapping));
  gw::Json object = gw::Json::object();
  object.set("id", gw::Json::integer(context.id.value));
  object.set("name", gw::Json::string(context.name));
  object.set("enabled", gw::Json::boolean(context.enabled));
  object.set("admin", gw::Json::integer(context.admin.value));
  object.set("quota", gw::Json::integer(context.file_quota));
  object.set("mappings", std::move(mappings));
  object.set("database", gw::Json::integer(context.database));
  return object;
}

gw::model::contacts::Text optional_text(const std::string& value) {
  return value.empty() ? gw::model::contacts::Text() : gw::model::contacts::Text(value);
}

int create_context(Tool& tool, const CreateContextOptions& options) {
  contexts::NewContext wanted;
  if (options.id) wanted.id = gw::ContextId(*options.id);
  wanted.name = options.name;
  wanted.mappings = options.mappings;
  wanted.file_quota = options.quota;
  wanted.database = options.database;
  wanted.admin.login = options.admin;
  wanted.admin.mail = options.admin_mail;
  wanted.admin.locale = options.language;
  wanted.admin.timezone = options.timezone;
  wanted.admin.contact.display_name = optional_text(options.admin_display_name);
  wanted.admin.contact.first_name = optional_text(options.admin_given_name);
  wanted.admin.contact.last_name = optional_text(options.admin_surname);
  const auto work = tool.work_for_new();
  // Before the slow hash: a script that runs twice learns at once that the context is there.
  if (options.id && contexts::find_context(tool.connection(), *wanted.id))
    throw gw::model::ProvisioningError(gw::model::ProvisioningError::Kind::AlreadyExists,
                                       "Context " + std::to_string(*options.id) + " already exists");
  tool.release();
  wanted.admin.password_hash = read_password_hash(options.password);
  if (!wanted.admin.password_hash) throw UsageError("the context administrator needs a password");
  tool.print(to_json(contexts::create_context(*work, wanted)));
  return 0;
}

int change_context(Tool& tool, const ChangeContextOptions& options) {
  const auto work = tool.work_for(to_choice(options.chosen));
  contexts::ContextChanges changes;
  if (!options.new_name.empty()) changes.name = options.new_name;
  changes.file_quota = options.quota;
  changes.add_mappings = options.add_mappings;
  changes.remove_mappings = options.remove_mappings;
  tool.print(to_json(contexts::change_context(*work, changes)));
  return 0;
}

int set_context_enabled(Tool& tool, const ContextOptions& options, bool enabled) {
  const auto work = tool.work_for(to_choice(options));
  contexts::ContextChanges changes;
  changes.enabled = enabled;
  tool.print(to_json(contexts::change_context(*work, changes)));
  return 0;
}

int enable_context(Tool& tool, const ContextOptions& options) {
  return set_context_enabled(tool, options, true);
}
int disable_context(Tool& tool, const ContextOptions& options) {
  return set_context_enabled(tool, options, false);
}

int remove_context(Tool& tool, const ContextOptions& options) {
  const auto work = tool.work_for(to_choice(options));
  contexts::delete_context(*work);
  tool.print(gw::Json::object().set("id", gw::Json::integer(work->context().value)));
  return 0;
}

int downgrade_context(Tool& tool, const ContextOptions& options) {
  const auto work = tool.work_for(to_choice(options));
  gw::Json answer = gw::Json::object();
  answer.set("id", gw::Json::integer(work->context().value));
  answer.set("folders", gw::Json::integer(contexts::drop_unreachable_data(*work)));
  tool.print(answer);
  return 0;
}

int show_context(Tool& tool, const ContextOptions& options) {
  tool.print(to_json(tool.load_context(to_choice(options))));
  return 0;
}

struct ContextListOptions {};

int list_contexts(Tool& tool, const ContextListOptions&) {
  tool.require_schema();
  gw::Json all = gw::Json::array();
  for (const auto& context : contexts::list_contexts(tool.connection())) all.append(to_json(context));
  tool.print_list(all);
  return 0;
}

void add_context_choice(CLI::App* command, ContextOptions& options) {
  auto* id = command->add_option("--id", options.id, "Number of the context");
  command->add_option("--name", options.name, "Name or mapping of the context")
      ->excludes(id)
      ->check(not_empty());
}

void add_context_creation(CommandLine line, CLI::App* group) {
  auto options = std::make_shared<CreateContextOptions>();
  CLI::App* command =
      add_command(line, group, "create", "Make a context with its administrator", options, create_context);
  command->add_option("--id", options->id, "Number; default: one more than the greatest");
  command->add_option("--name", options->name, "Unique name, the part after @ at login")->check(not_empty());
  command->add_option("--mapping", options->mappings, "Further name for logins; may be repeated")
      ->check(not_empty());
  command->add_option("--quota", options->quota, "File quota in bytes; -1 is unlimited");
  command->add_option("--admin", options->admin, "Login of the administrator")->check(not_empty());
  command->add_option("--admin-mail", options->admin_mail, "Mail address of the administrator");
  command->add_option("--admin-display-name", options->admin_display_name,
                      "Display name of the administrator");
  command->add_option("--admin-given-name", options->admin_given_name, "Given name of the administrator");
  command->add_option("--admin-surname", options->admin_surname, "Surname of the administrator");
  command->add_option("--language", options->language, "Language of the administrator, such as en_US");
  command->add_option("--timezone", options->timezone,
                      "Time zone of the administrator, such as Europe/Berlin");
  command->add_option(
      "--database-id", options->database,
      "Registered database for its data, 0 for the home database; default: where there is most room");
  add_password_options(command, options->password);
}

void add_context_change(CommandLine line, CLI::App* group) {
  auto options = std::make_shared<ChangeContextOptions>();
  CLI::App* command =
      add_command(line, group, "change", "Change name, quota or mappings", options, change_context);
  add_context_choice(command, options->chosen);
  command->add_option("--new-name", options->new_name, "New name")->check(not_empty());
  command->add_option("--quota", options->quota, "File quota in bytes; -1 is unlimited");
  command->add_option("--add-mapping", options->add_mappings, "Name to add for logins; may be repeated");
  command->add_option("--remove-mapping", options->remove_mappings, "Name to remove; may be repeated");
}

}  // namespace

void add_context_commands(CommandLine line) {
  CLI::App* group = line.app.add_subcommand("context", "Tenants")->require_subcommand(1);
  add_context_creation(line, group);
  add_context_change(line, group);
  add_choosing_command(line, group, "delete", "Delete a context with everything in it", add_context_choice,
                       remove_context);
  add_choosing_command(line, group, "downgrade", "Delete data of modules that users lost", add_context_choice,
                       downgrade_context);
  add_choosing_command(line, group, "show", "Show one context", add_context_choice, show_context);
  add_choosing_command(line, group, "enable", "Let people log in again", add_context_choice, enable_context);
  add_choosing_command(line, group, "disable", "Lock everybody out at once", add_context_choice,
                       disable_context);
  add_command(line, group, "list", "List all contexts", std::make_shared<ContextListOptions>(),
              list_contexts);
}

}  // namespace groupwarectl
