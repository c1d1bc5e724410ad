// The steps, one constant each; schema.cpp lists them in order.
#pragma once

#include "sql/schema/schema.hpp"

namespace gw::sql {

extern const SchemaStep kStepContexts;
extern const SchemaStep kStepUsers;
extern const SchemaStep kStepGroups;
extern const SchemaStep kStepFolders;
extern const SchemaStep kStepContacts;
extern const SchemaStep kStepSettings;
extern const SchemaStep kStepSessions;
extern const SchemaStep kStepInfostore;
extern const SchemaStep kStepAttachments;
extern const SchemaStep kStepShares;
extern const SchemaStep kStepLockNames;
extern const SchemaStep kStepFileStores;
extern const SchemaStep kStepFileEntries;
extern const SchemaStep kStepPushSubscriptions;
extern const SchemaStep kStepPictures;
extern const SchemaStep kStepUserLeases;
extern const SchemaStep kStepMailAccounts;
extern const SchemaStep kStepCompositions;
extern const SchemaStep kStepSnippets;
extern const SchemaStep kStepEvents;
extern const SchemaStep kStepAvailability;
extern const SchemaStep kStepScheduling;
extern const SchemaStep kStepTasks;
extern const SchemaStep kStepCalendarAccounts;
extern const SchemaStep kStepJobs;
extern const SchemaStep kStepDriveMail;
extern const SchemaStep kStepCalendarReading;
extern const SchemaStep kStepAppPasswords;
extern const SchemaStep kStepMultifactor;
extern const SchemaStep kStepDirectories;
extern const SchemaStep kStepDirectoryRuns;
extern const SchemaStep kStepProvisioning;
extern const SchemaStep kStepProvisioningAnswers;
extern const SchemaStep kStepResellers;
extern const SchemaStep kStepDatabases;
extern const SchemaStep kStepDisplayNames;

}  // namespace gw::sql
