#include "mailbox/sending.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/smtp/failure.hpp"
#include "mailbox/address_collection.hpp"
#include "mailbox/send_pace.hpp"

namespace gw::mailbox {
namespace {

using mail::mime::Composition;

/// Where copies of an account's mails go: to the primary account when it has no folders (POP3).
FolderPath place_of_copies(Mailbox& mailbox, std::int64_t account, mail::DefaultFolder kind) {
  if (mailbox.account(account).store.protocol == "pop3") account = 0;
  return {account, mailbox.default_folder(account, kind)};
}

void note_refused(const mail::SendOutcome& sent, Outcome& outcome) {
  if (sent.refused.empty()) return;
  std::vector<std::string> addresses;
  for (const auto& [address, reason] : sent.refused) addresses.push_back(address + ": " + reason);
  outcome.warnings.push_back({&errors::msg::kRecipientsRefused, {join(addresses, ", ")}});
}

/// The bytes of a mail, and a question before the last of them.
class AskingSource {
 public:
  AskingSource(Finished mail, std::function<void()> ask) : mail_(std::move(mail)), ask_(std::move(ask)) {}

  std::string operator()(std::size_t most) {
    std::string piece = mail_.bytes(most);
    given_ += static_cast<std::int64_t>(piece.size());
    if (ask_ && (piece.empty() || given_ >= mail_.size)) std::exchange(ask_, nullptr)();
    return piece;
  }

 private:
  Finished mail_;
  std::function<void()> ask_;
  std::int64_t given_ = 0;
};

/// Gives what `deliver` does. `when_accepted` is told when the mail is out, or may be.
mail::SendOutcome transmit(const std::function<mail::SendOutcome()>& deliver,
                           const std::function<void()>& when_accepted) {
  try {
    mail::SendOutcome sent = deliver();
    when_accepted();
    return sent;
  } catch (const mail::smtp::UnknownOutcome&) {
    when_accepted();
    throw;
  }
}

/// The mail is out: what fails here is a warning.
void keep_copy(Mailbox& mailbox, std::int64_t account, const mail::ByteSource& bytes, std::int64_t size,
               Outcome& outcome) {
  try {
    const FolderPath sent = place_of_copies(mailbox, account, mail::DefaultFolder::Sent);
    if (sent.fullname.empty()) throw ApiError(errors::msg::kCopyFailed);
    mail::Deposit deposit{bytes, size, {}, {}};
    deposit.flags.flags.set(mail::Flag::Seen);
    const auto uid = mailbox.messages(sent.account).append(sent.fullname, {&deposit, 1}).front();
    if (uid) outcome.stored = MailPath{sent, *uid};
  } catch (const ApiError& error) {
    const bool is_full = error.code() == errors::msg::kServerOverQuota;
    log(LogLevel::Info, "GW0401", fmt::format("no copy of a sent mail: {}", format_code(error.code())));
    outcome.warnings.push_back({is_full ? &errors::msg::kCopyOverQuota : &errors::msg::kCopyFailed, {}});
  }
}

void flag_originals(Mailbox& mailbox, const std::vector<MailPath>& originals, mail::Flag flag,
                    Outcome& outcome) {
  mail::FlagSet bits;
  bits.set(flag);
  for (const MailPath& original : originals) {
    try {
      mailbox.messages(original.folder.account)
          .change_flags(original.folder.fullname, std::span(&original.uid, 1), bits, {}, true);
    } catch (const ApiError& error) {
      log(LogLevel::Info, "GW0402",
          fmt::format("the original of a sent mail was not marked: {}", format_code(error.code())));
      outcome.warnings.push_back({&errors::msg::kOriginalNotFlagged, {}});
    }
  }
}

void remove_draft(Mailbox& mailbox, const std::optional<MailPath>& draft) {
  if (!draft) return;
  try {
    mailbox.messages(draft->folder.account).remove(draft->folder.fullname, std::span(&draft->uid, 1));
  } catch (const ApiError& error) {
    log(LogLevel::Info, "GW0403", fmt::format("a draft stayed: {}", format_code(error.code())));
  }
}

}  // namespace

void require_buildable(const Composition& composition) {
  const auto problem = mail::mime::check_composition(composition);
  if (!problem) return;
  for (const std::string_view field : {"from", "sender", "to", "cc", "bcc", "reply_to", "receipt_to"})
    if (equal_ignoring_ascii_case(problem->field, field))
      throw ApiError(errors::msg::kBadAddress, {problem->value});
  throw ApiError(errors::msg::kBadHeader, {problem->field});
}

std::int64_t require_sendable(Mailbox& mailbox, const mail::Envelope& envelope) {
  if (envelope.sender.empty()) throw ApiError(errors::msg::kMissingField, {"From"});
  const std::int64_t account = mailbox.find_sender(envelope.sender);
  if (envelope.recipients.empty()) throw ApiError(errors::msg::kMissingField, {"To"});
  const int most = mailbox.work().settings().mail.max_recipients;
  if (envelope.recipients.size() > static_cast<std::size_t>(most))
    throw ApiError(errors::msg::kTooManyRecipients, {std::to_string(most)});
  return account;
}

Outcome send(Mailbox& mailbox, const Order& order) {
  Composition composition = order.composition;
  if (composition.from.empty()) throw ApiError(errors::msg::kMissingField, {"From"});
  require_buildable(composition);
  const mail::Envelope envelope = mail::mime::make_envelope(composition);
  const std::int64_t account = require_sendable(mailbox, envelope);
  const std::string& answers_to = mailbox.account(account).reply_to;
  if (composition.reply_to.empty() && !answers_to.empty())
    composition.reply_to.push_back({std::nullopt, answers_to});
  std::optional<SendPace> pace;
  if (order.is_paced) pace.emplace(mailbox);
  const auto built = mail::mime::build_message(composition);
  const AskingSource bytes({built.open_without_bcc(), built.size_without_bcc()}, order.before_last_bytes);
  const mail::SendOutcome sent = transmit(
      [&] { return mailbox.open_transport(account)->send(envelope, bytes, built.size_without_bcc()); },
      [&] {
        if (pace) pace->keep();
        if (order.when_accepted) order.when_accepted();
      });
  Outcome outcome;
  note_refused(sent, outcome);
  if (order.keeps_copy) keep_copy(mailbox, account, built.open(), built.size(), outcome);
  flag_originals(mailbox, order.answered, mail::Flag::Answered, outcome);
  flag_originals(mailbox, order.forwarded, mail::Flag::Forwarded, outcome);
  remove_draft(mailbox, order.draft);
  if (order.collects_addresses) {
    mail::AddressList recipients = composition.to;
    for (const mail::AddressList* list : {&composition.cc, &composition.bcc})
      recipients.insert(recipients.end(), list->begin(), list->end());
    collect_recipients(mailbox, recipients);
  }
  return outcome;
}

Outcome send_raw(Mailbox& mailbox, const mail::Envelope& envelope, const Finished& wire,
                 const std::optional<Finished>& copy) {
  const std::int64_t account = require_sendable(mailbox, envelope);
  SendPace pace(mailbox);
  const mail::SendOutcome sent =
      transmit([&] { return mailbox.open_transport(account)->send(envelope, wire.bytes, wire.size); },
               [&] { pace.keep(); });
  Outcome outcome;
  note_refused(sent, outcome);
  if (copy) keep_copy(mailbox, account, copy->bytes, copy->size, outcome);
  mail::AddressList recipients;
  for (const std::string& address : envelope.recipients) recipients.push_back({{}, address});
  collect_recipients(mailbox, recipients);
  return outcome;
}

std::optional<MailPath> find_copy(Mailbox& mailbox, const Composition& composition) {
  if (composition.from.empty()) return std::nullopt;
  const std::int64_t account = mailbox.find_sender(mail::mime::make_envelope(composition).sender);
  const FolderPath sent = place_of_copies(mailbox, account, mail::DefaultFolder::Sent);
  if (sent.fullname.empty()) return std::nullopt;
  const auto found =
      mailbox.messages(sent.account).find_by_message_id(sent.fullname, composition.message_id, false);
  return found ? std::optional(MailPath{sent, found->second}) : std::nullopt;
}

std::vector<std::optional<mail::Uid>> store_mails(Mailbox& mailbox, const FolderPath& folder,
                                                  std::span<mail::Deposit> mails) {
  try {
    return mailbox.messages(folder.account).append(folder.fullname, mails);
  } catch (const ApiError& error) {
    if (error.code() == errors::msg::kServerOverQuota) throw ApiError(errors::msg::kSaveOverQuota);
    throw;
  }
}

std::optional<mail::Uid> store_unsent(Mailbox& mailbox, const FolderPath& folder,
                                      const Composition& composition) {
  require_buildable(composition);
  const auto built = mail::mime::build_message(composition);
  mail::Deposit deposit{built.open(), built.size(), {}, {}};
  deposit.flags.flags.set(mail::Flag::Seen);
  return store_mails(mailbox, folder, {&deposit, 1}).front();
}

MailPath save_draft(Mailbox& mailbox, const Composition& composition,
                    const std::optional<MailPath>& replaces) {
  require_buildable(composition);
  const auto built = mail::mime::build_message(composition);
  const std::string drafts = mailbox.default_folder(0, mail::DefaultFolder::Drafts);
  if (drafts.empty()) throw ApiError(errors::msg::kDraftNotSaved, {"there is no drafts folder"});
  mail::Deposit deposit{built.open(), built.size(), {}, {}};
  deposit.flags.flags.set(mail::Flag::Draft);
  deposit.flags.flags.set(mail::Flag::Seen);
  std::optional<mail::Uid> uid;
  try {
    uid = mailbox.messages(0).append(drafts, {&deposit, 1}).front();
  } catch (const ApiError& error) {
    if (error.code() == errors::msg::kServerOverQuota) throw ApiError(errors::msg::kDraftOverQuota);
    throw;
  }
  if (!uid) throw ApiError(errors::msg::kDraftNotSaved, {"the server does not tell where it is"});
  remove_draft(mailbox, replaces);
  return {{0, drafts}, *uid};
}

}  // namespace gw::mailbox
