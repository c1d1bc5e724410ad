// groupwarectl filestore …: which store keeps the files of a context, and moving them to another one.
#include <chrono>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <thread>

#include "groupwarectl/commands.hpp"
#include "groupwarectl/exit_code.hpp"
#include "model/files/store_move.hpp"

namespace groupwarectl {
namespace {

namespace files = gw::model::files;

/// The word for the server's own store, GroupwareFileStore.
constexpr std::string_view kServerWord = "server";

struct MoveOptions {
  ContextChoice context;
  std::string to;
  std::int64_t keep = 300;
};
struct ListOptions {
  ContextChoice context;
};

void require_own_account(gw::model::UnitOfWork& work, const std::string& uri) try {
  for (const std::string& problem : {files::account_problem(work), files::target_problem(uri)})
    if (!problem.empty()) throw UsageError(problem);
} catch (const std::invalid_argument& problem) {
  throw UsageError(std::string("--to: ") + problem.what());
}

int move(Tool& tool, const MoveOptions& options) {
  if (options.keep < 0) throw UsageError("--keep takes a number of seconds");
  const auto work = tool.work_for(options.context);
  files::StoreMove wanted;
  if (options.to != kServerWord)
    wanted.uri = options.to;
  else if (tool.environment().files == nullptr)
    throw UsageError("the server's own store is not known: use --config or --file-store");
  require_own_account(*work, wanted.uri);
  wanted.keep = options.keep * 1'000;
  wanted.wait = [](std::int64_t pause) { std::this_thread::sleep_for(std::chrono::milliseconds(pause)); };
  const files::StoreMoveReport report = files::move_files(*work, wanted);
  gw::Json answer = gw::Json::object();
  answer.set("context", gw::Json::integer(work->context().value));
  answer.set("store", gw::Json::integer(report.number));
  answer.set("files", gw::Json::integer(report.files));
  answer.set("bytes", gw::Json::integer(report.bytes));
  answer.set("removed", gw::Json::integer(report.removed));
  gw::Json missing = gw::Json::array();
  for (const std::string& text : report.missing) missing.append(gw::Json::string(text));
  answer.set("missing", std::move(missing));
  tool.print(answer);
  if (!report.missing.empty())
    throw std::runtime_error("files are missing in their old store: groupwarectl check --files tells which");
  return kOk;
}

int list(Tool& tool, const ListOptions& options) {
  const auto work = tool.work_for(options.context);
  gw::Json all = gw::Json::array();
  for (const files::StoreUse& use : files::list_store_use(*work)) {
    gw::Json object = gw::Json::object();
    object.set("store", gw::Json::integer(use.number));
    object.set("uri", gw::Json::string(use.uri.empty() ? kServerWord : std::string_view(use.uri)));
    object.set("takes_new", gw::Json::boolean(use.takes_new));
    object.set("files", gw::Json::integer(use.files));
    object.set("bytes", gw::Json::integer(use.bytes));
    object.set("leftovers", gw::Json::integer(use.leftovers));
    all.append(std::move(object));
  }
  tool.print_list(all);
  return kOk;
}

}  // namespace

void add_filestore_commands(CommandLine line) {
  CLI::App* group = line.app.add_subcommand("filestore", "Where files are kept")->require_subcommand(1);
  auto moved = std::make_shared<MoveOptions>();
  CLI::App* command =
      add_command(line, group, "move", "Move the files of a context to another store", moved, move);
  add_context_option(command, moved->context);
  command->add_option("--to", moved->to, "file:/path, s3:bucket?..., or server for GroupwareFileStore")
      ->required()
      ->check(not_empty());
  command->add_option("--keep", moved->keep,
                      "Seconds that old files stay for those who read them (default 300)");
  auto listed = std::make_shared<ListOptions>();
  command = add_command(line, group, "list", "The stores of a context", listed, list);
  add_context_option(command, listed->context);
}

}  // namespace groupwarectl
