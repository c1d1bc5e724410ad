#include "session/app_passwords/app_scope.hpp"

namespace gw::session::app_passwords {
namespace {

constexpr AppScopeRow kScopes[] = {
    {AppScope::Webdav, "webdav", "Files (WebDAV)", model::Module::Webdav},
    {AppScope::Caldav, "caldav", "Calendars (CalDAV)", model::Module::Caldav},
    {AppScope::Carddav, "carddav", "Address books (CardDAV)", model::Module::Carddav},
    {AppScope::ActiveSync, "eas", "Phones (Exchange ActiveSync)", model::Module::ActiveSync},
    {AppScope::Api, "api", "Programs that use the HTTP API", std::nullopt},
};

}  // namespace

std::span<const AppScopeRow> app_scopes() { return kScopes; }

const AppScopeRow& app_scope(AppScope scope) { return kScopes[static_cast<std::size_t>(scope)]; }

const AppScopeRow* find_app_scope(std::string_view name) {
  for (const AppScopeRow& row : kScopes)
    if (row.name == name) return &row;
  return nullptr;
}

}  // namespace gw::session::app_passwords
