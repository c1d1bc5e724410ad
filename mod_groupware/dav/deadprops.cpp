// Dead properties for mod_dav. A PROPPATCH collects its changes, and one transaction writes them when mod_dav
// closes the handle, just before it answers.
#include <algorithm>

#include "boundary/exports.h"
#include "boundary/pool_new.hpp"
#include "core/errors/infostore.hpp"
#include "dav/deadprops.hpp"
#include "dav/failures.hpp"
#include "dav/liveprops.hpp"
#include "dav/resource.hpp"

APLOG_USE_MODULE(groupware);

namespace infostore = gw::model::infostore;

/// One resource's properties while mod_dav looks at them or changes them.
struct dav_db {
  apr_pool_t* pool = nullptr;
  const dav_resource* resource = nullptr;
  infostore::Properties properties;
  std::vector<infostore::PropertyChange> changes;
  std::size_t next = 0;  ///< of an iteration; the computed ones of kComputed come first
};

struct dav_namespace_map {
  const apr_array_header_t* namespaces;
};

/// All or nothing: whichever change mod_dav takes back first takes all of them.
struct dav_deadprop_rollback {
  int unused;
};

namespace gw::dav {
namespace {

/// mod_dav makes a sub-request for each resource to learn these two, unless the list of dead properties has
/// them (craft 2.8.4). They are computed, and read-only.
constexpr dav_prop_name kComputed[] = {{"DAV:", "getcontenttype"}, {"DAV:", "getcontentlanguage"}};
constexpr std::size_t kComputedCount = std::size(kComputed);

const char* copy(apr_pool_t* pool, const std::string& text) {
  return apr_pstrmemdup(pool, text.data(), text.size());
}

infostore::Properties load(const dav_resource& resource) {
  const dav_resource_private& info = *resource.info;
  const Node& node = *info.node;
  if (node.kind != Kind::File && node.kind != Kind::Folder) return {};
  // A file of the view of shared ones lies in another folder than its neighbours.
  const bool is_guest_here =
      node.kind == Kind::File && node.folder == model::folders::system_folder::kUserInfostore;
  if (info.members == nullptr || is_guest_here)
    return infostore::list_properties(info.state->work, node.entry());
  Members& members = *info.members;
  if (!members.properties)
    members.properties =
        infostore::list_member_properties(info.state->work, members.folder, members.subfolders);
  if (node.kind == Kind::File) return members.properties->of_items[ObjectId(node.item->id)];
  return members.properties->of_folders[node.folder];
}

const infostore::Property* find(const dav_db& db, const dav_prop_name& name) {
  for (const infostore::Property& property : db.properties)
    if (property.space == name.ns && property.name == name.name) return &property;
  return nullptr;
}

bool is_computed(const dav_prop_name& name) {
  return std::any_of(std::begin(kComputed), std::end(kComputed), [&](const dav_prop_name& known) {
    return std::string_view(known.ns) == name.ns && std::string_view(known.name) == name.name;
  });
}

void step(dav_db& db, dav_prop_name* name) {
  const std::size_t at = db.next++;
  if (at < kComputedCount) {
    *name = kComputed[at];
    return;
  }
  *name = {nullptr, nullptr};
  if (at - kComputedCount >= db.properties.size()) return;
  const infostore::Property& property = db.properties[at - kComputedCount];
  *name = {copy(db.pool, property.space), copy(db.pool, property.name)};
}

/// What cannot be written can no longer be told: the client must not take the answer for a success.
void write_changes(dav_db& db) {
  const dav_resource_private& info = *db.resource->info;
  const auto changes = std::move(db.changes);
  db.changes.clear();
  if (changes.empty()) return;
  const Released released(*info.state);
  if (guarded(info.request, "WebDAV PROPPATCH", [&]() -> dav_error* {
        infostore::change_properties(info.state->work, info.node->entry(), changes);
        return nullptr;
      }) == nullptr)
    return;
  ap_log_rerror(
      APLOG_MARK, APLOG_ERR, 0, info.request,
      "GW0330: properties could not be stored after mod_dav had accepted them; the connection is cut");
  info.request->connection->aborted = 1;
}

extern "C" {

dav_error* open_properties(apr_pool_t* pool, const dav_resource* resource, int read_only,
                           dav_db** db) noexcept {
  *db = nullptr;
  const dav_resource_private& info = *resource->info;
  return guarded(info.request, "WebDAV properties", [&]() -> dav_error* {
    if (info.node == nullptr) return nullptr;
    const Released released(*info.state);
    if (read_only == 0 && info.node->kind != Kind::File && info.node->kind != Kind::Folder)
      return refuse(info.request->pool, HTTP_FORBIDDEN, "this collection keeps no properties");
    auto* made = boundary::pool_new<dav_db>(pool);
    made->pool = pool;
    made->resource = resource;
    made->properties = load(*resource);
    *db = made;
    return nullptr;
  });
}

void close_properties(dav_db* db) noexcept {
  boundary::guard_request(db->resource->info->request, "WebDAV properties", [db] {
    write_changes(*db);
    return OK;
  });
}

/// Values bring the namespaces they use with them.
dav_error* define_namespaces(dav_db*, dav_xmlns_info*) noexcept { return nullptr; }

dav_error* output_value(dav_db* db, const dav_prop_name* name, dav_xmlns_info*, apr_text_header* text,
                        int* found) noexcept {
  *found = 0;
  return guarded(db->resource->info->request, "WebDAV properties", [&]() -> dav_error* {
    if (is_computed(*name)) {
      *found = 1;
      insert_computed(*db->resource, name->name, db->pool, text);
      return nullptr;
    }
    const infostore::Property* property = find(*db, *name);
    if (property == nullptr) return nullptr;
    *found = 1;
    apr_text_append(db->pool, text, copy(db->pool, property->value));
    return nullptr;
  });
}

dav_error* map_namespaces(dav_db* db, const apr_array_header_t* namespaces,
                          dav_namespace_map** mapping) noexcept {
  *mapping = static_cast<dav_namespace_map*>(apr_palloc(db->pool, sizeof(dav_namespace_map)));
  (*mapping)->namespaces = namespaces;
  return nullptr;
}

dav_error* store_property(dav_db* db, const dav_prop_name* name, const apr_xml_elem* element,
                          dav_namespace_map* mapping) noexcept {
  return guarded(db->resource->info->request, "WebDAV PROPPATCH", [&]() -> dav_error* {
    // Quoting changes the element, so this may happen once only (craft 2.8.18).
    apr_xml_quote_elem(db->pool, const_cast<apr_xml_elem*>(element));
    const char* text = nullptr;
    apr_xml_to_text(db->pool, element, APR_XML_X2T_FULL_NS_LANG,
                    const_cast<apr_array_header_t*>(mapping->namespaces), nullptr, &text, nullptr);
    const std::string_view value = text;
    if (value.size() > infostore::kMaxPropertyValue)
      return refuse(db->resource->info->request->pool, HTTP_INSUFFICIENT_STORAGE,
                    "the property is too large");
    db->changes.push_back({{name->ns, name->name, std::string(value)}, false});
    return nullptr;
  });
}

dav_error* remove_property(dav_db* db, const dav_prop_name* name) noexcept {
  return guarded(db->resource->info->request, "WebDAV PROPPATCH", [&]() -> dav_error* {
    db->changes.push_back({{name->ns, name->name, {}}, true});
    return nullptr;
  });
}

int property_exists(dav_db* db, const dav_prop_name* name) noexcept {
  return is_computed(*name) || find(*db, *name) != nullptr ? 1 : 0;
}

dav_error* first_name(dav_db* db, dav_prop_name* name) noexcept {
  db->next = 0;
  return guarded(db->resource->info->request, "WebDAV properties", [&]() -> dav_error* {
    step(*db, name);
    return nullptr;
  });
}

dav_error* next_name(dav_db* db, dav_prop_name* name) noexcept {
  return guarded(db->resource->info->request, "WebDAV properties", [&]() -> dav_error* {
    step(*db, name);
    return nullptr;
  });
}

dav_error* get_rollback(dav_db* db, const dav_prop_name*, dav_deadprop_rollback** rollback) noexcept {
  *rollback = static_cast<dav_deadprop_rollback*>(apr_pcalloc(db->pool, sizeof(dav_deadprop_rollback)));
  return nullptr;
}

dav_error* apply_rollback(dav_db* db, dav_deadprop_rollback*) noexcept {
  db->changes.clear();
  return nullptr;
}

}  // extern "C"

}  // namespace

const dav_hooks_propdb kDeadProperties = {
    .open = open_properties,
    .close = close_properties,
    .define_namespaces = define_namespaces,
    .output_value = output_value,
    .map_namespaces = map_namespaces,
    .store = store_property,
    .remove = remove_property,
    .exists = property_exists,
    .first_name = first_name,
    .next_name = next_name,
    .get_rollback = get_rollback,
    .apply_rollback = apply_rollback,
    .ctx = nullptr,
};

}  // namespace gw::dav
