// A stored file as the answer of a `document` action: type, disposition, conditions, ranges, scaled pictures.
// Files of the infostore and attachments go out through here. Source: spec infostore 5.
#pragma once

#include <string>

#include "ajax/action.hpp"
#include "ajax/delivery/file_delivery.hpp"

namespace gw::ajax {

struct Document {
  StoredBytes bytes;
  std::string name;
  std::string media_type;  ///< as stored; checked against name and bytes
  Validators validators;
};

// The parameters that deliver_document reads; a table that uses it names them with this.
#define GW_DOCUMENT                                                                             \
  {"delivery"}, {"content_disposition"}, {"content_type"}, {"scan", Type::Boolean}, {"format"}, \
      {"width", Type::Integer}, {"height", Type::Integer}, {"cropX", Type::Integer},            \
      {"cropY", Type::Integer}, {"cropWidth", Type::Integer}, {"cropHeight", Type::Integer},    \
      {"shrinkOnly", Type::Boolean}, {"scaleType"}, {                                           \
    "rotate", Type::Boolean                                                                     \
  }

/// Pictures above these limits, and what is no picture that can be decoded, are sent as they are.
inline constexpr std::int64_t kMaxScaledSource = 32 * 1'048'576;

/// Errors: StoreError when the file is not there; Unavailable; SVL-0010 for a broken parameter. The caller
/// turns them into a page (throw_page_of_current_exception).
Response deliver_document(Invocation& invocation, const Document& document);

}  // namespace gw::ajax
