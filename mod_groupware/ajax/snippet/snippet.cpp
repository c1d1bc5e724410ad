#include "ajax/snippet/snippet.hpp"

#include "ajax/delivery/document_delivery.hpp"
#include "ajax/delivery/media_types.hpp"
#include "ajax/snippet/snippet_json.hpp"
#include "ajax/upload/upload_reading.hpp"
#include "core/errors/attachment.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/snippet.hpp"
#include "core/text.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::ajax {
namespace {

namespace snippets = model::snippets;

constexpr std::size_t kMaxSnippetIds = 1'000;  // of one request

std::int64_t parse_snippet_id(std::string_view text) {
  const auto id = parse_integer(text);
  if (!id) throw ApiError(errors::snippet::kNotFound, {std::string(first_characters(text, 64))});
  return *id;
}

std::int64_t asked_id(const Invocation& invocation) {
  return parse_snippet_id(invocation.arguments.text("id"));
}

std::vector<std::int64_t> sent_ids(const Json& body) {
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of ids"});
  if (body.size() > kMaxSnippetIds)
    throw ApiError(errors::svl::kBodyIllegal, {"more than " + std::to_string(kMaxSnippetIds) + " ids"});
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < body.size(); ++i)
    ids.push_back(parse_snippet_id(body.at(i).to_text().value_or("")));
  return ids;
}

Response snippet_all(Invocation& invocation) {
  Json list = Json::array();
  for (const auto& each : snippets::list(invocation.work, invocation.arguments.text("type")))
    list.append(write_snippet(invocation, each));
  return Response::with_data(std::move(list));
}

Response snippet_get(Invocation& invocation) {
  return Response::with_data(
      write_snippet(invocation, snippets::load(invocation.work, asked_id(invocation))));
}

Response snippet_list(Invocation& invocation) {
  Json list = Json::array();
  for (const std::int64_t id : sent_ids(invocation.body))
    list.append(write_snippet(invocation, snippets::load(invocation.work, id)));
  return Response::with_data(std::move(list));
}

Response snippet_new(Invocation& invocation) {
  SnippetInput input(invocation, invocation.body, {});
  snippets::Snippet snippet;
  input.apply(snippet);
  const auto stored = snippets::create(invocation.work, snippet, input.files);
  return Response::with_data(Json::string(std::to_string(stored.id)), stored.changed);
}

Response snippet_update(Invocation& invocation) {
  const std::int64_t id = asked_id(invocation);
  SnippetInput input(invocation, invocation.body, snippets::load(invocation.work, id));
  const auto stored = snippets::change(
      invocation.work, id, [&](snippets::Snippet& snippet) { input.apply(snippet); }, input.files);
  return Response::with_data(write_snippet(invocation, stored), stored.changed);
}

Response snippet_delete(Invocation& invocation) {
  std::vector<std::int64_t> ids;
  if (const std::string_view one = invocation.arguments.text("id"); !one.empty())
    ids.push_back(parse_snippet_id(one));
  else
    ids = sent_ids(invocation.body);
  for (const std::int64_t id : ids) snippets::remove(invocation.work, id);
  return Response::empty_data();
}

Response snippet_attach(Invocation& invocation) {
  const std::string_view kind = trim(invocation.arguments.text("type"));
  require_upload_kind(kind);
  const std::int64_t id = asked_id(invocation);
  if (invocation.request.uploads.empty()) throw ApiError(errors::att::kNoFile);
  std::int64_t sum = 0;
  std::vector<snippets::NewAttachment> files;
  for (const Upload& upload : invocation.request.uploads) {
    check_upload_size(invocation, upload.file_name, sum += upload.size);
    snippets::NewAttachment& taken = files.emplace_back();
    taken.facts.name = upload.file_name.empty() ? "file" : upload.file_name;
    taken.facts.media_type = media_type_of_upload(upload);
    check_upload_kind(kind, taken.facts.name, taken.facts.media_type);
    taken.bytes = std::make_unique<model::files::IncomingFile>(invocation.work, model::files::kContextFiles,
                                                               upload.size);
    read_upload(upload, [&](std::string_view piece) { taken.bytes->write(piece); });
  }
  const auto stored = snippets::change(
      invocation.work, id, [](snippets::Snippet&) {}, files);
  return Response::with_data(Json::string(std::to_string(stored.id)), stored.changed);
}

/// `[{id}, …]`; what is not there is gone already.
Response snippet_detach(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of attachments"});
  const auto is_named = [&](const snippets::Attachment& each) {
    for (std::size_t i = 0; i < body.size(); ++i)
      if (body.at(i).get("id").as_string() == each.id) return true;
    return false;
  };
  const auto stored =
      snippets::change(invocation.work, asked_id(invocation),
                       [&](snippets::Snippet& snippet) { std::erase_if(snippet.attachments, is_named); }, {});
  return Response::with_data(Json::string(std::to_string(stored.id)), stored.changed);
}

Response deliver_snippet_file(Invocation& invocation, const snippets::Attachment& file) {
  std::shared_ptr<filestore::FileStore> store =
      model::files::open_space_of(invocation.work, file.file.owner, file.file.id);
  // The id is never used for other bytes.
  return deliver_document(invocation, {{std::move(store), file.file.id, file.file.size},
                                       file.name,
                                       file.media_type,
                                       {"\"snippet/" + file.id + "\"", {}}});
}

/// Errors are pages with status 500, as the contract says.
Response snippet_get_attachment(Invocation& invocation) try {
  const auto snippet = snippets::load(invocation.work, asked_id(invocation));
  return deliver_snippet_file(invocation,
                              snippets::find_attachment(snippet, invocation.arguments.text("attachmentid")));
} catch (const ApiError& error) {
  throw HttpError(500, error.what());
} catch (const filestore::StoreError&) {
  throw HttpError(500, "The file cannot be read.");
}

Response snippet_image(Invocation& invocation) try {
  const auto snippet = snippets::load(invocation.work, asked_id(invocation));
  const auto& file = snippets::find_attachment(snippet, invocation.arguments.text("uid"));
  if (primary_type(file.media_type) != "image") throw HttpError(404, "There is no such image.");
  return deliver_snippet_file(invocation, file);
} catch (const ApiError& error) {
  throw HttpError(404, error.what());
} catch (const filestore::StoreError&) {
  throw_page_of_current_exception();
}

constexpr Parameter kSnippetType[] = {{"type"}};
constexpr Parameter kSnippetId[] = {{"id", Type::Text, true}};
constexpr Parameter kSnippetIdOrBody[] = {{"id"}};
constexpr Parameter kSnippetUpload[] = {{"id", Type::Text, true}, {"type", Type::Text, true}};
constexpr Parameter kSnippetFile[] = {
    {"id", Type::Text, true}, {"attachmentid", Type::Text, true}, GW_DOCUMENT};
constexpr Parameter kSnippetImage[] = {{"id", Type::Text, true}, {"uid", Type::Text, true}, GW_DOCUMENT};

constexpr Action kSnippetActions[] = {
    {"all", kGet, snippet_all, 0, kSnippetType},
    {"attach", kPost, snippet_attach, kUpload | kNotInMultiple, kSnippetUpload},
    {"delete", kPut, snippet_delete, kBody | kSerial, kSnippetIdOrBody},
    {"detach", kPut, snippet_detach, kBody | kSerial, kSnippetId},
    {"get", kGet, snippet_get, 0, kSnippetId},
    {"getattachment", kGet, snippet_get_attachment, kNotInMultiple, kSnippetFile},
    {"list", kPut, snippet_list, kBody},
    {"new", kPut, snippet_new, kBody | kSerial},
    {"update", kPut, snippet_update, kBody | kSerial, kSnippetId},
};
// No action parameter: the method names the action.
constexpr Action kSnippetImageActions[] = {
    {"GET", kGet, snippet_image, kPublicSession | kNotInMultiple, kSnippetImage}};

}  // namespace

const ApiModule kSnippetModule{"snippet", kSnippetActions};
const ApiModule kImageSnippetModule{"image/snippet/image", kSnippetImageActions};

}  // namespace gw::ajax
