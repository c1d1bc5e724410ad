#include "ajax/pictures/mp3_cover.hpp"

#include "ajax/delivery/file_delivery.hpp"
#include "ajax/delivery/media_types.hpp"
#include "ajax/infostore/infostore_input.hpp"
#include "formats/id3_cover.hpp"
#include "model/infostore/entity_tag.hpp"

namespace gw::ajax {
namespace {

namespace infostore = model::infostore;

/// Of the picture, not of the file around it.
std::string cover_tag(const infostore::Item& item) {
  std::string tag = infostore::entity_tag(item);
  tag.pop_back();
  return tag + "/cover\"";
}

Response deliver(Invocation& invocation) {
  infostore::Content content =
      infostore::open_content(invocation.work, infostore::parse_item_id(invocation.arguments.text("id")));
  invocation.work.release();
  const infostore::Item& item = content.item;
  const Validators validators{cover_tag(item), item.last_modified};
  Response response;
  if (is_unchanged(invocation.request, validators, invocation.work.now())) {
    response = Response::no_content(304);
  } else {
    const StoredBytes bytes{std::move(content.store), item.file_id.value_or(""), item.file_size};
    const std::string begin = read_begin(bytes, formats::kLongestId3Tag);
    const auto cover = formats::find_id3_cover(begin);
    // What the tag says of its picture is somebody's word: the bytes decide.
    const std::string_view type = cover ? sniff_media_type(cover->bytes) : kUnknownType;
    if (primary_type(type) != "image" || !may_be_shown_inline(type))
      throw HttpError(404, "The file has no cover.");
    response = Response::raw(std::string(type), std::string(cover->bytes));
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  }
  response.cacheable = true;
  response.headers.emplace_back("ETag", validators.entity_tag);
  response.headers.emplace_back("Cache-Control", "private, max-age=0, must-revalidate");
  return response;
}

Response cover_of_file(Invocation& invocation) try {
  return deliver(invocation);
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

constexpr Parameter kParameters[] = {{"id", Type::Id, true}};
// It has no action parameter: the method names the action.
constexpr Action kActions[] = {
    {"GET", kGet, cover_of_file, kDownloads, kParameters, model::Module::Infostore}};

}  // namespace

const ApiModule kMp3CoverModule{"image/file/mp3cover", kActions};

}  // namespace gw::ajax
