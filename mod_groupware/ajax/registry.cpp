#include "ajax/registry.hpp"

#include <algorithm>

#include "ajax/account/account.hpp"
#include "ajax/account/autoconfig.hpp"
#include "ajax/attachment/attachment.hpp"
#include "ajax/calendar/calendar.hpp"
#include "ajax/chronos/chronos.hpp"
#include "ajax/compose/compose.hpp"
#include "ajax/contacts/contacts.hpp"
#include "ajax/factors/app_passwords.hpp"
#include "ajax/factors/multifactor.hpp"
#include "ajax/feeds/rss.hpp"
#include "ajax/find/find.hpp"
#include "ajax/folders/folders.hpp"
#include "ajax/infostore/file.hpp"
#include "ajax/infostore/fileaccount.hpp"
#include "ajax/infostore/fileservice.hpp"
#include "ajax/infostore/infostore.hpp"
#include "ajax/login/login.hpp"
#include "ajax/login/logout.hpp"
#include "ajax/login/passwordchange.hpp"
#include "ajax/login/sessionmanagement.hpp"
#include "ajax/login/token.hpp"
#include "ajax/mail/mail.hpp"
#include "ajax/mail/mail_categories.hpp"
#include "ajax/mailfilter/mailfilter.hpp"
#include "ajax/messaging/messaging.hpp"
#include "ajax/multiple.hpp"
#include "ajax/pictures/mp3_cover.hpp"
#include "ajax/pictures/picture.hpp"
#include "ajax/pictures/trusted_picture.hpp"
#include "ajax/push/events.hpp"
#include "ajax/push/pns.hpp"
#include "ajax/settings/capabilities.hpp"
#include "ajax/settings/config.hpp"
#include "ajax/settings/jobs.hpp"
#include "ajax/settings/jslob.hpp"
#include "ajax/settings/manifests.hpp"
#include "ajax/settings/onboarding.hpp"
#include "ajax/settings/quota.hpp"
#include "ajax/settings/sync.hpp"
#include "ajax/settings/system.hpp"
#include "ajax/settings/userfeedback.hpp"
#include "ajax/share/share.hpp"
#include "ajax/share/share_management.hpp"
#include "ajax/snippet/snippet.hpp"
#include "ajax/tasks/reminder.hpp"
#include "ajax/tasks/tasks.hpp"
#include "ajax/transfer/conversion.hpp"
#include "ajax/transfer/export.hpp"
#include "ajax/transfer/import.hpp"
#include "ajax/users/group.hpp"
#include "ajax/users/resource.hpp"
#include "ajax/users/user.hpp"

namespace gw::ajax {
namespace {

/// Sorted by path; a test checks it.
constexpr const ApiModule* kModules[] = {
    &kAccountModule,
    &kAppPasswordsModule,
    &kManifestsModule,
    &kAttachmentModule,
    &kAutoconfigModule,
    &kCalendarModule,
    &kCapabilitiesModule,
    &kChronosModule,
    &kChronosAccountModule,
    &kChronosAlarmModule,
    &kChronosAvailabilityModule,
    &kChronosItipModule,
    &kConfigModule,
    &kContactsModule,
    &kContactsPictureModule,
    &kConversionModule,
    &kEventsModule,
    &kExportModule,
    &kFileModule,
    &kFileAccountModule,
    &kFilesModule,
    &kFileServiceModule,
    &kFindModule,
    &kFolderModule,
    &kFoldersModule,
    &kGroupModule,
    &kHaloContactModule,
    &kHaloPictureModule,
    &kImageContactModule,
    &kMp3CoverModule,
    &kImageMailModule,
    &kTrustedPictureModule,
    &kImageManagedFileModule,
    &kImageSnippetModule,
    &kImageUserModule,
    &kImportModule,
    &kInfostoreModule,
    &kJobsModule,
    &kJslobModule,
    &kLoginModule,
    &kLogoutModule,
    &kMailModule,
    &kMailCategoriesModule,
    &kMailComposeModule,
    &kMailFilterModule,
    &kMailFilterV2Module,
    &kMessagingAccountModule,
    &kMessagingMessageModule,
    &kMessagingServiceModule,
    &kMultifactorDeviceModule,
    &kMultifactorProviderModule,
    &kMultipleModule,
    &kOnboardingModule,
    &kPasswordChangeModule,
    &kPnsModule,
    &kQuotaModule,
    &kReminderModule,
    &kResourceModule,
    &kRssModule,
    &kSessionManagementModule,
    &kShareModule,
    &kShareManagementModule,
    &kSnippetModule,
    &kSyncModule,
    &kSystemModule,
    &kTasksModule,
    &kTokenModule,
    &kUserModule,
    &kUserMeModule,
    &kUserFeedbackModule,
};

}  // namespace

std::span<const ApiModule* const> registry() { return kModules; }

const ApiModule* find_module(std::string_view path) {
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  const ApiModule* best = nullptr;
  for (const ApiModule* module : kModules) {
    const bool exact = path == module->path;
    const bool below = module->takes_path && path.starts_with(module->path) &&
                       path.size() > module->path.size() && path[module->path.size()] == '/';
    if ((exact || below) && (best == nullptr || module->path.size() > best->path.size())) best = module;
  }
  return best;
}

const Action* find_action(const ApiModule& module, std::string_view name, Method method) {
  const Action* found = nullptr;
  for (const Action& action : module.actions) {
    if (action.name != name) continue;
    if (action.methods & static_cast<unsigned>(method)) return &action;
    found = &action;
  }
  // Old clients send PUT actions as POST and the other way round: the body decides, not the method.
  return found;
}

}  // namespace gw::ajax
