#include "groupwarectl/config_file.hpp"

#include "apache/calendar_words.hpp"
#include "apache/directory_words.hpp"
#include "apache/mail_server_words.hpp"
#include "apache/provisioning_words.hpp"
#include "apache/words.hpp"
#include "core/text.hpp"
#include "groupwarectl/httpd_config.hpp"
#include "groupwarectl/tool.hpp"

namespace groupwarectl {
namespace {

void apply(std::string_view directive, const std::string& value, gw::Settings& settings) {
  const auto is = [&](std::string_view name) { return gw::equal_ignoring_ascii_case(directive, name); };
  if (is("GroupwareDatabase")) settings.database.url = value;
  if (is("GroupwareFileStore")) settings.file_store = value;
  if (is("GroupwareDefaultLocale")) settings.default_locale = value;
  if (is("GroupwareDefaultTimezone")) settings.default_timezone = value;
  if (is("GroupwareUniqueDisplayNames")) settings.unique_display_names = gw::parse_boolean(value);
  if (is("GroupwarePasswordCost"))
    settings.session.password_cost = static_cast<int>(gw::apache::parse_number(directive, value, 1, 11));
  if (is("GroupwareEditOwnContact")) settings.edit_own_contact = gw::parse_boolean(value);
}

/// What mails of the server itself need; as the server reads it, secrets too.
void apply_mail(std::string_view directive, const std::vector<std::string>& arguments,
                gw::Settings& settings) {
  const auto is = [&](std::string_view name) { return gw::equal_ignoring_ascii_case(directive, name); };
  const std::vector<std::string_view> words(arguments.begin(), arguments.end());
  if (is("GroupwareNoReply")) gw::apache::set_no_reply(settings.no_reply, directive, words);
  if (is("GroupwareJobs")) gw::apache::set_jobs(settings.jobs, directive, words);
  if (is("GroupwareMailServer"))
    settings.mail.store = gw::apache::parse_mail_server(directive, words, gw::apache::store_schemes());
  if (is("GroupwareTransportServer"))
    settings.mail.transport =
        gw::apache::parse_mail_server(directive, words, gw::apache::transport_schemes());
  if (is("GroupwareProductName")) settings.product_name = arguments.front();
}

/// How the mailboxes of users are opened for them.
void apply_mailbox(std::string_view directive, const std::vector<std::string>& arguments,
                   gw::Settings& settings) {
  const auto is = [&](std::string_view name) { return gw::equal_ignoring_ascii_case(directive, name); };
  const std::vector<std::string_view> words(arguments.begin(), arguments.end());
  if (is("GroupwareMailServer"))
    settings.mail.store = gw::apache::parse_mail_server(directive, words, gw::apache::store_schemes());
  if (is("GroupwareMailLogin"))
    settings.mail.login = gw::apache::parse_login_pattern(directive, words.front());
  if (is("GroupwareMailMaster") && words.size() == 2) {
    settings.mail.master = words[0];
    settings.mail.master_secret = gw::apache::read_value_or_file(directive, words[1]);
  }
}

}  // namespace

void read_mail_config(const std::string& path, gw::Settings& settings) try {
  read_httpd_config(path, [&](std::string_view name, const std::vector<std::string>& arguments) {
    if (!arguments.empty()) apply_mail(name, arguments, settings);
  });
} catch (const gw::apache::DirectiveError& problem) {
  throw UsageError(path + ": " + problem.what());
}

void read_mailbox_config(const std::string& path, gw::Settings& settings) try {
  read_httpd_config(path, [&](std::string_view name, const std::vector<std::string>& arguments) {
    if (!arguments.empty()) apply_mailbox(name, arguments, settings);
  });
} catch (const gw::apache::DirectiveError& problem) {
  throw UsageError(path + ": " + problem.what());
}

void read_directory_config(const std::string& path, gw::Settings& settings) try {
  read_httpd_config(path, [&](std::string_view name, const std::vector<std::string>& arguments) {
    const std::vector<std::string_view> words(arguments.begin(), arguments.end());
    gw::apache::apply_directory_directive(settings.directories.list, name, words);
  });
} catch (const gw::apache::DirectiveError& problem) {
  throw UsageError(path + ": " + problem.what());
}

void read_config_file(const std::string& path, gw::Settings& settings) try {
  read_httpd_config(path, [&](std::string_view name, const std::vector<std::string>& arguments) {
    if (!arguments.empty()) apply(name, arguments.front(), settings);
    const std::vector<std::string_view> words(arguments.begin(), arguments.end());
    if (gw::equal_ignoring_ascii_case(name, "GroupwareProvisioning"))
      gw::apache::set_provisioning(settings.provisioning, name, words);
  });
} catch (const gw::apache::DirectiveError& problem) {
  throw UsageError(path + ": " + problem.what());
}

}  // namespace groupwarectl
