// What the client's headers make a change depend on.
#pragma once

#include "boundary/request_header.hpp"

namespace gw::dav {

/// The client compared before it changes: what mod_dav judged is judged again in the transaction. RFC 9110
/// section 13, RFC 4918 section 10.4 (an entity tag in If).
inline bool is_conditional(const request_rec* request) {
  using boundary::request_header;
  return !request_header(request, "If-Match").empty() ||
         !request_header(request, "If-Unmodified-Since").empty() ||
         request_header(request, "If").find('[') != std::string_view::npos;
}

}  // namespace gw::dav
