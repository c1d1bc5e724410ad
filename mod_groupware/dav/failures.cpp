#include "dav/failures.hpp"

#include "core/errors/folder.hpp"
#include "core/errors/infostore.hpp"

namespace gw::dav {
namespace {

struct StatusRow {
  const ErrorCode* code;
  int status;
};

/// Where the category alone would say something else.
constexpr StatusRow kStatuses[] = {
    {&errors::ifo::kLocked, HTTP_LOCKED},
    {&errors::ifo::kLockedByOther, HTTP_LOCKED},
    {&errors::fld::kLockedFiles, HTTP_LOCKED},
    {&errors::ifo::kChanged, HTTP_PRECONDITION_FAILED},
    {&errors::ifo::kNameTaken, HTTP_PRECONDITION_FAILED},
    {&errors::fld::kDuplicateName, HTTP_CONFLICT},
    {&errors::ifo::kNotFound, HTTP_NOT_FOUND},
    {&errors::fld::kNotFound, HTTP_NOT_FOUND},
    {&errors::fls::kMissing, HTTP_NOT_FOUND},
};

}  // namespace

int status_of(const ErrorCode& code) {
  for (const StatusRow& row : kStatuses)
    if (*row.code == code) return row.status;
  switch (code.category) {
    case Category::Capacity:
      return HTTP_INSUFFICIENT_STORAGE;
    case Category::Conflict:
      return HTTP_CONFLICT;
    case Category::ServiceDown:
    case Category::TryAgain:
    case Category::Connectivity:
      return HTTP_SERVICE_UNAVAILABLE;
    case Category::UserInput:
    case Category::Truncated:
    case Category::PermissionDenied:
      return HTTP_FORBIDDEN;
    default:
      return code.prefix == "IFO" || code.prefix == "FLD" ? HTTP_FORBIDDEN : HTTP_INTERNAL_SERVER_ERROR;
  }
}

dav_error* refuse(apr_pool_t* pool, int status, const char* text) {
  return dav_new_error(pool, status, 0, 0, text == nullptr ? nullptr : apr_pstrdup(pool, text));
}

dav_error* refuse(apr_pool_t* pool, const ApiError& error) {
  return refuse(pool, status_of(error.code()), error.what());
}

dav_error* refuse_with_tag(apr_pool_t* pool, int status, const char* tag, const char* text) {
  return dav_new_error_tag(pool, status, 0, 0, text, nullptr, tag);
}

}  // namespace gw::dav
