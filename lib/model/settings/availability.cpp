#include "model/settings/availability.hpp"

#include <algorithm>

#include "model/settings/drive_mail_rules.hpp"

namespace gw::model::settings {
namespace {

struct CapabilityRow {
  Module module;
  const char* id;
  bool available;
};

constexpr CapabilityRow kRows[] = {
    {Module::Webmail, "webmail", true},
    {Module::Calendar, "calendar", true},
    {Module::Contacts, "contacts", true},
    {Module::Tasks, "tasks", true},
    {Module::Infostore, "infostore", true},
    {Module::GlobalAddressBook, "gab", true},
    {Module::EditPublicFolders, "edit_public_folders", true},
    {Module::ReadCreateSharedFolders, "read_create_shared_folders", true},
    {Module::DelegateTasks, "delegate_tasks", true},
    {Module::EditPassword, "edit_password", true},
    {Module::EditGroup, "edit_group", true},
    {Module::EditResource, "edit_resource", true},
    {Module::CollectEmailAddresses, "collect_email_addresses", true},
    {Module::MultipleMailAccounts, "multiple_mail_accounts", true},
    {Module::Ical, "ical", true},
    {Module::Vcard, "vcard", true},
    {Module::Webdav, "webdav", true},
    {Module::Caldav, "caldav", false},
    {Module::Carddav, "carddav", false},
    {Module::ActiveSync, "active_sync", false},
};

/// In the order of their names.
struct SearchableRow {
  Module module;
  const char* name;
};
constexpr SearchableRow kSearchable[] = {{Module::Calendar, "calendar"},
                                         {Module::Contacts, "contacts"},
                                         {Module::Infostore, "drive"},
                                         {Module::Webmail, "mail"},
                                         {Module::Tasks, "tasks"}};

}  // namespace

bool is_available(Module module, const Settings& settings) {
  const bool needs_mail = module == Module::Webmail || module == Module::CollectEmailAddresses;
  if (needs_mail && !settings.mail.is_configured()) return false;
  const bool needs_files = module == Module::Infostore || module == Module::Webdav;
  if (needs_files && settings.file_store.empty()) return false;
  if (module == Module::MultipleMailAccounts && settings.mail_accounts.per_user == 0) return false;
  const auto row = std::find_if(std::begin(kRows), std::end(kRows),
                                [module](const CapabilityRow& r) { return r.module == module; });
  return row != std::end(kRows) && row->available;
}

bool has_mail_filters(const Caller& caller, const Settings& settings) {
  return settings.sieve.is_configured() && is_available(Module::Webmail, settings) &&
         caller.modules.has(Module::Webmail) && !caller.is_guest;
}

bool has_mail_categories(const Caller& caller, const Settings& settings) {
  return settings.categories.enabled && is_available(Module::Webmail, settings) &&
         caller.modules.has(Module::Webmail) && !caller.is_guest;
}

std::vector<std::string> searchable_modules(const Caller& caller, const Settings& settings) {
  std::vector<std::string> names;
  for (const SearchableRow& row : kSearchable)
    if (is_available(row.module, settings) && caller.modules.has(row.module)) names.emplace_back(row.name);
  return names;
}

std::vector<std::string> capabilities(const Caller& caller, const Settings& settings) {
  std::vector<std::string> ids;
  for (const CapabilityRow& row : kRows)
    if (is_available(row.module, settings) && caller.modules.has(row.module)) ids.emplace_back(row.id);
  if (is_available(Module::Calendar, settings) && caller.modules.has(Module::Calendar))
    ids.insert(ids.end(), {"conflict_handling", "freebusy", "participants_dialog"});
  if (settings.session.autologin) ids.emplace_back("autologin");
  ids.emplace_back("user_feedback");
  if (is_available(Module::Webmail, settings) && caller.modules.has(Module::Webmail))
    ids.emplace_back("archive_emails");
  if (drive_mail_rules(caller, settings).is_offered) ids.emplace_back("share_mail_attachments");
  if (has_mail_categories(caller, settings)) ids.emplace_back("mail_categories");
  if (has_mail_filters(caller, settings)) ids.insert(ids.end(), {"mailfilter", "mailfilter_v2"});
  if (settings.feeds.enabled && !caller.is_guest) ids.emplace_back("rss");
  if (!searchable_modules(caller, settings).empty()) ids.emplace_back("search");
  if (caller.is_guest)
    ids.emplace_back("guest");
  else
    ids.insert(ids.end(), {"app_passwords", "multifactor"});
  if (!caller.is_guest && caller.modules.has(Module::ReadCreateSharedFolders))
    ids.insert(ids.end(), {"share_links", "invite_guests"});
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::optional<Module> find_module(std::string_view id) {
  for (const CapabilityRow& row : kRows)
    if (id == row.id) return row.module;
  return std::nullopt;
}

std::vector<std::string> module_ids(ModuleSet modules) {
  std::vector<std::string> ids;
  for (const CapabilityRow& row : kRows)
    if (modules.has(row.module)) ids.emplace_back(row.id);
  return ids;
}

}  // namespace gw::model::settings
