#include "ajax/compose/space_mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ajax/compose/space_message.hpp"
#include "ajax/mail/mail_input.hpp"
#include "ajax/mail/mail_parts.hpp"
#include "core/errors/composition.hpp"
#include "core/errors/infostore.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/html/plain_text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/reply.hpp"
#include "mailbox/answering.hpp"
#include "mailbox/sending.hpp"
#include "model/compositions/composition_service.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::ajax {
namespace {

namespace compositions = model::compositions;
namespace mime = mail::mime;

/// Bytes of an attachment as they are read; what fails is told in the words of composition spaces.
class StoredSource {
 public:
  StoredSource(std::shared_ptr<filestore::FileStore> store, const compositions::Attachment& attachment)
      : store_(std::move(store)), attachment_(attachment) {}

  std::string operator()(std::size_t most) try {
    if (!reader_) reader_ = store_->open(attachment_.file.id, 0, attachment_.file.size);
    std::string piece(std::min(most, kPieceOfAttachment), '\0');
    piece.resize(reader_->read(piece));
    read_ += static_cast<std::int64_t>(piece.size());
    if (piece.empty() && read_ != attachment_.file.size)
      throw ApiError(errors::msgcs::kAttachmentRetrieval, {attachment_.name});
    return piece;
  } catch (const filestore::StoreError& error) {
    if (error.kind() == filestore::StoreError::Kind::Missing)
      throw ApiError(errors::msgcs::kBytesGone, {attachment_.name});
    throw model::files::to_api_error(error);
  }

 private:
  static constexpr std::size_t kPieceOfAttachment = 65'536;
  std::shared_ptr<filestore::FileStore> store_;
  compositions::Attachment attachment_;
  std::shared_ptr<filestore::Reader> reader_;
  std::int64_t read_ = 0;
};

class MailMaker {
 public:
  MailMaker(Invocation& invocation, mailbox::Mailbox& mailbox, const compositions::Space& space,
            MailPurpose purpose)
      : invocation_(invocation), mailbox_(mailbox), space_(space), purpose_(purpose) {}

  mime::Composition run() {
    set_head();
    set_references();
    set_body();
    add_files();
    return std::move(mail_);
  }

 private:
  [[nodiscard]] Json message(const char* name) const { return space_.message.get(name); }
  [[nodiscard]] mail::AddressList pair(const char* name) const {
    const Json value = message(name);
    return value.is_missing() ? mail::AddressList() : parse_address_value(Json::array().append(value));
  }

  void set_head() {
    mail_.from = pair("from");
    mail_.sender = pair("sender");
    mail_.reply_to = pair("replyTo");
    mail_.to = parse_address_value(message("to"));
    mail_.cc = parse_address_value(message("cc"));
    mail_.bcc = parse_address_value(message("bcc"));
    for (const mail::Address& sender : mail_.sender) mailbox_.find_sender(sender.address);
    mail_.subject = message("subject").as_string();
    mail_.keeps_bcc = true;
    mail_.zone = invocation_.caller().timezone.name();
    mail_.mailer = invocation_.work.settings().product_name;
    mail_.message_id = space_.message_id;
    const std::string_view priority = message("priority").as_string();
    if (priority == "high") mail_.priority = mime::Priority::High;
    if (priority == "low") mail_.priority = mime::Priority::Low;
    if (message("requestReadReceipt").is_true() && !mail_.from.empty()) {
      mail_.receipt_to = mail_.from.front();
      if (purpose_ == MailPurpose::Draft)
        mail_.wants_notification = mime::display_address(mail_.from.front());
    }
    message("customHeaders").for_each_member([&](std::string_view name, const Json& value) {
      mail_.custom_headers.emplace_back(name, value.as_string());
    });
  }

  /// An answer is tied to its original, which must be there; a draft to what it was tied to.
  void set_references() {
    const std::string_view type = space_.meta.get("type").as_string();
    if (type != "REPLY" && type != "REPLY_ALL" && type != "FORWARD_INLINE") {
      mail_.in_reply_to = space_.meta.get("inReplyTo").as_string();
      const Json references = space_.meta.get("references");
      for (std::size_t i = 0; i < references.size(); ++i)
        mail_.references.emplace_back(references.at(i).as_string());
      return;
    }
    const mailbox::MailPath path = mailbox::parse_mail_path(space_.meta.get("originals").at(0).as_string());
    const auto original = mailbox::find_original(mailbox_, path, {});
    if (!original && purpose_ == MailPurpose::Draft) return;
    if (!original)
      throw ApiError(errors::msg::kMailNotFound,
                     {std::to_string(path.uid), mailbox::format_folder_path(path.folder)});
    mime::Threading threading = mime::reply_threading(*original);
    mail_.in_reply_to = std::move(threading.in_reply_to);
    mail_.references = std::move(threading.references);
  }

  void set_body() {
    const std::string content(message("content").as_string());
    const std::string_view type = message("contentType").as_string();
    if (type != kHtmlContent && type != kAlternativeContent) {
      mail_.text = content;
      const std::int64_t wrap = invocation_.arguments.integer("lineWrapAfter");
      mail_.wrap = wrap > 0 && wrap < 1'000 ? static_cast<std::size_t>(wrap) : 0;
      return;
    }
    set_html_body(mail_, content, invocation_.request.root,
                  [&](std::string_view address) { return find_image(address); });
    if (type == kAlternativeContent) mail_.text = mail::html::html_to_text(content);
  }

  std::optional<mime::Attachment> find_image(std::string_view address) {
    const auto wanted = attachment_of_address(address, space_.id);
    if (!wanted) return find_own_image(invocation_, mailbox_, address);
    for (const compositions::Attachment& each : space_.attachments) {
      if (each.id != *wanted) continue;
      shown_.insert(each.id);
      mime::Attachment image = attach_stored(each);
      image.content_id = each.content_id.empty() ? each.id + "@groupware" : each.content_id;
      return image;
    }
    return std::nullopt;
  }

  mime::Attachment attach_stored(const compositions::Attachment& attachment) {
    std::shared_ptr<filestore::FileStore> store =
        model::files::open_space_of(invocation_.work, attachment.file.owner, attachment.file.id);
    mime::Attachment file;
    file.open = [store, attachment]() -> mail::ByteSource { return StoredSource(store, attachment); };
    file.name = attachment.name;
    file.type = attachment.media_type;
    file.is_message =
        attachment.origin == compositions::Origin::Mail && attachment.media_type == "message/rfc822";
    if (attachment.origin == compositions::Origin::Vcard && purpose_ == MailPurpose::Draft) {
      const model::Caller& caller = invocation_.caller();
      file.headers.emplace_back("X-OX-VCard", fmt::format("{}@{}", caller.user.value, caller.context.value));
    }
    return file;
  }

  /// An image that the text shows no more stays in a draft, and does not go out.
  void add_files() {
    for (const compositions::Attachment& each : space_.attachments) {
      if (shown_.contains(each.id)) continue;
      if (each.is_inline && purpose_ == MailPurpose::Sending) continue;
      mail_.attachments.push_back(attach_stored(each));
    }
  }

  Invocation& invocation_;
  mailbox::Mailbox& mailbox_;
  const compositions::Space& space_;
  MailPurpose purpose_;
  mime::Composition mail_;
  std::set<std::string> shown_;
};

}  // namespace

mime::Composition make_mail(Invocation& invocation, mailbox::Mailbox& mailbox,
                            const compositions::Space& space, MailPurpose purpose) {
  return MailMaker(invocation, mailbox, space, purpose).run();
}

std::optional<std::string> attachment_of_address(std::string_view address, std::string_view space) {
  constexpr std::string_view kModule = "/mail/compose/", kBetween = "/attachments/";
  if (!address.starts_with('/') || address.starts_with("//")) return std::nullopt;
  address = address.substr(0, address.find_first_of("?#&"));
  const std::size_t module = address.find(kModule);
  if (module == address.npos) return std::nullopt;
  address.remove_prefix(module + kModule.size());
  const std::size_t between = address.find(kBetween);
  if (between == address.npos) return std::nullopt;
  const auto plain = [](std::string_view id) {
    std::string text = to_lower_ascii(id);
    std::erase(text, '-');
    return text;
  };
  if (plain(address.substr(0, between)) != space) return std::nullopt;
  return plain(address.substr(between + kBetween.size()));
}

}  // namespace gw::ajax
