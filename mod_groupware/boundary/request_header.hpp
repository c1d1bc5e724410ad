// Header fields of a request as C++ sees them.
#pragma once

#include <httpd.h>

#include <apr_tables.h>

#include <string_view>

namespace gw::boundary {

/// The value; empty when the field is missing. Owns: the request's pool holds the text. Cost: one table
/// search.
inline std::string_view request_header(const request_rec* request, const char* name) {
  const char* value = apr_table_get(request->headers_in, name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace gw::boundary
