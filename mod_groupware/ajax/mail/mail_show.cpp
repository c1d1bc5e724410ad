#include "ajax/mail/mail_show.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/mime/structure.hpp"
#include "mail/mime/words.hpp"

namespace gw::ajax {
namespace {

namespace mime = mail::mime;

// Source: spec mail section 3, "not in headers".
constexpr std::string_view kOwnMembers[] = {"Content-Disposition",
                                            "Content-ID",
                                            "Content-Type",
                                            "Bcc",
                                            "Cc",
                                            "Date",
                                            "Disposition-Notification-To",
                                            "From",
                                            "X-Priority",
                                            "Importance",
                                            "Subject",
                                            "To",
                                            "X-OX-VCard",
                                            "X-OX-Notification"};

bool has_own_member(std::string_view name) {
  return std::any_of(std::begin(kOwnMembers), std::end(kOwnMembers),
                     [&](std::string_view each) { return equal_ignoring_ascii_case(each, name); });
}

Json write_element(const mime::DisplayElement& element, bool tells_lengths) {
  Json out = Json::object();
  out.set("id", Json::string(element.id));
  out.set("content_type", Json::string(element.content_type));
  if (!element.content_id.empty()) out.set("cid", Json::string("<" + element.content_id + ">"));
  out.set("disp", Json::string(element.disposition));
  out.set("size", Json::integer(element.size));
  out.set("filename", element.filename ? Json::string(*element.filename) : Json::null());
  out.set("content", element.content ? Json::string(*element.content) : Json::null());
  if (element.is_virtual) out.set("virtual", Json::boolean(true));
  if (element.is_truncated) out.set("truncated", Json::boolean(true));
  if (tells_lengths && element.decoded_size >= 0)
    out.set("exact_length", Json::integer(element.decoded_size));
  if (tells_lengths && element.estimated_size >= 0)
    out.set("estimate_length", Json::integer(element.estimated_size));
  return out;
}

Json write_words(const std::vector<std::string>& words) {
  Json list = Json::array();
  for (const std::string& word : words) list.append(Json::string(word));
  return list;
}

/// The parser's ids begin anew in an embedded mail.
void prefix_ids(mail::Part& part, const std::string& prefix) {
  std::vector<mail::Part*> open{&part};
  while (!open.empty()) {
    mail::Part* next = open.back();
    open.pop_back();
    next->id = next->id.empty() ? prefix : prefix + "." + next->id;
    for (mail::Part& child : next->children) open.push_back(&child);
  }
}

class Show {
 public:
  Show(const MailView& view, const ShowOptions& options) : view_(view), options_(options) {}

  void add_content(Json& object, const mail::Part& root, const MailBytes& bytes, int depth) {
    mime::DisplayOptions wanted = options_.display;
    if (depth >= kMaxNestedDepth) wanted.unpacks_nested = false;
    const mime::Display display = mime::plan_display(root, wanted, bytes.text);
    Json elements = Json::array();
    for (const mime::DisplayElement& element : display.elements)
      elements.append(write_element(element, options_.tells_lengths));
    object.set("attachments", std::move(elements));
    if (wanted.unpacks_nested) {
      Json nested = Json::array();
      for (const mail::Part* part : display.nested) nested.append(show_nested(*part, bytes, depth + 1));
      object.set("nested_msgs", std::move(nested));
    }
    object.set("modified", Json::integer(display.is_modified ? 1 : 0));
    object.set("truncated", Json::boolean(display.is_truncated));
  }

  Json show_nested(const mail::Part& part, const MailBytes& bytes, int depth) {
    const std::string message = bytes.nested(part);
    const mime::ReadAt reader = mime::read_from(message);
    mime::Structure structure = mime::parse_structure(message);
    mail::Message inner;
    mime::apply_headers(inner, structure.headers);
    inner.size = static_cast<std::int64_t>(message.size());
    const mime::Structure own = structure;  // reading needs the ids of the parser
    mail::Part root = structure.root;
    prefix_ids(root, part.id);
    inner.structure = root;
    std::map<std::string, const mail::Part*> parts;
    index(root, own.root, parts);
    const auto read = [&](const mail::Part& wanted, std::size_t most) {
      std::string text;
      const auto found = parts.find(wanted.id);
      if (found == parts.end()) return text;
      mime::read_part(reader, own, *found->second, [&](std::string_view piece) {
        text += piece.substr(0, most - text.size());
        return text.size() < most;
      });
      return text;
    };
    const auto read_nested = [&](const mail::Part& wanted) { return read(wanted, kMaxNestedMail); };
    Json object = Json::object();
    const MailView inside{inner, view_.account, view_.zone, {}, -1};
    set_mail_members(object, inside);
    object.set("id", Json::string(part.id));
    for (const char* name : {"folder_id", "original_folder_id", "original_id"}) object.remove(name);
    object.set("headers", write_other_headers(inner));
    add_content(object, root, {read, read_nested}, depth);
    if (part.filename) object.set("filename", Json::string(*part.filename));
    return object;
  }

 private:
  /// The same tree twice: with the ids of the whole mail, and with those of the parser.
  static void index(const mail::Part& named, const mail::Part& parsed,
                    std::map<std::string, const mail::Part*>& parts) {
    std::vector<std::pair<const mail::Part*, const mail::Part*>> open{{&named, &parsed}};
    while (!open.empty()) {
      const auto [left, right] = open.back();
      open.pop_back();
      parts.emplace(left->id, right);
      for (std::size_t i = 0; i < left->children.size(); ++i)
        open.emplace_back(&left->children[i], &right->children[i]);
    }
  }

  const MailView& view_;
  const ShowOptions& options_;
};

/// Remote images tell their server who reads the mail: `html` and `forceImages` ask for them, `noimg` refuses
/// them, and where neither is said the user's setting decides.
bool blocks_images(const Invocation& invocation, mailbox::Mailbox& mailbox, mime::View view) {
  const bool is_said = view == mime::View::Html && !invocation.arguments.text("view").empty();
  const bool is_open = view == mime::View::Document || (view == mime::View::Html && !is_said);
  return is_open && !invocation.arguments.boolean("forceImages") &&
         !mailbox.setting("modules/mail/allowhtmlimages");
}

std::string image_address(const std::string& root, const std::string& folder, mail::Uid uid,
                          std::int64_t account, const mail::Part& part) {
  const std::string name = !part.content_id.empty() ? part.content_id : part.filename.value_or(part.id);
  return fmt::format("{}/image/mail/picture?folder={}&id={}&uid={}&accountId={}", root,
                     percent_encode(folder), uid, percent_encode(name), account);
}

mime::View asked_view(const Invocation& invocation, mailbox::Mailbox& mailbox) {
  const std::string_view word = invocation.arguments.text("view");
  if (word.empty()) return mailbox.setting("mail/htmlinline") ? mime::View::Html : mime::View::Text;
  const auto view = mime::parse_view(word);
  if (!view) throw ApiError(errors::msg::kBadParameter, {"view", std::string(word)});
  const bool is_forced = invocation.arguments.boolean("forceImages");
  return *view == mime::View::NoImages && is_forced ? mime::View::Html : *view;
}

/// What a draft remembers for the time when it is sent. In mails of others these headers say nothing.
void set_draft_members(Json& object, const mail::Message& draft) {
  if (mail::find_header(draft, "X-OX-VCard")) object.set("vcard", Json::integer(1));
  if (const auto wish = mail::find_header(draft, "X-OX-Notification"))
    object.set("disp_notification_to", Json::string(mime::decode_words(*wish)));
}

}  // namespace

MailBytes bytes_of_stored(mail::MessageStorage& storage, const std::string& folder, mail::Uid uid) {
  const auto text = [&storage, folder, uid](const mail::Part& part, std::size_t most) {
    auto texts = storage.read_texts(folder, uid, {&part, 1}, static_cast<std::int64_t>(most));
    return texts.empty() ? std::string() : std::move(texts.front());
  };
  return {text, [text](const mail::Part& part) { return text(part, kMaxNestedMail); }};
}

Json write_other_headers(const mail::Message& mail) {
  Json headers = Json::object();
  for (const auto& [name, raw] : mail.headers) {
    if (has_own_member(name)) continue;
    const Json value = Json::string(mime::decode_words(raw));
    const Json before = headers.get(name.c_str());
    if (before.is_missing()) {
      headers.set(name, value);
    } else if (before.is_array()) {
      headers.set(name, before.deep_copy().append(value));
    } else {
      headers.set(name, Json::array().append(before).append(value));
    }
  }
  return headers;
}

Json show_mail(const MailView& view, const ShowOptions& options, const MailBytes& bytes) {
  Json object = Json::object();
  set_mail_members(object, view);
  object.set("user", write_words(view.message.flags.keywords));
  object.set("headers", write_other_headers(view.message));
  if (view.message.flags.flags.has(mail::Flag::Draft)) set_draft_members(object, view.message);
  if (view.message.structure) Show(view, options).add_content(object, *view.message.structure, bytes, 0);
  return object;
}

Json show_nested_mail(const MailView& view, const ShowOptions& options, const mail::Part& part,
                      const MailBytes& bytes) {
  return Show(view, options).show_nested(part, bytes, 1);
}

ShowOptions parse_show_options(const Invocation& invocation, mailbox::Mailbox& mailbox,
                               const std::string& folder, mail::Uid uid) {
  const Arguments& arguments = invocation.arguments;
  ShowOptions options;
  mime::DisplayOptions& display = options.display;
  display.view = asked_view(invocation, mailbox);
  display.blocks_images = blocks_images(invocation, mailbox, display.view);
  display.is_embedded = arguments.boolean("embedded");
  display.is_for_editing = arguments.boolean("edit");
  display.max_size = static_cast<std::size_t>(std::max<std::int64_t>(arguments.integer("max_size"), 0));
  display.unpacks_nested =
      !arguments.boolean("no_nested_message") && arguments.boolean("allow_nested_messages", true);
  options.tells_lengths = arguments.boolean("estimate_length");
  const std::string root = invocation.request.root;
  if (!root.empty()) display.api_roots.push_back(root);
  const std::int64_t account = mailbox::parse_folder_path(folder).account;
  display.image_address = [root, folder, uid, account](const mail::Part& part) {
    return image_address(root.empty() ? "/ajax" : root, folder, uid, account, part);
  };
  return options;
}

}  // namespace gw::ajax
