// Everything an administrator configures, as plain data. Filled by httpd.conf directives or by groupwarectl's
// options, immutable afterwards, passed as const Settings&. Defaults here are the documented defaults.
#pragma once

#include "core/directory_settings.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/mail_settings.hpp"
#include "core/provisioning_settings.hpp"
#include "core/upkeep_settings.hpp"

namespace gw {

using Seconds = std::chrono::seconds;

struct DatabaseSettings {
  /// `sqlite:/path/to/file.db` or `mysql://user:password@host:port/name` (`?socket=/path` for a Unix socket).
  std::string url;
  /// Connections per process. 8 because six processes of 25 threads must stay below MySQL's default of 151.
  int pool_size = 8;
  /// How long a request waits for a free connection before it answers 503.
  Milliseconds pool_wait{5'000};
  Seconds pool_idle{300};  ///< unused connections are closed after it
  Milliseconds connect_timeout{5'000};
  /// Limit of one statement: read and write time-out on MySQL, busy time-out on SQLite.
  Milliseconds statement_timeout{20'000};
  /// Statements slower than this are logged at level info. 0 = off.
  Milliseconds log_slow{0};
  /// Prepared statements kept per connection.
  int statement_cache = 256;
  /// Run pending schema steps when the first connection is made. Default on for SQLite.
  bool auto_migrate = true;
  /// Which database of the installation this is: 0 is the home database, others have the number under which
  /// they were registered (model/databases). Not configured.
  std::int64_t number = 0;
};

struct SessionSettings {
  Seconds short_lifetime{3'600};
  Seconds long_lifetime{604'800};
  bool check_address = true;
  /// Addresses that share this many leading bits count as one. 32 and 128 compare whole addresses.
  int address_bits_v4 = 32;
  int address_bits_v6 = 128;
  std::vector<std::string> address_exempt_clients{"open-xchange-mailapp", "open-xchange-mobile-api-facade"};
  /// Networks (`10.0.0.0/8`) whose addresses may change freely.
  std::vector<std::string> address_exempt_networks;
  /// Salt of the cookie names; the same on all nodes. Empty: made once and stored in the database.
  std::string cookie_salt;
  /// true = "remember": the hash of the login is kept; false = "calculate" from the current User-Agent.
  bool cookie_hash_remember = false;
  std::string cookie_domain;
  bool cookie_force_secure = false;
  int max_sessions_per_node = 50'000;
  int max_sessions_per_user = 100;
  int max_sessions_per_client = 0;
  bool autologin = true;
  bool random_token = false;
  bool formlogin_without_auth_id = false;
  /// `token` secrets accepted by login?action=redeemToken.
  std::vector<std::string> token_secrets;
  /// Failed logins per address and User-Agent in five minutes before 429.
  int max_failed_logins = 50;
  /// yescrypt's cost of new password hashes, 1 to 11; each step doubles time or memory.
  int password_cost = 5;
  std::string ui_web_path = "/appsuite/";
};

struct LimitSettings {
  std::int64_t body = 104'857'600;         ///< bytes of a JSON body
  std::int64_t upload = 104'857'600;       ///< bytes of one uploaded file
  std::int64_t contact_image = 4'194'304;  ///< bytes
  std::int64_t vcard = 4'194'304;          ///< bytes of one card
  int requests_per_user = 100;             ///< at the same time, per process
  int requests_per_window = 1'500;         ///< per address and User-Agent in five minutes; 0 = no limit
  int multiple = 500;                      ///< elements of one multiple request
  std::int64_t contacts_per_context = 250'000;
  std::int64_t events_per_context = 250'000;
  std::int64_t tasks_per_context = 250'000;
  std::int64_t attachments_per_context = 250'000;
  std::int64_t jslob = 4'194'304;  ///< bytes of one document
  int import_contacts = -1;        ///< records of one import; -1 = no limit
  int minimum_search_characters = 0;
};

struct EventSettings {
  bool enabled = true;
  int streams_per_user = 8;  ///< on this machine
  int streams = 0;           ///< in one process; 0 = half of what the MPM lets a process hold
  Seconds life{900};
  Seconds heartbeat{25};
};

/// Somebody whose mails are shown as trusted when they are proved to be his.
struct TrustedSender {
  std::string pattern;  ///< an address, or a domain with those below it; lower case, ASCII
  std::string picture;  ///< absolute path of a file; empty: none
};

/// Whose findings about the senders of mails are believed.
struct AuthenticitySettings {
  std::vector<std::string> servers;  ///< names as in Authentication-Results, lower case; empty: nobody's
  std::vector<TrustedSender> trusted;
  [[nodiscard]] bool is_configured() const { return !servers.empty(); }
};

/// Mail accounts that users enter themselves. Their servers are anybody's, so what may be reached is here.
struct MailAccountSettings {
  int per_user = 0;  ///< beside the primary one; 0: none may be entered
  /// Networks that are out of reach (mail/net/network_list.hpp); "internal" stands for those that are
  /// nobody's mail server. Empty: every address may be reached.
  std::vector<std::string> denied_networks{"internal"};
  std::vector<int> ports{25, 110, 143, 465, 587, 993, 995};  ///< empty: every port
  bool requires_tls = false;
  bool verifies_certificate = true;
  std::string ca_file;  ///< PEM; empty: the system's
};

/// A mail provider whose servers the administrator knows.
struct KnownProvider {
  std::string domain;  ///< of addresses, lower case
  MailServerSettings store, transport;
  std::string login = "%m";  ///< as MailSettings::login, of the address: %u, %m, %d
};

/// Where the servers of an address are looked for, in this order.
struct AutoconfigSettings {
  std::vector<KnownProvider> providers;
  bool asks_domain = false;  ///< the address's domain is asked over HTTP
  std::string directory;     ///< URL of a public collection; empty: none is asked
  bool guesses = false;      ///< usual names are tried
  [[nodiscard]] bool is_configured() const {
    return !providers.empty() || asks_domain || !directory.empty() || guesses;
  }
};

/// News feeds that users read through this server (module `rss`).
struct FeedSettings {
  bool enabled = true;
  /// As MailAccountSettings::denied_networks.
  std::vector<std::string> denied_networks{"internal"};
  std::vector<int> ports{80, 443};  ///< empty: every port
  /// Lower case: hosts, and domains with all below them (`.example.org`). Empty: every host.
  std::vector<std::string> hosts;
};

/// One tab of the inbox: mails that carry a keyword.
struct MailCategorySettings {
  std::string id;        ///< letters and digits
  std::string keyword;   ///< of IMAP; empty: `$<id>`
  bool is_user = false;  ///< users may rename it
  bool starts_active = true;
  bool is_forced = false;  ///< stays as it starts
  /// Addresses, lower case, of which every user gets a rule at first use.
  std::vector<std::string> senders;
  /// Locale ("de_DE", "de", or "" for all others) and text.
  std::vector<std::pair<std::string, std::string>> names;
};

/// Categories of mails (module `mail/categories`).
struct MailCategoriesSettings {
  bool enabled = false;
  bool starts_on = true;                                           ///< for users who have not chosen
  bool is_forced = false;                                          ///< users cannot choose
  std::vector<std::pair<std::string, std::string>> general_names;  ///< of what is in no category
  std::vector<MailCategorySettings> list;
};

/// Where rules on mails are kept and run. What is empty or 0 is as for mail.
struct SieveSettings {
  MailServerSettings server;
  std::string login;
  std::string master, master_secret;
  Milliseconds connect_timeout{0}, read_timeout{0};
  /// The script that is written and made active; others are read, never changed.
  std::string script = "Open-Xchange";
  /// Redirects in all active rules of a user; 0 = as many as the server allows for one mail.
  int max_redirects = 0;
  /// Addresses and domains, lower case.
  std::vector<std::string> denied_redirects;
  /// What clients are not offered: "test:body", "action:redirect", "comparison:regex", "header:Cc",
  /// "part:user".
  std::vector<std::string> hidden;
  /// Folder names in scripts are modified UTF-7, as old Cyrus servers want them.
  bool utf7_folders = false;
  [[nodiscard]] bool is_configured() const { return !server.host.empty(); }
};

/// Free/busy of users for whoever asks, without sign-in (`/servlet/webdav.freebusy`).
struct PublicBusySettings {
  bool enabled = false;
  bool is_default = false;  ///< users who have not chosen are published
  /// Names, numbers or mappings of the contexts whose users may be published, lower case. Empty: all.
  std::vector<std::string> contexts;
};

struct CalendarSettings {
  bool scheduling = true;  ///< mails about events and tasks go out, and are taken when they arrive
  /// Organizers may hand events over to another attendee (module `chronos`, action `changeOrganizer`).
  bool organizer_changes = false;
  PublicBusySettings public_busy;
};

/// Mails that the server itself writes, without the session of a user.
struct NoReplySettings {
  std::string address;           ///< empty: it writes none
  MailServerSettings transport;  ///< without host: MailSettings::transport
  std::string login, secret;     ///< empty: nobody signs in
  [[nodiscard]] bool is_configured() const { return !address.empty(); }
};

struct Settings {
  DatabaseSettings database;
  SessionSettings session;
  LimitSettings limits;
  EventSettings events;
  MailSettings mail;
  NoReplySettings no_reply;
  AuthenticitySettings authenticity;
  MailAccountSettings mail_accounts;
  AutoconfigSettings autoconfig;
  MailCategoriesSettings categories;
  SieveSettings sieve;
  FeedSettings feeds;
  CalendarSettings calendar;
  JobSettings jobs;
  HealthSettings health;
  DirectoriesSettings directories;
  ProvisioningSettings provisioning;
  /// Folder for uploads in progress. Must be writable by the server's account.
  std::string upload_folder = "/tmp";
  /// `file:/path` or `s3:bucket?...` (filestore/file_store.hpp). Empty: no file store.
  std::string file_store;
  std::string default_context = "defaultcontext";
  std::string default_locale = "en_US";
  std::string default_timezone = "UTC";
  std::string product_name = "Groupware";
  bool edit_own_contact = true;
  bool unique_display_names = true;
  bool check_mail_addresses = true;
  bool error_stack = false;
  /// User-editable settings and presets: `io.ox/core//theme=default` style lines (spec settings section 3).
  std::vector<std::string> presets;
};

}  // namespace gw
