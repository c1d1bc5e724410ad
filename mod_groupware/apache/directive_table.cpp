// The directives that are one value of a kind: a row each. Names are those of the command table in
// mod_groupware.c; the boundary test proves that every one of them has its row.
#include <algorithm>
#include <limits>

#include "apache/setter.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "filestore/file_store.hpp"

namespace gw::apache {
namespace {

struct FlagRow {
  std::string_view name;
  bool& (*target)(Settings&);
};

constexpr FlagRow kFlags[] = {
    {"GroupwareAutologin", [](Settings& settings) -> bool& { return settings.session.autologin; }},
    {"GroupwareEvents", [](Settings& settings) -> bool& { return settings.events.enabled; }},
    {"GroupwareRandomToken", [](Settings& settings) -> bool& { return settings.session.random_token; }},
    {"GroupwareFormLoginWithoutAuthId",
     [](Settings& settings) -> bool& { return settings.session.formlogin_without_auth_id; }},
    {"GroupwareEditOwnContact", [](Settings& settings) -> bool& { return settings.edit_own_contact; }},
    {"GroupwareUniqueDisplayNames",
     [](Settings& settings) -> bool& { return settings.unique_display_names; }},
    {"GroupwareCheckMailAddresses",
     [](Settings& settings) -> bool& { return settings.check_mail_addresses; }},
    {"GroupwareOrganizerChanges",
     [](Settings& settings) -> bool& { return settings.calendar.organizer_changes; }},
    {"GroupwareMailAttachmentMarker",
     [](Settings& settings) -> bool& { return settings.mail.attachment_marker; }},
    {"GroupwareScheduling", [](Settings& settings) -> bool& { return settings.calendar.scheduling; }},
    {"GroupwareLocalPasswords",
     [](Settings& settings) -> bool& { return settings.directories.local_passwords; }},
    {"GroupwareSieveUtf7Folders", [](Settings& settings) -> bool& { return settings.sieve.utf7_folders; }},
};

struct NumberRow {
  std::string_view name;
  std::int64_t minimum;
  std::int64_t maximum;
  void (*assign)(Settings&, std::int64_t);
};

constexpr std::int64_t kMaxInt = std::numeric_limits<int>::max();

constexpr NumberRow kNumbers[] = {
    {"GroupwareUserConcurrency", 1, 10'000,
     [](Settings& settings, std::int64_t value) {
       settings.limits.requests_per_user = static_cast<int>(value);
     }},
    {"GroupwareRequestRate", 0, kMaxInt,
     [](Settings& settings, std::int64_t value) {
       settings.limits.requests_per_window = static_cast<int>(value);
     }},
    {"GroupwareFailedLogins", 1, kMaxInt,
     [](Settings& settings, std::int64_t value) {
       settings.session.max_failed_logins = static_cast<int>(value);
     }},
    {"GroupwarePasswordCost", 1, 11,
     [](Settings& settings, std::int64_t value) {
       settings.session.password_cost = static_cast<int>(value);
     }},
    {"GroupwareMultipleLimit", 1, 10'000,
     [](Settings& settings, std::int64_t value) { settings.limits.multiple = static_cast<int>(value); }},
    {"GroupwareMinimumSearchCharacters", 0, 100,
     [](Settings& settings, std::int64_t value) {
       settings.limits.minimum_search_characters = static_cast<int>(value);
     }},
    {"GroupwareImportLimit", -1, kMaxInt,
     [](Settings& settings, std::int64_t value) {
       settings.limits.import_contacts = static_cast<int>(value);
     }},
    {"GroupwareContactQuota", 0, kMaxInt,
     [](Settings& settings, std::int64_t value) { settings.limits.contacts_per_context = value; }},
    {"GroupwareCalendarQuota", 0, kMaxInt,
     [](Settings& settings, std::int64_t value) { settings.limits.events_per_context = value; }},
    {"GroupwareTaskQuota", 0, kMaxInt,
     [](Settings& settings, std::int64_t value) { settings.limits.tasks_per_context = value; }},
    {"GroupwareMailAccounts", 0, 100,
     [](Settings& settings, std::int64_t value) {
       settings.mail_accounts.per_user = static_cast<int>(value);
     }},
    {"GroupwareMailRecipients", 1, 10'000,
     [](Settings& settings, std::int64_t value) { settings.mail.max_recipients = static_cast<int>(value); }},
    {"GroupwareSieveRedirects", 0, 10'000,
     [](Settings& settings, std::int64_t value) { settings.sieve.max_redirects = static_cast<int>(value); }},
    {"GroupwareAttachmentQuota", 0, kMaxInt,
     [](Settings& settings, std::int64_t value) { settings.limits.attachments_per_context = value; }},
};

struct SizeRow {
  std::string_view name;
  std::int64_t minimum;
  std::int64_t maximum;
  std::int64_t& (*target)(Settings&);
};

constexpr std::int64_t kMega = 1 << 20;
constexpr std::int64_t kGiga = 1 << 30;

constexpr SizeRow kSizes[] = {
    // A JSON body is held in memory, so it has a low ceiling; uploads are not.
    {"GroupwareBodyLimit", 65'536, kGiga,
     [](Settings& settings) -> std::int64_t& { return settings.limits.body; }},
    {"GroupwareUploadLimit", 65'536, 1'024 * kGiga,
     [](Settings& settings) -> std::int64_t& { return settings.limits.upload; }},
    {"GroupwareImageLimit", 1'024, 256 * kMega,
     [](Settings& settings) -> std::int64_t& { return settings.limits.contact_image; }},
    {"GroupwareVcardLimit", 1'024, 256 * kMega,
     [](Settings& settings) -> std::int64_t& { return settings.limits.vcard; }},
    {"GroupwareDocumentLimit", 1'024, 256 * kMega,
     [](Settings& settings) -> std::int64_t& { return settings.limits.jslob; }},
};

struct TextRow {
  std::string_view name;
  /// How to write it; shown when `accepts` says no.
  std::string_view form;
  bool (*accepts)(std::string_view);
  std::string& (*target)(Settings&);
};

/// One line of text; has_control_characters alone would let line ends and tabs pass.
bool is_plain(std::string_view text) {
  return !text.empty() && text.size() <= 255 && is_valid_utf8(text) && !has_control_characters(text) &&
         text.find_first_of("\t\r\n") == text.npos;
}

bool is_locale(std::string_view text) {
  return (text.size() == 2 || (text.size() == 5 && text[2] == '_')) &&
         std::all_of(text.begin(), text.begin() + 2, [](char c) { return c >= 'a' && c <= 'z'; }) &&
         (text.size() == 2 ||
          std::all_of(text.begin() + 3, text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
}

bool is_domain(std::string_view text) {
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

bool is_url_path(std::string_view text) {
  return is_plain(text) && text.front() == '/' && !text.starts_with("//") &&
         text.find_first_of("?#\\\" ") == text.npos;
}

bool is_absolute_path(std::string_view text) { return is_plain(text) && text.front() == '/'; }

/// Errors: DirectiveError with the exact cause, and without the value, which may hold a secret key.
bool is_file_store(std::string_view text) {
  try {
    filestore::make_store_root(std::string(text));
  } catch (const std::invalid_argument& error) {
    throw DirectiveError(fmt::format("GroupwareFileStore: {}", error.what()));
  }
  return true;
}

constexpr TextRow kTexts[] = {
    {"GroupwareFileStore", "file:/ and the absolute path of a folder, or s3:bucket?...", is_file_store,
     [](Settings& settings) -> std::string& { return settings.file_store; }},
    {"GroupwareUploadFolder", "the absolute path of a folder, such as /var/lib/groupware/uploads",
     is_absolute_path, [](Settings& settings) -> std::string& { return settings.upload_folder; }},
    {"GroupwareCookieDomain", "a domain, such as example.org", is_domain,
     [](Settings& settings) -> std::string& { return settings.session.cookie_domain; }},
    {"GroupwareDefaultContext", "the name of a context, such as defaultcontext", is_plain,
     [](Settings& settings) -> std::string& { return settings.default_context; }},
    {"GroupwareDefaultLocale", "a language with its country, such as en_US or de_DE", is_locale,
     [](Settings& settings) -> std::string& { return settings.default_locale; }},
    {"GroupwareDefaultTimezone", "the name of a zone in /usr/share/zoneinfo, such as Europe/Berlin",
     [](std::string_view text) { return TimeZone::find(text).has_value(); },
     [](Settings& settings) -> std::string& { return settings.default_timezone; }},
    {"GroupwareProductName", "a name of at most 255 bytes without control characters", is_plain,
     [](Settings& settings) -> std::string& { return settings.product_name; }},
    {"GroupwareSieveScript", "a name without slashes and control characters",
     [](std::string_view text) { return is_plain(text) && text.find('/') == text.npos; },
     [](Settings& settings) -> std::string& { return settings.sieve.script; }},
    {"GroupwareUiPath", "the path of the web client on this server, such as /appsuite/", is_url_path,
     [](Settings& settings) -> std::string& { return settings.session.ui_web_path; }},
};

/// Errors: a directive without row is a mistake of ours; the boundary test finds it.
template <class Row, std::size_t Count>
const Row& row_of(const Row (&rows)[Count], std::string_view name) {
  for (const Row& row : rows)
    if (equal_ignoring_ascii_case(row.name, name)) return row;
  throw DirectiveError(fmt::format("{} has no row in the directive table", name));
}

}  // namespace
}  // namespace gw::apache

using gw::apache::ModuleConfig;
using gw::apache::row_of;
using gw::apache::set_for_server;

const char* gw_set_flag(cmd_parms* command, void*, int on) noexcept {
  return set_for_server(command, [on](ModuleConfig& config, std::string_view name) {
    row_of(gw::apache::kFlags, name).target(config.settings) = on != 0;
  });
}

const char* gw_set_number(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(command, [value](ModuleConfig& config, std::string_view name) {
    const auto& row = row_of(gw::apache::kNumbers, name);
    row.assign(config.settings, gw::apache::parse_number(name, value, row.minimum, row.maximum));
  });
}

const char* gw_set_size(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(command, [value](ModuleConfig& config, std::string_view name) {
    const auto& row = row_of(gw::apache::kSizes, name);
    row.target(config.settings) = gw::apache::parse_size(name, value, row.minimum, row.maximum);
  });
}

const char* gw_set_text(cmd_parms* command, void*, const char* value) noexcept {
  return set_for_server(command, [value](ModuleConfig& config, std::string_view name) {
    const auto& row = row_of(gw::apache::kTexts, name);
    if (!row.accepts(value))
      throw gw::apache::DirectiveError(fmt::format("{} \"{}\": write {}", name, value, row.form));
    row.target(config.settings) = value;
  });
}
