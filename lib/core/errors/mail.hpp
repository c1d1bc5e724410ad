// MSG: mail accounts, folders and mails; with the codes of servers. Source: spec mail section 14. Clients
// branch on 0032, 0042, 0043 and 0082.
#pragma once
#include "core/error.hpp"
#include "core/errors/imap.hpp"
#include "core/errors/mail_server.hpp"

namespace gw::errors::msg {

inline constexpr ErrorCode kUnexpected{"MSG", 0, kError, "An unexpected error occurred: %1$s"};
inline constexpr ErrorCode kMissingParameter{"MSG", 1, kError, "The parameter \"%1$s\" is missing."};
inline constexpr ErrorCode kJson{"MSG", 3, kError, "The JSON data is not valid: %1$s"};
inline constexpr ErrorCode kAccountIncomplete{"MSG", 4, kError,
                                              "The data of the mail account is incomplete: %1$s is missing."};
inline constexpr ErrorCode kPartUnreadable{"MSG", 7, kInput, "The part %1$s of the mail could not be read."};
inline constexpr ErrorCode kInputOutput{"MSG", 8, kError, "Reading or writing failed: %1$s"};
inline constexpr ErrorCode kBadMailPath{"MSG", 9, kError, "The mail path \"%1$s\" is not valid."};
inline constexpr ErrorCode kUnknownColor{"MSG", 10, kError, "The colour label %1$s is unknown."};
inline constexpr ErrorCode kNoMailModule{"MSG", 13, kDenied, "You may not use the mail module."};
inline constexpr ErrorCode kNoMailForAdmin{"MSG", 14, Category::Configuration,
                                           "The administrator of context %1$s has no mail account."};
inline constexpr ErrorCode kInterrupted{"MSG", 15, Category::TryAgain,
                                        "The operation was interrupted. Please try again."};
inline constexpr ErrorCode kCharset{"MSG", 16, kError, "The character set \"%1$s\" is not supported."};
inline constexpr ErrorCode kHeader{"MSG", 17, kError, "The header \"%1$s\" could not be read or written."};
inline constexpr ErrorCode kField{"MSG", 22, kError, "The mail field \"%1$s\" is not valid."};
inline constexpr ErrorCode kPartNotFound{"MSG", 24, kInput,
                                         "The attachment %1$s was not found in mail %2$s of folder %3$s."};
inline constexpr ErrorCode kUploadQuotaFile{
    "MSG", 28, kInput, "The file \"%1$s\" is larger than %2$s, the most one file may have."};
inline constexpr ErrorCode kUploadQuotaTotal{
    "MSG", 29, kInput, "The files are together larger than %1$s, the most that is allowed."};
inline constexpr ErrorCode kNotInteger{"MSG", 31, kError, "\"%1$s\" is not a whole number."};
inline constexpr ErrorCode kMailNotFound{
    "MSG", 32, kInput, "The mail %1$s was not found in folder %2$s. It may have been moved or deleted."};
inline constexpr ErrorCode kUnsupportedAction{"MSG", 33, kError, "The action \"%1$s\" is not supported."};
inline constexpr ErrorCode kNotSent{"MSG", 35, kInput, "The mail could not be sent: %1$s"};
inline constexpr ErrorCode kUnsupportedMultipart{"MSG", 36, kError,
                                                 "The action \"%1$s\" is not supported with uploaded files."};
inline constexpr ErrorCode kMissingField{"MSG", 37, kError, "The field \"%1$s\" is missing."};
inline constexpr ErrorCode kDeleteOverQuota{"MSG", 39, kCapacity,
                                            "The mails could not be deleted because the mailbox is full."};
inline constexpr ErrorCode kPartEmpty{"MSG", 41, kInput, "The part %1$s of the mail is empty."};
inline constexpr ErrorCode kCopyOverQuota{
    "MSG", 42, kCapacity,
    "The mail was sent, but the mailbox is full: no copy was stored in the sent folder."};
inline constexpr ErrorCode kCopyFailed{"MSG", 43, kWarning,
                                       "The mail was sent, but no copy could be stored in the sent folder."};
inline constexpr ErrorCode kNoProvider{"MSG", 44, Category::Configuration,
                                       "There is no mail service for the protocol \"%1$s\"."};
inline constexpr ErrorCode kBadParameter{"MSG", 46, kInput, "\"%2$s\" is not a valid value of \"%1$s\"."};
inline constexpr ErrorCode kReplyToSeveral{"MSG", 47, kInput, "Only one mail can be replied to at a time."};
inline constexpr ErrorCode kFlagNotSingle{"MSG", 48, kError, "%1$s is not exactly one flag."};
inline constexpr ErrorCode kAttachmentNotFound{
    "MSG", 49, kInput, "The attachment %1$s was not found in mail %2$s of folder %3$s."};
inline constexpr ErrorCode kHoldsNoMessages{"MSG", 50, kDenied, "The folder %1$s cannot hold mails."};
inline constexpr ErrorCode kRootFolder{"MSG", 52, kInput,
                                       "This is not possible with the root folder of a mail account."};
inline constexpr ErrorCode kNoTransport{"MSG", 53, Category::Configuration,
                                        "There is no transport service for the protocol \"%1$s\"."};
inline constexpr ErrorCode kImageNotFound{"MSG", 55, kInput,
                                          "The image %1$s was not found in mail %2$s of folder %3$s."};
inline constexpr ErrorCode kSenderNotAllowed{"MSG", 56, kInput, "You may not send mails as %1$s."};
inline constexpr ErrorCode kDefaultFolderCheck{
    "MSG", 57, kInput, "The default folders of the mail account could not be checked: %1$s"};
inline constexpr ErrorCode kUnparsable{"MSG", 59, kInput, "The mail could not be understood."};
inline constexpr ErrorCode kFolderNameEmpty{"MSG", 60, kInput, "Please enter a folder name."};
inline constexpr ErrorCode kFolderNameInvalid{"MSG", 61, kInput, "The folder name \"%1$s\" is not valid."};
inline constexpr ErrorCode kFolderExists{"MSG", 63, kDenied, "A folder named \"%1$s\" already exists."};
inline constexpr ErrorCode kNoCreateRight{"MSG", 64, kDenied,
                                          "You may not create subfolders in folder %1$s."};
inline constexpr ErrorCode kAccountCannotSend{"MSG", 65, kInput, "The mail account %1$s cannot send mails."};
inline constexpr ErrorCode kAccountFolderNotFound{"MSG", 66, kInput, "The mail folder %1$s was not found."};
inline constexpr ErrorCode kReferencedMailGone{"MSG", 67, kInput,
                                               "The original mail %1$s was not found in folder %2$s."};
inline constexpr ErrorCode kPatternTooShort{"MSG", 68, kInput,
                                            "Please enter at least %1$s characters to search for."};
inline constexpr ErrorCode kFolderDeleteRefused{"MSG", 69, kInput, "The folder %1$s cannot be deleted."};
inline constexpr ErrorCode kNoDeleteRight{"MSG", 70, kDenied, "You may not delete the folder %1$s."};
inline constexpr ErrorCode kFolderMoveRefused{"MSG", 71, kInput,
                                              "The folder %1$s cannot be moved or renamed."};
inline constexpr ErrorCode kFolderUpdateRefused{"MSG", 72, kInput, "The folder %1$s cannot be changed."};
inline constexpr ErrorCode kNoWriteRight{"MSG", 73, kDenied, "You may not change the folder %1$s."};
inline constexpr ErrorCode kNotConnected{"MSG", 74, kInput, "There is no connection to the mail server."};
inline constexpr ErrorCode kSendTooFast{"MSG", 75, kInput,
                                        "Please wait %1$s seconds before you send the next mail."};
inline constexpr ErrorCode kTooManyRecipients{"MSG", 76, kInput,
                                              "The mail has too many recipients; %1$s are allowed."};
inline constexpr ErrorCode kServerUri{"MSG", 77, kInput, "The address of the mail server is not valid: %1$s"};
inline constexpr ErrorCode kLinkExpired{"MSG", 78, kInput, "The link to the attachment has expired."};
inline constexpr ErrorCode kInsecureConnection{"MSG", 79, kWarning,
                                               "The connection to %1$s is not encrypted."};
inline constexpr ErrorCode kTooManyForwards{"MSG", 80, kInput,
                                            "At most %1$s mails can be forwarded as attachments."};
inline constexpr ErrorCode kInsecureAccount{"MSG", 81, kWarning,
                                            "The connections of this account are not encrypted."};
inline constexpr ErrorCode kOriginalNotFlagged{"MSG", 82, kWarning,
                                               "The mail was sent, but the original could not be marked."};
inline constexpr ErrorCode kFolderNameTooLong{"MSG", 83, kInput,
                                              "The folder name is too long; %1$s characters are allowed."};
inline constexpr ErrorCode kAttachmentsBecameLinks{"MSG", 84, kWarning,
                                                   "The attachments were too large and are sent as links."};
inline constexpr ErrorCode kDraftNotSaved{"MSG", 85, kInput, "The draft could not be saved: %1$s"};
inline constexpr ErrorCode kTryAgain{"MSG", 86, Category::TryAgain,
                                     "The request was incomplete. Please try again."};
inline constexpr ErrorCode kUnsupportedOperation{"MSG", 87, kError,
                                                 "This mail account does not support: %1$s"};
inline constexpr ErrorCode kMessageTooBig{"MSG", 88, kInput, "The mail is too large; %1$s are allowed."};
inline constexpr ErrorCode kResendRefused{"MSG", 89, kInput, "Mails of folder %1$s cannot be sent again."};
inline constexpr ErrorCode kPingFailed{"MSG", 90, kWarning, "The server %1$s could not be reached."};
inline constexpr ErrorCode kPingCredentials{"MSG", 91, kWarning, "The server %1$s did not accept the login."};
inline constexpr ErrorCode kNoEncryption{"MSG", 92, kDenied,
                                         "The server %1$s offers no encrypted connection."};
inline constexpr ErrorCode kTooManyDriveFiles{"MSG", 94, kInput,
                                              "Too many files were attached; %1$s are allowed."};
inline constexpr ErrorCode kRequestDenied{"MSG", 95, kDenied, "The request was denied: %1$s"};
inline constexpr ErrorCode kSendingDenied{"MSG", 96, kDenied, "Sending was denied: %1$s"};
inline constexpr ErrorCode kDefaultFolderUpdate{"MSG", 97, kDenied,
                                                "The default folder %1$s cannot be changed."};
inline constexpr ErrorCode kDefaultFolderRename{"MSG", 98, kDenied,
                                                "The default folder %1$s cannot be renamed or moved."};
inline constexpr ErrorCode kDefaultFolderDelete{"MSG", 99, kDenied,
                                                "The default folder %1$s cannot be deleted."};
inline constexpr ErrorCode kArchiveWithoutSubfolders{"MSG", 100, kDenied,
                                                     "The archive folder cannot have subfolders."};
inline constexpr ErrorCode kBadMessage{"MSG", 101, kInput, "The data is not a valid mail: %1$s"};
inline constexpr ErrorCode kContentTooBig{"MSG", 102, kError,
                                          "The content of the mail is too large to be shown."};
inline constexpr ErrorCode kUnknownCategory{"MSG", 103, kInput, "The category \"%1$s\" does not exist."};
inline constexpr ErrorCode kKeywordBackslash{"MSG", 104, kInput,
                                             "The keyword \"%1$s\" must not begin with a backslash."};
inline constexpr ErrorCode kSomeBecameLinks{"MSG", 105, kWarning,
                                            "Some attachments were too large and are sent as links."};
inline constexpr ErrorCode kDriveMailDenied{"MSG", 106, kDenied, "You may not send attachments as links."};
inline constexpr ErrorCode kExpiryMissing{"MSG", 107, kInput,
                                          "Please give the day on which the link expires."};
inline constexpr ErrorCode kAuthTypeUnsupported{
    "MSG", 108, Category::Configuration, "The mail server %1$s does not support the login method \"%2$s\"."};
inline constexpr ErrorCode kAccountStatus{"MSG", 109, Category::ServiceDown,
                                          "The state of the mail account could not be found out."};
inline constexpr ErrorCode kNoAppendRight{"MSG", 110, kDenied, "You may not store mails in folder %1$s."};
inline constexpr ErrorCode kEncryptionRequired{
    "MSG", 111, kDenied, "The server %1$s accepts logins over encrypted connections only."};
inline constexpr ErrorCode kSubsystemDown{"MSG", 112, Category::ServiceDown,
                                          "The mail service is not available at the moment."};
inline constexpr ErrorCode kTooManyFolders{"MSG", 113, kDenied,
                                           "The mail server refuses to create more folders: %1$s"};
inline constexpr ErrorCode kAccountDisabled{"MSG", 114, kDenied, "The mail account %1$s is disabled."};
inline constexpr ErrorCode kTransportDisabled{"MSG", 115, kDenied,
                                              "Sending is disabled for the mail account %1$s."};
inline constexpr ErrorCode kDraftOverQuota{"MSG", 116, kCapacity,
                                           "The draft could not be saved because the mailbox is full."};
inline constexpr ErrorCode kSaveOverQuota{"MSG", 117, kCapacity,
                                          "The mail could not be saved because the mailbox is full."};

inline constexpr const ErrorCode* kAll[] = {&kUnexpected,
                                            &kMissingParameter,
                                            &kJson,
                                            &kAccountIncomplete,
                                            &kPartUnreadable,
                                            &kInputOutput,
                                            &kBadMailPath,
                                            &kUnknownColor,
                                            &kNoMailModule,
                                            &kNoMailForAdmin,
                                            &kInterrupted,
                                            &kCharset,
                                            &kHeader,
                                            &kField,
                                            &kPartNotFound,
                                            &kUploadQuotaFile,
                                            &kUploadQuotaTotal,
                                            &kNotInteger,
                                            &kMailNotFound,
                                            &kUnsupportedAction,
                                            &kNotSent,
                                            &kUnsupportedMultipart,
                                            &kMissingField,
                                            &kDeleteOverQuota,
                                            &kPartEmpty,
                                            &kCopyOverQuota,
                                            &kCopyFailed,
                                            &kNoProvider,
                                            &kBadParameter,
                                            &kReplyToSeveral,
                                            &kFlagNotSingle,
                                            &kAttachmentNotFound,
                                            &kHoldsNoMessages,
                                            &kRootFolder,
                                            &kNoTransport,
                                            &kImageNotFound,
                                            &kSenderNotAllowed,
                                            &kDefaultFolderCheck,
                                            &kUnparsable,
                                            &kFolderNameEmpty,
                                            &kFolderNameInvalid,
                                            &kFolderExists,
                                            &kNoCreateRight,
                                            &kAccountCannotSend,
                                            &kAccountFolderNotFound,
                                            &kReferencedMailGone,
                                            &kPatternTooShort,
                                            &kFolderDeleteRefused,
                                            &kNoDeleteRight,
                                            &kFolderMoveRefused,
                                            &kFolderUpdateRefused,
                                            &kNoWriteRight,
                                            &kNotConnected,
                                            &kSendTooFast,
                                            &kTooManyRecipients,
                                            &kServerUri,
                                            &kLinkExpired,
                                            &kInsecureConnection,
                                            &kTooManyForwards,
                                            &kInsecureAccount,
                                            &kOriginalNotFlagged,
                                            &kFolderNameTooLong,
                                            &kAttachmentsBecameLinks,
                                            &kDraftNotSaved,
                                            &kTryAgain,
                                            &kUnsupportedOperation,
                                            &kMessageTooBig,
                                            &kResendRefused,
                                            &kPingFailed,
                                            &kPingCredentials,
                                            &kNoEncryption,
                                            &kTooManyDriveFiles,
                                            &kRequestDenied,
                                            &kSendingDenied,
                                            &kDefaultFolderUpdate,
                                            &kDefaultFolderRename,
                                            &kDefaultFolderDelete,
                                            &kArchiveWithoutSubfolders,
                                            &kBadMessage,
                                            &kContentTooBig,
                                            &kUnknownCategory,
                                            &kKeywordBackslash,
                                            &kSomeBecameLinks,
                                            &kDriveMailDenied,
                                            &kExpiryMissing,
                                            &kAuthTypeUnsupported,
                                            &kAccountStatus,
                                            &kNoAppendRight,
                                            &kEncryptionRequired,
                                            &kSubsystemDown,
                                            &kTooManyFolders,
                                            &kAccountDisabled,
                                            &kTransportDisabled,
                                            &kDraftOverQuota,
                                            &kSaveOverQuota};

}  // namespace gw::errors::msg
