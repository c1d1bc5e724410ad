#include "dav/liveprops.hpp"

#include <optional>
#include <string>

#include "core/text.hpp"
#include "dav/failures.hpp"
#include "dav/host.hpp"
#include "model/files/file_spaces.hpp"
#include "model/infostore/entity_tag.hpp"

namespace gw::dav {
namespace {

using Value = std::optional<std::string>;
namespace files = model::files;

/// Folders have no type of their own; this is the one that clients know.
constexpr const char* kCollectionType = "httpd/unix-directory";

Value creation_date(const dav_resource_private& info) {
  const Node& node = *info.node;
  const Millis created = node.kind == Kind::File ? node.item->creation_date : node.created;
  return created.value > 0 ? Value(format_utc(created)) : std::nullopt;
}

Value last_modified(const dav_resource_private& info) {
  const Node& node = *info.node;
  const Millis modified = node.kind == Kind::File ? node.item->last_modified : node.modified;
  return modified.value > 0 ? Value(format_http_date(modified)) : std::nullopt;
}

Value display_name(const dav_resource_private& info) { return escape_html(info.node->name); }

Value content_length(const dav_resource_private& info) {
  if (info.node->kind != Kind::File) return std::nullopt;
  return std::to_string(info.node->item->file_size);
}

Value content_type(const dav_resource_private& info) {
  if (info.node->kind != Kind::File) return kCollectionType;
  return escape_html(host().media_type(info.node->item->file_mimetype.value_or(""), info.node->name));
}

Value nothing(const dav_resource_private&) { return std::string(); }

Value entity_tag(const dav_resource_private& info) {
  if (info.node->kind != Kind::File) return std::nullopt;
  return escape_html(model::infostore::entity_tag(*info.node->item));
}

std::optional<files::Space> space_of(const dav_resource_private& info) {
  model::UnitOfWork& work = info.state->work;
  const Released released(*info.state);
  UserId owner = work.caller().user;
  if (info.node->kind == Kind::Folder) owner = info.node->owner;
  const auto whose = files::owner_of_files(work.connection(), work.context(), owner, work.caller().marks);
  return files::load_space(work.connection(), work.context(), whose, work.caller().marks);
}

/// Without a limit there is nothing to tell: RFC 4331 section 3.
Value quota_available(const dav_resource_private& info) {
  if (!info.node->is_collection()) return std::nullopt;
  const auto space = space_of(info);
  if (!space || space->limit < 0) return std::nullopt;
  return std::to_string(std::max<std::int64_t>(space->limit - space->used, 0));
}

Value quota_used(const dav_resource_private& info) {
  if (!info.node->is_collection()) return std::nullopt;
  const auto space = space_of(info);
  return space ? Value(std::to_string(space->used)) : std::nullopt;
}

/// Who gets a property when a client asks for all.
enum class InAll {
  Never,  ///< mod_dav lists it itself
  Always,
  AskedFor  ///< only the resource of the request: RFC 4331 wants no quota here, but clients ask in no other
            ///< way
};

struct LiveProperty {
  const char* name;
  InAll in_all;
  Value (*value)(const dav_resource_private&);
};

/// All in the namespace `DAV:`, all read-only. Its index plus one is the id that mod_dav keeps. resourcetype,
/// supportedlock and lockdiscovery are mod_dav's.
constexpr LiveProperty kProperties[] = {
    {"creationdate", InAll::Always, creation_date},
    {"displayname", InAll::Always, display_name},
    {"getcontentlength", InAll::Always, content_length},
    {"getcontenttype", InAll::Never, content_type},
    {"getcontentlanguage", InAll::Never, nothing},
    {"getetag", InAll::Always, entity_tag},
    {"getlastmodified", InAll::Always, last_modified},
    {"quota-available-bytes", InAll::AskedFor, quota_available},
    {"quota-used-bytes", InAll::AskedFor, quota_used},
    {"source", InAll::Never, nothing},
};

/// Every answer of mod_dav declares the prefix D for `DAV:`.
void append(apr_pool_t* pool, apr_text_header* text, const char* name, const Value& value,
            dav_prop_insert what) {
  const char* line = nullptr;
  if (what == DAV_PROP_INSERT_SUPPORTED)
    line = apr_pstrcat(pool, "<D:supported-live-property D:name=\"", name, "\"/>\n", nullptr);
  else if (what == DAV_PROP_INSERT_VALUE && !value->empty())
    line = apr_pstrcat(pool, "<D:", name, ">", value->c_str(), "</D:", name, ">\n", nullptr);
  else
    line = apr_pstrcat(pool, "<D:", name, "/>\n", nullptr);
  apr_text_append(pool, text, line);
}

dav_prop_insert insert(const dav_resource& resource, const LiveProperty& property, dav_prop_insert what,
                       apr_pool_t* pool, apr_text_header* text) {
  if (resource.info->node == nullptr || !resource.info->node->exists()) return DAV_PROP_INSERT_NOTSUPP;
  const Value value = property.value(*resource.info);
  if (!value) return DAV_PROP_INSERT_NOTSUPP;
  append(pool, text, property.name, value, what);
  return what;
}

extern "C" {

dav_prop_insert insert_property(const dav_resource* resource, int id, dav_prop_insert what,
                                apr_text_header* text) noexcept {
  dav_prop_insert result = DAV_PROP_INSERT_NOTSUPP;
  boundary::guard_request(resource->info->request, "WebDAV property", [&] {
    result = insert(*resource, kProperties[id - 1], what, resource->pool, text);
    return OK;
  });
  return result;
}

int never_writable(const dav_resource*, int) noexcept { return 0; }

}  // extern "C"

const char* const kNamespaces[] = {"DAV:", nullptr};

/// Nothing is writable, so mod_dav asks for no other callback.
const dav_hooks_liveprop kLiveProperties = {
    .insert_prop = insert_property,
    .is_writable = never_writable,
    .namespace_uris = kNamespaces,
    .patch_validate = nullptr,
    .patch_exec = nullptr,
    .patch_commit = nullptr,
    .patch_rollback = nullptr,
    .ctx = nullptr,
};

}  // namespace

void insert_computed(const dav_resource& resource, std::string_view name, apr_pool_t* pool,
                     apr_text_header* text) {
  for (const LiveProperty& property : kProperties)
    if (name == property.name) insert(resource, property, DAV_PROP_INSERT_VALUE, pool, text);
}

int find_live_property(const dav_resource* resource, const char* space, const char* name,
                       const dav_hooks_liveprop** hooks) noexcept {
  if (!is_ours(resource) || std::string_view(space) != kNamespaces[0]) return 0;
  for (std::size_t i = 0; i < std::size(kProperties); ++i) {
    if (std::string_view(name) != kProperties[i].name) continue;
    *hooks = &kLiveProperties;
    return static_cast<int>(i) + 1;
  }
  return 0;
}

void insert_live_properties(request_rec* request, const dav_resource* resource, dav_prop_insert what,
                            apr_text_header* text) noexcept {
  if (!is_ours(resource)) return;
  boundary::guard_request(request, "WebDAV properties", [&] {
    for (const LiveProperty& property : kProperties)
      if (property.in_all == InAll::Always ||
          (property.in_all == InAll::AskedFor && resource->info->members == nullptr))
        insert(*resource, property, what, resource->pool, text);
    return OK;
  });
}

}  // namespace gw::dav
