// PUT: bytes go straight into the file store; the row that names them is written when the last one is there.
// A body that breaks off leaves everything as it was.
#include <limits>

#include "boundary/pool_new.hpp"
#include "boundary/request_header.hpp"
#include "core/errors/infostore.hpp"
#include "core/settings.hpp"
#include "core/text.hpp"
#include "dav/conditions.hpp"
#include "dav/failures.hpp"
#include "dav/host.hpp"
#include "dav/resource.hpp"
#include "model/infostore/infostore_write.hpp"
#include "model/infostore/item_fields.hpp"

namespace infostore = gw::model::infostore;
using gw::boundary::request_header;

/// mod_dav reads in pieces of 2 KiB; the store gets larger ones.
struct dav_stream {
  dav_stream(const dav_resource_private& information, infostore::Deposit&& taken, std::int64_t most)
      : info(information), deposit(std::move(taken)), limit(most) {
    buffer.reserve(kBuffer);
  }
  static constexpr std::size_t kBuffer = 65'536;
  dav_resource_private info;
  std::optional<infostore::Deposit> deposit;
  std::int64_t limit;
  std::string buffer;
};

namespace gw::dav {
namespace {

bool wants_new_name(const request_rec* request) {
  return trim(request_header(request, "If-None-Match")) == "*";
}

infostore::ItemInput input_of(const dav_resource_private& info) {
  const Node& node = *info.node;
  infostore::ItemInput input;
  const auto send = [&](int column) {
    input.sent.set(static_cast<std::size_t>(model::find_column(infostore::item_fields(), column)));
  };
  const std::string type = host().media_type(request_header(info.request, "Content-Type"), node.name);
  input.item.file_mimetype = type;
  send(infostore::kMimeTypeColumn);
  if (node.exists()) return input;
  input.item.folder_id = node.folder.value;
  input.item.filename = input.item.title = node.name;
  send(infostore::kFolderColumn);
  send(infostore::kFilenameColumn);
  send(infostore::kTitleColumn);
  return input;
}

void flush(dav_stream& stream) {
  if (stream.deposit->size() + static_cast<std::int64_t>(stream.buffer.size()) > stream.limit)
    throw HttpError(HTTP_REQUEST_ENTITY_TOO_LARGE, "the file is larger than GroupwareUploadLimit");
  stream.deposit->write(stream.buffer);
  stream.buffer.clear();
}

infostore::Saved store(dav_stream& stream) {
  const dav_resource_private& info = stream.info;
  const Node& node = *info.node;
  infostore::Deposit file = std::move(*stream.deposit);
  stream.deposit.reset();
  if (node.kind == Kind::File) {
    const Millis known = is_conditional(info.request) ? node.item->last_modified : infostore::kAnyVersion;
    return infostore::update(info.state->work, {node.folder, ObjectId(node.item->id)}, input_of(info), known,
                             std::move(file), infostore::OnCollision::Refuse, true);
  }
  const auto collision =
      wants_new_name(info.request) ? infostore::OnCollision::Refuse : infostore::OnCollision::AddVersion;
  return infostore::create(info.state->work, input_of(info), std::move(file), collision);
}

/// What was stored is what was sent, so the client may keep its copy under the new tag. Who may only add
/// files to the folder is told none: his file is stored, and he cannot read it.
void answer_with_tag(const dav_resource_private& info, const infostore::Saved& saved) {
  if (info.node->exists() || model::may_read(info.node->rights, true))
    apr_table_set(info.request->headers_out, "ETag", saved.entity_tag.c_str());
}

dav_error* open(const dav_resource_private& info, dav_stream** stream) {
  const Node& node = *info.node;
  apr_pool_t* pool = info.request->pool;
  if (!node.exists() && !node.has_parent)
    return refuse(pool, HTTP_CONFLICT, "the collection for this file does not exist");
  if (!node.exists() && !node.folder) return refuse(pool, HTTP_FORBIDDEN, "this collection takes no files");
  const Released released(*info.state);
  const std::int64_t limit = info.state->work.settings().limits.upload;
  const std::int64_t length = parse_integer(request_header(info.request, "Content-Length")).value_or(-1);
  if (length > limit)
    return refuse(pool, HTTP_REQUEST_ENTITY_TOO_LARGE, "the file is larger than GroupwareUploadLimit");
  std::optional<ObjectId> existing;
  if (node.exists()) existing = ObjectId(node.item->id);
  *stream = boundary::pool_new<dav_stream>(
      pool, info, infostore::Deposit(info.state->work, node.folder, existing, length), limit);
  return nullptr;
}

}  // namespace

dav_error* open_stream(const dav_resource* resource, dav_stream_mode mode, dav_stream** stream) noexcept {
  *stream = nullptr;
  const dav_resource_private& info = *resource->info;
  return guarded(info.request, "WebDAV PUT", [&]() -> dav_error* {
    // Parts of files: RFC 9110 section 14.5 lets us refuse, and says how.
    if (mode != DAV_MODE_WRITE_TRUNC)
      return refuse(info.request->pool, HTTP_BAD_REQUEST, "a PUT with Content-Range is not possible");
    return open(info, stream);
  });
}

dav_error* write_stream(dav_stream* stream, const void* bytes, apr_size_t size) noexcept {
  return guarded(stream->info.request, "WebDAV PUT", [&]() -> dav_error* {
    const Released released(*stream->info.state);
    stream->buffer.append(static_cast<const char*>(bytes), size);
    if (stream->buffer.size() >= dav_stream::kBuffer) flush(*stream);
    return nullptr;
  });
}

dav_error* seek_stream(dav_stream* stream, apr_off_t) noexcept {
  return refuse(stream->info.request->pool, HTTP_BAD_REQUEST, "a PUT with Content-Range is not possible");
}

dav_error* close_stream(dav_stream* stream, int commit) noexcept {
  return guarded(stream->info.request, "WebDAV PUT", [&]() -> dav_error* {
    const Released released(*stream->info.state);
    if (commit == 0) {
      stream->deposit.reset();
      return nullptr;
    }
    flush(*stream);
    const infostore::Saved saved = store(*stream);
    stream->info.state->forget();
    answer_with_tag(stream->info, saved);
    return nullptr;
  });
}

}  // namespace gw::dav
