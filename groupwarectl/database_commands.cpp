// groupwarectl migrate, groupwarectl check.
#include <iostream>
#include <memory>
#include <set>
#include <stdexcept>

#include "groupwarectl/commands.hpp"
#include "groupwarectl/exit_code.hpp"
#include "groupwarectl/system_checks.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/contexts/integrity.hpp"
#include "model/databases/databases.hpp"
#include "model/files/file_consistency.hpp"
#include "sql/schema/schema.hpp"

namespace groupwarectl {
namespace {

namespace contexts = gw::model::contexts;
namespace databases = gw::model::databases;
namespace files = gw::model::files;

struct MigrateOptions {
  bool dry_run = false;
  int target = 0;
};

struct CheckOptions {
  bool repair = false;
  bool files = false;
  std::string context;
  SystemCheckOptions system;
  /// The data are looked at, unless only something else was chosen.
  [[nodiscard]] bool wants_data() const {
    return system.all || repair || files || !context.empty() || !system.is_chosen();
  }
};

gw::Json step_json(int number, std::string_view name) {
  gw::Json step = gw::Json::object();
  step.set("number", gw::Json::integer(number));
  step.set("name", gw::Json::string(name));
  return step;
}

/// Those that are registered, after the home database. True: each of them is as it should be.
bool migrate_others(Tool& tool, const MigrateOptions& options, gw::Json& others) {
  constexpr int kFirstWithOthers = 35;
  if (gw::sql::current_version(tool.connection()) < kFirstWithOthers) return true;
  const auto all = databases::list_databases(tool.connection());
  tool.release();
  bool is_fine = true;
  for (const databases::RegisteredDatabase& each : all) {
    gw::Json one = gw::Json::object().set("database", gw::Json::string(each.name));
    try {
      gw::Json steps = gw::Json::array();
      for (const std::string& name : databases::migrate_database(tool.environment().pool.settings(), each,
                                                                 options.target, options.dry_run))
        steps.append(gw::Json::string(name));
      one.set("steps", std::move(steps));
    } catch (const std::exception& error) {
      one.set("problem", gw::Json::string(error.what()));
      is_fine = false;
    }
    others.append(std::move(one));
  }
  return is_fine;
}

int migrate(Tool& tool, const MigrateOptions& options) {
  tool.environment();
  const int newest = gw::sql::schema_steps().back().number;
  if (options.target < 0 || options.target > newest)
    throw UsageError("there is no step " + std::to_string(options.target) + "; the last one is " +
                     std::to_string(newest));
  const int before = gw::sql::current_version(tool.connection());
  const int target = options.target == 0 ? newest : options.target;
  gw::Json steps = gw::Json::array();
  for (const gw::sql::SchemaStep& step : gw::sql::schema_steps())
    if (step.number > before && step.number <= target) steps.append(step_json(step.number, step.name));
  if (!options.dry_run) gw::sql::migrate(tool.connection(), options.target);
  gw::Json others = gw::Json::array();
  const int result = migrate_others(tool, options, others) ? kOk : kFailed;
  if (!tool.json) {
    tool.print_list(steps);
    if (others.size() > 0) tool.print_list(others);
    std::cout << (options.dry_run ? "schema would be " : "schema is ") << std::max(before, target) << '\n';
    return result;
  }
  gw::Json answer = gw::Json::object();
  answer.set("steps", std::move(steps));
  answer.set("schema", gw::Json::integer(options.dry_run ? before : std::max(before, target)));
  answer.set("dry_run", gw::Json::boolean(options.dry_run));
  if (others.size() > 0) answer.set("databases", std::move(others));
  tool.print(answer);
  return result;
}

gw::Json finding_json(const std::string& context, const contexts::Finding& finding) {
  gw::Json object = gw::Json::object();
  object.set("context", gw::Json::string(context));
  object.set("check", gw::Json::string(finding.check));
  object.set("rows", gw::Json::integer(finding.rows));
  object.set("text", gw::Json::string(finding.text));
  object.set("advice", gw::Json::string(finding.advice));
  object.set("level", gw::Json::string("error"));
  return object;
}

/// True when nothing is left to do.
bool check_schema(Tool& tool, gw::Json& findings) {
  const int newest = gw::sql::schema_steps().back().number;
  const int current = gw::sql::current_version(tool.connection());
  if (current == newest) return true;
  const bool is_old = current < newest;
  gw::Json object = gw::Json::object();
  object.set("context", gw::Json::string(""));
  object.set("check", gw::Json::string(is_old ? "schema-old" : "schema-new"));
  object.set("rows", gw::Json::integer(current));
  object.set("text", gw::Json::string("the schema is " + std::to_string(current) + ", this program needs " +
                                      std::to_string(newest)));
  object.set("advice", gw::Json::string(is_old ? "run groupwarectl migrate" : "install the newer version"));
  object.set("level", gw::Json::string("error"));
  findings.append(std::move(object));
  return false;
}

gw::Json file_finding(const std::string& context, std::string_view check, const std::string& text,
                      std::string_view advice) {
  gw::Json object = gw::Json::object();
  object.set("context", gw::Json::string(context));
  object.set("check", gw::Json::string(check));
  object.set("rows", gw::Json::integer(1));
  object.set("text", gw::Json::string(text));
  object.set("advice", gw::Json::string(advice));
  object.set("level", gw::Json::string("error"));
  return object;
}

/// Files of one context against their rows.
void check_files(gw::model::UnitOfWork& work, const std::string& context, bool repair, gw::Json& found) {
  const files::FileFindings findings = files::check_files(work);
  for (const auto& orphan : findings.orphans)
    found.append(file_finding(context, "file-without-row",
                              orphan.space + "/" + orphan.file_id + ", " + std::to_string(orphan.size) +
                                  " bytes, is named by no row",
                              "repair removes it"));
  for (const auto& missing : findings.missing)
    found.append(
        file_finding(context, "row-without-file",
                     missing.row + ": " + missing.space + "/" + missing.reference.file.id + " is not there",
                     "bring the file back from a backup; repair removes the row"));
  for (const auto& usage : findings.usage)
    found.append(file_finding(
        context, "wrong-file-usage",
        (usage.owner == 0 ? std::string("the context") : "user " + std::to_string(usage.owner)) +
            " is charged " + std::to_string(usage.recorded) + " bytes for " + std::to_string(usage.actual),
        "repair counts again"));
  if (repair) files::mend_files(work, findings);
}

/// Numbers of the registered databases that do not answer; each is told.
std::set<std::int64_t> find_away(Tool& tool, gw::Json& found) {
  std::set<std::int64_t> away;
  for (const auto& [id, name, text] : tool.environment().databases->find_trouble()) {
    away.insert(id);
    found.append(file_finding("", "database-away",
                              "database " + std::to_string(id) + " (" + name + "): " + text,
                              "start it, or mend its address with groupwarectl database change"));
  }
  return away;
}

/// Everything that the database holds. True when something is left to do.
bool check_data(Tool& tool, const CheckOptions& options, gw::Json& found) {
  if (!check_schema(tool, found)) return true;
  bool is_open = false;
  const auto note = [&](const std::string& name, const std::vector<contexts::Finding>& findings) {
    for (const contexts::Finding& finding : findings) {
      found.append(finding_json(name, finding));
      is_open = is_open || !options.repair || !finding.can_repair;
    }
  };
  std::vector<contexts::Context> all;
  if (options.context.empty())
    all = contexts::list_contexts(tool.connection());
  else
    all.push_back(tool.load_context({options.context}));
  tool.release();
  const std::set<std::int64_t> away = find_away(tool, found);
  is_open = !away.empty();
  const bool wants_files = options.files || (options.system.all && tool.environment().files != nullptr);
  for (const contexts::Context& context : all) {
    if (away.contains(context.database)) continue;
    const auto work = tool.work_for({std::to_string(context.id.value)});
    note(context.name, options.repair ? contexts::repair_context(*work) : contexts::check_context(*work));
    if (!wants_files) continue;
    const std::size_t before = found.size();
    check_files(*work, context.name, options.repair, found);
    is_open = is_open || (!options.repair && found.size() > before);
  }
  if (!options.context.empty()) return is_open;
  gw::model::for_each_database(tool.environment(), [&](gw::model::Environment& environment) {
    gw::sql::Scope database(environment.pool);
    note("", contexts::check_orphaned_contexts(database, options.repair));
  });
  return is_open;
}

/// What is around the database. True when there is an error.
bool check_system(Tool& tool, const SystemCheckOptions& options, gw::Json& found) {
  bool is_open = false;
  for (const gw::diagnosis::Finding& finding : run_system_checks(tool, options)) {
    is_open = is_open || finding.severity == gw::diagnosis::Severity::Error;
    gw::Json object = file_finding("", finding.check, finding.text, finding.advice);
    object.set("rows", gw::Json::integer(0));
    object.set("level", gw::Json::string(gw::diagnosis::severity_name(finding.severity)));
    found.append(std::move(object));
  }
  return is_open;
}

int check(Tool& tool, const CheckOptions& options) {
  gw::Json found = gw::Json::array();
  bool is_open = options.wants_data() && check_data(tool, options, found);
  is_open = check_system(tool, options.system, found) || is_open;
  if (tool.json || found.size() > 0) tool.print_list(found);
  if (is_open) throw std::runtime_error("problems are left; the list tells what to do about each");
  if (!tool.json && found.size() == 0) std::cout << "everything is in order\n";
  return kOk;
}

}  // namespace

void add_database_commands(CommandLine line) {
  auto migrated = std::make_shared<MigrateOptions>();
  CLI::App* command =
      add_command(line, &line.app, "migrate", "Bring the schema up to date", migrated, migrate);
  command->add_flag("--dry-run", migrated->dry_run, "Only tell which steps would run");
  command->add_option("--to", migrated->target, "Stop after this step");

  auto checked = std::make_shared<CheckOptions>();
  command = add_command(line, &line.app, "check", "Check the data, and what is around them", checked, check);
  command->add_flag("--repair,--mend", checked->repair, "Mend what can be mended");
  command->add_flag("--files", checked->files, "Compare the file store with the database, too");
  command->add_option("--context,-c", checked->context, "Only this context");
  add_system_check_options(command, checked->system);
}

}  // namespace groupwarectl
