// MSG-1000 and above: what mail servers and the network answer. Source: spec mail section 14, mal
// section 8.3. Clients branch on 1000 and 1001.
#pragma once
#include "core/error.hpp"

namespace gw::errors::msg {

inline constexpr auto kInput = Category::UserInput;
inline constexpr auto kError = Category::Error;
inline constexpr auto kDenied = Category::PermissionDenied;
inline constexpr auto kWarning = Category::Warning;
inline constexpr auto kCapacity = Category::Capacity;

inline constexpr ErrorCode kLoginFailed{"MSG", 1000, kDenied,
                                        "The mail server %1$s did not accept the login of \"%2$s\"."};
inline constexpr ErrorCode kBadCredentials{
    "MSG", 1001, kDenied, "The mail server %1$s did not accept the credentials of \"%2$s\"."};
inline constexpr ErrorCode kFolderNotFound{"MSG", 1002, kInput, "The mail folder %1$s does not exist."};
inline constexpr ErrorCode kFolderClosed{"MSG", 1003, kError,
                                         "The mail folder %1$s was closed unexpectedly."};
inline constexpr ErrorCode kBadAddress{"MSG", 1008, kInput, "\"%1$s\" is not a valid mail address."};
inline constexpr ErrorCode kBadHeader{"MSG", 1009, kError, "The header could not be understood: %1$s"};
inline constexpr ErrorCode kReadOnlyFolder{"MSG", 1010, kDenied, "The mail folder %1$s can only be read."};
inline constexpr ErrorCode kBadSearch{"MSG", 1011, kInput, "The search expression is not valid: %1$s"};
inline constexpr ErrorCode kMessageTooLarge{"MSG", 1012, kInput,
                                            "The mail server refuses the mail because it is too large."};
inline constexpr ErrorCode kRecipientsRefused{"MSG", 1013, kInput,
                                              "The mail server refused these recipients: %1$s"};
inline constexpr ErrorCode kConnectionLost{"MSG", 1014, Category::ServiceDown,
                                           "The connection to the mail server %1$s was lost: %2$s"};
inline constexpr ErrorCode kBind{"MSG", 1015, Category::Configuration,
                                 "No local address could be used to reach the mail server %1$s."};
inline constexpr ErrorCode kConnectFailed{"MSG", 1016, Category::ServiceDown,
                                          "The mail server %1$s cannot be reached: %2$s"};
inline constexpr ErrorCode kConnectionReset{"MSG", 1017, Category::TryAgain,
                                            "The mail server %1$s closed the connection. Please try again."};
inline constexpr ErrorCode kNoRoute{"MSG", 1018, Category::ServiceDown,
                                    "There is no route to the mail server %1$s."};
inline constexpr ErrorCode kPortUnreachable{"MSG", 1019, Category::Configuration,
                                            "The port %2$s of the mail server %1$s cannot be reached."};
inline constexpr ErrorCode kConnectionBroken{"MSG", 1020, Category::ServiceDown,
                                             "The connection to the mail server %1$s broke."};
inline constexpr ErrorCode kSocket{"MSG", 1021, kError,
                                   "A network error occurred with the mail server %1$s: %2$s"};
inline constexpr ErrorCode kUnknownHost{"MSG", 1022, Category::Configuration,
                                        "The mail server %1$s is unknown."};
inline constexpr ErrorCode kMessaging{"MSG", 1023, kError, "The mail system failed: %1$s"};
inline constexpr ErrorCode kServerOverQuota{"MSG", 1024, kCapacity, "The mailbox is full: %1$s"};
inline constexpr ErrorCode kServerNo{"MSG", 1025, kError, "The mail server %1$s refused a command: %2$s"};
inline constexpr ErrorCode kServerBad{"MSG", 1026, kError,
                                      "The mail server %1$s did not understand a command: %2$s"};
inline constexpr ErrorCode kProtocol{"MSG", 1027, kError,
                                     "The mail server %1$s answered in an unknown way: %2$s"};
inline constexpr ErrorCode kTransportRefused{"MSG", 1028, kInput,
                                             "The mail was not sent. The server said: %1$s"};
inline constexpr ErrorCode kTransportCredentials{"MSG", 1030, kDenied,
                                                 "The server %1$s did not accept the login for sending."};
inline constexpr ErrorCode kInUse{"MSG", 1031, kError,
                                  "The mail server %1$s cannot do this at the moment: %2$s"};

inline constexpr const ErrorCode* kAllOfServers[] = {&kLoginFailed,
                                                     &kBadCredentials,
                                                     &kFolderNotFound,
                                                     &kFolderClosed,
                                                     &kBadAddress,
                                                     &kBadHeader,
                                                     &kReadOnlyFolder,
                                                     &kBadSearch,
                                                     &kMessageTooLarge,
                                                     &kRecipientsRefused,
                                                     &kConnectionLost,
                                                     &kBind,
                                                     &kConnectFailed,
                                                     &kConnectionReset,
                                                     &kNoRoute,
                                                     &kPortUnreachable,
                                                     &kConnectionBroken,
                                                     &kSocket,
                                                     &kUnknownHost,
                                                     &kMessaging,
                                                     &kServerOverQuota,
                                                     &kServerNo,
                                                     &kServerBad,
                                                     &kProtocol,
                                                     &kTransportRefused,
                                                     &kTransportCredentials,
                                                     &kInUse};

}  // namespace gw::errors::msg
