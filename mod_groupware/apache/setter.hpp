// What every setter of a directive does around its own work.
#pragma once

#include <fmt/format.h>

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "apache/module_config.hpp"
#include "apache/words.hpp"
#include "boundary/exports.h"
#include "boundary/guards.hpp"

namespace gw::apache {

/// Runs `body(ModuleConfig&, directive name)` for a directive of the whole server: connections, sessions and
/// limits exist once per process, so a virtual host cannot have its own. Gives nullptr or the text for the
/// administrator. Border: guard_directive; httpd calls setters while it reads its configuration.
template <class Body>
const char* set_for_server(const cmd_parms* command, Body&& body) noexcept {
  return boundary::guard_directive(command, [&]() -> const char* {
    const std::string_view name = command->cmd->name;
    if (command->server->is_virtual)
      throw DirectiveError(
          fmt::format("{} holds for the whole server: move it out of <VirtualHost>, next to Listen", name));
    std::forward<Body>(body)(*module_config(), name);
    return nullptr;
  });
}

inline std::vector<std::string_view> to_views(int count, char* const words[]) {
  return {words, words + count};
}

}  // namespace gw::apache
