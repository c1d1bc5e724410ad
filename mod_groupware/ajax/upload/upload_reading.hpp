// Files of a multipart body on their way from the spool into a store, and the limit that every upload has.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

/// Errors: UPL-0005 above the limit of uploads.
void check_upload_size(const Invocation& invocation, std::string_view file_name, std::int64_t size);
/// Hands the spooled bytes over, 64 KiB at a time. Errors: std::runtime_error when they cannot be read; what
/// the sink throws.
void read_upload(const Upload& upload, const BodySink& sink);

}  // namespace gw::ajax
