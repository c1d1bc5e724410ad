// infostore: document.
#include "ajax/content_disposition.hpp"
#include "ajax/file_delivery.hpp"
#include "ajax/infostore_actions.hpp"
#include "ajax/infostore_input.hpp"
#include "ajax/media_types.hpp"
#include "model/infostore/entity_tag.hpp"

namespace gw::ajax::infostore_actions {
namespace {

namespace infostore = model::infostore;

Validators validators_of(const infostore::Item& item) {
  return {infostore::entity_tag(item), format_http_date(item.last_modified)};
}

/// The wish of the client counts only among relatives: nobody may turn a picture into a page.
std::string wished_type(const Invocation& invocation, std::string real) {
  const std::string wish = bare_media_type(invocation.arguments.text("content_type"));
  return !wish.empty() && primary_type(wish) == primary_type(real) ? wish : real;
}

std::string charset_of(std::string_view type) {
  return primary_type(type) == "text" ? "; charset=UTF-8" : "";
}

void add_headers(Response& response, const Invocation& invocation, const infostore::Item& item,
                 const Validators& validators, std::string_view type) {
  const bool wants_download = invocation.arguments.text("delivery") == "download" ||
                              invocation.arguments.text("content_disposition") == "attachment";
  const auto disposition =
      !wants_download && may_be_shown_inline(type) ? Disposition::Inline : Disposition::Attachment;
  response.headers.emplace_back("Content-Disposition",
                                content_disposition(disposition, item.filename.value_or("file")));
  // Uploaded by somebody: the browser must not guess another type.
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (validators.entity_tag.empty()) return;
  response.headers.emplace_back("ETag", validators.entity_tag);
  response.headers.emplace_back("Last-Modified", validators.last_modified);
}

/// The browser asks each time, and mostly hears 304.
void allow_keeping(Response& response) {
  response.cacheable = true;
  response.headers.emplace_back("Cache-Control", "private, max-age=0, must-revalidate");
}

Response deliver(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const std::int64_t version = arguments.integer("version", infostore::kCurrentVersion);
  infostore::Content content = infostore::open_content(invocation.work, asked_item(invocation), version);
  invocation.work.release();
  const infostore::Item& item = content.item;
  const bool is_download = arguments.text("delivery") == "download";
  const Validators validators = is_download ? Validators() : validators_of(item);
  if (is_unchanged(invocation.request, validators)) {
    Response unchanged = Response::no_content(304);
    unchanged.headers.emplace_back("ETag", validators.entity_tag);
    allow_keeping(unchanged);
    return unchanged;
  }
  const StoredBytes bytes{std::move(content.store), item.file_id.value_or(""), item.file_size};
  std::string type(kUnknownType);
  if (!is_download)
    type = wished_type(invocation,
                       delivered_media_type(item.file_mimetype.value_or(""), item.filename.value_or(""),
                                            [&] { return read_begin(bytes, kSniffedBytes); }));
  Response response = deliver_bytes(invocation.request, bytes, validators, type + charset_of(type));
  if (response.status != 416) add_headers(response, invocation, item, validators, type);
  allow_keeping(response);
  return response;
}

}  // namespace

Response document(Invocation& invocation) try { return deliver(invocation); } catch (const std::exception&) {
  throw_page_of_current_exception();
}

}  // namespace gw::ajax::infostore_actions
