// ACC: mail accounts of a user. Source: spec mail section 14. Only what is raised stands here.
#pragma once
#include "core/error.hpp"

namespace gw::errors::acc {

inline constexpr ErrorCode kNotFound{"ACC", 2, Category::UserInput, "There is no mail account %1$s."};
inline constexpr ErrorCode kPrimaryDelete{"ACC", 6, Category::PermissionDenied,
                                          "The primary mail account cannot be deleted."};
inline constexpr ErrorCode kPrimaryUpdate{"ACC", 7, Category::PermissionDenied,
                                          "\"%1$s\" of the primary mail account cannot be changed."};
inline constexpr ErrorCode kPasswordUnreadable{
    "ACC", 10, Category::Error,
    "The stored password of the mail account %1$s cannot be read. Please enter it again."};
inline constexpr ErrorCode kReservedAddress{"ACC", 11, Category::UserInput,
                                            "The address %1$s belongs to unified mail."};
inline constexpr ErrorCode kUnifiedChange{
    "ACC", 12, Category::PermissionDenied,
    "Unified mail is made of accounts that take part; it cannot be changed or deleted itself."};
inline constexpr ErrorCode kNoUnified{"ACC", 13, Category::UserInput,
                                      "None of your mail accounts takes part in unified mail."};
inline constexpr ErrorCode kNotEnabled{"ACC", 14, Category::PermissionDenied,
                                       "You may have %1$s further mail accounts."};
inline constexpr ErrorCode kAddressTwice{"ACC", 15, Category::UserInput,
                                         "You have a mail account with the address %1$s already."};
inline constexpr ErrorCode kBadName{"ACC", 16, Category::UserInput,
                                    "\"%1$s\" is not a valid name of a mail account."};
inline constexpr ErrorCode kDuplicate{"ACC", 17, Category::UserInput,
                                      "You have this mail account already: login %1$s at %2$s."};
inline constexpr ErrorCode kBadUri{"ACC", 18, Category::UserInput,
                                   "\"%1$s\" is not a valid address of a mail server."};
inline constexpr ErrorCode kBadHost{"ACC", 19, Category::UserInput,
                                    "\"%1$s\" is not a valid name of a mail server."};
inline constexpr ErrorCode kStoreCheckFailed{"ACC", 20, Category::Warning,
                                             "The mail server %1$s cannot be used: %2$s"};
inline constexpr ErrorCode kTransportCheckFailed{"ACC", 21, Category::Warning,
                                                 "The server for sending %1$s cannot be used: %2$s"};
inline constexpr ErrorCode kPortWantsTls{
    "ACC", 22, Category::Warning, "Port %1$s is for encrypted connections. Should TLS be switched on?"};
inline constexpr ErrorCode kPortWantsNoTls{
    "ACC", 23, Category::Warning, "Port %1$s is not for TLS from the beginning. Should it be switched off?"};
inline constexpr ErrorCode kHostDenied{"ACC", 25, Category::PermissionDenied,
                                       "The server %1$s may not be used on port %2$s."};
inline constexpr ErrorCode kProtocolChanged{
    "ACC", 26, Category::UserInput, "The protocol of a mail account cannot be changed from %1$s to %2$s."};

inline constexpr ErrorCode kGiven{
    "ACC", 27, Category::PermissionDenied,
    "The mail account %1$s was given to you: its server, login, password and address stay, and so does it."};

inline constexpr const ErrorCode* kAll[] = {
    &kNotFound,      &kPrimaryDelete,  &kPrimaryUpdate, &kPasswordUnreadable, &kReservedAddress,
    &kUnifiedChange, &kNoUnified,      &kNotEnabled,    &kAddressTwice,       &kBadName,
    &kDuplicate,     &kBadUri,         &kBadHost,       &kStoreCheckFailed,   &kTransportCheckFailed,
    &kPortWantsTls,  &kPortWantsNoTls, &kHostDenied,    &kProtocolChanged,    &kGiven};

}  // namespace gw::errors::acc
