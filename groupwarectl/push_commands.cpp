// groupwarectl push …: what the running push child knows, and who shall be forgotten.
#include <memory>

#include "core/text.hpp"
#include "groupwarectl/commands.hpp"
#include "push/command_client.hpp"

namespace groupwarectl {
namespace {

struct PushOptions {
  std::string sockets;
};

struct PushListOptions {
  PushOptions place;
  ContextChoice context;
  UserChoice user;
};

/// Errors: UsageError when nobody says where the child listens
std::string ask_child(Tool& tool, const PushOptions& options, const std::string& command) {
  const auto place = options.sockets.empty() ? tool.find_push() : std::optional(push_place(options.sockets));
  if (!place)
    throw UsageError(
        "no push child known: use --config FILE of a server with OXPush On, or --sockets PREFIX");
  return gw::push::run_push_command(place->bus, command);
}

/// ` CONTEXT` or ` CONTEXT USER`.
std::string choose(Tool& tool, const PushListOptions& options) {
  if (options.context.name.empty()) return {};
  const auto work = tool.work_for(options.context);
  std::string words = " " + std::to_string(work->context().value);
  if (!options.user.login.empty() || options.user.id)
    words += " " + std::to_string(tool.load_user(*work, options.user).id.value);
  return words;
}

gw::Json number(std::string_view text) { return gw::Json::integer(std::stoll(std::string(text))); }

int show_status(Tool& tool, const PushOptions& options) {
  gw::Json object = gw::Json::object();
  const std::string answer = ask_child(tool, options, "status");
  for (const std::string_view line : gw::split(answer, '\n')) {
    const auto words = gw::split(line, ' ');
    if (words.size() == 2) object.set(std::string(words[0]), number(words[1]));
  }
  tool.print(object);
  return 0;
}

int list_clients(Tool& tool, const PushListOptions& options) {
  gw::Json all = gw::Json::array();
  const std::string answer = ask_child(tool, options.place, "list" + choose(tool, options));
  for (const std::string_view line : gw::split(answer, '\n')) {
    const auto words = gw::split(line, ' ');
    if (words.size() != 6) continue;
    gw::Json client = gw::Json::object();
    client.set("context", number(words[0]));
    client.set("user", number(words[1]));
    client.set("endpoint", gw::Json::string(words[2]));
    client.set("seconds_left", number(words[3]));
    client.set("signed", gw::Json::boolean(words[4] == "signed"));
    client.set("from", gw::Json::string(words[5]));
    all.append(std::move(client));
  }
  tool.print_list(all);
  return 0;
}

int drop_clients(Tool& tool, const PushListOptions& options) {
  const std::string answer = ask_child(tool, options.place, "drop" + choose(tool, options));
  tool.print(gw::Json::object().set("dropped", number(gw::trim(answer))));
  return 0;
}

void add_place(CLI::App* command, PushOptions& options) {
  command
      ->add_option("--sockets", options.sockets,
                   "Beginning of the socket names, as OXPushSockets, with its folder; default: of --config")
      ->check(not_empty());
}

}  // namespace

void add_push_commands(CommandLine line) {
  CLI::App* group = line.app.add_subcommand("push", "The running push child")->require_subcommand(1);
  auto shown = std::make_shared<PushOptions>();
  add_place(add_command(line, group, "status", "Its counters", shown, show_status), *shown);

  auto listed = std::make_shared<PushListOptions>();
  CLI::App* command = add_command(line, group, "list", "Registered UDP clients, of one context or user",
                                  listed, list_clients);
  add_place(command, listed->place);
  command->add_option("--context,-c", listed->context.name, "Number, name or mapping of the context")
      ->check(not_empty());
  add_user_filter(command, listed->user);

  auto dropped = std::make_shared<PushListOptions>();
  command =
      add_command(line, group, "drop", "Forget the UDP clients of a context or user", dropped, drop_clients);
  add_place(command, dropped->place);
  add_context_option(command, dropped->context);
  add_user_filter(command, dropped->user);
}

}  // namespace groupwarectl
