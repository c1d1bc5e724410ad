// mail/compose: save and send. A space is sent once: whoever sends it holds a claim, the mail keeps its
// Message-ID over tries, and the space goes with it. Source: spec mail-compose sections 6 and 7.
#include <fmt/format.h>

#include "ajax/compose/compose_route.hpp"
#include "ajax/compose/space_mail.hpp"
#include "ajax/compose/space_message.hpp"
#include "ajax/compose/space_sharing.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_parts.hpp"
#include "ajax/upload/upload_reading.hpp"
#include "core/errors/mail.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "mailbox/drive_mail.hpp"
#include "mailbox/sending.hpp"
#include "model/compositions/composition_service.hpp"

namespace gw::ajax::compose_calls {
namespace {

namespace compositions = model::compositions;

Response answer_path(const mailbox::MailPath& path) {
  return Response::with_data(Json::string(mailbox::format_mail_path(path.folder, path.uid)));
}

/// The model as the client has it, for what he did not send before.
compositions::Space apply_sent_json(Invocation& invocation, const compositions::SendClaim& claim,
                                    const std::string& message_id) {
  const Json changes = sent_json(invocation);
  return compositions::change(
      invocation.work, claim.id(),
      [&](compositions::Space& space) {
        if (!changes.is_missing()) merge_message(space.message, changes);
        if (!message_id.empty() && space.message_id.empty()) space.message_id = message_id;
      },
      &claim);
}

/// Files that come with this very request: they are not kept when it fails, as the client sends them again.
void attach_sent_files(Invocation& invocation, mail::mime::Composition& mail) {
  std::int64_t sum = 0;
  for (const Upload& upload : invocation.request.uploads) {
    check_upload_size(invocation, upload.file_name, sum += upload.size);
    mailbox::Spool spool;
    read_upload(upload, [&](std::string_view piece) { spool.append(piece); });
    mail.attachments.push_back(attach_spool(spool, upload.file_name, upload.content_type));
  }
}

std::int64_t bytes_to_send(const Invocation& invocation, const compositions::Space& space) {
  std::int64_t bytes = 0;
  for (const compositions::Attachment& each : space.attachments) bytes += each.file.size;
  for (const Upload& upload : invocation.request.uploads) bytes += upload.size;
  return 2 * bytes;  // base64, and the copy
}

/// The mail is out or stored: the space has nothing left to do, and no failure may look like one of the mail.
void close_space(Invocation& invocation, const compositions::SendClaim& claim) {
  try {
    compositions::remove(invocation.work, claim.id(), &claim);
  } catch (const std::exception& error) {
    log(LogLevel::Warning, "GW0421",
        fmt::format("the composition space of a finished mail stayed: {}", error.what()));
  }
}

void set_marks(mailbox::Order& order, const Json& meta) {
  const std::string_view type = meta.get("type").as_string();
  const bool is_answer = type == "REPLY" || type == "REPLY_ALL";
  const Json originals = meta.get("originals");
  for (std::size_t i = 0; i < originals.size(); ++i)
    (is_answer ? order.answered : order.forwarded)
        .push_back(mailbox::parse_mail_path(originals.at(i).as_string()));
  if (const std::string_view draft = meta.get("draft").as_string(); !draft.empty())
    order.draft = mailbox::parse_mail_path(draft);
}

/// Files that shall go as links are stored first, and taken back when the mail does not go.
mailbox::Outcome send_order(Invocation& invocation, mailbox::Mailbox& mailbox,
                            const compositions::Space& space, mailbox::Order& order) {
  std::optional<mailbox::DriveMail> drive;
  const auto wish = read_drive_mail_wish(invocation, space);
  if (wish && mailbox::has_files_to_share(order.composition)) {
    drive.emplace(invocation.work, *wish, order.composition);
    order.before_last_bytes = [&drive] { drive->let_go(); };
    order.when_accepted = [&drive] { drive->keep(); };
  }
  return mailbox::send(mailbox, order);
}

}  // namespace

Response send(Invocation& invocation, const Route& route) {
  if (sent_json(invocation).is_missing()) throw ApiError(errors::msg::kMissingParameter, {"JSON"});
  compositions::SendClaim claim(invocation.work, route.space);
  const auto mailbox = open_mailbox(invocation);
  const compositions::Space before = compositions::load(invocation.work, claim.id());
  const std::string fresh_id = mail::mime::make_message_id(mailbox->default_sender().address);
  compositions::Space space = apply_sent_json(invocation, claim, fresh_id);
  mailbox::Order order{make_mail(invocation, *mailbox, space, MailPurpose::Sending),
                       invocation.arguments.boolean("copy2Sent", !mailbox->setting("mail/nocopytosent")),
                       {},
                       {},
                       {}};
  // A try before this one may have sent the mail, and been cut off before it could say so.
  if (!before.message_id.empty())
    if (const auto copy = mailbox::find_copy(*mailbox, order.composition)) {
      close_space(invocation, claim);
      return answer_path(*copy);
    }
  attach_sent_files(invocation, order.composition);
  set_marks(order, space.meta);
  claim.extend(bytes_to_send(invocation, space));
  const mailbox::Outcome outcome = send_order(invocation, *mailbox, space, order);
  close_space(invocation, claim);
  Response response = outcome.stored
                          ? answer_path(*outcome.stored)
                          : Response::with_data(Json::object().set("success", Json::boolean(true)));
  for (const auto& [code, arguments] : outcome.warnings) response.warnings.push_back({code, arguments});
  return response;
}

Response save(Invocation& invocation, const Route& route) {
  compositions::SendClaim claim(invocation.work, route.space);
  const auto mailbox = open_mailbox(invocation);
  const compositions::Space space = apply_sent_json(invocation, claim, {});
  mail::mime::Composition mail = make_mail(invocation, *mailbox, space, MailPurpose::Draft);
  attach_sent_files(invocation, mail);
  const std::string_view draft = space.meta.get("draft").as_string();
  claim.extend(bytes_to_send(invocation, space));
  const mailbox::MailPath path = mailbox::save_draft(
      *mailbox, mail, draft.empty() ? std::nullopt : std::optional(mailbox::parse_mail_path(draft)));
  close_space(invocation, claim);
  return answer_path(path);
}

}  // namespace gw::ajax::compose_calls
