#include "ajax/snippet/snippet_json.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ajax/mail/inline_images.hpp"
#include "ajax/mail/mail_parts.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/snippet.hpp"
#include "core/text.hpp"
#include "mail/html/cleaner.hpp"

namespace gw::ajax {
namespace {

namespace snippets = model::snippets;
using snippets::Attachment;
using snippets::Snippet;

constexpr const char* kImagePath = "image/snippet/image";

const std::string& root_of_api(const Invocation& invocation) {
  static const std::string* const usual = new std::string("/ajax");
  return invocation.request.root.empty() ? *usual : invocation.request.root;
}

const Attachment* find_shown(const Snippet& snippet, std::string_view content_id) {
  const auto found = std::find_if(
      snippet.attachments.begin(), snippet.attachments.end(),
      [&](const Attachment& each) { return !each.content_id.empty() && each.content_id == content_id; });
  return found == snippet.attachments.end() ? nullptr : &*found;
}

/// `cid:` becomes an address of this server.
std::string clean_content(const Invocation& invocation, const Snippet& snippet, const std::string& content) {
  mail::html::CleanOptions options;
  options.is_embedded = true;
  options.images.api_roots.push_back(root_of_api(invocation));
  options.images.address_of = [&](std::string_view content_id) -> std::optional<std::string> {
    if (find_shown(snippet, content_id) == nullptr) return std::nullopt;
    return fmt::format("{}/{}?id={}&uid={}", root_of_api(invocation), kImagePath, snippet.id,
                       percent_encode(content_id));
  };
  mail::html::CleanResult clean = mail::html::clean_html(content, options);
  if (clean.is_refused) throw ApiError(errors::msg::kContentTooBig);
  return std::move(clean.html);
}

Json write_file(const Attachment& file) {
  Json object = Json::object();
  object.set("id", Json::string(file.id));
  object.set("filename", Json::string(file.name));
  object.set("mimetype", Json::string(file.media_type));
  if (!file.content_id.empty()) object.set("contentid", Json::string(file.content_id));
  object.set("size", Json::integer(file.file.size));
  return object;
}

[[noreturn]] void refuse_member(const char* name, const Json& value) {
  throw ApiError(errors::svl::kBadParameter, {name, std::string(first_characters(value.dump(), 100))});
}

void read_text(const Json& sent, const char* name, std::string& to) {
  const Json value = sent.get(name);
  if (value.is_missing()) return;
  if (!value.is_null() && !value.is_string()) refuse_member(name, value);
  to = value.as_string();
}

/// Where a browser would begin to read a tag.
std::size_t find_tag(std::string_view content) {
  for (std::size_t open = content.find('<'); open != content.npos; open = content.find('<', open + 1)) {
    const char next = open + 1 < content.size() ? content[open + 1] : ' ';
    const bool is_letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (is_letter || next == '/' || next == '!' || next == '?') return open;
  }
  return content.npos;
}

/// Clients of old write a text, others an object: it is kept as it is.
void read_free(const Json& sent, const char* name, Json& to) {
  const Json value = sent.get(name);
  if (!value.is_missing()) to = value.is_null() ? Json() : value;
}

}  // namespace

bool is_html_content(std::string_view content, const Json& misc) {
  const std::string_view type = misc.get("content-type").as_string();
  if (type.starts_with("text/html")) return true;
  if (type.starts_with("text/plain")) return false;
  const std::size_t tag = find_tag(content);
  return tag != content.npos && content.find('>', tag) != content.npos;
}

Json write_snippet(const Invocation& invocation, const Snippet& snippet) {
  Json object = Json::object();
  object.set("id", Json::string(std::to_string(snippet.id)));
  if (snippet.account) object.set("accountid", Json::integer(*snippet.account));
  object.set("createdby", Json::integer(snippet.owner.value));
  object.set("displayname", Json::string(snippet.display_name));
  object.set("type", Json::string(snippet.type));
  object.set("module", Json::string(snippet.module));
  object.set("shared", Json::boolean(snippet.is_shared));
  // What somebody else calls plain text may still meet a client that looks at the text itself.
  const bool is_foreign = snippet.owner != invocation.caller().user;
  const bool is_html = is_html_content(snippet.content, snippet.misc) ||
                       (is_foreign && find_tag(snippet.content) != std::string::npos);
  object.set("content",
             Json::string(is_html ? clean_content(invocation, snippet, snippet.content) : snippet.content));
  if (!snippet.misc.is_missing()) object.set("misc", snippet.misc);
  if (!snippet.props.is_missing()) object.set("props", snippet.props);
  Json files = Json::array();
  for (const Attachment& each : snippet.attachments) files.append(write_file(each));
  object.set("files", std::move(files));
  return object;
}

SnippetInput::SnippetInput(Invocation& invocation, const Json& sent, const Snippet& known) : sent_(sent) {
  if (!sent_.is_object()) throw ApiError(errors::svl::kBodyType, {"a JSON object"});
  if (!sent_.get("content").is_missing()) read_content(invocation, known);
}

void SnippetInput::read_content(Invocation& invocation, const Snippet& known) {
  std::string content;
  read_text(sent_, "content", content);
  if (content.size() > 4 * snippets::kMaxContent)
    throw ApiError(errors::snippet::kTooLong, {"content", std::to_string(snippets::kMaxContent)});
  Json misc = known.misc;
  read_free(sent_, "misc", misc);
  if (!is_html_content(content, misc)) {
    content_ = std::move(content);
    return;
  }
  const std::string own = std::to_string(known.id);
  HtmlWithImages split = take_inline_images(
      clean_content(invocation, known, content),
      [&](std::string_view address) -> std::optional<mail::mime::Attachment> {
        const auto query = query_of_own_address(address, kImagePath);
        if (!query) return find_parked_image(invocation, address);
        const Parameters named = Parameters::parse(*query);
        const Attachment* shown = named.get("id") == own ? find_shown(known, named.get("uid")) : nullptr;
        if (shown == nullptr) return std::nullopt;
        mail::mime::Attachment image;
        image.content_id = shown->content_id;
        return image;
      });
  content_ = std::move(split.html);
  for (const mail::mime::Attachment& image : split.images) {
    shown_.push_back(image.content_id);
    if (find_shown(known, image.content_id) != nullptr) continue;
    snippets::NewAttachment& taken = files.emplace_back();
    taken.facts = {"", 0, image.name.empty() ? "image" : image.name, image.type, image.content_id, {}};
    taken.bytes =
        std::make_unique<model::files::IncomingFile>(invocation.work, model::files::kContextFiles, -1);
    const mail::ByteSource source = image.open();
    constexpr std::size_t kPieceOfImage = 65'536;
    for (std::string piece = source(kPieceOfImage); !piece.empty(); piece = source(kPieceOfImage))
      taken.bytes->write(piece);
  }
}

void SnippetInput::apply(Snippet& snippet) const {
  read_text(sent_, "displayname", snippet.display_name);
  read_text(sent_, "type", snippet.type);
  read_text(sent_, "module", snippet.module);
  if (const Json shared = sent_.get("shared"); !shared.is_missing()) {
    const auto flag = shared.is_null() ? std::optional(false) : shared.to_boolean();
    if (!flag) refuse_member("shared", shared);
    snippet.is_shared = *flag;
  }
  if (const Json account = sent_.get("accountid"); !account.is_missing()) {
    snippet.account = account.to_integer();
    if (!snippet.account && !account.is_null()) refuse_member("accountid", account);
  }
  read_free(sent_, "misc", snippet.misc);
  read_free(sent_, "props", snippet.props);
  if (!content_) return;
  snippet.content = *content_;
  std::erase_if(snippet.attachments, [&](const Attachment& each) {
    return !each.content_id.empty() &&
           std::find(shown_.begin(), shown_.end(), each.content_id) == shown_.end();
  });
}

}  // namespace gw::ajax
