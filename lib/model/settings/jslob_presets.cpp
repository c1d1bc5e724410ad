#include "model/settings/jslob_presets.hpp"

#include "model/settings/mail_categories.hpp"

namespace gw::model::settings {
namespace {

constexpr DerivedPath kDerived[] = {
    {"io.ox/calendar", "autoProcessIMip", "modules/calendar/autoProcessIMip"},
    {"io.ox/calendar", "calendar_conflict", "modules/calendar/calendar_conflict"},
    {"io.ox/calendar", "calendar_freebusy", "modules/calendar/calendar_freebusy"},
    {"io.ox/calendar", "calendar_teamview", "modules/calendar/calendar_teamview"},
    {"io.ox/calendar", "defaultStatusPrivate", "modules/calendar/defaultStatusPrivate"},
    {"io.ox/calendar", "defaultStatusPublic", "modules/calendar/defaultStatusPublic"},
    {"io.ox/calendar", "notifyAcceptedDeclinedAsCreator", "modules/calendar/notifyAcceptedDeclinedAsCreator"},
    {"io.ox/calendar", "notifyAcceptedDeclinedAsParticipant",
     "modules/calendar/notifyAcceptedDeclinedAsParticipant"},
    {"io.ox/calendar", "notifyNewModifiedDeleted", "modules/calendar/notifyNewModifiedDeleted"},
    {"io.ox/calendar", "publishFreeBusy", "modules/calendar/publishFreeBusy"},
    {"io.ox/contacts", "allFoldersForAutoComplete", "modules/contacts/allFoldersForAutoComplete"},
    {"io.ox/contacts", "characterSearch", "modules/contacts/characterSearch"},
    {"io.ox/contacts", "mailAddressAutoSearch", "modules/contacts/mailAddressAutoSearch"},
    {"io.ox/contacts", "singleFolderSearch", "modules/contacts/singleFolderSearch"},
    {"io.ox/core", "availableTimeZones", "availableTimeZones"},
    {"io.ox/core", "folder/calendar", "folder/calendar"},
    {"io.ox/core", "folder/contacts", "folder/contacts"},
    {"io.ox/core", "folder/infostore", "folder/infostore"},
    {"io.ox/core", "folder/tasks", "folder/tasks"},
    {"io.ox/core", "language", "language"},
    {"io.ox/core", "maxUploadIdleTimeout", "maxUploadIdleTimeout"},
    {"io.ox/core", "minimumSearchCharacters", "minimumSearchCharacters"},
    {"io.ox/core", "modules", "modules"},
    {"io.ox/core", "search", "modules/search"},
    {"io.ox/core", "timezone", "timezone"},
    {"io.ox/files", "folder", "modules/infostore/folder"},
    {"io.ox/mail", "appendVcard", "modules/mail/vcard"},
    {"io.ox/mail", "categories", kCategoriesPath},
    {"io.ox/mail", "compose/shareAttachments/enabled", "modules/mail/compose/shareAttachments/enabled"},
    {"io.ox/mail", "contactCollectOnMailAccess", "modules/mail/contactCollectOnMailAccess"},
    {"io.ox/mail", "contactCollectOnMailTransport", "modules/mail/contactCollectOnMailTransport"},
    {"io.ox/mail", "defaultaddress", "mail/defaultaddress"},
    {"io.ox/mail", "features/flag/color", "modules/mail/features/flag/color"},
    {"io.ox/mail", "features/flag/star", "modules/mail/features/flag/star"},
    {"io.ox/mail", "sendaddress", "mail/sendaddress"},
    {"io.ox/tasks", "delegate_tasks", "modules/tasks/delegate_tasks"},
    {"io.ox/tasks", "notifyAcceptedDeclinedAsCreator", "modules/tasks/notifyAcceptedDeclinedAsCreator"},
    {"io.ox/tasks", "notifyAcceptedDeclinedAsParticipant",
     "modules/tasks/notifyAcceptedDeclinedAsParticipant"},
    {"io.ox/tasks", "notifyNewModifiedDeleted", "modules/tasks/notifyNewModifiedDeleted"},
};

}  // namespace

std::span<const DerivedPath> derived_paths() { return kDerived; }

std::vector<Preset> parse_presets(const Settings& settings) {
  std::vector<Preset> presets;
  for (std::string_view line : settings.presets) {
    Preset preset;
    if (line.starts_with('!')) {
      preset.is_protected = true;
      line.remove_prefix(1);
    }
    const std::size_t slashes = line.find("//");
    const std::size_t equals = line.find('=', slashes == std::string_view::npos ? 0 : slashes);
    if (slashes == std::string_view::npos || equals == std::string_view::npos || equals < slashes + 3)
      continue;
    preset.document = std::string(line.substr(0, slashes));
    preset.path = std::string(line.substr(slashes + 2, equals - slashes - 2));
    auto value = Json::parse(line.substr(equals + 1));
    preset.value = value ? std::move(*value) : Json::string(line.substr(equals + 1));
    presets.push_back(std::move(preset));
  }
  return presets;
}

Json get_path(const Json& tree, std::string_view path) {
  Json current = tree;
  while (!current.is_missing()) {
    const std::size_t slash = path.find('/');
    current = current.get(std::string(path.substr(0, slash)).c_str());
    if (slash == std::string_view::npos) return current;
    path.remove_prefix(slash + 1);
  }
  return current;
}

void set_path(Json& tree, std::string_view path, Json value) {
  const std::size_t slash = path.find('/');
  const std::string name(path.substr(0, slash));
  if (slash == std::string_view::npos) {
    tree.set(name, std::move(value));
    return;
  }
  Json child = tree.get(name.c_str());
  if (!child.is_object()) {
    child = Json::object();
    tree.set(name, child);
  }
  set_path(child, path.substr(slash + 1), std::move(value));
}

void remove_path(Json& tree, std::string_view path) {
  const std::size_t slash = path.rfind('/');
  Json parent = slash == std::string_view::npos ? tree : get_path(tree, path.substr(0, slash));
  if (!parent.is_missing())
    parent.remove(std::string(path.substr(slash == std::string_view::npos ? 0 : slash + 1)).c_str());
}

}  // namespace gw::model::settings
