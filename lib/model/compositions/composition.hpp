// A mail that somebody writes at the moment: plain data. Source: spec mail-compose sections 1 and 4.
#pragma once

#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/json.hpp"
#include "core/time.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::model::compositions {

/// Where an attachment came from, as clients read it.
enum class Origin { Upload, Mail, Drive, Contact, Vcard };
std::string_view origin_name(Origin origin);
/// Errors: Upload for an unknown word.
Origin parse_origin(std::string_view name);

struct Attachment {
  std::string id;             ///< 32 hex digits
  std::int64_t position = 0;  ///< grows in the order of creation
  std::string name;           ///< UTF-8, never empty
  std::string media_type;     ///< bare
  std::string content_id;     ///< without brackets; of inline ones
  bool is_inline = false;
  Origin origin = Origin::Upload;
  std::string source;  ///< mail path and part id of what was taken from a mail
  files::FileName file;
};

struct Space {
  std::string id;  ///< 32 hex digits
  Millis created, changed;
  Json message;  ///< an object: the members that clients may change
  Json meta;     ///< an object: kind and origin of the mail
  /// Of the mail, once sending was tried: the next try is the same mail.
  std::string message_id;
  std::vector<Attachment> attachments;  ///< by position
};

}  // namespace gw::model::compositions
