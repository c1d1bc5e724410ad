// infostore: document.
#include "ajax/delivery/document_delivery.hpp"
#include "ajax/infostore/infostore_actions.hpp"
#include "ajax/infostore/infostore_input.hpp"
#include "core/errors/infostore.hpp"
#include "model/contacts/picture.hpp"
#include "model/infostore/entity_tag.hpp"

namespace gw::ajax::infostore_actions {
namespace {

namespace infostore = model::infostore;
namespace contacts = model::contacts;

/// `format=metadata`: what the head of a picture tells. Errors: IFO-0500, a 404, for all other files.
Response answer_metadata(const StoredBytes& bytes) {
  constexpr std::size_t kHead = 1'048'576;
  const auto info = contacts::inspect_picture(read_begin(bytes, kHead));
  if (!info) throw ApiError(errors::ifo::kNoFile);
  Json metadata = Json::object();
  metadata.set("mimeType", Json::string(contacts::mime_type(info->format)));
  metadata.set("width", Json::integer(info->width));
  metadata.set("height", Json::integer(info->height));
  metadata.set("orientation", Json::integer(info->camera.orientation));
  return Response::with_data(std::move(metadata));
}

Response deliver(Invocation& invocation) {
  const std::int64_t version = invocation.arguments.integer("version", infostore::kCurrentVersion);
  infostore::Content content = infostore::open_content(invocation.work, asked_item(invocation), version);
  invocation.work.release();
  const infostore::Item& item = content.item;
  const StoredBytes bytes{std::move(content.store), item.file_id.value_or(""), item.file_size};
  if (invocation.arguments.text("format") == "metadata") return answer_metadata(bytes);
  return deliver_document(invocation, {bytes,
                                       item.filename.value_or("file"),
                                       item.file_mimetype.value_or(""),
                                       {infostore::entity_tag(item), item.last_modified}});
}

}  // namespace

Response document(Invocation& invocation) try { return deliver(invocation); } catch (const std::exception&) {
  throw_page_of_current_exception();
}

}  // namespace gw::ajax::infostore_actions
