// Free/busy of a user without sign-in: `/servlet/webdav.freebusy`. Not the API's: nothing of it is JSON, and
// errors are pages. Source: spec chronos section 10, "old style".
#pragma once

#include <string_view>

#include "ajax/dispatch.hpp"

namespace gw::ajax {

/// Its address, below the root of the server.
inline constexpr std::string_view kPublicBusyPath = "/servlet/webdav.freebusy";

/// Parameters: contextId, userName, server; weeksIntoPast (1, at most 12), weeksIntoFuture (4, at most 26);
/// simple. Counts as a request of its address. Errors: HttpError 400 without context or user, or with weeks
/// that are no number; 404 for whom nothing is published, whatever the reason; 429; Unavailable.
Answer answer_public_busy(const Request& request, Runtime& runtime);

}  // namespace gw::ajax
