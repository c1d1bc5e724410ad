// The commands: each function adds its sub-commands to the command line. A chosen sub-command puts what is to
// do into `action`; main runs it after the whole line was understood.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "groupwarectl/tool.hpp"

namespace groupwarectl {

struct CommandLine {
  CLI::App& app;
  Tool& tool;
  std::function<int()>& action;
};

void add_context_commands(CommandLine line);
void add_user_commands(CommandLine line);
/// `user multifactor`, below the group of add_user_commands.
void add_multifactor_command(CommandLine line, CLI::App* group);
void add_group_commands(CommandLine line);
void add_resource_commands(CommandLine line);
void add_database_commands(CommandLine line);
void add_registered_database_commands(CommandLine line);
void add_filestore_commands(CommandLine line);
void add_session_commands(CommandLine line);
void add_app_password_commands(CommandLine line);
void add_push_commands(CommandLine line);
void add_job_commands(CommandLine line);
void add_stats_commands(CommandLine line);
void add_archive_commands(CommandLine line);
void add_directory_commands(CommandLine line);
/// Below `user`.
void add_user_import(CommandLine line, CLI::App* group);
void add_master_commands(CommandLine line);
void add_reseller_commands(CommandLine line);

/// A sub-command whose options live as long as it does.
template <class Options>
CLI::App* add_command(CommandLine line, CLI::App* parent, const std::string& name, const std::string& text,
                      std::shared_ptr<Options> options, int (*run)(Tool&, const Options&)) {
  CLI::App* command = parent->add_subcommand(name, text);
  command->callback(
      [line, options, run] { line.action = [line, options, run] { return run(line.tool, *options); }; });
  return command;
}

/// A sub-command whose options only choose an object; `add_choice` declares them.
template <class Options>
void add_choosing_command(CommandLine line, CLI::App* parent, const std::string& name,
                          const std::string& text, void (*add_choice)(CLI::App*, Options&),
                          int (*run)(Tool&, const Options&)) {
  auto options = std::make_shared<Options>();
  add_choice(add_command(line, parent, name, text, options, run), *options);
}

/// For options whose value names something: "" is a mistake, most often an unset variable of a script.
CLI::Validator not_empty();

/// --context, mandatory.
void add_context_option(CLI::App* command, ContextChoice& context);
/// --id or --name of a `kind` of object; `name_word` is what its name is called.
void add_object_options(CLI::App* command, std::optional<std::int64_t>& id, std::string& name,
                        const std::string& kind, const std::string& name_word);

/// --id or --name of one user; without them everybody of the context is meant.
void add_user_filter(CLI::App* command, UserChoice& user);

/// The four ways to give a password. `prefix` stands before the names ("admin-" or nothing).
void add_password_options(CLI::App* command, PasswordOptions& options);

}  // namespace groupwarectl
