#include "groupwarectl/known_tools/known_tools.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "core/text.hpp"
#include "formats/csv/rows.hpp"
#include "groupwarectl/exit_code.hpp"
#include "groupwarectl/known_tools/tool_output.hpp"
#include "groupwarectl/known_tools/tool_table.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/provisioning.hpp"

namespace groupwarectl::known {
namespace {

using gw::Json;
using gw::provisioning::Operation;
using gw::provisioning::Provisioning;

constexpr int kCommunicationError = 105, kServerError = 106, kRemoteError = 107;
constexpr const char* kUsualMaster = "oxadminmaster";
constexpr std::size_t kMaxImport = 64 * 1'024 * 1'024;

/// One line of work: a tool's options, or a row of an imported file.
struct Job {
  const KnownTool& known;
  const std::vector<ToolOption>& options;
  Provisioning& provisioning;
};

std::string first_line_of_stdin() {
  std::string line;
  std::getline(std::cin, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

/// `-P -` reads the first line; without -P the variable, so that the process list shows nothing.
gw::provisioning::Login login_of(const OptionValues& values) {
  gw::provisioning::Login login;
  login.address = "groupwarectl";
  login.name = find_value(values, ":adminuser").value_or("");
  if (login.name.empty()) throw ToolError(kMissingOption, "Option --adminuser is missing");
  if (const auto given = find_value(values, ":adminpass"))
    login.password = *given == "-" ? first_line_of_stdin() : *given;
  else if (const char* variable = std::getenv("GROUPWARE_ADMIN_PASSWORD"); variable != nullptr)
    login.password = variable;
  else
    throw ToolError(kMissingOption, "Option --adminpass is missing");
  return login;
}

Json user_list(std::string_view ids) {
  Json list = Json::array();
  for (const std::string_view id : gw::split(ids, ',')) {
    if (id.empty()) continue;
    const auto number = gw::parse_integer(id);
    list.append(number ? Json::object().set("id", Json::integer(*number))
                       : Json::object().set("name", Json::string(id)));
  }
  return list;
}

/// `name=value` each, and names that go. A new reseller gets a list; of one who is there single ones change.
void complete_restrictions(const KnownTool& known, const OptionValues& values, Json& arguments) {
  Json list = Json::array(), single = Json::object();
  const auto [first, last] = values.equal_range(":addrestriction");
  for (auto each = first; each != last; ++each) {
    const std::size_t equals = each->second.find('=');
    if (equals == std::string::npos) throw ToolError(kIllegalValue, "--addrestriction is name=value");
    const std::string name = each->second.substr(0, equals);
    const Json value = Json::string(std::string_view(each->second).substr(equals + 1));
    list.append(Json::object().set("name", Json::string(name)).set("value", value));
    single.set(name, value);
  }
  const auto [gone, end] = values.equal_range(":removerestriction");
  for (auto each = gone; each != end; ++each) single.set(each->second, Json::null());
  if (known.operation == "create" && list.size() != 0)
    arguments.set("adm", arguments.get("adm").set("restrictions", std::move(list)));
  else if (single.size() != 0)
    arguments.set("single_restrictions", std::move(single));
}

/// What is taken, and would do nothing.
void require_offered_modes(const OptionValues& values) {
  if (const auto mode = find_value(values, ":default-folder-mode"); mode && *mode != "default")
    throw ToolError(kIllegalValue, "--default-folder-mode: every user gets the default folders here");
  if (const auto mode = find_value(values, ":gabMode"); mode && *mode != "individual")
    throw ToolError(kIllegalValue, "--gabMode: each user has his own entry in the global address book here");
}

/// What has another form on the command line than in the operation.
void complete_arguments(const KnownTool& known, const OptionValues& values, Json& arguments) {
  const Json all = Json::string("*");
  for (const char* pattern : {"search_pattern", "pattern"})
    if (!known.columns.empty() && arguments.get(pattern).is_missing()) arguments.set(pattern, all);
  if (const auto added = find_value(values, ":addmembers")) arguments.set("add_members", user_list(*added));
  if (const auto removed = find_value(values, ":removemembers"))
    arguments.set("remove_members", user_list(*removed));
  if (const auto reason = find_value(values, ":reason"))
    arguments.set("reasons", Json::array().append(Json::object().set("id", Json::string(*reason))));
  if (const auto place = find_value(values, ":place"))
    arguments.set("ctx",
                  arguments.get("ctx").set("writeDatabase", Json::object().set("id", Json::string(*place))));
  complete_restrictions(known, values, arguments);
  if (known.name == "jobcontrol")
    for (const char* option : {"details", "delete"})
      if (!arguments.get(option).is_missing()) arguments.set("id", arguments.get(option));
  if (values.contains(":no-reassign")) arguments.set("reassign", Json::integer(-1));
  if (known.name == "changeaccessglobal") {
    Json add = Json::object(), remove = Json::object();
    arguments.get("addAccess").for_each_member([&](std::string_view name, const Json& value) {
      (value.is_true() ? add : remove).set(std::string(name), Json::boolean(true));
    });
    arguments.set("addAccess", std::move(add)).set("removeAccess", std::move(remove));
  }
}

std::string_view chosen_operation(const KnownTool& known, const Json& arguments) {
  for (const std::string_view word : gw::split(known.instead, ',')) {
    const std::size_t equals = word.find('=');
    if (equals == word.npos) continue;
    if (!arguments.get(std::string(word.substr(0, equals)).c_str()).is_missing())
      return word.substr(equals + 1);
  }
  return known.operation;
}

/// The one who is changed is called `user` by the operations that come afterwards, and new members `members`.
Json arguments_of_more(std::string_view operation, const Json& arguments) {
  Json more = arguments.deep_copy();
  if (more.get("user").is_missing() && !more.get("usrdata").is_missing())
    more.set("user", more.get("usrdata"));
  if (operation == "addMember") more.set("members", more.get("add_members"));
  if (operation == "removeMember") more.set("members", more.get("remove_members"));
  return more;
}

Json perform(const Job& job, std::string_view operation, const gw::provisioning::Login& login,
             const Json& arguments) {
  return job.provisioning.perform(*gw::provisioning::find_operation(job.known.service, operation), login,
                                  arguments);
}

/// What else the options ask for; each operation once.
void perform_more(const Job& job, const gw::provisioning::Login& login, const Json& arguments) {
  std::string_view last;
  for (const std::string_view word : gw::split(job.known.also, ',')) {
    const std::size_t equals = word.find('=');
    if (equals == word.npos || word.substr(equals + 1) == last) continue;
    if (arguments.get(std::string(word.substr(0, equals)).c_str()).is_missing()) continue;
    last = word.substr(equals + 1);
    perform(job, last, login, arguments_of_more(last, arguments));
  }
}

/// Gives the exit code: 1 for something that was asked for and is not there.
int run_job(const Job& job, const OptionValues& values) {
  require_options(job.options, values);
  require_offered_modes(values);
  const gw::provisioning::Login login = login_of(values);
  Json arguments = to_arguments(job.options, values);
  complete_arguments(job.known, values, arguments);
  const std::string_view name = chosen_operation(job.known, arguments);
  Json result = perform(job, name, login, arguments);
  if (!job.known.details.empty()) {
    arguments.set("users", result);
    result = perform(job, job.known.details, login, arguments);
  }
  perform_more(job, login, arguments);
  const Operation& operation = *gw::provisioning::find_operation(job.known.service, name);
  print_result({job.known, operation, values.contains(":csv"), values.contains(":nonl")}, arguments, result);
  return result.is_boolean() && !result.is_true() ? 1 : 0;
}

int report(const std::string& name, int code, std::string_view text) {
  std::cerr << name << ": " << one_line(text) << '\n';
  return code;
}

int exit_of_failure(const std::string& name, const std::exception& error) {
  if (const auto* wrong = dynamic_cast<const ToolError*>(&error))
    return report(name, wrong->exit_code(), wrong->what());
  if (const auto* fault = dynamic_cast<const gw::provisioning::Fault*>(&error))
    return report(name, gw::provisioning::fault_row(fault->kind()).exit_code, fault->what());
  const Failure failure = describe(error);
  if (failure.exit == kUsage) return report(name, kIllegalValue, failure.message);
  return report(name, failure.exit == kUnreachable ? kCommunicationError : kServerError, failure.message);
}

std::string read_import(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file || text.size() > kMaxImport) throw ToolError(kIllegalValue, "Cannot read the file " + path);
  return text;
}

/// The first row has the names of options; every other row is one call. What the command line says holds for
/// rows that do not say it. Goes on after a row that failed; the exit code is that of the first one.
int run_import(const Job& job, const std::string& name, const OptionValues& values, const std::string& path) {
  const std::string text = read_import(path);
  std::vector<std::string> titles;
  int number = 0;
  int first_failure = 0;
  gw::formats::csv::RowReader reader(text, ',');
  std::vector<std::string> cells;
  reader.next(titles);
  for (number = 2; reader.next(cells); ++number) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < cells.size() && i < titles.size(); ++i)
      if (!cells[i].empty()) words.push_back("--" + titles[i] + "=" + cells[i]);
    try {
      OptionValues row = read_options(job.options, words);
      for (const auto& [key, value] : values)
        if (key != ":csv-import" && !row.contains(key)) row.emplace(key, value);
      run_job(job, row);
    } catch (const std::exception& error) {
      const int code = exit_of_failure(name + ": row " + std::to_string(number), error);
      if (first_failure == 0) first_failure = code;
    }
  }
  return first_failure;
}

std::vector<ToolOption> all_options(const KnownTool& known) {
  std::vector<ToolOption> options = known.options();
  for (ToolOption& option : common_options()) options.push_back(std::move(option));
  return options;
}

int run(Tool& tool, const std::string& name, const std::vector<std::string>& words) {
  if (const std::string_view reason = why_not_offered(name); !reason.empty())
    return report(name, kRemoteError, "not offered here: " + std::string(reason));
  const KnownTool& known = *find_tool(name);
  const std::vector<ToolOption> options = all_options(known);
  const OptionValues values = read_options(options, words);
  if (values.contains(":help")) {
    print_help(known, options);
    return 0;
  }
  if (values.contains(":environment")) {
    std::cout << "GROUPWARE_DATABASE, GROUPWARE_ADMIN_PASSWORD\nusual master: " << kUsualMaster << '\n';
    return 0;
  }
  if (const auto database = find_value(values, ":database")) tool.database_url = *database;
  if (const auto config = find_value(values, ":config")) tool.config_file = *config;
  tool.require_schema();
  Provisioning provisioning(tool.environment());
  const Job job{known, options, provisioning};
  if (const auto path = find_value(values, ":csv-import")) return run_import(job, name, values, *path);
  return run_job(job, values);
}

}  // namespace

bool is_known_tool(std::string_view name) {
  return find_tool(name) != nullptr || !why_not_offered(name).empty();
}

int run_known_tool(Tool& tool, const std::string& name, const std::vector<std::string>& words) {
  try {
    return run(tool, name, words);
  } catch (const std::exception& error) {
    return exit_of_failure(name, error);
  }
}

}  // namespace groupwarectl::known
