// GET: a file's bytes, or a short page with the names that a collection holds.
#include "core/text.hpp"
#include "dav/failures.hpp"
#include "dav/host.hpp"
#include "dav/resource.hpp"
#include "model/files/file_spaces.hpp"
#include "model/infostore/entity_tag.hpp"

namespace gw::dav {
namespace {

namespace infostore = model::infostore;

const char* copy(const request_rec* request, const std::string& text) {
  return apr_pstrmemdup(request->pool, text.data(), text.size());
}

void set_file_headers(request_rec* request, const Node& node) {
  const infostore::Item& item = *node.item;
  const std::string type = host().media_type(item.file_mimetype.value_or(""), node.name);
  ap_set_content_type(request, copy(request, type));
  ap_set_content_length(request, item.file_size);
  ap_update_mtime(request, item.last_modified.value * 1000);
  apr_table_setn(request->headers_out, "Last-Modified", copy(request, format_http_date(item.last_modified)));
  apr_table_setn(request->headers_out, "ETag", copy(request, infostore::entity_tag(item)));
  // Uploaded by somebody: a browser must neither guess another type nor run it in our origin.
  apr_table_setn(request->headers_out, "X-Content-Type-Options", "nosniff");
  if (!host().may_be_shown_inline(type))
    apr_table_setn(request->headers_out, "Content-Disposition", "attachment");
}

std::string page_of(const dav_resource_private& info, const std::vector<Node>& children) {
  const std::string title = escape_html("/" + info.node->path);
  std::string page = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>" + title +
                     "</title></head><body><h1>" + title + "</h1><ul>";
  for (const Node& child : children) {
    const char* end = child.is_collection() ? "/" : "";
    // From the root: the request may lack the slash that a relative link counts on.
    const char* link = ap_os_escape_path(info.request->pool, uri_of(info.request->pool, info.root, child), 1);
    page += "<li><a href=\"" + escape_html(link) + "\">" + escape_html(child.name) + end + "</a></li>";
  }
  return page + "</ul></body></html>";
}

dav_error* deliver_collection(const dav_resource_private& info) {
  request_rec* request = info.request;
  const std::string page = page_of(info, info.state->tree.children(*info.node));
  info.state->work.release();
  apr_bucket_alloc_t* allocator = request->connection->bucket_alloc;
  apr_bucket_brigade* brigade = apr_brigade_create(request->pool, allocator);
  APR_BRIGADE_INSERT_TAIL(brigade, apr_bucket_heap_create(page.data(), page.size(), nullptr, allocator));
  APR_BRIGADE_INSERT_TAIL(brigade, apr_bucket_eos_create(allocator));
  ap_pass_brigade(request->output_filters, brigade);
  return nullptr;
}

dav_error* deliver_file(const dav_resource_private& info) {
  const Node& node = *info.node;
  if (!node.item->file_id) return nullptr;
  // As it was found a moment ago for this request: bytes, tag and length belong to one version.
  const infostore::Item& item = *node.item;
  std::shared_ptr<filestore::FileStore> store =
      model::files::open_space_of(info.state->work, item.file_owner, *item.file_id);
  const std::string type = host().media_type(item.file_mimetype.value_or(""), node.name);
  host().deliver(info.request, {std::move(store), item.file_id.value_or(""), item.file_size, type,
                                infostore::entity_tag(item), item.last_modified});
  return nullptr;
}

}  // namespace

dav_error* set_headers(request_rec* request, const dav_resource* resource) noexcept {
  return guarded(request, "WebDAV GET", [&]() -> dav_error* {
    const Node* node = resource->info->node;
    if (node == nullptr) return nullptr;
    if (node->kind == Kind::File)
      set_file_headers(request, *node);
    else
      ap_set_content_type(request, "text/html; charset=UTF-8");
    // Every reader has his own view, and a change must be seen at once.
    apr_table_setn(request->headers_out, "Cache-Control", "private, max-age=0, must-revalidate");
    return nullptr;
  });
}

dav_error* deliver(const dav_resource* resource, ap_filter_t*) noexcept {
  const dav_resource_private& info = *resource->info;
  // Not to the filter that is passed in: what lies behind it may have been replaced since (craft 2.8.17).
  return guarded(info.request, "WebDAV GET", [&]() -> dav_error* {
    if (info.node == nullptr) return nullptr;
    const Released released(*info.state);
    return info.node->kind == Kind::File ? deliver_file(info) : deliver_collection(info);
  });
}

}  // namespace gw::dav
