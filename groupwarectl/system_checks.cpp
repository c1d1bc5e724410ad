#include "groupwarectl/system_checks.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/value_or_file.hpp"
#include "diagnosis/checks.hpp"
#include "groupwarectl/config_file.hpp"
#include "mailbox/primary_account.hpp"

namespace groupwarectl {
namespace {

namespace diagnosis = gw::diagnosis;
using diagnosis::Findings;

void append(Findings& all, Findings more) { std::move(more.begin(), more.end(), std::back_inserter(all)); }

gw::Milliseconds time_of(const SystemCheckOptions& options) { return gw::Seconds(options.timeout); }

Findings look_at_mail(Tool& tool, const SystemCheckOptions& options) {
  gw::Settings settings = tool.settings();
  if (!tool.config_file.empty()) read_mail_config(tool.config_file, settings);
  if (!settings.mail.is_configured()) {
    if (options.mail) throw UsageError("no mail server known: use --config FILE with GroupwareMailServer");
    return {};
  }
  std::string secret;
  if (!options.mail_secret_file.empty()) try {
      secret = gw::read_value_or_file("file:" + options.mail_secret_file);
    } catch (const std::invalid_argument& problem) {
      throw UsageError(std::string("--mail-secret-file: ") + problem.what());
    }
  if (options.mail_login.empty() != secret.empty())
    throw UsageError("--mail-login and --mail-secret-file belong together");
  return diagnosis::check_mail_server(gw::mailbox::make_server(
      settings.mail.store, {"", "", time_of(options), time_of(options)}, options.mail_login, secret));
}

Findings look_at_store(Tool& tool, const SystemCheckOptions& options) {
  const gw::filestore::StoreRoot* store = tool.environment().files;
  if (store != nullptr) return diagnosis::check_file_store(*store);
  if (options.store) throw UsageError("no file store known: use --config or --file-store");
  return {};
}

Findings look_at_domain(const SystemCheckOptions& options) try {
  const diagnosis::Resolver resolver(
      {.server = options.resolver, .timeout = std::chrono::seconds(std::clamp(options.timeout, 1, 30))});
  return diagnosis::check_dns(resolver, options.domain);
} catch (const std::invalid_argument& problem) {
  throw UsageError(std::string("--resolver: ") + problem.what());
}

}  // namespace

void add_system_check_options(CLI::App* command, SystemCheckOptions& options) {
  command->add_flag("--all", options.all, "Everything that --config names, beside the integrity of the data");
  command->add_flag("--clock", options.clock, "This machine's clock against the database's, and time zones");
  command->add_flag("--database-settings", options.database, "Settings of the database server");
  command->add_flag("--store", options.store, "Write to the file store, read and remove");
  command->add_flag("--mail", options.mail, "Reach the mail server and look at what it can do");
  command->add_option("--dns", options.domain, "Records of this domain that clients look for")
      ->check(not_empty());
  command
      ->add_option("--url", options.url,
                   "TLS, API and discovery of this address, such as https://groupware.example.org")
      ->check(not_empty());
  command->add_option("--resolver", options.resolver, "DNS server to ask, ADDRESS or ADDRESS:PORT");
  command->add_option("--ca", options.ca_file, "Certificates (PEM) to believe instead of the system's");
  command->add_option("--mail-login", options.mail_login, "Login of a mailbox for tests");
  command->add_option("--mail-secret-file", options.mail_secret_file,
                      "File with its password in the first line");
  command->add_option("--timeout", options.timeout, "Seconds that each question may take (default 10)")
      ->check(CLI::Range(1, 300));
}

diagnosis::Findings run_system_checks(Tool& tool, const SystemCheckOptions& options) {
  Findings all;
  if (options.all || options.clock)
    append(all, diagnosis::check_clock(tool.connection(), gw::system_clock()));
  if (options.all || options.database) append(all, diagnosis::check_database(tool.connection()));
  if (options.needs_database()) tool.release();
  if (options.all || options.store) append(all, look_at_store(tool, options));
  if (options.all || options.mail) append(all, look_at_mail(tool, options));
  if (!options.domain.empty()) append(all, look_at_domain(options));
  if (!options.url.empty())
    append(all,
           diagnosis::check_web({.url = options.url, .ca_file = options.ca_file, .timeout = time_of(options)},
                                gw::system_clock()));
  return all;
}

}  // namespace groupwarectl
