// A piece of text that is used again, mostly a signature: plain data. Source: spec mail-push-and-extras
// section 5.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/json.hpp"
#include "core/time.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::model::snippets {

struct Attachment {
  std::string id;  ///< 32 hex digits
  std::int64_t position = 0;
  std::string name, media_type;
  std::string content_id;  ///< of an image that the content shows as `cid:`; else empty
  files::FileName file;
};

struct Snippet {
  std::int64_t id = 0;
  UserId owner;
  Millis changed;
  std::optional<std::int64_t> account;
  std::string display_name, type, module;
  bool is_shared = false;
  std::string content;
  Json misc, props;  ///< any JSON; missing: none
  std::vector<Attachment> attachments;
};

}  // namespace gw::model::snippets
