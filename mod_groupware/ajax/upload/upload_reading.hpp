// Files of a multipart body on their way from the spool into a store, and the limit that every upload has.
#pragma once

#include <string>

#include "ajax/action.hpp"

namespace gw::ajax {

/// Errors: UPL-0005 above the limit of uploads.
void check_upload_size(const Invocation& invocation, std::string_view file_name, std::int64_t size);
/// Hands the spooled bytes over, 64 KiB at a time. Errors: std::runtime_error when they cannot be read; what
/// the sink throws.
void read_upload(const Upload& upload, const BodySink& sink);

/// What the client declared, or what the name promises where that says nothing.
std::string media_type_of_upload(const Upload& upload);
/// Parameter `type` of uploads: `file` takes anything, `media` what has pictures or sound, the others (text,
/// image, audio, video, application) files of that primary type. Errors: SVL-0010 another word.
void require_upload_kind(std::string_view kind);
/// Errors: the API's own for a file that is no image where one is wanted, else SVL-0010.
void check_upload_kind(std::string_view kind, std::string_view file_name, std::string_view media_type);

}  // namespace gw::ajax
