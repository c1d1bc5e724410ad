#include "apache/value_check.hpp"

#include <fmt/format.h>

#include "apache/words.hpp"

namespace gw::apache {
namespace {

constexpr int kMysqlDefaultConnections = 151;

void check_directories(std::vector<ConfigProblem>& problems, const Settings& settings) {
  bool lets_sign_in = false;
  for (const DirectorySettings& each : settings.directories.list) {
    lets_sign_in = lets_sign_in || each.login.enabled;
    if (each.mapping.empty())
      problems.push_back(
          {fmt::format("GroupwareDirectory {0}: nothing says what its attributes mean: add "
                       "GroupwareDirectoryMapping {0} /etc/groupware/ldap/inetorgperson.conf",
                       each.name)});
    if (!each.books.empty() &&
        (each.import.context.empty() || each.mapping.find("[contact]") == each.mapping.npos))
      problems.push_back(
          {fmt::format("GroupwareDirectoryBook {0}: books come with an import and need the section "
                       "[contact] in the mapping file: add GroupwareDirectoryImport {0}, or the section",
                       each.name)});
    if (!settings.jobs.enabled && each.import.interval.count() > 0)
      problems.push_back(
          {fmt::format("GroupwareDirectoryImport {}: interval= needs GroupwareJobs on: change one "
                       "of both",
                       each.name)});
  }
  if (!settings.directories.local_passwords && !lets_sign_in)
    problems.push_back(
        {"GroupwareLocalPasswords Off lets nobody in, as no directory does: add GroupwareDirectoryLogin, or "
         "remove it"});
}

}  // namespace

std::vector<ConfigProblem> check_values(const Settings& settings, bool api_is_wanted) {
  std::vector<ConfigProblem> problems;
  if (api_is_wanted && settings.database.url.empty())
    problems.push_back(
        {"the API is on, but there is no database: add GroupwareDatabase "
         "sqlite:/var/lib/groupware/groupware.db"});
  const SessionSettings& session = settings.session;
  if (session.short_lifetime > session.long_lifetime)
    problems.push_back(
        {fmt::format("GroupwareSessionLifetime: short={} is longer than long={}: swap them or raise long",
                     format_duration(session.short_lifetime), format_duration(session.long_lifetime))});
  if (session.max_sessions_per_node > 0 && session.max_sessions_per_user > session.max_sessions_per_node)
    problems.push_back({fmt::format("GroupwareSessionLimits: user={} is above node={}: raise node",
                                    session.max_sessions_per_user, session.max_sessions_per_node)});
  if (settings.limits.contact_image > settings.limits.upload)
    problems.push_back(
        {"GroupwareImageLimit is above GroupwareUploadLimit: pictures are uploads, raise "
         "GroupwareUploadLimit"});
  if (settings.limits.jslob > settings.limits.body)
    problems.push_back(
        {"GroupwareDocumentLimit is above GroupwareBodyLimit: documents come as bodies, raise "
         "GroupwareBodyLimit"});
  if (settings.mail.takes_tokens() && !settings.mail.is_configured())
    problems.push_back({"GroupwareMailOAuth: there is no mail server: add GroupwareMailServer"});
  if (settings.mail.takes_tokens() && !settings.mail.master.empty())
    problems.push_back(
        {"GroupwareMailOAuth: GroupwareMailMaster signs in for the users, who then need no tokens: remove "
         "one of both"});
  if (settings.mail_accounts.per_user > 0 && !settings.mail.is_configured())
    problems.push_back(
        {"GroupwareMailAccounts: further accounts need the first one: add GroupwareMailServer"});
  if (settings.autoconfig.is_configured() && settings.mail_accounts.per_user == 0)
    problems.push_back(
        {"GroupwareMailAutoconfig and GroupwareMailProvider are for accounts that users enter: add "
         "GroupwareMailAccounts 10"});
  if (settings.no_reply.is_configured() && settings.no_reply.transport.host.empty() &&
      settings.mail.transport.host.empty())
    problems.push_back(
        {"GroupwareNoReply: no server takes its mails: add GroupwareTransportServer, or the URL of a server "
         "behind the address"});
  if (!settings.authenticity.trusted.empty() && !settings.authenticity.is_configured())
    problems.push_back(
        {"GroupwareMailTrustedSender: nobody is believed to prove a sender: add GroupwareMailAuthenticity "
         "and the name of your mail server"});
  if (settings.categories.enabled && !settings.mail.is_configured())
    problems.push_back(
        {"GroupwareMailCategories: categories are for mails, but there is no GroupwareMailServer: add it"});
  if (settings.categories.enabled && settings.categories.list.empty())
    problems.push_back(
        {"GroupwareMailCategories is on without a category: add GroupwareMailCategory social"});
  check_directories(problems, settings);
  const bool has_sieve_master = !settings.sieve.master.empty();
  if (settings.sieve.is_configured() && !settings.mail.is_configured())
    problems.push_back(
        {"GroupwareSieveServer: rules are for mails, but there is no GroupwareMailServer: add it"});
  if (!settings.sieve.is_configured() && has_sieve_master)
    problems.push_back({"GroupwareSieveMaster: there is no filter server: add GroupwareSieveServer"});
  return problems;
}

std::string describe_connection_count(const Settings& settings, int processes) {
  const int total = settings.database.pool_size * processes;
  if (!settings.database.url.starts_with("mysql:") || total <= kMysqlDefaultConnections) return {};
  return fmt::format(
      "up to {} database connections ({} processes of {}, GroupwareDatabasePool size): the database allows "
      "{} by "
      "default; raise its max_connections, or lower size or ServerLimit",
      total, processes, settings.database.pool_size, kMysqlDefaultConnections);
}

}  // namespace gw::apache
