#include "model/settings/config_node.hpp"

#include <unicode/locid.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <memory>

#include "core/text.hpp"
#include "model/settings/availability.hpp"
#include "model/settings/drive_mail_rules.hpp"
#include "model/settings/mail_categories.hpp"
#include "model/settings/password_rules.hpp"

namespace gw::model::settings {
namespace {

using Source = const ConfigSource&;

template <Module M>
Json has_module(Source source) {
  return Json::boolean(source.user.modules.has(M));
}

template <Module M>
Json offers_module(Source source) {
  return Json::boolean(is_available(M, source.work.settings()) && source.user.modules.has(M));
}

template <FolderId users::User::*Folder>
Json folder_number(Source source) {
  const FolderId folder = source.user.*Folder;
  return folder ? Json::integer(folder.value) : Json::null();
}

template <FolderId users::User::*Folder>
Json folder_text(Source source) {
  const FolderId folder = source.user.*Folder;
  return folder ? Json::string(std::to_string(folder.value)) : Json::null();
}

Json no(Source) { return Json::boolean(false); }
Json yes(Source) { return Json::boolean(true); }
Json nothing(Source) { return Json::null(); }
Json zero(Source) { return Json::integer(0); }
Json empty_list(Source) { return Json::array(); }

Json context_id(Source source) { return Json::integer(source.work.context().value); }
Json identifier(Source source) { return Json::integer(source.user.id.value); }
Json contact_id(Source source) { return Json::integer(source.user.contact.value); }
Json cookie_lifetime(Source source) {
  return Json::integer(source.work.settings().session.long_lifetime.count());
}
Json current_time(Source source) {
  return Json::integer(to_zone_time(source.work.now(), source.work.caller().timezone));
}
Json language(Source source) { return Json::string(source.user.locale); }
Json timezone(Source source) { return Json::string(source.user.timezone); }
Json server_version(Source) { return Json::string("7.10.2"); }
Json upload_idle_timeout(Source) { return Json::integer(300'000); }
Json search_characters(Source source) {
  return Json::integer(source.work.settings().limits.minimum_search_characters);
}
Json searchable(Source source) {
  Json names = Json::array();
  for (const std::string& name : searchable_modules(source.work.caller(), source.work.settings()))
    names.append(Json::string(name));
  return names;
}
/// Where clients must name a folder to be searched.
Json searched_by_folder(Source) { return Json::array().append(Json::string("mail")); }
Json offers_drive_mail(Source source) {
  return Json::boolean(drive_mail_rules(source.work.caller(), source.work.settings()).is_offered);
}
Json offers_colors(Source source) { return Json::boolean(source.work.settings().mail.shows_colors()); }
Json offers_flag(Source source) {
  const MailFlagging mode = source.work.settings().mail.flagging;
  return Json::boolean(mode == MailFlagging::FlaggedOnly || mode == MailFlagging::FlaggedAndColor);
}
Json primary_address(Source source) { return Json::string(source.user.mail); }

Json addresses(Source source) {
  Json list = Json::array();
  list.append(Json::string(source.user.mail));
  for (const std::string& alias : source.user.aliases)
    if (alias != source.user.mail) list.append(Json::string(alias));
  return list;
}

Json reload_times(Source) {
  Json times = Json::array();
  for (const int minutes : {0, 5, 10, 15, 30, 60}) times.append(Json::integer(minutes * 60'000));
  return times;
}

Json available_modules(Source source) {
  static constexpr std::pair<Module, const char*> kNames[] = {{Module::Calendar, "calendar"},
                                                              {Module::Contacts, "contacts"},
                                                              {Module::Infostore, "infostore"},
                                                              {Module::Webmail, "mail"},
                                                              {Module::Tasks, "tasks"}};
  Json list = Json::array();
  for (const auto& [module, name] : kNames)
    if (is_available(module, source.work.settings()) && source.user.modules.has(module))
      list.append(Json::string(name));
  return list;
}

/// "id -> localised name" of the zones people choose from; names in the user's language by ICU.
Json available_time_zones(Source source) {
  Json zones = Json::object();
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> ids(icu::TimeZone::createTimeZoneIDEnumeration(
      UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, status));
  if (U_FAILURE(status) || !ids) return zones;
  const icu::Locale locale(source.user.locale.c_str());
  while (const icu::UnicodeString* id = ids->snext(status)) {
    std::string key;
    id->toUTF8String(key);
    if (!TimeZone::find(key)) continue;
    const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(*id));
    icu::UnicodeString name;
    zone->getDisplayName(false, icu::TimeZone::LONG_GENERIC, locale, name);
    std::string text;
    name.toUTF8String(text);
    zones.set(key, Json::string(text + " (" + key + ")"));
  }
  return zones;
}

Json password_min(Source) { return Json::integer(kPasswordMinLength); }
Json password_max(Source) { return Json::integer(0); }
Json password_pattern(Source) { return Json::string(kPasswordPattern); }
Json password_special(Source) { return Json::string("$, _, or %"); }

constexpr ConfigNode kNodes[] = {
    {"Calendarnotification", true, nullptr, "true"},
    {"availableModules", false, available_modules},
    {"availableTimeZones", false, available_time_zones},
    {"contact_id", false, contact_id},
    {"context_id", false, context_id},
    {"cookielifetime", false, cookie_lifetime},
    {"currentTime", false, current_time},
    {"fastgui", true, nullptr, "\"\""},
    {"folder/calendar", false, folder_number<&users::User::calendar_folder>},
    {"folder/contacts", false, folder_number<&users::User::contacts_folder>},
    {"folder/eas", true, nullptr, "{}"},
    {"folder/infostore", false, folder_number<&users::User::infostore_folder>},
    {"folder/tasks", false, folder_number<&users::User::tasks_folder>},
    {"gui", true, nullptr, "\"\""},
    {"identifier", false, identifier},
    {"language", true, language},
    {"mail/addresses", false, addresses},
    {"mail/colorquote", true, nullptr, "true"},
    {"mail/defaultaddress", false, primary_address},
    {"mail/emoticons", true, nullptr, "true"},
    {"mail/harddelete", true, nullptr, "false"},
    {"mail/htmlinline", true, nullptr, "true"},
    {"mail/ignorereplytext", true, nullptr, "false"},
    {"mail/inlineforward", true, nullptr, "true"},
    {"mail/msgpreview", true, nullptr, "true"},
    {"mail/nocopytosent", true, nullptr, "false"},
    {"mail/notifyonreadack", true, nullptr, "true"},
    {"mail/sendaddress", true, nullptr, ""},
    {"mail/spambutton", false, offers_module<Module::Webmail>},
    {"mail/vcard", true, nullptr, "false"},
    {"maxUploadIdleTimeout", false, upload_idle_timeout},
    {"minimumSearchCharacters", false, search_characters},
    {"modules/calendar/autoProcessIMip", true, nullptr, "\"always\""},
    {"modules/calendar/calendar_conflict", false, offers_module<Module::Calendar>},
    {"modules/calendar/calendar_freebusy", false, offers_module<Module::Calendar>},
    {"modules/calendar/calendar_teamview", false, offers_module<Module::Calendar>},
    {"modules/calendar/defaultStatusPrivate", true, nullptr, "0"},
    {"modules/calendar/defaultStatusPublic", true, nullptr, "0"},
    {"modules/calendar/gui", true, nullptr, "\"\""},
    {"modules/calendar/module", false, offers_module<Module::Calendar>},
    {"modules/calendar/notifyAcceptedDeclinedAsCreator", true, nullptr, "true"},
    {"modules/calendar/notifyAcceptedDeclinedAsParticipant", true, nullptr, "false"},
    {"modules/calendar/notifyNewModifiedDeleted", true, nullptr, "true"},
    // null: as GroupwarePublicFreeBusy says.
    {"modules/calendar/publishFreeBusy", true, nullptr, "null"},
    {"modules/com.openexchange.extras/module", false, no},
    {"modules/com.openexchange.group/enabled", false, has_module<Module::EditGroup>},
    {"modules/com.openexchange.passwordchange/maxLength", false, password_max},
    {"modules/com.openexchange.passwordchange/minLength", false, password_min},
    {"modules/com.openexchange.passwordchange/regexp", false, password_pattern},
    {"modules/com.openexchange.passwordchange/showStrength", false, yes},
    {"modules/com.openexchange.passwordchange/special", false, password_special},
    {"modules/com.openexchange.publish/enabled", false, no},
    {"modules/com.openexchange.resource/enabled", false, has_module<Module::EditResource>},
    {"modules/com.openexchange.subscribe/enabled", false, no},
    {"modules/com.openexchange.user.passwordchange/module", false, has_module<Module::EditPassword>},
    {"modules/com.openexchange.user.personaldata/module", false,
     [](Source source) { return Json::boolean(source.work.settings().edit_own_contact); }},
    {"modules/contacts/allFoldersForAutoComplete", false, yes},
    {"modules/contacts/characterSearch", false, yes},
    {"modules/contacts/gui", true, nullptr, "\"\""},
    {"modules/contacts/mailAddressAutoSearch", false, yes},
    {"modules/contacts/module", false, offers_module<Module::Contacts>},
    {"modules/contacts/singleFolderSearch", false, no},
    {"modules/folder/gui", true, nullptr, "\"\""},
    {"modules/folder/public_folders", false, has_module<Module::EditPublicFolders>},
    {"modules/folder/read_create_shared_folders", false, has_module<Module::ReadCreateSharedFolders>},
    {"modules/folder/tree", true, nullptr, "1"},
    {"modules/infostore/folder/documents", false, nothing},
    {"modules/infostore/folder/music", false, nothing},
    {"modules/infostore/folder/pictures", false, nothing},
    {"modules/infostore/folder/templates", false, nothing},
    {"modules/infostore/folder/trash", false, folder_text<&users::User::infostore_trash>},
    {"modules/infostore/folder/videos", false, nothing},
    {"modules/infostore/gui", true, nullptr, "\"\""},
    {"modules/infostore/module", false, offers_module<Module::Infostore>},
    {"modules/interfaces/ical", false, offers_module<Module::Ical>},
    {"modules/interfaces/syncml", false, no},
    {"modules/interfaces/vcard", false, offers_module<Module::Vcard>},
    {"modules/mail/addresses", false, addresses},
    {"modules/mail/allowhtmlimages", true, nullptr, "false"},
    {"modules/mail/appendmailtext", true, nullptr, "true"},
    {kCategoriesPath, true},
    {"modules/mail/colorquoted", true, nullptr, "true"},
    {"modules/mail/compose/shareAttachments/enabled", false, offers_drive_mail},
    {"modules/mail/contactCollectEnabled", false, offers_module<Module::CollectEmailAddresses>},
    {"modules/mail/contactCollectFolder", true, nullptr, "null"},
    {"modules/mail/contactCollectOnMailAccess", true, nullptr, "true"},
    {"modules/mail/contactCollectOnMailTransport", true, nullptr, "true"},
    {"modules/mail/defaultaddress", false, primary_address},
    {"modules/mail/deletemail", true, nullptr, "false"},
    {"modules/mail/emoticons", true, nullptr, "true"},
    {"modules/mail/features/flag/color", false, offers_colors},
    {"modules/mail/features/flag/star", false, offers_flag},
    {"modules/mail/forwardmessage", true, nullptr, "\"Inline\""},
    {"modules/mail/gui", true, nullptr, "\"\""},
    {"modules/mail/inlineattachments", true, nullptr, "true"},
    {"modules/mail/linewrap", true, nullptr, "0"},
    {"modules/mail/module", false, offers_module<Module::Webmail>},
    {"modules/mail/phishingheaders", false, empty_list},
    {"modules/mail/replyallcc", true, nullptr, "false"},
    {"modules/mail/sendaddress", true, nullptr, ""},
    {"modules/mail/spambutton", false, offers_module<Module::Webmail>},
    {"modules/mail/vcard", true, nullptr, "false"},
    {"modules/mailcolorquoted", true, nullptr, "true"},
    {"modules/olox20/active", false, no},
    {"modules/olox20/module", false, no},
    {"modules/portal/gui", true, nullptr, "\"\""},
    {"modules/portal/module", false, no},
    {"modules/search/mandatory/account", false, empty_list},
    {"modules/search/mandatory/folder", false, searched_by_folder},
    {"modules/search/modules", false, searchable},
    {"modules/tasks/delegate_tasks", false, has_module<Module::DelegateTasks>},
    {"modules/tasks/gui", true, nullptr, "\"\""},
    {"modules/tasks/module", false, offers_module<Module::Tasks>},
    {"modules/tasks/notifyAcceptedDeclinedAsCreator", true, nullptr, "true"},
    {"modules/tasks/notifyAcceptedDeclinedAsParticipant", true, nullptr, "false"},
    {"modules/tasks/notifyNewModifiedDeleted", true, nullptr, "true"},
    {"participants/autoSearch", false, yes},
    {"participants/maximumNumberParticipants", false, zero},
    {"participants/showDialog", false, yes},
    {"participants/showWithoutEmail", false, yes},
    {"reloadTimes", false, reload_times},
    {"search", false, no},
    {"serverVersion", false, server_version},
    {"tasknotification", true, nullptr, "true"},
    {"timezone", true, timezone},
    {"trustAllConnections", false, no},
};

}  // namespace

std::span<const ConfigNode> config_nodes() { return kNodes; }

const ConfigNode* find_config_node(std::string_view path) {
  const auto found =
      std::lower_bound(std::begin(kNodes), std::end(kNodes), path,
                       [](const ConfigNode& node, std::string_view wanted) { return node.path < wanted; });
  return found != std::end(kNodes) && found->path == path ? found : nullptr;
}

}  // namespace gw::model::settings
