// MAIL_FILTER: rules on the mail server. Source: spec mailfilter section 7.
#pragma once
#include "core/error.hpp"

namespace gw::errors::mail_filter {

inline constexpr ErrorCode kMissingParameter{"MAIL_FILTER", 1, Category::Error,
                                             "The parameter %1$s is missing."};
inline constexpr ErrorCode kCredentials{"MAIL_FILTER", 2, Category::PermissionDenied,
                                        "The filter server does not accept the credentials of %1$s."};
inline constexpr ErrorCode kBadJson{"MAIL_FILTER", 3, Category::Error, "The rule cannot be understood: %1$s"};
inline constexpr ErrorCode kProperty{"MAIL_FILTER", 4, Category::Configuration,
                                     "The setting %1$s of mail filters is wrong."};
inline constexpr ErrorCode kSieve{"MAIL_FILTER", 5, Category::Error, "The filter server refused: %1$s"};
inline constexpr ErrorCode kBadPosition{"MAIL_FILTER", 7, Category::Error,
                                        "The position %1$s is not one of the list."};
inline constexpr ErrorCode kUnknownRule{"MAIL_FILTER", 8, Category::Error,
                                        "There is no rule with the id %1$s."};
inline constexpr ErrorCode kBadId{"MAIL_FILTER", 9, Category::Error,
                                  "The id of the rule is missing or is not a number."};
inline constexpr ErrorCode kBadServerUrl{"MAIL_FILTER", 10, Category::Error,
                                         "The address of the filter server is wrong: %1$s"};
inline constexpr ErrorCode kBadLoginType{"MAIL_FILTER", 11, Category::Error,
                                         "The login of the filter server is not set up."};
inline constexpr ErrorCode kBadCredentialSource{"MAIL_FILTER", 12, Category::Error,
                                                "The credentials of the filter server are not set up."};
inline constexpr ErrorCode kEncoding{"MAIL_FILTER", 13, Category::Error,
                                     "The text cannot be written in a filter script."};
inline constexpr ErrorCode kConnect{"MAIL_FILTER", 14, Category::Error,
                                    "The filter server %1$s on port %2$s cannot be reached: %3$s"};
inline constexpr ErrorCode kCommunication{
    "MAIL_FILTER", 15, Category::Error, "The talk with the filter server %1$s on port %2$s broke off: %3$s"};
inline constexpr ErrorCode kLexical{"MAIL_FILTER", 16, Category::Error,
                                    "The filter script has an error in line %1$s: %2$s"};
inline constexpr ErrorCode kNotANumber{"MAIL_FILTER", 17, Category::UserInput,
                                       "Please enter a number in the field %1$s."};
inline constexpr ErrorCode kEmptyField{"MAIL_FILTER", 18, Category::UserInput,
                                       "Please fill in the field %1$s."};
inline constexpr ErrorCode kNoMasterPassword{"MAIL_FILTER", 19, Category::Error,
                                             "The master password of the filter server is missing."};
inline constexpr ErrorCode kBadPasswordSource{"MAIL_FILTER", 20, Category::Error,
                                              "The password source of the filter server is not set up."};
inline constexpr ErrorCode kSecondVacation{"MAIL_FILTER", 21, Category::TryAgain,
                                           "There is already a vacation notice."};
inline constexpr ErrorCode kNoActiveScript{"MAIL_FILTER", 22, Category::Error,
                                           "There is no active filter script."};
inline constexpr ErrorCode kBadRedirect{"MAIL_FILTER", 23, Category::UserInput,
                                        "%1$s is not a mail address to redirect to."};
inline constexpr ErrorCode kRedirectDenied{"MAIL_FILTER", 24, Category::UserInput,
                                           "Mails may not be redirected to %1$s."};
inline constexpr ErrorCode kInvalidRule{"MAIL_FILTER", 25, Category::UserInput,
                                        "The rule is not valid: %1$s"};
inline constexpr ErrorCode kUnknownFilterType{"MAIL_FILTER", 26, Category::Error,
                                              "There is no kind of filter named %1$s."};
inline constexpr ErrorCode kNotAvailable{"MAIL_FILTER", 27, Category::PermissionDenied,
                                         "Mail filters are not available to you."};
inline constexpr ErrorCode kReorderTooLong{"MAIL_FILTER", 28, Category::Error,
                                           "The new order names %1$s rules, but there are %2$s."};
inline constexpr ErrorCode kSessionExpired{"MAIL_FILTER", 200, Category::PermissionDenied,
                                           "Your session expired. Please sign in again."};

inline constexpr const ErrorCode* kAll[] = {&kMissingParameter,
                                            &kCredentials,
                                            &kBadJson,
                                            &kProperty,
                                            &kSieve,
                                            &kBadPosition,
                                            &kUnknownRule,
                                            &kBadId,
                                            &kBadServerUrl,
                                            &kBadLoginType,
                                            &kBadCredentialSource,
                                            &kEncoding,
                                            &kConnect,
                                            &kCommunication,
                                            &kLexical,
                                            &kNotANumber,
                                            &kEmptyField,
                                            &kNoMasterPassword,
                                            &kBadPasswordSource,
                                            &kSecondVacation,
                                            &kNoActiveScript,
                                            &kBadRedirect,
                                            &kRedirectDenied,
                                            &kInvalidRule,
                                            &kUnknownFilterType,
                                            &kNotAvailable,
                                            &kReorderTooLong,
                                            &kSessionExpired};

}  // namespace gw::errors::mail_filter
