// The part of `groupwarectl check` that looks at the installation around the database.
#pragma once

#include <string>

#include "diagnosis/finding.hpp"
#include "groupwarectl/commands.hpp"

namespace groupwarectl {

struct SystemCheckOptions {
  bool all = false;  ///< everything that the configuration names
  bool clock = false, database = false, store = false, mail = false;
  std::string domain, url;
  std::string resolver, ca_file;
  std::string mail_login, mail_secret_file;
  int timeout = 10;  ///< seconds, of each question
  /// Something was chosen, so that the rest is not wanted.
  [[nodiscard]] bool is_chosen() const {
    return clock || database || store || mail || !domain.empty() || !url.empty();
  }
  [[nodiscard]] bool needs_database() const { return all || clock || database; }
};

void add_system_check_options(CLI::App* command, SystemCheckOptions& options);

/// Errors: UsageError when something is asked for that the configuration does not name; what the database
/// throws.
gw::diagnosis::Findings run_system_checks(Tool& tool, const SystemCheckOptions& options);

}  // namespace groupwarectl
