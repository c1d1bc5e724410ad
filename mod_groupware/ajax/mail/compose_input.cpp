#include "ajax/mail/compose_input.hpp"

#include <fmt/format.h>

#include "ajax/mail/inline_images.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_parts.hpp"
#include "ajax/transfer/export_contacts.hpp"
#include "ajax/upload/upload_reading.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/html/plain_text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/display.hpp"
#include "mail/mime/headers.hpp"
#include "mail/mime/reply.hpp"
#include "mail/mime/structure.hpp"
#include "mailbox/answering.hpp"
#include "mailbox/spool.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/infostore/infostore_service.hpp"

namespace gw::ajax {
namespace {

namespace mime = mail::mime;
using mime::Attachment;

constexpr std::size_t kMaxFiles = 1'000;

std::vector<mailbox::MailPath> parse_originals(const Json& value) {
  std::vector<mailbox::MailPath> paths;
  const auto add = [&](const Json& each) {
    if (const auto text = each.to_text(); text && !text->empty())
      paths.push_back(mailbox::parse_mail_path(*text));
  };
  if (value.is_array())
    for (std::size_t i = 0; i < value.size() && i < kMaxFiles; ++i) add(value.at(i));
  else
    add(value);
  return paths;
}

class Parser {
 public:
  Parser(Invocation& invocation, mailbox::Mailbox& mailbox, const Json& object)
      : invocation_(invocation), mailbox_(mailbox), object_(object) {}

  ComposeInput run() {
    if (!object_.is_object()) throw ApiError(errors::msg::kTryAgain);
    read_head();
    read_body();
    read_parts();
    read_drive_files();
    read_data_sources();
    read_uploads();
    read_card();
    return std::move(input_);
  }

 private:
  mime::Composition& out() { return input_.composition; }

  void read_head() {
    const auto type = object_.get("sendtype").to_integer().value_or(0);
    if (type < 0 || type > static_cast<int>(SendType::DraftDelete))
      throw ApiError(errors::msg::kBadParameter, {"sendtype", std::to_string(type)});
    input_.type = static_cast<SendType>(type);
    mail::FlagSet flags;
    flags.bits = static_cast<std::uint32_t>(object_.get("flags").to_integer().value_or(0));
    input_.is_draft = flags.has(mail::Flag::Draft);
    input_.keeps_copy =
        object_.get("copy2Sent")
            .to_boolean()
            .value_or(invocation_.arguments.boolean("copy2Sent", !mailbox_.setting("mail/nocopytosent")));
    input_.originals = parse_originals(object_.get("msgref"));
    out().from = parse_address_value(object_.get("from"));
    out().to = parse_address_value(object_.get("to"));
    out().cc = parse_address_value(object_.get("cc"));
    out().bcc = parse_address_value(object_.get("bcc"));
    if (auto reply_to = parse_address_value(object_.get("reply_to")); !reply_to.empty())
      out().reply_to = {reply_to.front()};
    out().subject = object_.get("subject").to_text().value_or("");
    out().keeps_bcc = true;
    out().zone = invocation_.caller().timezone.name();
    out().mailer = invocation_.work.settings().product_name;
    read_priority();
    read_receipt();
    read_references();
    read_headers();
  }

  void read_priority() {
    switch (object_.get("priority").to_integer().value_or(3)) {
      case 1:
      case 2:
        out().priority = mime::Priority::High;
        break;
      case 4:
      case 5:
        out().priority = mime::Priority::Low;
        break;
      default:
        break;
    }
  }

  void read_receipt() {
    const Json wish = object_.get("disp_notification_to");
    if (wish.is_true()) {
      if (!out().from.empty()) out().receipt_to = out().from.front();
    } else if (wish.is_string() && !wish.as_string().empty()) {
      const auto list = parse_address_value(wish);
      if (!list.empty()) out().receipt_to = list.front();
    }
    if (input_.is_draft && out().receipt_to)
      out().wants_notification = mime::display_address(*out().receipt_to);
  }

  /// An answer is tied to its original, a draft to what it was tied to.
  void read_references() {
    if (input_.originals.empty() || input_.type == SendType::New) return;
    const mailbox::MailPath& path = input_.originals.front();
    const auto found = mailbox::find_original(mailbox_, path, {});
    if (!found && is_draft_again()) return;
    if (!found) throw_original_gone(path);
    const mail::Message& original = *found;
    if (is_draft_again()) {
      out().in_reply_to = original.in_reply_to;
      out().references = original.references;
      return;
    }
    const mime::Threading threading = mime::reply_threading(original);
    if (input_.type == SendType::Reply) out().in_reply_to = threading.in_reply_to;
    out().references = threading.references;
  }

  [[nodiscard]] bool is_draft_again() const { return input_.type >= SendType::DraftEdit; }

  /// Others would change what we write ourselves.
  void read_headers() {
    object_.get("headers").for_each_member([&](std::string_view name, const Json& value) {
      const bool is_custom = name.size() > 2 && equal_ignoring_ascii_case(name.substr(0, 2), "x-") &&
                             !equal_ignoring_ascii_case(name, "x-original-headers");
      const auto text = value.to_text();
      if (is_custom && text && out().custom_headers.size() < 100)
        out().custom_headers.emplace_back(name, *text);
    });
  }

  void read_body() {
    const Json body = object_.get("attachments").at(0);
    const std::string type = to_lower_ascii(body.get("content_type").as_string());
    const std::string content = body.get("content").to_text().value_or("");
    const std::int64_t wrap = invocation_.arguments.optional_integer("lineWrapAfter")
                                  .value_or(mailbox_.number("modules/mail/linewrap"));
    out().wrap = wrap > 0 && wrap < 1'000 ? static_cast<std::size_t>(wrap) : 0;
    const ImageFinder find = [&](std::string_view address) {
      return find_own_image(invocation_, mailbox_, address);
    };
    if (type.starts_with("text/html") || type == "alternative" || type.starts_with("multipart/alternative")) {
      set_html_body(out(), content, invocation_.request.root, find);
      if (!type.starts_with("text/html")) out().text = mail::html::html_to_text(content);
    } else if (body.get("raw").to_boolean().value_or(false)) {
      out().text = content;
      out().wrap = 0;
    } else {
      out().text = mail::html::html_to_text(content);
    }
  }

  /// attachments[1…]: parts of the original, or of a mail of their own; without an id the whole mail.
  void read_parts() {
    const Json list = object_.get("attachments");
    for (std::size_t i = 1; i < list.size(); ++i) {
      if (i > kMaxFiles) throw ApiError(errors::msg::kTooManyForwards, {std::to_string(kMaxFiles)});
      const Json element = list.at(i);
      auto paths = parse_originals(element.get("msgref"));
      if (paths.empty()) paths = input_.originals;
      if (paths.empty()) continue;
      const auto id = element.get("id").to_text();
      if (!id || id->empty()) {
        out().attachments.push_back(spool_mail(mailbox_, paths.front()));
        continue;
      }
      const auto root = structure_of(mailbox_, paths.front());
      const mail::Part* part = root ? mime::find_part(*root, *id) : nullptr;
      if (part == nullptr)
        throw ApiError(errors::msg::kPartNotFound, {*id, std::to_string(paths.front().uid),
                                                    mailbox::format_folder_path(paths.front().folder)});
      out().attachments.push_back(spool_part(mailbox_, paths.front(), *part));
    }
  }

  void read_drive_files() {
    const Json ids = object_.get("infostore_ids");
    if (ids.size() > kMaxFiles) throw ApiError(errors::msg::kTooManyDriveFiles, {std::to_string(kMaxFiles)});
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto id = ids.at(i).to_text();
      if (!id) throw ApiError(errors::msg::kField, {"infostore_ids"});
      auto content = model::infostore::open_content(invocation_.work, model::infostore::parse_item_id(*id));
      invocation_.work.release();
      const StoredBytes bytes{std::move(content.store), content.item.file_id.value_or(""),
                              content.item.file_size};
      out().attachments.push_back(attach_spool(spool_stored(bytes), content.item.filename.value_or("file"),
                                               content.item.file_mimetype.value_or("")));
    }
  }

  /// `[{identifier, args}, …]`: cards of contacts, which `args` names as `{folder, id}`.
  void read_data_sources() {
    const Json sources = object_.get("datasources");
    std::size_t count = 0;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const std::string identifier(sources.at(i).get("identifier").as_string());
      if (identifier != "com.openexchange.contact")
        throw ApiError(errors::msg::kUnsupportedOperation, {"data source " + identifier});
      const Json contacts = sources.at(i).get("args");
      for (std::size_t at = 0; at < contacts.size(); ++at) {
        if (++count > kMaxFiles) throw ApiError(errors::msg::kField, {"datasources"});
        add_contact(contacts.at(at));
      }
    }
  }

  void add_contact(const Json& named) {
    const auto folder = named.get("folder").to_integer();
    const auto id = named.get("id").to_integer();
    if (!folder || !id) throw ApiError(errors::msg::kField, {"datasources"});
    add_card(write_named_vcard(invocation_.work,
                               model::contacts::get(invocation_.work, {FolderId(*folder), ObjectId(*id)})));
  }

  void add_card(const NamedCard& card) {
    mailbox::Spool spool;
    spool.append(card.bytes);
    out().attachments.push_back(attach_spool(spool, card.name, "text/vcard"));
  }

  void read_uploads() {
    std::int64_t sum = 0;
    for (const Upload& upload : invocation_.request.uploads) {
      check_upload_size(invocation_, upload.file_name, sum += upload.size);
      mailbox::Spool spool;
      read_upload(upload, [&](std::string_view piece) { spool.append(piece); });
      out().attachments.push_back(attach_spool(spool, upload.file_name, upload.content_type));
    }
  }

  /// The sender's own contact. A draft only remembers that it is wanted.
  void read_card() {
    const Json wish = object_.get("vcard");
    if (!wish.is_true() && wish.to_integer().value_or(0) <= 0) return;
    const model::Caller& caller = invocation_.caller();
    if (input_.is_draft) {
      out().attached_card = fmt::format("{}@{}", caller.user.value, caller.context.value);
      return;
    }
    add_card(write_own_vcard(invocation_.work));
  }

  Invocation& invocation_;
  mailbox::Mailbox& mailbox_;
  const Json& object_;
  ComposeInput input_;
};

}  // namespace

ComposeInput parse_compose(Invocation& invocation, mailbox::Mailbox& mailbox, const Json& object) {
  return Parser(invocation, mailbox, object).run();
}

}  // namespace gw::ajax
