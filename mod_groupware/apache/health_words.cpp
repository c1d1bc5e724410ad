#include "apache/health_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "apache/words.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kHealthNames[] = {"database",  "sessionStore", "fileStore", "mailServer",
                                             "pushChild", "diskSpace",    "clock",     "sharedMemory"};
constexpr std::string_view kHealthForm =
    "budget=2s cached=5s disk=64M files=on probe=login secret=file:/path skip=names ignore=names";

std::vector<std::string> parse_check_names(std::string_view directive, std::string_view value) {
  std::vector<std::string> names;
  for (const std::string_view word : split(value, ',')) {
    if (std::find(std::begin(kHealthNames), std::end(kHealthNames), word) == std::end(kHealthNames))
      throw DirectiveError(fmt::format("{}: there is no check \"{}\"; they are {}", directive, word,
                                       fmt::join(kHealthNames, ", ")));
    names.emplace_back(word);
  }
  return names;
}

bool parse_health_switch(std::string_view directive, std::string_view key, std::string_view value) {
  const bool is_on = equal_ignoring_ascii_case(value, "on");
  if (!is_on && !equal_ignoring_ascii_case(value, "off"))
    throw DirectiveError(fmt::format("{} {}=: write on or off", directive, key));
  return is_on;
}

void set_health_word(HealthSettings& health, std::string_view name, std::string_view word) {
  const auto [key, value] = split_word(word);
  if (key == "budget")
    health.budget = parse_duration(name, value, 100ms, 60s);
  else if (key == "cached")
    health.cached = parse_duration(name, value, 0ms, 10min);
  else if (key == "disk")
    health.disk_free = parse_size(name, value, 0, std::int64_t{1} << 50);
  else if (key == "files")
    health.writes_files = parse_health_switch(name, key, value);
  else if (key == "probe")
    health.probe_login = value;
  else if (key == "secret")
    health.probe_secret = read_value_or_file(name, value);
  else if (key == "skip")
    health.skipped = parse_check_names(name, value);
  else if (key == "ignore")
    health.ignored = parse_check_names(name, value);
  else
    throw DirectiveError(fmt::format("{}: unknown word \"{}\"; write {}", name, word, kHealthForm));
}

}  // namespace

std::span<const std::string_view> health_check_names() { return kHealthNames; }

void set_health(HealthSettings& health, std::string_view name, std::span<const std::string_view> words) {
  HealthSettings wanted;
  if (words.empty()) throw DirectiveError(fmt::format("{}: write {}", name, kHealthForm));
  for (const std::string_view word : words) set_health_word(wanted, name, word);
  if (wanted.probe_login.empty() != wanted.probe_secret.empty())
    throw DirectiveError(fmt::format("{}: probe= and secret= belong together", name));
  health = std::move(wanted);
}

}  // namespace gw::apache
