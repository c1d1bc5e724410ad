#include "groupwarectl/run_line.hpp"

#include <iostream>

#include "core/text.hpp"
#include "groupwarectl/batch.hpp"
#include "groupwarectl/commands.hpp"
#include "groupwarectl/exit_code.hpp"

namespace groupwarectl {
namespace {

int report(const Tool& tool, const Failure& failure) {
  const std::string line = one_line(failure.message);
  if (!tool.json) {
    std::cerr << "groupwarectl: " << line << '\n';
    return failure.exit;
  }
  gw::Json error = gw::Json::object();
  error.set("code", gw::Json::string(failure.code));
  error.set("message", gw::Json::string(line));
  error.set("exit", gw::Json::integer(failure.exit));
  std::cerr << gw::Json::object().set("error", std::move(error)).dump() << '\n';
  return failure.exit;
}

void add_global_options(CLI::App& app, Tool& tool) {
  app.add_option(
      "--database", tool.database_url,
      "sqlite:/path/file.db or mysql://user:password@host/name; else the variable GROUPWARE_DATABASE");
  app.add_option("--config", tool.config_file,
                 "Read GroupwareDatabase and GroupwareFileStore from this httpd configuration file");
  app.add_option(
      "--file-store", tool.file_store,
      "Where files are kept, such as file:/path; else GroupwareFileStore of --config, or the variable "
      "GROUPWARE_FILE_STORE");
  app.add_flag("--json", tool.json, "Answers and errors as JSON");
}

}  // namespace

CLI::Validator not_empty() {
  return CLI::Validator(
      [](std::string& value) {
        return gw::trim(value).empty() ? std::string("must not be empty") : std::string();
      },
      "TEXT");
}

void add_context_option(CLI::App* command, ContextChoice& context) {
  command->add_option("--context,-c", context.name, "Number, name or mapping of the context")
      ->required()
      ->check(not_empty());
}

void add_user_filter(CLI::App* command, UserChoice& user) {
  auto* id = command->add_option("--id", user.id, "Number of the user");
  command->add_option("--name", user.login, "Login of the user; default: everybody of the context")
      ->excludes(id)
      ->check(not_empty());
}

void add_object_options(CLI::App* command, std::optional<std::int64_t>& id, std::string& name,
                        const std::string& kind, const std::string& name_word) {
  auto* number = command->add_option("--id", id, "Number of the " + kind);
  command->add_option("--name", name, name_word + " of the " + kind)->excludes(number)->check(not_empty());
}

void add_password_options(CLI::App* command, PasswordOptions& options) {
  command->add_option("--password", options.plain, "Password; other users of this machine may see it");
  command->add_flag("--password-stdin", options.from_stdin, "Read the password from the first line of stdin");
  command->add_option("--password-file", options.file, "Read the password from the first line of a file");
  command->add_option("--password-hash", options.hash, "Ready hash (yescrypt, bcrypt, SHA-crypt)");
}

int run_line(Tool& tool, const std::vector<std::string>& words, Nesting nesting) {
  CLI::App app{"Administration of the groupware", "groupwarectl"};
  app.require_subcommand(1);
  app.fallthrough();
  std::function<int()> action;
  const CommandLine line{app, tool, action};
  if (nesting == Nesting::Top) {
    add_global_options(app, tool);
    add_batch_command(line);
  }
  add_context_commands(line);
  add_user_commands(line);
  add_group_commands(line);
  add_resource_commands(line);
  add_database_commands(line);
  add_registered_database_commands(line);
  add_filestore_commands(line);
  add_session_commands(line);
  add_app_password_commands(line);
  add_push_commands(line);
  add_job_commands(line);
  add_stats_commands(line);
  add_archive_commands(line);
  add_directory_commands(line);
  add_master_commands(line);
  add_reseller_commands(line);
  try {
    // CLI11 takes the words in reverse order.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    return action ? action() : static_cast<int>(kUsage);
  } catch (const CLI::Success& asked) {
    app.exit(asked);  // --help
    return kOk;
  } catch (const CLI::ParseError& error) {
    return report(tool, {kUsage, "usage", std::string(error.what()) + " (see --help)"});
  } catch (const std::exception& error) {
    return report(tool, describe(error));
  }
}

}  // namespace groupwarectl
