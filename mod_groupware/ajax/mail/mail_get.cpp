// mail: get in its forms: object, headers, source. Source: spec mail section 6.2.
#include <algorithm>

#include "ajax/delivery/content_disposition.hpp"
#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_show.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/composition.hpp"
#include "mail/mime/part_removal.hpp"
#include "mailbox/address_collection.hpp"

namespace gw::ajax::mail_actions {
namespace {

/// A source that is part of a JSON answer.
constexpr std::size_t kMaxSource = std::size_t{32} << 20U;

MailRef ref_of(const Invocation& invocation, mailbox::Mailbox& mailbox) {
  if (invocation.body.is_missing()) return asked_mail(invocation, mailbox);
  if (!invocation.body.is_array() || invocation.body.size() != 1)
    throw ApiError(errors::svl::kBodyType, {"an array of one mail"});
  return parse_mail_ref(invocation.body.at(0));
}

/// The mail counts as read from now on. A folder that one may only read is no error.
void mark_seen(mailbox::Mailbox& mailbox, const MailRef& ref) {
  mail::FlagSet seen;
  seen.set(mail::Flag::Seen);
  try {
    mailbox.messages(ref.folder.account)
        .change_flags(ref.folder.fullname, std::span(&ref.uid, 1), seen, {}, true);
  } catch (const ApiError& error) {
    if (error.code().category != Category::PermissionDenied) throw;
  }
}

std::string read_source(mailbox::Mailbox& mailbox, const MailRef& ref) {
  std::string source;
  const bool is_there = mailbox.messages(ref.folder.account)
                            .read_raw(ref.folder.fullname, ref.uid, [&](std::string_view piece) {
                              source += piece;
                              return source.size() <= kMaxSource;
                            });
  if (source.size() > kMaxSource) throw ApiError(errors::msg::kContentTooBig);
  if (!is_there) throw_gone(ref);
  return source;
}

/// Parameter `ignorable`: types of parts that a source leaves out.
std::vector<std::string> ignorable_types(const Invocation& invocation) {
  std::vector<std::string> types;
  for (const std::string_view word : split(invocation.arguments.text("ignorable"), ',')) {
    if (word == "ics")
      types.insert(types.end(), {"text/calendar", "application/ics"});
    else if (!word.empty())
      types.push_back(to_lower_ascii(word));
  }
  return types;
}

Response download_source(mailbox::Mailbox& mailbox, const MailRef& ref,
                         const std::vector<std::string>& ignored) {
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Envelope);
  const mail::Message mail = load_mail(mailbox, ref, fetch);
  Response response = Response::raw("application/octet-stream", {});
  const std::string subject = clean_download_name(mail.subject.value_or(""), "mail");
  response.headers.emplace_back("Content-Disposition",
                                content_disposition(Disposition::Attachment, subject + ".eml"));
  if (!ignored.empty()) {
    response.bytes = mail::mime::remove_parts(read_source(mailbox, ref), ignored);
    return response;
  }
  response.stream = [access = mailbox.share_access(ref.folder.account), ref](const BodyWriter& write) {
    access->messages().read_raw(ref.folder.fullname, ref.uid, write);
  };
  return response;
}

Response answer_source(const Invocation& invocation, mailbox::Mailbox& mailbox, const MailRef& ref) {
  const Arguments& arguments = invocation.arguments;
  const std::vector<std::string> ignored = ignorable_types(invocation);
  if (arguments.boolean("save") || arguments.text("delivery") == "download")
    return download_source(mailbox, ref, ignored);
  const std::string source = mail::mime::remove_parts(read_source(mailbox, ref), ignored);
  return Response::with_data(Json::string(mail::mime::to_utf8(source, {})));
}

Response answer_headers(mailbox::Mailbox& mailbox, const MailRef& ref) {
  const auto headers = mailbox.messages(ref.folder.account).read_headers(ref.folder.fullname, ref.uid);
  if (!headers) throw_gone(ref);
  return Response::with_data(Json::string(mail::mime::to_utf8(*headers, {})));
}

Response answer_object(const Invocation& invocation, mailbox::Mailbox& mailbox, const MailRef& ref) {
  const std::string folder = mailbox::format_folder_path(ref.folder);
  const ShowOptions options = parse_show_options(invocation, mailbox, folder, ref.uid);
  mail::Message mail = load_mail(mailbox, ref, fetch_for_object());
  mail::MessageStorage& storage = mailbox.messages(ref.folder.account);
  const bool is_unified = !ref.shown_folder.empty();
  const MailView view{mail,
                      mailbox.account(ref.folder.account),
                      invocation.format.zone,
                      is_unified ? ref.shown_folder : folder,
                      -1,
                      {&invocation.work.settings().authenticity, invocation.request.root},
                      ref.shown_id,
                      folder};
  Json object = show_mail(view, options, bytes_of_stored(storage, ref.folder.fullname, ref.uid));
  bool is_first_reading = false;
  if (!invocation.arguments.boolean("unseen") && !mail.flags.flags.has(mail::Flag::Seen)) {
    mark_seen(mailbox, ref);
    mail.flags.flags.set(mail::Flag::Seen);
    object.set("flags", Json::integer(mail.flags.flags.bits));
    is_first_reading = true;
  }
  // Of unified mail it would take a question to every account.
  if (!is_unified)
    object.set("unread",
               Json::integer(mailbox.folders(ref.folder.account).counters(ref.folder.fullname).unread));
  if (invocation.arguments.boolean("attach_src"))
    object.set("source", Json::string(mail::mime::to_utf8(read_source(mailbox, ref), {})));
  if (is_first_reading) mailbox::collect_senders(mailbox, ref.folder, mail.from);
  if (options.display.view == mail::mime::View::Document)
    return Response::raw("text/html; charset=UTF-8",
                         std::string(object.get("attachments").at(0).get("content").as_string()));
  return Response::with_data(std::move(object));
}

}  // namespace

Response get(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const auto mailbox = open_mailbox(invocation);
  try {
    const MailRef ref = ref_of(invocation, *mailbox);
    if (arguments.boolean("src")) return answer_source(invocation, *mailbox, ref);
    if (arguments.boolean("hdr")) return answer_headers(*mailbox, ref);
    return answer_object(invocation, *mailbox, ref);
  } catch (const ApiError& error) {
    // A window of its own shows a page.
    if (arguments.text("view") == "document" && error.code() == errors::msg::kMailNotFound)
      throw HttpError(404, "The mail was not found.");
    throw;
  }
}

}  // namespace gw::ajax::mail_actions
