// IMAP: folders and mails of an IMAP server. Source: spec mail section 14, which gives numbers and a word
// each; the texts are ours.
#pragma once
#include "core/error.hpp"
#include "core/errors/mail_server.hpp"

namespace gw::errors::imap {

inline constexpr ErrorCode kNotConnected{"IMAP", 2001, msg::kError,
                                         "There is no connection to the mail server."};
inline constexpr ErrorCode kNoAccess{"IMAP", 2003, msg::kDenied, "You may not use the mail folder %1$s."};
inline constexpr ErrorCode kNoLookup{"IMAP", 2004, msg::kDenied,
                                     "The mail folder %1$s is not visible to you."};
inline constexpr ErrorCode kNoRead{"IMAP", 2005, msg::kDenied, "You may not read mails in folder %1$s."};
inline constexpr ErrorCode kNoDelete{"IMAP", 2006, msg::kDenied, "You may not delete mails in folder %1$s."};
inline constexpr ErrorCode kNoInsert{"IMAP", 2007, msg::kDenied, "You may not store mails in folder %1$s."};
inline constexpr ErrorCode kNoAdminister{"IMAP", 2009, msg::kDenied,
                                         "You may not administer the mail folder %1$s."};
inline constexpr ErrorCode kNoWrite{"IMAP", 2010, msg::kDenied, "You may not change mails in folder %1$s."};
inline constexpr ErrorCode kNoKeepSeen{"IMAP", 2011, msg::kDenied,
                                       "You may not mark mails in folder %1$s as read."};
inline constexpr ErrorCode kNoSubfolders{"IMAP", 2012, msg::kDenied,
                                         "The mail folder %1$s cannot have subfolders."};
inline constexpr ErrorCode kCreateFailed{"IMAP", 2015, msg::kError,
                                         "The mail folder %1$s could not be created: %2$s"};
inline constexpr ErrorCode kRightsNotApplied{
    "IMAP", 2016, msg::kError, "The mail folder %1$s was created, but its permissions could not be set."};
inline constexpr ErrorCode kNoAdminLeft{"IMAP", 2017, msg::kInput,
                                        "The mail folder %1$s needs at least one administrator."};
inline constexpr ErrorCode kDefaultFolderUpdate{"IMAP", 2018, msg::kDenied,
                                                "The default folder %1$s cannot be changed."};
inline constexpr ErrorCode kDeleteFailed{"IMAP", 2019, msg::kError,
                                         "The mail folder %1$s could not be deleted: %2$s"};
inline constexpr ErrorCode kDefaultFolderCreation{"IMAP", 2020, msg::kError,
                                                  "The default folder %1$s could not be created: %2$s"};
inline constexpr ErrorCode kDefaultFolderMissing{"IMAP", 2021, msg::kError,
                                                 "There is no default folder: %1$s"};
inline constexpr ErrorCode kUpdateFailed{"IMAP", 2022, msg::kError,
                                         "The mail folder %1$s could not be changed: %2$s"};
inline constexpr ErrorCode kUndeletable{"IMAP", 2023, msg::kDenied,
                                        "The mail folder %1$s cannot be deleted."};
inline constexpr ErrorCode kDefaultFolderDelete{"IMAP", 2024, msg::kDenied,
                                                "The default folder %1$s cannot be deleted."};
inline constexpr ErrorCode kUnknownFlag{"IMAP", 2025, msg::kError,
                                        "The flags could not be changed in folder %1$s: %2$s"};
inline constexpr ErrorCode kSearchFailed{"IMAP", 2028, msg::kError, "Searching in folder %1$s failed: %2$s"};
inline constexpr ErrorCode kSearchUnsupported{"IMAP", 2029, msg::kError,
                                              "The mail server cannot search for: %1$s"};
inline constexpr ErrorCode kSortFailed{"IMAP", 2030, msg::kError, "Sorting folder %1$s failed: %2$s"};
inline constexpr ErrorCode kSortUnsupported{"IMAP", 2031, msg::kError,
                                            "Folder %1$s cannot be sorted by this field."};
inline constexpr ErrorCode kIntoChild{"IMAP", 2032, msg::kInput,
                                      "The folder %1$s cannot be moved below itself."};
inline constexpr ErrorCode kTrashCopy{"IMAP", 2034, msg::kError,
                                      "The mails could not be moved to the trash and were not deleted: %1$s"};
inline constexpr ErrorCode kMoveFailed{"IMAP", 2035, msg::kError,
                                       "The mails could not be moved to folder %1$s: %2$s"};
inline constexpr ErrorCode kSameFolder{"IMAP", 2036, msg::kInput,
                                       "Source and target folder are the same: %1$s"};
inline constexpr ErrorCode kOpenForExpunge{"IMAP", 2037, msg::kError,
                                           "The folder %1$s could not be opened for deleting."};
inline constexpr ErrorCode kExpungeReadOnly{"IMAP", 2038, msg::kError,
                                            "The folder %1$s is open for reading only."};
inline constexpr ErrorCode kExpungeFailed{"IMAP", 2039, msg::kError,
                                          "The mails could not be removed from folder %1$s: %2$s"};
inline constexpr ErrorCode kOpenFailed{"IMAP", 2041, msg::kError,
                                       "The mail folder %1$s could not be opened: %2$s"};
inline constexpr ErrorCode kContentFailed{"IMAP", 2042, msg::kError,
                                          "The content of mail %1$s in folder %2$s could not be read."};
inline constexpr ErrorCode kAttachmentFailed{
    "IMAP", 2043, msg::kError, "The attachment %1$s of mail %2$s in folder %3$s could not be read."};
inline constexpr ErrorCode kNoThread{"IMAP", 2046, msg::kError,
                                     "The mail server cannot thread the folder %1$s."};

inline constexpr const ErrorCode* kAll[] = {&kNotConnected,
                                            &kNoAccess,
                                            &kNoLookup,
                                            &kNoRead,
                                            &kNoDelete,
                                            &kNoInsert,
                                            &kNoAdminister,
                                            &kNoWrite,
                                            &kNoKeepSeen,
                                            &kNoSubfolders,
                                            &kCreateFailed,
                                            &kRightsNotApplied,
                                            &kNoAdminLeft,
                                            &kDefaultFolderUpdate,
                                            &kDeleteFailed,
                                            &kDefaultFolderCreation,
                                            &kDefaultFolderMissing,
                                            &kUpdateFailed,
                                            &kUndeletable,
                                            &kDefaultFolderDelete,
                                            &kUnknownFlag,
                                            &kSearchFailed,
                                            &kSearchUnsupported,
                                            &kSortFailed,
                                            &kSortUnsupported,
                                            &kIntoChild,
                                            &kTrashCopy,
                                            &kMoveFailed,
                                            &kSameFolder,
                                            &kOpenForExpunge,
                                            &kExpungeReadOnly,
                                            &kExpungeFailed,
                                            &kOpenFailed,
                                            &kContentFailed,
                                            &kAttachmentFailed,
                                            &kNoThread};

}  // namespace gw::errors::imap
