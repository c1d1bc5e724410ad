// MSGCS: composition spaces. Source: spec mail-compose section 8.
#pragma once
#include "core/error.hpp"

namespace gw::errors::msgcs {

inline constexpr ErrorCode kUnexpected{"MSGCS", 1, Category::Error, "An unexpected error occurred: %1$s"};
inline constexpr ErrorCode kDatabase{"MSGCS", 2, Category::Error, "The database failed: %1$s"};
inline constexpr ErrorCode kInputOutput{"MSGCS", 3, Category::Error, "Reading or writing failed: %1$s"};
inline constexpr ErrorCode kStoreDown{"MSGCS", 4, Category::Error,
                                      "The file store for attachments is not available."};
inline constexpr ErrorCode kNoStore{"MSGCS", 5, Category::Error,
                                    "There is no file store for attachments of mails."};
inline constexpr ErrorCode kBytesGone{"MSGCS", 6, Category::Error,
                                      "The content of the attachment \"%1$s\" is missing."};
inline constexpr ErrorCode kNoSpace{"MSGCS", 7, Category::Error, "There is no composition space %1$s."};
inline constexpr ErrorCode kNoReply{"MSGCS", 8, Category::UserInput,
                                    "The composition space %1$s is no reply to a mail."};
inline constexpr ErrorCode kNoAttachment{"MSGCS", 9, Category::Error,
                                         "There is no attachment %1$s in the composition space %2$s."};
inline constexpr ErrorCode kConcurrentUpdate{
    "MSGCS", 10, Category::Error, "The composition space %1$s is being changed or sent by somebody else."};
inline constexpr ErrorCode kTooManySpaces{
    "MSGCS", 11, Category::UserInput,
    "Too many mails are being written at the same time; %1$s are allowed. Please close one."};
inline constexpr ErrorCode kKeyStoreMissing{"MSGCS", 12, Category::Error, "There is no storage for keys."};
inline constexpr ErrorCode kKeyMissing{"MSGCS", 13, Category::TryAgain,
                                       "The key of the composition space %1$s is missing."};
inline constexpr ErrorCode kOpenFailed{"MSGCS", 14, Category::Error,
                                       "The composition space could not be opened."};
inline constexpr ErrorCode kSubjectTooLong{"MSGCS", 15, Category::UserInput, "The subject is too long."};
inline constexpr ErrorCode kFromTooLong{"MSGCS", 16, Category::UserInput, "\"From\" is too long."};
inline constexpr ErrorCode kSenderTooLong{"MSGCS", 17, Category::UserInput, "\"Sender\" is too long."};
inline constexpr ErrorCode kToTooLong{"MSGCS", 18, Category::UserInput, "\"To\" is too long."};
inline constexpr ErrorCode kCcTooLong{"MSGCS", 19, Category::UserInput, "\"Cc\" is too long."};
inline constexpr ErrorCode kBccTooLong{"MSGCS", 20, Category::UserInput, "\"Bcc\" is too long."};
inline constexpr ErrorCode kReplyToTooLong{"MSGCS", 21, Category::UserInput, "\"Reply-To\" is too long."};
inline constexpr ErrorCode kSharedFolderMissing{"MSGCS", 22, Category::Warning,
                                                "The folder of the shared attachments is missing."};
inline constexpr ErrorCode kSharedFolderInconsistent{
    "MSGCS", 23, Category::Warning, "The folder of the shared attachments does not fit the mail."};
inline constexpr ErrorCode kAttachmentRetrieval{"MSGCS", 24, Category::Error,
                                                "The attachment \"%1$s\" could not be read."};
inline constexpr ErrorCode kKeyRetrieval{"MSGCS", 25, Category::Error,
                                         "The key of the composition space %1$s could not be read."};

inline constexpr const ErrorCode* kAll[] = {&kUnexpected,
                                            &kDatabase,
                                            &kInputOutput,
                                            &kStoreDown,
                                            &kNoStore,
                                            &kBytesGone,
                                            &kNoSpace,
                                            &kNoReply,
                                            &kNoAttachment,
                                            &kConcurrentUpdate,
                                            &kTooManySpaces,
                                            &kKeyStoreMissing,
                                            &kKeyMissing,
                                            &kOpenFailed,
                                            &kSubjectTooLong,
                                            &kFromTooLong,
                                            &kSenderTooLong,
                                            &kToTooLong,
                                            &kCcTooLong,
                                            &kBccTooLong,
                                            &kReplyToTooLong,
                                            &kSharedFolderMissing,
                                            &kSharedFolderInconsistent,
                                            &kAttachmentRetrieval,
                                            &kKeyRetrieval};

}  // namespace gw::errors::msgcs
