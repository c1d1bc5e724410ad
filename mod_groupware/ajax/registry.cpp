#include "ajax/registry.hpp"

#include <algorithm>

#include "ajax/account/account.hpp"
#include "ajax/account/autoconfig.hpp"
#include "ajax/attachment.hpp"
#include "ajax/capabilities.hpp"
#include "ajax/config.hpp"
#include "ajax/contacts.hpp"
#include "ajax/events.hpp"
#include "ajax/export.hpp"
#include "ajax/file.hpp"
#include "ajax/fileaccount.hpp"
#include "ajax/fileservice.hpp"
#include "ajax/folders.hpp"
#include "ajax/group.hpp"
#include "ajax/import.hpp"
#include "ajax/infostore.hpp"
#include "ajax/jobs.hpp"
#include "ajax/jslob.hpp"
#include "ajax/login.hpp"
#include "ajax/logout.hpp"
#include "ajax/mail/mail.hpp"
#include "ajax/mailfilter/mailfilter.hpp"
#include "ajax/manifests.hpp"
#include "ajax/mp3_cover.hpp"
#include "ajax/multiple.hpp"
#include "ajax/onboarding.hpp"
#include "ajax/passwordchange.hpp"
#include "ajax/picture.hpp"
#include "ajax/pns.hpp"
#include "ajax/quota.hpp"
#include "ajax/resource.hpp"
#include "ajax/sessionmanagement.hpp"
#include "ajax/share.hpp"
#include "ajax/share_management.hpp"
#include "ajax/sync.hpp"
#include "ajax/system.hpp"
#include "ajax/token.hpp"
#include "ajax/user.hpp"
#include "ajax/userfeedback.hpp"

namespace gw::ajax {
namespace {

/// Sorted by path; a test checks it.
constexpr const ApiModule* kModules[] = {
    &kAccountModule,
    &kManifestsModule,
    &kAttachmentModule,
    &kAutoconfigModule,
    &kCapabilitiesModule,
    &kConfigModule,
    &kContactsModule,
    &kContactsPictureModule,
    &kEventsModule,
    &kExportModule,
    &kFileModule,
    &kFileAccountModule,
    &kFilesModule,
    &kFileServiceModule,
    &kFolderModule,
    &kFoldersModule,
    &kGroupModule,
    &kHaloContactModule,
    &kHaloPictureModule,
    &kImageContactModule,
    &kMp3CoverModule,
    &kImageMailModule,
    &kImageManagedFileModule,
    &kImageUserModule,
    &kImportModule,
    &kInfostoreModule,
    &kJobsModule,
    &kJslobModule,
    &kLoginModule,
    &kLogoutModule,
    &kMailModule,
    &kMailFilterModule,
    &kMailFilterV2Module,
    &kMultipleModule,
    &kOnboardingModule,
    &kPasswordChangeModule,
    &kPnsModule,
    &kQuotaModule,
    &kResourceModule,
    &kSessionManagementModule,
    &kShareModule,
    &kShareManagementModule,
    &kSyncModule,
    &kSystemModule,
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
