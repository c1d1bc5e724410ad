#include "mailbox/resending.hpp"

#include <string_view>
#include <utility>

#include "core/errors/mail.hpp"
#include "mail/mime/resent.hpp"
#include "mailbox/header_rewriting.hpp"
#include "mailbox/mail_transfer.hpp"

namespace gw::mailbox {
namespace {

constexpr std::string_view kNotAgain[] = {"Return-Path", "Delivered-To", "Bcc"};

}  // namespace

Outcome resend(Mailbox& mailbox, const MailPath& original, const Resending& order) {
  const FolderPath& folder = original.folder;
  if (folder.fullname.empty()) throw ApiError(errors::msg::kRootFolder);
  if (folder.fullname == mailbox.default_folder(folder.account, mail::DefaultFolder::Drafts))
    throw ApiError(errors::msg::kResendRefused, {format_folder_path(folder)});
  mail::mime::Composition addressed;
  addressed.from = {order.from};
  addressed.to = order.to;
  addressed.cc = order.cc;
  addressed.bcc = order.bcc;
  require_buildable(addressed);
  const mail::Envelope envelope = mail::mime::make_envelope(addressed);
  require_sendable(mailbox, envelope);
  const auto whole = fetch_whole(mailbox.messages(folder.account), folder.fullname, original.uid,
                                 mailbox.work().settings().limits.upload);
  if (!whole)
    throw ApiError(errors::msg::kMailNotFound, {std::to_string(original.uid), format_folder_path(folder)});
  const mail::mime::ResentBlock block = mail::mime::write_resent(
      {order.from, order.to, order.cc, order.bcc, mailbox.work().caller().timezone.name()});
  const Spool wire = rewrite_headers(*whole, block.wire, kNotAgain);
  if (!order.keeps_copy) return send_raw(mailbox, envelope, {wire.open(), wire.size()}, std::nullopt);
  const Spool copy = rewrite_headers(*whole, block.copy, kNotAgain);
  return send_raw(mailbox, envelope, {wire.open(), wire.size()}, Finished{copy.open(), copy.size()});
}

}  // namespace gw::mailbox
