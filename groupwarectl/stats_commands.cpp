// groupwarectl stats: the figures of the running server, in the lines of the reference's showruntimestats.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>

#include "core/text.hpp"
#include "core/value_or_file.hpp"
#include "groupwarectl/commands.hpp"
#include "mail/web/fetch.hpp"

namespace groupwarectl {
namespace {

namespace web = gw::mail::web;

constexpr const char* kStatsUrl = "http://127.0.0.1/groupware-stats";
constexpr std::string_view kBetween = " = ";

struct StatsOptions {
  std::string url;
  std::string login, secret_file;
  bool all = false;
  bool push = false;
  std::string filter;
};

std::string stats_url(const StatsOptions& options) {
  if (!options.url.empty()) return options.url;
  const char* variable = std::getenv("GROUPWARE_STATS_URL");
  return variable != nullptr && *variable != '\0' ? variable : kStatsUrl;
}

/// Errors: std::runtime_error with what to do.
std::string fetch_stats(const StatsOptions& options) {
  web::FetchRequest request{
      .url = stats_url(options), .login = options.login, .password = {}, .etag = {}, .modified = {}};
  if (!options.secret_file.empty()) request.password = gw::read_value_or_file("file:" + options.secret_file);
  web::Fetched fetched = web::fetch_one(request, {});
  if (fetched.failure == web::FetchFailure::None) return std::move(fetched.bytes);
  std::string reason = "no answer";
  if (fetched.status == 401 || fetched.status == 403)
    reason = "access is refused: let this machine in with Require ip, or use --login";
  else if (fetched.status != 0)
    reason = "status " + std::to_string(fetched.status) + ": write SetHandler groupware-stats there";
  throw std::runtime_error(request.url + ": " + reason);
}

bool is_wanted(std::string_view line, const StatsOptions& options) {
  if (options.push && line.find("PushNotification") == std::string_view::npos) return false;
  return options.filter.empty() || line.find(options.filter) != std::string_view::npos;
}

int show_stats(Tool& tool, const StatsOptions& options) {
  const std::string text = fetch_stats(options);
  gw::Json object = gw::Json::object();
  for (const std::string_view line : gw::split(text, '\n')) {
    const std::size_t between = line.find(kBetween);
    if (between == std::string_view::npos || !is_wanted(line, options)) continue;
    if (!tool.json) {
      std::cout << one_line(line) << '\n';
      continue;
    }
    const std::string_view value = line.substr(between + kBetween.size());
    const auto number = gw::parse_integer(value);
    object.set(std::string(line.substr(0, between)),
               number ? gw::Json::integer(*number) : gw::Json::string(value));
  }
  if (tool.json) tool.print(object);
  return 0;
}

}  // namespace

void add_stats_commands(CommandLine line) {
  auto options = std::make_shared<StatsOptions>();
  CLI::App* command =
      add_command(line, &line.app, "stats",
                  "Figures of the running server, under the names of showruntimestats", options, show_stats);
  command->alias("showruntimestats");
  command
      ->add_option("--url", options->url,
                   "Where SetHandler groupware-stats answers; else the variable GROUPWARE_STATS_URL, else "
                   "http://127.0.0.1/groupware-stats")
      ->check(not_empty());
  command->add_option("--login", options->login, "Name for Basic authentication");
  command->add_option("--secret-file", options->secret_file, "File with the password in its first line");
  command->add_flag("-a,--all", options->all, "All figures, as without it");
  command->add_flag("--pnsstats", options->push, "Only those of push");
  command->add_option("--filter", options->filter, "Only lines that contain this text");
}

}  // namespace groupwarectl
