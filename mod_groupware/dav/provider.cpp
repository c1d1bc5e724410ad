#include "dav/provider.hpp"

#include <string_view>

#include "core/text.hpp"
#include "dav/deadprops.hpp"
#include "dav/failures.hpp"
#include "dav/host.hpp"
#include "dav/liveprops.hpp"
#include "dav/lock_token.hpp"
#include "dav/locks.hpp"
#include "dav/path.hpp"
#include "dav/resource.hpp"

namespace gw::dav {
namespace {

constexpr const char* kName = "groupware";
constexpr const char* kGroup = "dav";  // DAV_PROVIDER_GROUP, private to mod_dav
constexpr const char* kVersion = "0";
/// Resources that one PROPFIND with depth infinity may tell of.
constexpr std::int64_t kMaxDeep = 10'000;

/// No versioning, binding or search: their tables stay empty (craft 2.8.7).
const dav_provider kProvider = {&kRepository, &kDeadProperties, &kLocks, nullptr, nullptr, nullptr, nullptr};

/// Whether DavDepthInfinity is on anywhere in the configuration. mod_dav does not tell its settings to
/// others, and its own refusal lacks the precondition.
bool some_place_is_deep = false;

bool allows_deep(const ap_directive_t* directive) {
  for (; directive != nullptr; directive = directive->next) {
    const std::string_view arguments = directive->args == nullptr ? "" : directive->args;
    if (equal_ignoring_ascii_case(directive->directive, "DavDepthInfinity") &&
        equal_ignoring_ascii_case(trim(arguments), "on"))
      return true;
    if (allows_deep(directive->first_child)) return true;
  }
  return false;
}

dav_error* check_depth(request_rec* request, const dav_resource& resource) {
  if (request->method_number != M_PROPFIND || resource.collection == 0) return nullptr;
  const char* depth = apr_table_get(request->headers_in, "Depth");
  if (depth != nullptr && std::string_view(depth) != "infinity" && std::string_view(depth) != "Infinity")
    return nullptr;
  constexpr const char* kTag = "propfind-finite-depth";
  if (!some_place_is_deep)
    return refuse_with_tag(request->pool, HTTP_FORBIDDEN, kTag,
                           "PROPFIND of a collection takes the depths 0 and 1");
  // Whether it is this place, mod_dav knows. Counted before the first byte: later nothing could be refused.
  const Released released(*resource.info->state);
  if (resource.info->node == nullptr ||
      resource.info->state->tree.count_below(*resource.info->node, kMaxDeep) <= kMaxDeep)
    return nullptr;
  return refuse_with_tag(request->pool, HTTP_FORBIDDEN, kTag,
                         "the collection holds too much for one answer: use the depth 1");
}

/// A token that is not of this resource is 409 (RFC 4918 section 9.11.1); mod_dav says 400.
dav_error* check_unlock(request_rec* request, const dav_resource& resource) {
  const char* header = apr_table_get(request->headers_in, "Lock-Token");
  if (request->method_number != M_UNLOCK || header == nullptr || resource.info->node == nullptr)
    return nullptr;
  const auto token = token_in_header(header);
  if (!token) return nullptr;
  const Released released(*resource.info->state);
  if (is_locked_by(&resource, *token)) return nullptr;
  return refuse_with_tag(request->pool, HTTP_CONFLICT, "lock-token-matches-request-uri",
                         "no lock with this token reaches the resource");
}

bool is_this_server(request_rec* request, std::string_view host) {
  if (request->hostname != nullptr && equal_ignoring_ascii_case(host, request->hostname)) return true;
  const char* forwarded = apr_table_get(request->headers_in, "X-Forwarded-Host");
  if (forwarded == nullptr) return false;
  for (std::string_view name : split(forwarded, ','))
    if (equal_ignoring_ascii_case(host, name.substr(0, name.find(':')))) return true;
  return false;
}

/// A server that answers for every name would copy to its own tree what was meant for another one.
dav_error* check_destination(request_rec* request) {
  if (request->method_number != M_COPY && request->method_number != M_MOVE) return nullptr;
  const char* destination = apr_table_get(request->headers_in, "Destination");
  if (destination == nullptr) return nullptr;
  const std::string_view host = host_of(destination);
  if (host.empty() || is_this_server(request, host)) return nullptr;
  return refuse(request->pool, HTTP_BAD_GATEWAY, "the destination is on another server");
}

/// Some clients send the token without the brackets that RFC 4918 section 10.5 wants.
void mend_lock_token(request_rec* request) {
  const char* token = apr_table_get(request->headers_in, "Lock-Token");
  if (request->method_number == M_UNLOCK && token != nullptr && *token != '<')
    apr_table_setn(request->headers_in, "Lock-Token", apr_pstrcat(request->pool, "<", token, ">", nullptr));
}

/// Judged before mod_dav accepts the first property, as it makes 500 of what comes later.
dav_error* check_proppatch(request_rec* request, const dav_resource& resource) {
  if (request->method_number != M_PROPPATCH || resource.info->node == nullptr || resource.exists == 0)
    return nullptr;
  const Node& node = *resource.info->node;
  if (node.kind != Kind::File && node.kind != Kind::Folder)
    return refuse(request->pool, HTTP_FORBIDDEN, "this collection keeps no properties");
  const Released released(*resource.info->state);
  model::infostore::check_may_change_properties(resource.info->state->work, node.entry());
  return nullptr;
}

/// httpd asks for each request twice, and for those that it makes itself.
void count(request_rec* request) {
  static constexpr const char* kCounted = "groupware:dav-counted";
  void* found = nullptr;
  apr_pool_userdata_get(&found, kCounted, request->pool);
  if (found != nullptr || request->main != nullptr || request->prev != nullptr) return;
  apr_pool_userdata_setn(request, kCounted, nullptr, request->pool);
  boundary::guard_request(request, "WebDAV count", [&] {
    host().count(request);
    return OK;
  });
}

extern "C" {

int check_method(request_rec* request, dav_resource* resource, const dav_resource*, const apr_xml_doc*,
                 dav_error** error) noexcept {
  *error = nullptr;
  if (!is_ours(resource)) return DECLINED;
  *error = guarded(request, "WebDAV precondition", [&]() -> dav_error* {
    if (dav_error* found = check_depth(request, *resource)) return found;
    if (dav_error* found = check_destination(request)) return found;
    if (dav_error* found = check_unlock(request, *resource)) return found;
    return check_proppatch(request, *resource);
  });
  return *error == nullptr ? DECLINED : OK;
}

/// The tree of the configuration is there until the end of this phase only.
int look_at_configuration(apr_pool_t*, apr_pool_t*, apr_pool_t*, server_rec* server) noexcept {
  return boundary::guard_hook(server, "post_config", OK, [] {
    some_place_is_deep = allows_deep(ap_conftree);
    return OK;
  });
}

/// Else the core maps the URL to a file: it looks at every folder on the way and refuses long names.
int claim(request_rec* request) noexcept {
  if (dav_get_provider(request) != &kProvider) return DECLINED;
  count(request);
  mend_lock_token(request);
  request->filename = apr_pstrdup(request->pool, "groupware:dav");
  request->path_info = apr_pstrdup(request->pool, "");
  return OK;
}

}  // extern "C"

}  // namespace

bool register_provider(apr_pool_t* pool) {
  if (dav_new_error == nullptr) return false;
  ap_register_provider(pool, kGroup, kName, kVersion, &kProvider);
  dav_hook_find_liveprop(find_live_property, nullptr, nullptr, APR_HOOK_MIDDLE);
  dav_hook_insert_all_liveprops(insert_live_properties, nullptr, nullptr, APR_HOOK_MIDDLE);
  dav_hook_method_precondition(check_method, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_post_config(look_at_configuration, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_translate_name(claim, nullptr, nullptr, APR_HOOK_FIRST);
  ap_hook_map_to_storage(claim, nullptr, nullptr, APR_HOOK_FIRST);
  return true;
}

bool is_dav_location(request_rec* request) {
  return dav_get_provider != nullptr && dav_get_provider(request) == &kProvider;
}

}  // namespace gw::dav
