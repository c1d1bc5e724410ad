#include "model/settings/availability.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gw::model::settings {
namespace {

bool has(const Settings& settings, std::string_view id) {
  Caller caller;
  caller.modules = kDefaultModules;
  const auto ids = capabilities(caller, settings);
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

TEST(Availability, FilesNeedAStore) {
  Settings settings;
  for (const char* id : {"infostore", "webdav"}) EXPECT_FALSE(has(settings, id)) << id;
  settings.file_store = "file:/files";
  for (const char* id : {"infostore", "webdav"}) EXPECT_TRUE(has(settings, id)) << id;
}

TEST(Availability, CalendarsComeWithWhatClientsShowInThem) {
  const Settings settings;
  for (const char* id : {"calendar", "tasks", "delegate_tasks", "ical", "freebusy", "conflict_handling",
                         "participants_dialog"})
    EXPECT_TRUE(has(settings, id)) << id;
  for (const char* id : {"caldav", "active_sync"}) EXPECT_FALSE(has(settings, id)) << id;
  Caller without;
  for (const std::string& id : capabilities(without, settings)) EXPECT_NE(id, "freebusy");
}

TEST(Availability, MailNeedsAServer) {
  Settings settings;
  EXPECT_FALSE(has(settings, "webmail"));
  settings.mail.store.host = "mail.example.test";
  EXPECT_TRUE(has(settings, "webmail"));
  EXPECT_TRUE(has(settings, "contacts"));
}

}  // namespace
}  // namespace gw::model::settings
