#include "sql/schema/schema.hpp"

#include <array>

#include "sql/schema/steps.hpp"

namespace gw::sql {

std::span<const SchemaStep> schema_steps() {
  // Copied once, because the steps are constants of other files; plain data, so nothing runs at exit.
  static const std::array steps{kStepContexts,
                                kStepUsers,
                                kStepGroups,
                                kStepFolders,
                                kStepContacts,
                                kStepSettings,
                                kStepSessions,
                                kStepInfostore,
                                kStepAttachments,
                                kStepShares,
                                kStepLockNames,
                                kStepFileStores,
                                kStepFileEntries,
                                kStepPushSubscriptions,
                                kStepPictures,
                                kStepUserLeases,
                                kStepMailAccounts,
                                kStepCompositions,
                                kStepSnippets,
                                kStepTasks,
                                kStepEvents,
                                kStepAvailability,
                                kStepScheduling,
                                kStepCalendarAccounts,
                                kStepJobs,
                                kStepCalendarReading,
                                kStepDriveMail,
                                kStepDirectories,
                                kStepDirectoryRuns,
                                kStepAppPasswords,
                                kStepMultifactor,
                                kStepProvisioning,
                                kStepProvisioningAnswers,
                                kStepResellers,
                                kStepDatabases,
                                kStepDisplayNames};
  return steps;
}

}  // namespace gw::sql
