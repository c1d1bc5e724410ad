// GroupwareApi and GroupwareApiRoot (where the API answers), GroupwareStatus, GroupwareHealth and
// GroupwarePreset.
#include <apr_strings.h>
#include <apr_tables.h>

#include "apache/health_words.hpp"
#include "apache/setter.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

/// The section that holds the directive: "<Location", "<VirtualHost" …; empty at server level.
std::string_view section_of(const cmd_parms* command) {
  const ap_directive_t* parent = command->directive == nullptr ? nullptr : command->directive->parent;
  return parent == nullptr ? std::string_view() : std::string_view(parent->directive);
}

void set_api(const cmd_parms* command, DirectoryConfig& config, bool on) {
  const std::string_view section = section_of(command);
  for (const std::string_view wrong : {"<Directory", "<DirectoryMatch", "<Files", "<FilesMatch", "<Proxy"})
    if (equal_ignoring_ascii_case(section, wrong))
      throw DirectiveError(
          "GroupwareApi speaks of URLs: use it in <Location>, in <VirtualHost> or at server level");
  config.api = to_switch(on);
  // The path of a LocationMatch is an expression, which tells nothing about the part below it.
  const bool is_location = equal_ignoring_ascii_case(section, "<Location") && command->path != nullptr;
  config.location =
      is_location && command->path[0] == '/' ? apr_pstrdup(command->pool, command->path) : nullptr;
  if (on) module_config()->api_is_wanted = true;
}

/// Without a slash at the end; the root of the server itself would swallow every other URL.
std::string checked_root(std::string_view root) {
  while (root.size() > 1 && root.back() == '/') root.remove_suffix(1);
  if (root.size() < 2 || root.front() != '/' || root.find("//") != root.npos ||
      root.find_first_of("?#;") != root.npos)
    throw DirectiveError(fmt::format(
        "GroupwareApiRoot \"{}\": write a path below the root of the server, such as /ajax", root));
  return std::string(root);
}

void add_root(const cmd_parms* command, std::string_view path) {
  auto* config =
      static_cast<ServerConfig*>(ap_get_module_config(command->server->module_config, &groupware_module));
  const std::string root = checked_root(path);
  auto* roots = const_cast<apr_array_header_t*>(config->api_roots);
  if (roots == nullptr) roots = apr_array_make(command->pool, 2, sizeof(const char*));
  *static_cast<const char**>(apr_array_push(roots)) = apr_pstrmemdup(command->pool, root.data(), root.size());
  config->api_roots = roots;
  module_config()->api_is_wanted = true;
}

void set_event_limits(EventSettings& events, Words words) {
  using std::chrono::minutes, std::chrono::seconds;
  words.number("user", events.streams_per_user, 1, 1'000);
  words.number("process", events.streams, 0, 100'000);
  words.duration("life", events.life, minutes(1), std::chrono::hours(24));
  // Above two minutes routers and proxies forget an idle connection.
  words.duration("heartbeat", events.heartbeat, seconds(1), minutes(2));
  words.finish();
}

void add_preset(ModuleConfig& config, std::string_view line) {
  const std::size_t path = line.find("//");
  const std::size_t equals = line.find('=');
  if (path == 0 || path == line.npos || equals == line.npos || equals < path + 3 ||
      has_control_characters(line))
    throw DirectiveError(fmt::format(
        "GroupwarePreset \"{}\": write namespace//path=value, such as \"io.ox/core//theme=default\"", line));
  config.settings.presets.emplace_back(line);
}

}  // namespace
}  // namespace gw::apache

using gw::apache::ModuleConfig;
using gw::apache::set_for_server;

const char* gw_set_api(cmd_parms* command, void* directory, int on) noexcept {
  return gw::boundary::guard_directive(command, [&]() -> const char* {
    gw::apache::set_api(command, *static_cast<gw::apache::DirectoryConfig*>(directory), on != 0);
    return nullptr;
  });
}

const char* gw_add_api_root(cmd_parms* command, void*, const char* path) noexcept {
  return gw::boundary::guard_directive(command, [&]() -> const char* {
    gw::apache::add_root(command, path);
    return nullptr;
  });
}

const char* gw_set_status(cmd_parms* command, void*, int on) noexcept {
  return set_for_server(command, [on](ModuleConfig& config, std::string_view) {
    config.status = gw::apache::to_switch(on != 0);
  });
}

const char* gw_set_health(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_health(config.settings.health, name, gw::apache::to_views(count, words));
  });
}

const char* gw_set_event_limits(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_event_limits(config.settings.events,
                                 gw::apache::Words(name, gw::apache::to_views(count, words)));
  });
}

const char* gw_add_preset(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(
      command, [value](ModuleConfig& config, std::string_view) { gw::apache::add_preset(config, value); });
}
