// Conditional requests: If-None-Match, If-Modified-Since and If-Range against what a client may have of a
// file or picture. Source: RFC 9110 sections 8.8.3 and 13.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ajax/request.hpp"
#include "core/time.hpp"

namespace gw::ajax {

/// What a client may keep.
struct Validators {
  std::string entity_tag;  ///< strong, with its quotes; empty: nothing may be kept
  Millis last_modified;    ///< compared to the second; 0: none
};

struct EntityTag {
  std::string text;  ///< with its quotes
  bool is_weak = false;
  bool operator==(const EntityTag&) const = default;
};
struct EntityTags {
  bool is_any = false;  ///< `*`
  std::vector<EntityTag> tags;
};
/// The list of If-None-Match or If-Match. What is no tag is left out, up to the next comma; quotes guard
/// commas. Limits: 100 tags, further ones are not read.
EntityTags parse_entity_tags(std::string_view header);

/// Weak comparison: true when the header If-None-Match names this tag.
bool matches_entity_tag(std::string_view if_none_match, std::string_view tag);

/// The client has it already: 304. If-None-Match alone counts when it is there.
bool is_unchanged(const Request& request, const Validators& validators, Millis now);
/// A Range applies: without If-Range, or when it names exactly what we have, by a strong tag or by the date.
bool ranges_apply(const Request& request, const Validators& validators, Millis now);

}  // namespace gw::ajax
