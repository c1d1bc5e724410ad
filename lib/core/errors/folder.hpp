// FLD: folders. Source: spec folders section 18. Clients test only 0003 and 0008 for "folder is gone".
#pragma once
#include "core/error.hpp"

namespace gw::errors::fld {

inline constexpr auto kDenied = Category::PermissionDenied;

inline constexpr ErrorCode kNoModuleAccess{"FLD", 2, kDenied, "You have no access to the module \"%1$s\"."};
inline constexpr ErrorCode kNotVisible{"FLD", 3, kDenied, "The folder %1$s is not visible to you."};
inline constexpr ErrorCode kNoSharedAccess{"FLD", 4, kDenied, "You have no access to shared folders."};
inline constexpr ErrorCode kNoPublicWrite{"FLD", 5, kDenied, "You may not write in public folders."};
inline constexpr ErrorCode kNoCreateSubfolder{"FLD", 6, kDenied,
                                              "You may not create subfolders in folder %1$s."};
inline constexpr ErrorCode kNameMissing{"FLD", 7, Category::UserInput, "Please enter a folder name."};
inline constexpr ErrorCode kNotFound{"FLD", 8, Category::Error, "The folder %1$s does not exist."};
inline constexpr ErrorCode kChanged{"FLD", 9, Category::Conflict,
                                    "The folder %1$s was changed in the meantime. Please reload it."};
inline constexpr ErrorCode kNoAdmin{"FLD", 10, kDenied, "You have no administrator right on folder %1$s."};
inline constexpr ErrorCode kDefaultRename{"FLD", 11, kDenied, "The default folder %1$s cannot be renamed."};
inline constexpr ErrorCode kDuplicateName{"FLD", 12, kDenied, "A folder named \"%1$s\" already exists here."};
inline constexpr ErrorCode kTypeBelowParent{"FLD", 13, Category::Error,
                                            "This folder type is not allowed below folder %1$s."};
inline constexpr ErrorCode kModuleBelowParent{"FLD", 14, Category::Error,
                                              "The module \"%1$s\" is not allowed below folder %2$s."};
inline constexpr ErrorCode kPrivateOneAdmin{"FLD", 15, Category::Error,
                                            "A private folder has exactly one administrator."};
inline constexpr ErrorCode kPrivateOwnerAdmin{"FLD", 16, Category::Error,
                                              "Only the owner can be administrator of a private folder."};
inline constexpr ErrorCode kPrivateNoGroupAdmin{"FLD", 17, Category::Error,
                                                "A group cannot be administrator of a private folder."};
inline constexpr ErrorCode kNoAdminLeft{"FLD", 18, Category::Error, "Every folder needs an administrator."};
inline constexpr ErrorCode kBadObjectId{"FLD", 19, Category::Error, "The folder id %1$s is not valid."};
inline constexpr ErrorCode kParentChange{"FLD", 20, Category::Error,
                                         "The parent of folder %1$s cannot be changed here."};
inline constexpr ErrorCode kMoveDefault{"FLD", 21, kDenied, "The default folder %1$s cannot be moved."};
inline constexpr ErrorCode kMoveShared{"FLD", 23, kDenied, "The shared folder %1$s cannot be moved."};
inline constexpr ErrorCode kMoveIntoShared{"FLD", 24, kDenied,
                                           "Folders cannot be moved into the shared folder %1$s."};
inline constexpr ErrorCode kMoveSystem{"FLD", 25, kDenied, "The system folder %1$s cannot be moved."};
inline constexpr ErrorCode kMovePrivate{"FLD", 26, kDenied,
                                        "A private folder can be moved to private folders only."};
inline constexpr ErrorCode kMovePublic{"FLD", 27, kDenied,
                                       "A public folder can be moved to public folders only."};
inline constexpr ErrorCode kMoveSameParent{"FLD", 28, kDenied, "The folder is already there."};
inline constexpr ErrorCode kMoveSubtreeRights{"FLD", 29, kDenied,
                                              "You may not move all subfolders of folder %1$s."};
inline constexpr ErrorCode kDeleteShared{"FLD", 30, kDenied, "The shared folder %1$s cannot be deleted."};
inline constexpr ErrorCode kDeleteDefault{"FLD", 31, kDenied, "The default folder %1$s cannot be deleted."};
inline constexpr ErrorCode kDeleteContent{"FLD", 32, kDenied,
                                          "You may not delete all objects of folder %1$s."};
inline constexpr ErrorCode kNoDefaultFolder{"FLD", 34, Category::Error,
                                            "The default folder of module \"%1$s\" does not exist."};
inline constexpr ErrorCode kUnknownModule{"FLD", 42, Category::Error, "Unknown folder module: %1$s."};
inline constexpr ErrorCode kBadEntity{"FLD", 44, Category::UserInput,
                                      "The permission entity %1$s does not exist."};
inline constexpr ErrorCode kMoveIntoSubtree{"FLD", 45, Category::Error,
                                            "A folder cannot be moved below itself."};
inline constexpr ErrorCode kUnexpected{"FLD", 46, Category::Error,
                                       "An unexpected folder error occurred: %1$s"};
inline constexpr ErrorCode kMoveModule{"FLD", 49, kDenied,
                                       "A folder can only be moved below folders of its module."};
inline constexpr ErrorCode kBadJson{"FLD", 55, Category::Error, "The folder data is not valid: %1$s"};
inline constexpr ErrorCode kBadParameter{"FLD", 56, Category::Error, "The parameter %1$s is not valid."};
inline constexpr ErrorCode kBadField{"FLD", 58, Category::Error, "The value of %1$s is not valid."};
inline constexpr ErrorCode kBadBits{"FLD", 61, Category::Error, "The permission bits %1$s are not valid."};
inline constexpr ErrorCode kSharedUpdate{"FLD", 63, kDenied,
                                         "Only the owner can change the shared folder %1$s."};
inline constexpr ErrorCode kTooLong{"FLD", 64, Category::Truncated, "The value of %1$s is too long."};
inline constexpr ErrorCode kSharedSubfolderAdmin{
    "FLD", 70, kDenied, "Below a shared folder only its owner can be administrator."};
inline constexpr ErrorCode kOwnerMustAdmin{"FLD", 71, Category::UserInput,
                                           "The owner must stay administrator of the default folder."};
inline constexpr ErrorCode kSharingForbidden{"FLD", 72, kDenied, "You may not share private folders."};
inline constexpr ErrorCode kEntityLacksModule{"FLD", 73, kDenied, "The user %1$s cannot use this module."};
inline constexpr ErrorCode kHiddenSubfolder{"FLD", 74, kDenied,
                                            "A subfolder that is not visible to you prevents this."};
inline constexpr ErrorCode kDefaultNameTaken{
    "FLD", 75, kDenied, "The name \"%1$s\" of the default file folder is already taken."};
inline constexpr ErrorCode kInvalidData{"FLD", 76, Category::UserInput, "The folder data is not valid: %1$s"};
inline constexpr ErrorCode kSameNameShared{"FLD", 77, Category::UserInput,
                                           "A folder of the same name is already shared with %1$s."};
inline constexpr ErrorCode kModuleChangeNotEmpty{"FLD", 78, Category::UserInput,
                                                 "The module can only be changed on an empty folder."};
inline constexpr ErrorCode kDuplicateUser{"FLD", 79, Category::UserInput,
                                          "The user %1$s has two permission entries."};
inline constexpr ErrorCode kDuplicateGroup{"FLD", 80, Category::UserInput,
                                           "The group %1$s has two permission entries."};
inline constexpr ErrorCode kGlobalBookPermission{
    "FLD", 81, kDenied, "Only the visibility of the global address book can be changed."};
inline constexpr ErrorCode kGlobalBookIndividual{"FLD", 82, kDenied,
                                                 "The global address book has individual permissions."};
inline constexpr ErrorCode kGlobalBookGroup{"FLD", 83, kDenied,
                                            "The global address book has one permission for all users."};
inline constexpr ErrorCode kModuleChangeDefault{"FLD", 84, Category::UserInput,
                                                "The module of a default folder cannot be changed."};
inline constexpr ErrorCode kModuleChange{"FLD", 85, Category::UserInput,
                                         "The module of this folder cannot be changed."};
inline constexpr ErrorCode kRenameForbidden{"FLD", 86, kDenied, "You may not rename folder %1$s."};
inline constexpr ErrorCode kCreateRetry{"FLD", 87, Category::TryAgain,
                                        "The folder could not be created. Please try again."};
inline constexpr ErrorCode kLockedFiles{"FLD", 88, kDenied,
                                        "Folder %1$s holds files that somebody else has locked."};
inline constexpr ErrorCode kAdminOnly{"FLD", 89, kDenied,
                                      "Only the administrator of the context may do this."};
inline constexpr ErrorCode kNotDeletable{"FLD", 90, kDenied, "The folder %1$s must not be deleted."};
inline constexpr ErrorCode kOwnerRestored{"FLD", 91, Category::Warning,
                                          "The owner was kept as administrator of the folder."};
inline constexpr ErrorCode kBadCharacter{"FLD", 92, Category::UserInput,
                                         "The folder name contains the forbidden character \"%1$s\"."};
inline constexpr ErrorCode kReservedName{"FLD", 93, kDenied, "The folder name \"%1$s\" is reserved."};
inline constexpr ErrorCode kSeveralFailed{"FLD", 1001, Category::Error,
                                          "These folders could not be deleted: %1$s"};
inline constexpr ErrorCode kNoStorage{"FLD", 1004, Category::Error,
                                      "There is no folder storage for id %1$s."};
inline constexpr ErrorCode kNoStorageForModule{"FLD", 1005, Category::Error,
                                               "There is no folder storage for the module \"%1$s\"."};
inline constexpr ErrorCode kSubscribedChildren{
    "FLD", 1017, kDenied, "Folder %1$s has subscribed subfolders. Unsubscribe them first."};
inline constexpr ErrorCode kResync{
    "FLD", 1022, Category::Conflict,
    "The changes since the given timestamp are no longer known. Please reload all folders."};
inline constexpr ErrorCode kNoMailTransport{
    "FLD", 1028, Category::Error,
    "The notification could not be sent to %1$s: no mail transport is available."};
inline constexpr ErrorCode kUnknownContentType{"FLD", 1018, Category::Error, "Unknown content type: %1$s."};
inline constexpr ErrorCode kDefaultUnsubscribe{"FLD", 1015, kDenied,
                                               "The folder %1$s cannot be unsubscribed."};
inline constexpr ErrorCode kInvalidId{"FLD", 1025, Category::Error, "The folder id \"%1$s\" is not valid."};
inline constexpr ErrorCode kMailBelowPublic{"FLD", 1030, kDenied,
                                            "Mail folders cannot be created below public folders."};
inline constexpr ErrorCode kUnknownTree{"FLD", 1031, kDenied, "Unknown folder tree: %1$s."};
inline constexpr ErrorCode kDuplicateChildren{"FLD", 1034, kDenied,
                                              "Two folders here have the name \"%1$s\"."};

inline constexpr const ErrorCode* kAll[] = {&kNoModuleAccess,
                                            &kNotVisible,
                                            &kNoSharedAccess,
                                            &kNoPublicWrite,
                                            &kNoCreateSubfolder,
                                            &kNameMissing,
                                            &kNotFound,
                                            &kChanged,
                                            &kNoAdmin,
                                            &kDefaultRename,
                                            &kDuplicateName,
                                            &kTypeBelowParent,
                                            &kModuleBelowParent,
                                            &kPrivateOneAdmin,
                                            &kPrivateOwnerAdmin,
                                            &kPrivateNoGroupAdmin,
                                            &kNoAdminLeft,
                                            &kBadObjectId,
                                            &kParentChange,
                                            &kMoveDefault,
                                            &kMoveShared,
                                            &kMoveIntoShared,
                                            &kMoveSystem,
                                            &kMovePrivate,
                                            &kMovePublic,
                                            &kMoveSameParent,
                                            &kMoveSubtreeRights,
                                            &kDeleteShared,
                                            &kDeleteDefault,
                                            &kDeleteContent,
                                            &kNoDefaultFolder,
                                            &kUnknownModule,
                                            &kBadEntity,
                                            &kMoveIntoSubtree,
                                            &kUnexpected,
                                            &kMoveModule,
                                            &kBadJson,
                                            &kBadParameter,
                                            &kBadField,
                                            &kBadBits,
                                            &kSharedUpdate,
                                            &kTooLong,
                                            &kSharedSubfolderAdmin,
                                            &kOwnerMustAdmin,
                                            &kSharingForbidden,
                                            &kEntityLacksModule,
                                            &kHiddenSubfolder,
                                            &kDefaultNameTaken,
                                            &kInvalidData,
                                            &kSameNameShared,
                                            &kModuleChangeNotEmpty,
                                            &kDuplicateUser,
                                            &kDuplicateGroup,
                                            &kGlobalBookPermission,
                                            &kGlobalBookIndividual,
                                            &kGlobalBookGroup,
                                            &kModuleChangeDefault,
                                            &kModuleChange,
                                            &kRenameForbidden,
                                            &kCreateRetry,
                                            &kLockedFiles,
                                            &kAdminOnly,
                                            &kNotDeletable,
                                            &kOwnerRestored,
                                            &kBadCharacter,
                                            &kReservedName,
                                            &kSeveralFailed,
                                            &kNoStorage,
                                            &kUnknownContentType,
                                            &kDefaultUnsubscribe,
                                            &kInvalidId,
                                            &kMailBelowPublic,
                                            &kUnknownTree,
                                            &kDuplicateChildren,
                                            &kNoStorageForModule,
                                            &kSubscribedChildren,
                                            &kResync,
                                            &kNoMailTransport};

}  // namespace gw::errors::fld
