// mail/compose: a new space, empty or from another mail. Source: spec mail-compose section 3.
#include <algorithm>
#include <iterator>

#include "ajax/compose/compose_route.hpp"
#include "ajax/compose/original_text.hpp"
#include "ajax/compose/space_message.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_columns.hpp"
#include "core/errors/composition.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mailbox/answering.hpp"

namespace gw::ajax::compose_calls {
namespace {

namespace compositions = model::compositions;
namespace mime = mail::mime;

enum class OpenType { New, Reply, ReplyAll, Forward, Resend, Edit, Copy };

struct OpenRow {
  std::string_view word;
  OpenType type;
  const char* meta;  ///< `type` of member meta
};
constexpr OpenRow kOpenTypes[] = {
    {"new", OpenType::New, "NEW"},
    {"reply", OpenType::Reply, "REPLY"},
    {"replyall", OpenType::ReplyAll, "REPLY_ALL"},
    {"forward", OpenType::Forward, "FORWARD_INLINE"},
    {"resend", OpenType::Resend, "RESEND"},
    {"edit", OpenType::Edit, "EDIT"},
    {"copy", OpenType::Copy, "COPY"},
};

const OpenRow& asked_type(const Invocation& invocation) {
  const std::string word = to_lower_ascii(trim(invocation.arguments.text("type", "new")));
  const auto* const row = std::find_if(std::begin(kOpenTypes), std::end(kOpenTypes),
                                       [&](const OpenRow& each) { return each.word == word; });
  if (row == std::end(kOpenTypes))
    throw ApiError(errors::msg::kBadParameter, {"type", std::string(first_characters(word, 100))});
  return *row;
}

/// `[{folderId, id}, …]`; other calls of the API say `folder` or `folder_id`.
std::vector<mailbox::MailPath> asked_paths(const Invocation& invocation) {
  const Json body = sent_json(invocation);
  if (body.is_missing()) return {};
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of mails"});
  if (body.size() > mailbox::kMaxForwards)
    throw ApiError(errors::msg::kTooManyForwards, {std::to_string(mailbox::kMaxForwards)});
  std::vector<mailbox::MailPath> paths;
  for (std::size_t i = 0; i < body.size(); ++i) {
    Json element = body.at(i);
    const Json folder = element.get("folderId");
    if (!folder.is_missing()) element = Json::object().set("folder", folder).set("id", element.get("id"));
    const MailRef ref = parse_mail_ref(element);
    paths.push_back({ref.folder, ref.uid});
  }
  return paths;
}

class Opening {
 public:
  Opening(Invocation& invocation, mailbox::Mailbox& mailbox)
      : invocation_(invocation), mailbox_(mailbox), row_(asked_type(invocation)) {
    space_.id = compositions::make_space_id();
    space_.message = Json::object();
    space_.meta = Json::object();
    if (const std::string_view word = invocation.arguments.text("contentType"); !word.empty())
      content_type_ = parse_content_type(word);
  }

  compositions::Space run() {
    const std::vector<mailbox::MailPath> paths = asked_paths(invocation_);
    require_fitting(paths);
    compositions::require_room(invocation_.work);
    set("type", row_.meta);
    message().set("from", write_pair(mailbox_.default_sender()));
    message().set("contentType", Json::string(content_type_.empty() ? kPlainContent : content_type_));
    if (row_.type == OpenType::Forward && (paths.size() > 1 || mailbox::forwards_as_attachment(mailbox_)))
      forward_whole(paths);
    else if (row_.type != OpenType::New)
      begin_with(paths.front());
    set_wishes();
    if (invocation_.arguments.boolean("vcard")) wants_card_ = true;
    if (wants_card_)
      files_.push_back(
          take_card(invocation_, write_own_vcard(invocation_.work), compositions::Origin::Vcard));
    return compositions::open(invocation_.work, std::move(space_), files_);
  }

 private:
  Json& message() { return space_.message; }
  void set(const char* name, const std::string& text) { space_.meta.set(name, Json::string(text)); }
  /// Cut, as clients send the model back with the mail, and longer ones are refused.
  void set_subject(std::string_view subject) {
    message().set("subject", Json::string(first_characters(subject, kMaxSubject)));
  }
  [[nodiscard]] bool is_answer() const {
    return row_.type == OpenType::Reply || row_.type == OpenType::ReplyAll;
  }

  void require_fitting(const std::vector<mailbox::MailPath>& paths) const {
    if (invocation_.arguments.boolean("originalAttachments") && !is_answer())
      throw ApiError(errors::msgcs::kNoReply, {space_.id});
    if (row_.type == OpenType::New || (row_.type == OpenType::Forward && !paths.empty())) return;
    if (paths.empty()) throw ApiError(errors::msg::kMissingParameter, {"id"});
    if (paths.size() > 1 && is_answer()) throw ApiError(errors::msg::kReplyToSeveral);
    if (paths.size() > 1)
      throw ApiError(errors::msg::kBadParameter, {"type", std::string(row_.word) + " of several mails"});
  }

  void take(std::vector<NewAttachment> files) {
    std::move(files.begin(), files.end(), std::back_inserter(files_));
  }

  void remember_original(const mailbox::MailPath& path, const mail::Message& original) {
    set("originalFolderId", mailbox::format_folder_path(path.folder));
    set("originalId", std::to_string(path.uid));
    const auto& when = original.sent ? original.sent : original.received;
    if (when) space_.meta.set("date", Json::integer(when->value));
  }

  void forward_whole(const std::vector<mailbox::MailPath>& paths) {
    set("type", "FORWARD_ATTACHMENT");
    Json all = Json::array();
    for (const mailbox::MailPath& path : paths) {
      const mail::Message original = mailbox::load_original(mailbox_, path, {});
      if (all.size() == 0) {
        remember_original(path, original);
        set_subject(mime::forward_subject(original.subject.value_or("")));
      }
      files_.push_back(take_mail(invocation_, mailbox_, path, original));
      all.append(Json::string(mailbox::format_mail_path(path.folder, path.uid)));
    }
    space_.meta.set("originals", std::move(all));
  }

  void begin_with(const mailbox::MailPath& path) {
    OriginalText original(invocation_, mailbox_, path);
    const bool is_ours = !is_answer() && row_.type != OpenType::Forward;
    original.read({space_.id, content_type_, is_ours});
    remember_original(path, original.message());
    message().set("contentType", Json::string(original.content_type()));
    if (is_answer())
      begin_answer(original);
    else if (row_.type == OpenType::Forward)
      begin_forward(original);
    else
      begin_again(original);
  }

  void set_text(OriginalText& original) {
    message().set("content", Json::string(original.content()));
    take(original.take_images());
  }

  void set_original_link(const OriginalText& original) {
    const mailbox::MailPath& path = original.path();
    space_.meta.set("originals",
                    Json::array().append(Json::string(mailbox::format_mail_path(path.folder, path.uid))));
  }

  void begin_answer(OriginalText& original) {
    const mail::Message& mail = original.message();
    const mailbox::FolderPath& folder = original.path().folder;
    const mime::Recipients to =
        mailbox::answer_recipients(mailbox_, folder, mail, row_.type == OpenType::ReplyAll);
    message().set("from", write_pair(sender_of_answer(mail, folder)));
    message().set("to", write_pairs(to.to));
    message().set("cc", write_pairs(to.cc));
    message().set("bcc", write_pairs(to.bcc));
    set_subject(mime::reply_subject(mail.subject.value_or("")));
    set_original_link(original);
    if (!mailbox_.setting("mail/ignorereplytext")) set_text(original);
    if (invocation_.arguments.boolean("originalAttachments")) take(original.take_files(true));
  }

  mail::Address sender_of_answer(const mail::Message& mail, const mailbox::FolderPath& folder) {
    if (mailbox::is_own_mail(mailbox_, folder) && !mail.from.empty())
      for (const std::string& own : mailbox_.own_addresses(folder.account))
        if (equal_ignoring_ascii_case(own, mail.from.front().address)) return mail.from.front();
    return mailbox::answer_sender(mailbox_, folder.account, mail);
  }

  void begin_forward(OriginalText& original) {
    const mail::Message& mail = original.message();
    message().set("from", write_pair(mailbox::answer_sender(mailbox_, original.path().folder.account, mail)));
    set_subject(mime::forward_subject(mail.subject.value_or("")));
    set_original_link(original);
    set_text(original);
    take(original.take_files(false));
  }

  /// A draft that is gone on with, or a mail that becomes a new one.
  void begin_again(OriginalText& original) {
    const mail::Message& mail = original.message();
    if (!mail.from.empty()) message().set("from", write_pair(mail.from.front()));
    message().set("to", write_pairs(mail.to));
    message().set("cc", write_pairs(mail.cc));
    message().set("bcc", write_pairs(mail.bcc));
    if (!mail.reply_to.empty() && mail.reply_to != mail.from)
      message().set("replyTo", write_pair(mail.reply_to.front()));
    set_subject(mail.subject.value_or(""));
    const int priority = priority_of(mail);
    if (priority != 0)
      message().set("priority", Json::string(priority < 3 ? "high" : priority > 3 ? "low" : "normal"));
    set_text(original);
    take(original.take_files(false));
    if (row_.type == OpenType::Resend) return;
    keep_draft(mail);
    const mailbox::MailPath& path = original.path();
    if (row_.type == OpenType::Edit) set("draft", mailbox::format_mail_path(path.folder, path.uid));
  }

  /// What a draft is tied to, and what it remembers for the time when it is sent.
  void keep_draft(const mail::Message& draft) {
    if (!draft.in_reply_to.empty()) set("inReplyTo", draft.in_reply_to);
    Json references = Json::array();
    for (const std::string& each : draft.references) references.append(Json::string(each));
    if (references.size() > 0) space_.meta.set("references", std::move(references));
    const bool wants_receipt = mail::find_header(draft, "Disposition-Notification-To") ||
                               mail::find_header(draft, "X-OX-Notification");
    if (wants_receipt) message().set("requestReadReceipt", Json::boolean(true));
    wants_card_ = draft.flags.flags.has(mail::Flag::Draft) && mail::find_header(draft, "X-OX-VCard");
  }

  void set_wishes() {
    Json wishes = Json::object();
    for (const char* name : {"priority", "requestReadReceipt"})
      if (const std::string_view word = invocation_.arguments.text(name); !word.empty())
        wishes.set(name, Json::string(word));
    merge_message(message(), wishes);
  }

  Invocation& invocation_;
  mailbox::Mailbox& mailbox_;
  const OpenRow& row_;
  compositions::Space space_;
  std::string content_type_;
  std::vector<NewAttachment> files_;
  bool wants_card_ = false;
};

}  // namespace

Response open(Invocation& invocation, const Route&) {
  const auto mailbox = open_mailbox(invocation);
  return Response::with_data(write_space(Opening(invocation, *mailbox).run()));
}

}  // namespace gw::ajax::compose_calls
