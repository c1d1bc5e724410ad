// groupwarectl user …
#include <memory>

#include "groupwarectl/commands.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/field_json.hpp"
#include "model/settings/availability.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"

namespace groupwarectl {
namespace {

namespace users = gw::model::users;

struct UserOptions {
  ContextChoice context;
  UserChoice user;
};

/// What create and change share. Empty strings were not given.
struct UserDataOptions {
  std::optional<std::string> mail;
  std::vector<std::string> aliases;
  std::optional<std::string> display_name;
  std::optional<std::string> given_name;
  std::optional<std::string> surname;
  std::optional<std::string> language;
  std::optional<std::string> timezone;
  std::optional<std::int64_t> quota;
  std::optional<std::string> imap_login;
  std::vector<std::string> modules;
  PasswordOptions password;
};

struct CreateUserOptions {
  ContextChoice context;
  std::string login;
  UserDataOptions data;
  std::vector<std::string> fields;
};

struct ChangeUserOptions {
  UserOptions chosen;
  std::string new_login;
  UserDataOptions data;
};

struct DeleteUserOptions {
  UserOptions chosen;
  std::string heir;
  bool drops_public_entries = false;
};

gw::Json to_json(const users::User& user) {
  const auto strings = [](const std::vector<std::string>& texts) {
    gw::Json array = gw::Json::array();
    for (const std::string& text : texts) array.append(gw::Json::string(text));
    return array;
  };
  gw::Json groups = gw::Json::array();
  for (const gw::GroupId group : user.groups) groups.append(gw::Json::integer(group.value));
  gw::Json object = gw::Json::object();
  object.set("id", gw::Json::integer(user.id.value));
  object.set("name", gw::Json::string(user.login));
  object.set("enabled", gw::Json::boolean(user.enabled));
  object.set("display_name", gw::Json::string(user.display_name));
  object.set("mail", gw::Json::string(user.mail));
  object.set("aliases", strings(user.aliases));
  object.set("language", gw::Json::string(user.locale));
  object.set("timezone", gw::Json::string(user.timezone));
  object.set("quota", gw::Json::integer(user.file_quota));
  object.set("imap_login", gw::Json::string(user.imap_login.value_or(user.login)));
  object.set("groups", std::move(groups));
  object.set("modules", strings(gw::model::settings::module_ids(user.modules)));
  return object;
}

/// `+id` adds, `-id` removes; a plain id starts a new set.
gw::model::ModuleSet parse_modules(const std::vector<std::string>& words, gw::model::ModuleSet modules) {
  bool is_replaced = false;
  for (const std::string& word : words) {
    const bool has_sign = !word.empty() && (word.front() == '+' || word.front() == '-');
    const std::string id = has_sign ? word.substr(1) : word;
    const auto module = gw::model::settings::find_module(id);
    if (!module) throw UsageError("unknown module \"" + id + "\"");
    if (!has_sign && !is_replaced) {
      modules.bits = 0;
      is_replaced = true;
    }
    modules.set(*module, !has_sign || word.front() == '+');
  }
  return modules;
}

/// `--field company=Example` for any field of contacts, under the rules of the web API.
gw::model::contacts::Contact parse_fields(const std::vector<std::string>& fields) {
  const auto table = gw::model::contacts::contact_fields();
  gw::Json values = gw::Json::object();
  for (const std::string& field : fields) {
    const std::size_t equals = field.find('=');
    const std::string name = field.substr(0, equals);
    if (equals == std::string::npos || gw::model::find_json(table, name) < 0)
      throw UsageError("\"" + field + "\" is not name=value with the name of a contact field");
    values.set(name, gw::Json::string(std::string_view(field).substr(equals + 1)));
  }
  return gw::model::contacts::parse_contact(values, true).contact;
}

void assign(gw::model::contacts::Text& target, const std::optional<std::string>& value) {
  if (value && !value->empty()) target = *value;
}

int create_user(Tool& tool, const CreateUserOptions& options) {
  users::NewUser wanted;
  wanted.login = options.login;
  wanted.contact = parse_fields(options.fields);
  assign(wanted.contact.display_name, options.data.display_name);
  assign(wanted.contact.first_name, options.data.given_name);
  assign(wanted.contact.last_name, options.data.surname);
  wanted.mail = options.data.mail.value_or("");
  wanted.aliases = options.data.aliases;
  wanted.locale = options.data.language.value_or("");
  wanted.timezone = options.data.timezone.value_or("");
  wanted.file_quota = options.data.quota.value_or(-1);
  wanted.imap_login = options.data.imap_login;
  wanted.modules = parse_modules(options.data.modules, wanted.modules);
  const auto work = tool.work_for(options.context);
  if (users::find_by_login(work->connection(), work->context(), options.login))
    throw gw::model::ProvisioningError(gw::model::ProvisioningError::Kind::AlreadyExists,
                                       "A user named \"" + options.login + "\" already exists");
  work->release();
  wanted.password_hash = read_password_hash(options.data.password);
  tool.print(to_json(users::create_user(*work, wanted)));
  return 0;
}

int change_user(Tool& tool, const ChangeUserOptions& options) {
  const auto work = tool.work_for(options.chosen.context);
  const users::User user = tool.load_user(*work, options.chosen.user);
  work->release();
  users::UserChanges changes;
  if (!options.new_login.empty()) changes.login = options.new_login;
  changes.password_hash = read_password_hash(options.data.password);
  changes.mail = options.data.mail;
  if (!options.data.aliases.empty()) changes.aliases = options.data.aliases;
  changes.locale = options.data.language;
  changes.timezone = options.data.timezone;
  changes.file_quota = options.data.quota;
  changes.imap_login = options.data.imap_login;
  changes.display_name = options.data.display_name;
  changes.given_name = options.data.given_name;
  changes.surname = options.data.surname;
  if (!options.data.modules.empty()) changes.modules = parse_modules(options.data.modules, user.modules);
  tool.print(to_json(users::change_user(*work, user.id, changes)));
  return 0;
}

int set_user_enabled(Tool& tool, const UserOptions& options, bool enabled) {
  const auto work = tool.work_for(options.context);
  users::UserChanges changes;
  changes.enabled = enabled;
  tool.print(to_json(users::change_user(*work, tool.load_user(*work, options.user).id, changes)));
  return 0;
}

int enable_user(Tool& tool, const UserOptions& options) { return set_user_enabled(tool, options, true); }
int disable_user(Tool& tool, const UserOptions& options) { return set_user_enabled(tool, options, false); }

int remove_user(Tool& tool, const DeleteUserOptions& options) {
  if (options.drops_public_entries && !options.heir.empty())
    throw UsageError("--heir and --drop-public exclude each other");
  const auto work = tool.work_for(options.chosen.context);
  const gw::UserId id = tool.load_user(*work, options.chosen.user).id;
  users::Inheritance inheritance{.drops_public_entries = options.drops_public_entries};
  if (!options.heir.empty()) inheritance.heir = tool.load_user(*work, {options.heir, {}}).id;
  users::delete_user(*work, id, inheritance);
  tool.print(gw::Json::object().set("id", gw::Json::integer(id.value)));
  return 0;
}

int show_user(Tool& tool, const UserOptions& options) {
  const auto work = tool.work_for(options.context);
  tool.print(to_json(tool.load_user(*work, options.user)));
  return 0;
}

int list_users(Tool& tool, const ContextChoice& context) {
  const auto work = tool.work_for(context);
  gw::Json all = gw::Json::array();
  for (const users::User& user : users::list_users(work->connection(), work->context()))
    all.append(to_json(user));
  tool.print_list(all);
  return 0;
}

struct SetPasswordOptions {
  UserOptions chosen;
  PasswordOptions password;
};

int set_password(Tool& tool, const SetPasswordOptions& options) {
  if (!options.password.any()) throw UsageError("no password given");
  const auto work = tool.work_for(options.chosen.context);
  const gw::UserId id = tool.load_user(*work, options.chosen.user).id;
  work->release();
  users::store_password_hash(*work, id, *read_password_hash(options.password));
  tool.print(gw::Json::object().set("id", gw::Json::integer(id.value)));
  return 0;
}

void add_user_choice(CLI::App* command, UserOptions& options) {
  add_context_option(command, options.context);
  add_object_options(command, options.user.id, options.user.login, "user", "Login");
}

void add_user_data(CLI::App* command, UserDataOptions& data) {
  command->add_option("--mail", data.mail, "Primary mail address");
  command->add_option("--alias", data.aliases, "Further mail address; may be repeated");
  command->add_option("--display-name", data.display_name, "Display name, unique in the context");
  command->add_option("--given-name", data.given_name, "Given name");
  command->add_option("--surname", data.surname, "Surname");
  command->add_option("--language", data.language, "Language, such as en_US");
  command->add_option("--timezone", data.timezone, "Time zone, such as Europe/Berlin");
  command->add_option("--quota", data.quota, "File quota in bytes; -1 is unlimited");
  command->add_option("--imap-login", data.imap_login, "Name at the mail server; default: the login");
  command->add_option("--module", data.modules, "+id adds, -id removes, plain ids replace; may be repeated");
  add_password_options(command, data.password);
}

}  // namespace

void add_user_commands(CommandLine line) {
  CLI::App* group = line.app.add_subcommand("user", "Users of a context")->require_subcommand(1);
  auto created = std::make_shared<CreateUserOptions>();
  CLI::App* command =
      add_command(line, group, "create", "Make a user with contact and folders", created, create_user);
  add_context_option(command, created->context);
  command->add_option("--name", created->login, "Login")->required()->check(not_empty());
  command->add_option("--field", created->fields, "name=value for any contact field; may be repeated");
  add_user_data(command, created->data);

  auto changed = std::make_shared<ChangeUserOptions>();
  command = add_command(line, group, "change", "Change a user", changed, change_user);
  add_user_choice(command, changed->chosen);
  command->add_option("--new-name", changed->new_login, "New login")->check(not_empty());
  add_user_data(command, changed->data);

  auto removed = std::make_shared<DeleteUserOptions>();
  command = add_command(line, group, "delete", "Delete a user; shared data goes to the administrator",
                        removed, remove_user);
  add_user_choice(command, removed->chosen);
  command->add_option("--heir", removed->heir, "Login of the user who gets it instead")->check(not_empty());
  command->add_flag("--drop-public", removed->drops_public_entries,
                    "Delete what he made in public folders, too");
  add_choosing_command(line, group, "show", "Show one user", add_user_choice, show_user);
  add_choosing_command(line, group, "enable", "Let the user log in again", add_user_choice, enable_user);
  add_choosing_command(line, group, "disable", "Lock the user out at once", add_user_choice, disable_user);

  add_user_import(line, group);

  auto password = std::make_shared<SetPasswordOptions>();
  command = add_command(line, group, "password", "Set the password", password, set_password);
  add_user_choice(command, password->chosen);
  add_password_options(command, password->password);

  add_multifactor_command(line, group);

  auto context = std::make_shared<ContextChoice>();
  add_context_option(add_command(line, group, "list", "List the users", context, list_users), *context);
}

}  // namespace groupwarectl
