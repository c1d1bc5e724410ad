// groupwarectl user import: users out of a CSV file.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "groupwarectl/commands.hpp"
#include "identities/user_csv_import.hpp"

namespace groupwarectl {
namespace {

struct UserImportOptions {
  ContextChoice context;
  std::string file;
  std::string format = "named";
  bool is_dry = false;
};

std::string read_csv(const std::string& path) {
  if (path == "-") return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UsageError("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

int import_users(Tool& tool, const UserImportOptions& options) {
  const auto work = tool.work_for(options.context);
  const auto layout =
      options.format == "sipxecs" ? gw::identities::CsvLayout::SipXecs : gw::identities::CsvLayout::Named;
  const auto report = gw::identities::import_users(*work, read_csv(options.file), {layout, options.is_dry});
  tool.print(report.to_json());
  return report.failed == 0 ? 0 : 1;
}

}  // namespace

void add_user_import(CommandLine line, CLI::App* group) {
  auto options = std::make_shared<UserImportOptions>();
  CLI::App* command =
      add_command(line, group, "import", "Make and change users by a CSV file", options, import_users);
  add_context_option(command, options->context);
  command->add_option("--csv", options->file, "The file; - is stdin")->required()->check(not_empty());
  command
      ->add_option("--format", options->format,
                   "named: titles in the first line; sipxecs: its order of columns")
      ->check(CLI::IsMember({"named", "sipxecs"}));
  command->add_flag("--dry-run", options->is_dry, "Read it and tell what would be done");
}

}  // namespace groupwarectl
