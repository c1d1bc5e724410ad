// mail: new in both forms, import. Source: spec mail sections 8.1 and 8.4.
#include "ajax/mail/compose_input.hpp"
#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_outcome.hpp"
#include "ajax/upload/upload_reading.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/structure.hpp"
#include "mailbox/header_rewriting.hpp"
#include "mailbox/sending.hpp"
#include "mailbox/spool.hpp"

namespace gw::ajax::mail_actions {
namespace {

Json json_part(const Invocation& invocation) {
  const Request& request = invocation.request;
  auto text = request.form.find("json_0");
  if (!text) text = request.parameter("json_0");
  if (!text) text = request.parameter("json");
  if (!text) throw ApiError(errors::msg::kTryAgain);
  std::string why;
  auto parsed = Json::parse(*text, &why);
  if (!parsed) throw ApiError(errors::msg::kJson, {why});
  return std::move(*parsed);
}

/// A mail that came whole, in a file without a name.
struct Incoming {
  mailbox::Spool spool;
  mail::mime::Structure structure;

  void finish() {
    structure = mail::mime::parse_structure(spool.reader());
    if (structure.headers.empty()) throw ApiError(errors::msg::kBadMessage, {"it has no header"});
  }
};

Incoming read_incoming(Invocation& invocation, const Upload& upload) {
  check_upload_size(invocation, upload.file_name, upload.size);
  Incoming incoming;
  read_upload(upload, [&](std::string_view piece) { incoming.spool.append(piece); });
  incoming.finish();
  return incoming;
}

/// Whoever puts a mail into a folder must be its author, or say that he does not care (`force`).
void require_own_mail(mailbox::Mailbox& mailbox, const Incoming& incoming) {
  mail::Message mail;
  mail::mime::apply_headers(mail, incoming.structure.headers);
  if (mail.from.empty()) throw ApiError(errors::msg::kMissingField, {"From"});
  for (const mail::Address& each : mail.from) mailbox.find_sender(each.address);
}

constexpr std::string_view kBcc[] = {"Bcc"};

mail::MessageFlags parse_flags(std::string_view text) {
  mail::MessageFlags flags;
  if (trim(text).empty()) return flags;
  const auto number = parse_integer(text);
  if (!number || *number < 0 || *number > UINT32_MAX)
    throw ApiError(errors::msg::kNotInteger, {std::string(text)});
  flags.flags.bits = static_cast<std::uint32_t>(*number);
  return flags;
}

Json place_of(const mailbox::FolderPath& folder, std::optional<mail::Uid> uid) {
  return Json::object()
      .set("folder_id", Json::string(mailbox::format_folder_path(folder)))
      .set("id", uid ? Json::string(std::to_string(*uid)) : Json::null());
}

/// Places in the order of the mails.
Json store(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder, std::span<const Incoming> mails,
           const mail::MessageFlags& flags) {
  std::vector<mail::Deposit> deposits;
  for (const Incoming& each : mails) deposits.push_back({each.spool.open(), each.spool.size(), flags, {}});
  Json places = Json::array();
  if (deposits.empty()) return places;
  for (const auto& uid : mailbox::store_mails(mailbox, folder, deposits))
    places.append(place_of(folder, uid));
  return places;
}

bool is_draft(mailbox::Mailbox& mailbox, const mailbox::MailPath& path) {
  if (path.folder.fullname != mailbox.default_folder(path.folder.account, mail::DefaultFolder::Drafts))
    return false;
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Flags);
  const auto found = mailbox.messages(path.folder.account).get(path.folder.fullname, {&path.uid, 1}, fetch);
  return !found.empty() && found.front() && found.front()->flags.flags.has(mail::Flag::Draft);
}

mail::Envelope envelope_of(const mail::Message& mail) {
  mail::Envelope envelope;
  if (!mail.from.empty()) envelope.sender = mail::mime::to_ascii_domain(mail.from.front().address);
  for (const mail::AddressList* list : {&mail.to, &mail.cc, &mail.bcc}) {
    require_whole(*list);
    for (const mail::Address& each : *list) {
      if (each.address.empty()) continue;
      envelope.recipients.push_back(mail::mime::to_ascii_domain(each.address));
      envelope.needs_smtputf8 = envelope.needs_smtputf8 || mail::mime::needs_smtputf8(each.address);
    }
  }
  return envelope;
}

}  // namespace

Response create(Invocation& invocation) {
  const Json object = json_part(invocation);
  const auto mailbox = open_mailbox(invocation);
  ComposeInput input = parse_compose(invocation, *mailbox, object);
  const auto first = input.originals.empty() ? std::nullopt : std::optional(input.originals.front());
  if (const std::string_view name = invocation.arguments.text("folder"); !name.empty() && !input.is_draft) {
    const mailbox::FolderPath folder = mailbox::parse_folder_path(name);
    return Response::with_data(place_of(folder, mailbox::store_unsent(*mailbox, folder, input.composition)));
  }
  if (input.is_draft) {
    const auto replaced = input.type == SendType::DraftEdit ? first : std::nullopt;
    const mailbox::MailPath path = mailbox::save_draft(*mailbox, input.composition, replaced);
    return Response::with_data(Json::string(mailbox::format_mail_path(path.folder, path.uid)));
  }
  mailbox::Order order{std::move(input.composition), input.keeps_copy, {}, {}, {}};
  if (input.type == SendType::Reply) order.answered = input.originals;
  if (input.type == SendType::Forward) order.forwarded = input.originals;
  const bool deletes_draft = object.get("deleteDraftOnTransport").to_boolean().value_or(false) ||
                             invocation.arguments.boolean("deleteDraftOnTransport");
  if (input.type == SendType::DraftDelete || (input.type == SendType::Draft && deletes_draft))
    order.draft = first;
  return answer_outcome(mailbox::send(*mailbox, order));
}

Response autosave(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::msg::kTryAgain);
  Json object = invocation.body;
  mail::FlagSet flags;
  flags.bits = static_cast<std::uint32_t>(object.get("flags").to_integer().value_or(0));
  flags.set(mail::Flag::Draft);
  object.set("flags", Json::integer(flags.bits));
  const auto mailbox = open_mailbox(invocation);
  const ComposeInput input = parse_compose(invocation, *mailbox, object);
  // While a mail is answered, msgref is the original: only a draft makes room for a draft.
  std::optional<mailbox::MailPath> replaced;
  if (!input.originals.empty() && is_draft(*mailbox, input.originals.front()))
    replaced = input.originals.front();
  const mailbox::MailPath path = mailbox::save_draft(*mailbox, input.composition, replaced);
  return Response::with_data(Json::string(mailbox::format_mail_path(path.folder, path.uid)));
}

Response create_raw(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const auto mailbox = open_mailbox(invocation);
  Incoming incoming;
  const auto take = [&](std::string_view piece) {
    incoming.spool.append(piece);
    check_upload_size(invocation, "mail", incoming.spool.size());
  };
  if (invocation.request.read_body)
    invocation.request.read_body(take);
  else
    take(invocation.request.body);
  incoming.finish();
  if (const std::string_view folder = arguments.text("folder"); !folder.empty())
    return Response::with_data(store(*mailbox, mailbox::parse_folder_path(folder), {&incoming, 1},
                                     parse_flags(arguments.text("flags")))
                                   .at(0));
  mail::Message mail;
  mail::mime::apply_headers(mail, incoming.structure.headers);
  const mailbox::Spool wire =
      mail.bcc.empty() ? incoming.spool : mailbox::rewrite_headers(incoming.spool, {}, kBcc);
  return answer_outcome(mailbox::send_raw(*mailbox, envelope_of(mail), {wire.open(), wire.size()},
                                          mailbox::Finished{incoming.spool.open(), incoming.spool.size()}));
}

Response import(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = mailbox::parse_folder_path(arguments.text("folder"));
  const mail::MessageFlags flags = parse_flags(arguments.text("flags"));
  std::vector<Incoming> mails;
  for (const Upload& upload : invocation.request.uploads) {
    mails.push_back(read_incoming(invocation, upload));
    if (!arguments.boolean("force")) require_own_mail(*mailbox, mails.back());
  }
  return Response::with_data(store(*mailbox, folder, mails, flags));
}

}  // namespace gw::ajax::mail_actions
