// CON: contacts. Source: spec contacts-users-groups-resources section 9.
#pragma once
#include "core/error.hpp"

namespace gw::errors::con {

inline constexpr auto kDenied = Category::PermissionDenied;
inline constexpr auto kInput = Category::UserInput;

inline constexpr ErrorCode kUserContactElsewhere{
    "CON", 1, Category::Error, "A user's contact was found outside the global address book."};
inline constexpr ErrorCode kBadMailAddress{"CON", 100, kInput, "The mail address \"%1$s\" is not valid."};
inline constexpr ErrorCode kImageFormat{
    "CON", 101, kInput, "The image type \"%1$s\" is not supported. Use JPEG, PNG, GIF or BMP."};
inline constexpr ErrorCode kNoContactFolder{"CON", 103, kDenied, "Folder %1$s is not a contact folder."};
inline constexpr ErrorCode kNoReadAccess{"CON", 104, kDenied, "You may not read contacts in folder %1$s."};
inline constexpr ErrorCode kImageScaling{"CON", 108, Category::Error, "The image could not be scaled."};
inline constexpr ErrorCode kNoCreate{"CON", 112, kDenied, "You may not create contacts in folder %1$s."};
inline constexpr ErrorCode kNoPrivateInShared{"CON", 118, kDenied,
                                              "You may not mark a contact private in a shared folder."};
inline constexpr ErrorCode kChanged{"CON", 119, Category::Conflict,
                                    "The contact was changed in the meantime. Please reload it."};
inline constexpr ErrorCode kNothingToChange{"CON", 122, kInput, "There is nothing to change."};
inline constexpr ErrorCode kNotFound{"CON", 125, Category::Error, "The contact %1$s was not found."};
inline constexpr ErrorCode kImageBroken{"CON", 136, kInput, "The image file cannot be read."};
inline constexpr ErrorCode kTooLong{"CON", 154, kInput,
                                    "A value is too long: \"%1$s\" may have %2$s characters, but has %3$s."};
inline constexpr ErrorCode kNoPicture{"CON", 158, Category::TryAgain, "The uploaded file is not a picture."};
inline constexpr ErrorCode kFirstNameMandatory{"CON", 164, kInput, "The first name is mandatory."};
inline constexpr ErrorCode kPrivateMove{"CON", 165, kDenied, "A private contact cannot be moved there."};
inline constexpr ErrorCode kDisplayNameMandatory{"CON", 166, kInput, "The display name is mandatory."};
inline constexpr ErrorCode kDisplayNameTaken{"CON", 167, Category::TryAgain,
                                             "The display name \"%1$s\" is already in use."};
inline constexpr ErrorCode kBadCharacter{"CON", 168, kInput,
                                         "The value of \"%1$s\" contains a character that is not allowed."};
inline constexpr ErrorCode kNoDelete{"CON", 169, kDenied, "You may not delete contacts in folder %1$s."};
inline constexpr ErrorCode kImageTypeMissing{"CON", 170, kInput, "The image has no MIME type."};
inline constexpr ErrorCode kPrivateInPublic{"CON", 171, kInput,
                                            "Private contacts are not possible in public folders."};
inline constexpr ErrorCode kImageTooLarge{"CON", 172, kInput,
                                          "The image is too large: %1$s bytes, allowed are %2$s."};
inline constexpr ErrorCode kPrimaryAddressFixed{"CON", 173, kInput,
                                                "The primary mail address cannot be changed."};
inline constexpr ErrorCode kNotInFolder{"CON", 174, kDenied, "The contact %1$s is not in folder %2$s."};
inline constexpr ErrorCode kLastNameMandatory{"CON", 175, kInput, "The last name is mandatory."};
inline constexpr ErrorCode kNoWrite{"CON", 176, kDenied, "You may not change contacts in folder %1$s."};
inline constexpr ErrorCode kListMemberAddress{"CON", 177, kInput,
                                              "Every member of a distribution list needs a mail address."};
inline constexpr ErrorCode kUserContactDelete{"CON", 260, kDenied,
                                              "The contact of a user cannot be deleted."};
inline constexpr ErrorCode kBadId{"CON", 261, Category::Error, "The id \"%1$s\" is not valid."};
inline constexpr ErrorCode kPatternTooShort{"CON", 1000, kInput, "Please enter at least %1$s characters."};
inline constexpr ErrorCode kUnexpected{"CON", 1001, kInput, "The request cannot be processed: %1$s"};

inline constexpr const ErrorCode* kAll[] = {&kUserContactElsewhere,
                                            &kBadMailAddress,
                                            &kImageFormat,
                                            &kNoContactFolder,
                                            &kNoReadAccess,
                                            &kImageScaling,
                                            &kNoCreate,
                                            &kNoPrivateInShared,
                                            &kChanged,
                                            &kNothingToChange,
                                            &kNotFound,
                                            &kImageBroken,
                                            &kTooLong,
                                            &kNoPicture,
                                            &kFirstNameMandatory,
                                            &kPrivateMove,
                                            &kDisplayNameMandatory,
                                            &kDisplayNameTaken,
                                            &kBadCharacter,
                                            &kNoDelete,
                                            &kImageTypeMissing,
                                            &kPrivateInPublic,
                                            &kImageTooLarge,
                                            &kPrimaryAddressFixed,
                                            &kNotInFolder,
                                            &kLastNameMandatory,
                                            &kNoWrite,
                                            &kListMemberAddress,
                                            &kUserContactDelete,
                                            &kBadId,
                                            &kPatternTooShort,
                                            &kUnexpected};

}  // namespace gw::errors::con
