// groupwarectl directory …: what directories of the configuration would change here, and do it.
#include <csignal>
#include <iostream>
#include <memory>

#include "groupwarectl/commands.hpp"
#include "groupwarectl/config_file.hpp"
#include "identities/intake/directory_import.hpp"
#include "model/bindings/bindings.hpp"

namespace groupwarectl {
namespace {

namespace intake = gw::identities::intake;
using ProvisioningKind = gw::model::ProvisioningError::Kind;

struct DirectoryOptions {
  std::string name;
  bool reads_all = false;
  bool ignores_limit = false;
};

/// The directories of --config.
class ConfiguredDirectories {
 public:
  explicit ConfiguredDirectories(Tool& tool) : settings_(tool.settings()) {
    if (tool.config_file.empty())
      throw UsageError("directories stand in the configuration: use --config FILE");
    // A directory that closes its connection shall be an error, not the end of this program.
    std::signal(SIGPIPE, SIG_IGN);
    read_directory_config(tool.config_file, settings_);
    for (const gw::DirectorySettings& each : settings_.directories.list)
      if (each.mapping.empty())
        throw UsageError("directory " + each.name + " has no GroupwareDirectoryMapping");
    directories_ = std::make_unique<gw::identities::Directories>(settings_);
  }

  [[nodiscard]] const gw::Settings& settings() const { return settings_; }
  /// With an import; the only one when no name was given.
  gw::directory::Directory& find(const std::string& name) {
    const auto& all = directories_->all();
    if (name.empty() && all.size() != 1) throw UsageError("use --name: there is not just one directory");
    gw::directory::Directory* found = name.empty() ? all.front().get() : directories_->find(name);
    if (found == nullptr)
      throw gw::model::ProvisioningError(ProvisioningKind::NotFound,
                                         "Directory \"" + name + "\" does not exist");
    if (found->settings().import.context.empty())
      throw UsageError("directory " + found->settings().name + " has no GroupwareDirectoryImport");
    return *found;
  }
  gw::directory::Directory& at(const std::string& name) { return *directories_->find(name); }

 private:
  gw::Settings settings_;
  std::unique_ptr<gw::identities::Directories> directories_;
};

int import_directory(Tool& tool, const DirectoryOptions& options) {
  tool.require_schema();
  ConfiguredDirectories configured(tool);
  gw::directory::Directory& directory = configured.find(options.name);
  intake::Report report;
  gw::model::jobs::JobRunner runner(
      tool.environment(),
      {intake::import_job(directory, {false, options.ignores_limit, options.reads_all}, report)});
  const auto done = runner.run_now();
  if (done.front().outcome == gw::model::jobs::JobReport::Outcome::Busy)
    throw std::runtime_error("directory " + directory.settings().name +
                             " is being imported by somebody else");
  if (!report.directory.empty()) tool.print(report.to_json());
  if (done.front().outcome == gw::model::jobs::JobReport::Outcome::Failed)
    throw std::runtime_error(done.front().problem);
  return report.counts(intake::Kind::User).failed > 0 ? 1 : 0;
}

void print_differences(Tool& tool, const intake::Report& report) {
  if (tool.json) {
    gw::Json all = gw::Json::array();
    for (const intake::Difference& each : report.differences) all.append(intake::to_json(each));
    tool.print(report.to_json().set("differences", std::move(all)));
    return;
  }
  for (const intake::Difference& each : report.differences) {
    std::cout << intake::word_of(each.action) << ' ' << intake::word_of(each.kind) << ' '
              << one_line(each.name) << '\t' << one_line(each.dn) << '\n';
    for (const gw::identities::FieldChange& change : each.fields)
      std::cout << "  " << change.field << ": \"" << one_line(change.before) << "\" -> \""
                << one_line(change.after) << "\"\n";
  }
  tool.print(report.to_json());
}

int preview_directory(Tool& tool, const DirectoryOptions& options) {
  tool.require_schema();
  ConfiguredDirectories configured(tool);
  gw::directory::Directory& directory = configured.find(options.name);
  print_differences(tool, intake::import_directory(tool.environment(), directory,
                                                   {true, false, options.reads_all}, [] { return true; }));
  return 0;
}

int show_last_run(Tool& tool, const DirectoryOptions& options) {
  ConfiguredDirectories configured(tool);
  const gw::DirectorySettings& settings = configured.find(options.name).settings();
  const auto work = tool.work_for({settings.import.context});
  const auto run = gw::model::bindings::find_run(work->connection(), work->context(), settings.name);
  if (!run)
    throw gw::model::ProvisioningError(ProvisioningKind::NotFound,
                                       "Directory \"" + settings.name + "\" was not imported yet");
  tool.print(gw::Json::parse(run->report).value_or(gw::Json::object()));
  return 0;
}

std::string check_of(gw::directory::Directory& directory) {
  try {
    directory.check();
    return "answers";
  } catch (const gw::directory::DirectoryError& error) {
    return error.what();
  }
}

int list_directories(Tool& tool, const DirectoryOptions&) {
  tool.environment();
  ConfiguredDirectories configured(tool);
  gw::Json all = gw::Json::array();
  for (const gw::DirectorySettings& each : configured.settings().directories.list)
    all.append(gw::Json::object()
                   .set("name", gw::Json::string(each.name))
                   .set("base", gw::Json::string(each.base))
                   .set("login", gw::Json::boolean(each.login.enabled))
                   .set("import", gw::Json::string(each.import.context))
                   .set("state", gw::Json::string(check_of(configured.at(each.name)))));
  tool.print_list(all);
  return 0;
}

CLI::App* add_directory_command(CommandLine line, CLI::App* group, const std::string& name,
                                const std::string& text, const std::shared_ptr<DirectoryOptions>& options,
                                int (*run)(Tool&, const DirectoryOptions&)) {
  CLI::App* command = add_command(line, group, name, text, options, run);
  command->add_option("--name", options->name, "Name of the directory; default: the only one")
      ->check(not_empty());
  return command;
}

}  // namespace

void add_directory_commands(CommandLine line) {
  CLI::App* group =
      line.app.add_subcommand("directory", "Users, groups and resources from directories (LDAP)")
          ->require_subcommand(1);
  add_command(line, group, "list", "The directories of the configuration, and whether they answer",
              std::make_shared<DirectoryOptions>(), list_directories);
  auto preview = std::make_shared<DirectoryOptions>();
  add_directory_command(line, group, "preview", "What an import would change; nothing is written", preview,
                        preview_directory)
      ->add_flag("--full", preview->reads_all, "Compare everything, not only what changed in the directory");
  auto wanted = std::make_shared<DirectoryOptions>();
  CLI::App* command = add_directory_command(line, group, "import", "Do it now, unless a server is at it",
                                            wanted, import_directory);
  command->add_flag("--full", wanted->reads_all,
                    "Compare everything, not only what changed in the directory");
  command->add_flag("--force", wanted->ignores_limit, "However many users would be suspended");
  add_directory_command(line, group, "status", "The report of the last import",
                        std::make_shared<DirectoryOptions>(), show_last_run);
}

}  // namespace groupwarectl
