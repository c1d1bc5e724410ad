#include "apache/trusted_user.hpp"

#include <apr_strings.h>
#include <apr_tables.h>

#include <string>

#include "apache/setter.hpp"
#include "apache/trusted_words.hpp"
#include "core/log.hpp"
#include "core/text.hpp"

namespace gw::apache {
namespace {

const char* keep(apr_pool_t* pool, const std::string& text) {
  return text.empty() ? nullptr : apr_pstrmemdup(pool, text.data(), text.size());
}

void set_trusted(const cmd_parms* command, DirectoryConfig& config, const TrustedWords& words) {
  const ap_directive_t* parent = command->directive == nullptr ? nullptr : command->directive->parent;
  const std::string_view section = parent == nullptr ? std::string_view() : parent->directive;
  if (!equal_ignoring_ascii_case(section, "<Location") &&
      !equal_ignoring_ascii_case(section, "<LocationMatch"))
    throw DirectiveError(fmt::format(
        "{} says who may be believed: write it into the <Location> that has AuthType and Require, such as "
        "<Location /ajax/login>, and nowhere else",
        command->cmd->name));
  auto* trusted = static_cast<TrustedConfig*>(apr_pcalloc(command->pool, sizeof(TrustedConfig)));
  trusted->is_on = words.is_on;
  trusted->name_variable = keep(command->pool, words.name_variable);
  trusted->context = keep(command->pool, words.context);
  trusted->context_variable = keep(command->pool, words.context_variable);
  trusted->has_second_factor = words.has_second_factor;
  trusted->logout = keep(command->pool, words.logout);
  config.trusted = trusted;
}

/// Set by a module of this server; what a client sends never gets there.
std::optional<std::string> read_variable(request_rec* request, const char* name) {
  const char* value = apr_table_get(request->subprocess_env, name);
  if (value != nullptr && *value != '\0') return std::string(value);
  log(LogLevel::Notice, "GW0394",
      fmt::format("GroupwareTrustedUser: the variable {} is not set for a user who is signed in", name));
  return std::nullopt;
}

}  // namespace

std::optional<ajax::TrustedUser> read_trusted_user(request_rec* request) {
  const TrustedConfig* config = directory_config(request).trusted;
  if (config == nullptr || !config->is_on) return std::nullopt;
  if (request->user == nullptr || *request->user == '\0' || request->ap_auth_type == nullptr)
    return std::nullopt;
  ajax::TrustedUser trusted;
  trusted.name = request->user;
  if (config->name_variable != nullptr) {
    auto name = read_variable(request, config->name_variable);
    if (!name) return std::nullopt;
    trusted.name = std::move(*name);
  }
  if (config->context != nullptr) trusted.context = config->context;
  if (config->context_variable != nullptr) {
    auto context = read_variable(request, config->context_variable);
    if (!context) return std::nullopt;
    trusted.context = std::move(*context);
  }
  trusted.has_second_factor = config->has_second_factor;
  if (config->logout != nullptr) trusted.logout = config->logout;
  return trusted;
}

}  // namespace gw::apache

const char* gw_set_trusted_user(cmd_parms* command, void* directory, int count,
                                char* const words[]) noexcept {
  return gw::boundary::guard_directive(command, [&]() -> const char* {
    gw::apache::set_trusted(
        command, *static_cast<gw::apache::DirectoryConfig*>(directory),
        gw::apache::parse_trusted_user(command->cmd->name, gw::apache::to_views(count, words)));
    return nullptr;
  });
}
