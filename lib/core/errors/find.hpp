// FIND: the search box. Our specification has no table of them; the numbers are those of the published
// server, the texts are ours.
#pragma once
#include "core/error.hpp"

namespace gw::errors::find {

inline constexpr auto kInput = Category::UserInput;

inline constexpr ErrorCode kUnknownField{"FIND", 3, Category::Error,
                                         "The filter field \"%1$s\" is not supported."};
inline constexpr ErrorCode kUnknownQuery{"FIND", 4, Category::Error,
                                         "The filter query \"%1$s\" is not supported for field \"%2$s\"."};
inline constexpr ErrorCode kNoFilter{"FIND", 5, kInput, "Please say what you are looking for."};
inline constexpr ErrorCode kNoFields{"FIND", 6, kInput, "The filter of \"%1$s\" names no field."};
inline constexpr ErrorCode kNoQueries{"FIND", 7, kInput, "The filter of \"%1$s\" says nothing to look for."};
inline constexpr ErrorCode kUnknownFacet{"FIND", 8, Category::Error,
                                         "The facet \"%1$s\" is not supported by module \"%2$s\"."};
inline constexpr ErrorCode kTooShort{"FIND", 10, kInput, "A search needs at least %1$s characters."};
inline constexpr ErrorCode kFacetMissing{"FIND", 11, kInput, "The facet \"%1$s\" is mandatory."};
inline constexpr ErrorCode kUnreadable{"FIND", 12, kInput, "\"%1$s\" cannot be understood."};
inline constexpr ErrorCode kBadFolder{"FIND", 14, kInput,
                                      "The folder \"%1$s\" cannot be searched in module \"%2$s\"."};
inline constexpr ErrorCode kBadFolderType{"FIND", 15, kInput, "The folder type \"%1$s\" is not supported."};
inline constexpr ErrorCode kFacetConflict{"FIND", 16, kInput,
                                          "The facets \"%1$s\" and \"%2$s\" exclude each other."};
inline constexpr ErrorCode kModuleDisabled{"FIND", 17, Category::PermissionDenied,
                                           "You may not search in module \"%1$s\"."};
inline constexpr ErrorCode kBadAccount{"FIND", 18, kInput,
                                       "The account \"%1$s\" cannot be searched in module \"%2$s\"."};
inline constexpr ErrorCode kTooManyResults{
    "FIND", 19, kInput, "More than %1$s results were found. Please search for more words."};

inline constexpr const ErrorCode* kAll[] = {
    &kUnknownField,  &kUnknownQuery,  &kNoFilter,       &kNoFields,   &kNoQueries,
    &kUnknownFacet,  &kTooShort,      &kFacetMissing,   &kUnreadable, &kBadFolder,
    &kBadFolderType, &kFacetConflict, &kModuleDisabled, &kBadAccount, &kTooManyResults};

}  // namespace gw::errors::find
