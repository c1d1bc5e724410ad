#include "model/settings/drive_mail_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "model/settings/availability.hpp"

namespace gw::model::settings {
namespace {

struct Asked {
  Asked() {
    settings.mail.store.host = "mail.example.test";
    settings.file_store = "file:/files";
    caller.modules = kDefaultModules;
  }
  [[nodiscard]] DriveMailRules rules() const { return drive_mail_rules(caller, settings); }

  Settings settings;
  Caller caller;
};

TEST(DriveMailRules, NeedMailFilesAndTheRightToShare) {
  EXPECT_TRUE(Asked().rules().is_offered);
  for (const Module module : {Module::Webmail, Module::Infostore, Module::ReadCreateSharedFolders}) {
    Asked asked;
    asked.caller.modules.set(module, false);
    EXPECT_FALSE(asked.rules().is_offered) << static_cast<unsigned>(module);
  }
  Asked guest;
  guest.caller.is_guest = true;
  EXPECT_FALSE(guest.rules().is_offered);
  Asked without_mail;
  without_mail.settings.mail = {};
  EXPECT_FALSE(without_mail.rules().is_offered);
  Asked without_files;
  without_files.settings.file_store.clear();
  EXPECT_FALSE(without_files.rules().is_offered);
}

TEST(DriveMailRules, FollowThePresetsOfTheAdministrator) {
  Asked asked;
  asked.settings.presets = {"io.ox/mail//compose/shareAttachments/requiredExpiration=true",
                            "io.ox/core//compose/shareAttachments/forceAutoDelete=true"};
  EXPECT_TRUE(asked.rules().requires_expiry);
  EXPECT_FALSE(asked.rules().forces_deletion);
  asked.settings.presets = {"!io.ox/mail//compose/shareAttachments/forceAutoDelete=true",
                            "io.ox/mail//compose/shareAttachments/enabled=false"};
  EXPECT_TRUE(asked.rules().forces_deletion);
  // Only a start value, which users may change.
  EXPECT_TRUE(asked.rules().is_offered);
  asked.settings.presets = {"!io.ox/mail//compose/shareAttachments/enabled=false"};
  EXPECT_FALSE(asked.rules().is_offered);
}

TEST(DriveMailRules, AreACapability) {
  const auto has = [](const Asked& asked) {
    const auto ids = capabilities(asked.caller, asked.settings);
    return std::find(ids.begin(), ids.end(), "share_mail_attachments") != ids.end();
  };
  Asked asked;
  EXPECT_TRUE(has(asked));
  asked.caller.modules.set(Module::Infostore, false);
  EXPECT_FALSE(has(asked));
}

}  // namespace
}  // namespace gw::model::settings
