// A file bound to an object, as the API knows it. Rules: attachment_service.hpp; table:
// attachment_fields.hpp. Source: spec tasks-reminders-attachments section 5, columns 9.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace gw::model::attachments {

/// What a file may be attached to: the numbers of the API, which are stored.
enum class ParentModule : std::int64_t { Appointment = 1, Task = 4, Contact = 7 };

/// An object that has attachments.
struct ParentRef {
  ParentModule module = ParentModule::Contact;
  FolderId folder;
  ObjectId object;
};

/// It never changes after it was made. Ids are plain numbers because the field table binds them.
struct Attachment {
  std::int64_t id = 0;
  std::int64_t created_by = 0;
  Millis creation_date;     ///< change stamp of its parent when it was attached
  std::int64_t folder = 0;  ///< where the parent lies now; not stored
  std::int64_t attached = 0;
  std::int64_t module = 0;
  std::optional<std::string> filename;
  std::int64_t file_size = 0;
  std::optional<std::string> file_mimetype;
  bool rtf_flag = false;
  std::optional<std::string> file_id;  ///< in the context's file store; never leaves the server
};

}  // namespace gw::model::attachments
