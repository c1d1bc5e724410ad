// mail: all, list, search, and the small reads. Source: spec mail sections 5 and 6.
#include <algorithm>
#include <map>

#include "ajax/chronos/scheduling_duty.hpp"
#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_rows.hpp"
#include "ajax/mail/mail_search.hpp"
#include "ajax/mail/mail_threads.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"

namespace gw::ajax::mail_actions {
namespace {

Response answer_unified_page(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder,
                             const mail::Query& query, MailRows& rows) {
  mailbox::unified::UnifiedMail unified(mailbox, folder);
  rows.show_in(mailbox::format_folder_path(folder));
  std::size_t total = 0;
  for (const auto& found : unified.search(query, rows.needs(), total)) rows.add(found.account, found.message);
  Response response = answer_chunk(rows.take(), query.range, total);
  warn_of(response, unified);
  return response;
}

Response answer_page(const Invocation& invocation, mail::SearchTerm term) {
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = asked_mail_folder(invocation);
  const MailOrder order = parse_mail_order(invocation.arguments);
  const mail::Query query{std::move(term), order.field, order.descending,
                          parse_mail_range(invocation.arguments)};
  MailRows rows(invocation, *mailbox);
  if (folder.fullname.empty() || query.range.first >= query.range.last)
    return Response::with_data(Json::array());
  if (order.is_by_thread) return answer_threads(*mailbox, folder, query, rows);
  if (mailbox::unified::is_unified(folder)) return answer_unified_page(*mailbox, folder, query, rows);
  mail::Page page = mailbox->messages(folder.account).search(folder.fullname, query, rows.needs());
  mail::Uid newest = 0;
  for (mail::Message& mail : page.messages) {
    mail.folder = folder.fullname;
    newest = std::max(newest, mail.uid);
    rows.add(folder.account, mail);
  }
  Response response = answer_chunk(rows.take(), query.range, page.total);
  take_news(*mailbox, folder, newest);
  return response;
}

}  // namespace

Response all(Invocation& invocation) {
  return answer_page(invocation, both(category_term(invocation), filter_term(invocation.arguments)));
}

Response search(Invocation& invocation) {
  const auto term =
      parse_mail_search(invocation.body, invocation.work.settings().limits.minimum_search_characters);
  if (!term) return Response::with_data(Json::array());
  return answer_page(invocation,
                     both(*term, both(category_term(invocation), filter_term(invocation.arguments))));
}

Response list(Invocation& invocation) {
  const std::vector<MailRef> wanted = parse_mail_list(invocation.body);
  const auto mailbox = open_mailbox(invocation);
  MailRows rows(invocation, *mailbox);
  Response response;
  std::map<std::pair<std::string, mail::Uid>, mail::Message> found;
  for (const MailGroup& group : group_by_folder(wanted)) {
    try {
      auto mails =
          mailbox->messages(group.folder.account).get(group.folder.fullname, group.uids, rows.needs());
      for (auto& mail : mails) {
        if (!mail) continue;
        mail->folder = group.folder.fullname;
        found[{mailbox::format_folder_path(group.folder), mail->uid}] = std::move(*mail);
      }
    } catch (const ApiError& error) {
      // Mails of other accounts are shown all the same.
      if (!group.is_unified) throw;
      response.warnings.push_back({&errors::acc::kStoreCheckFailed,
                                   {mailbox::format_folder_path(group.folder.account, ""), error.what()}});
    }
  }
  for (const MailRef& ref : wanted) {
    const auto mail = found.find({mailbox::format_folder_path(ref.folder), ref.uid});
    if (mail == found.end()) continue;
    rows.show_in(ref.shown_folder);
    rows.add(ref.folder.account, mail->second);
  }
  response.data_text = rows.take();
  return response;
}

namespace {

Json write_examined(const mailbox::unified::UnifiedMail::Examined& examined) {
  Json data = Json::object();
  data.set("validity", Json::string(examined.validity));
  data.set("next", Json::string(examined.next));
  data.set("total", Json::integer(examined.counters.total));
  data.set("unread", Json::integer(examined.counters.unread));
  return data;
}

}  // namespace

Response count(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = asked_mail_folder(invocation);
  if (folder.fullname.empty()) return Response::with_data(Json::integer(0));
  if (!mailbox::unified::is_unified(folder))
    return Response::with_data(
        Json::integer(mailbox->folders(folder.account).counters(folder.fullname).total));
  mailbox::unified::UnifiedMail unified(*mailbox, folder);
  Response response = Response::with_data(Json::integer(unified.counters().total));
  warn_of(response, unified);
  return response;
}

Response examine(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = asked_mail_folder(invocation);
  if (folder.fullname.empty()) throw ApiError(errors::msg::kRootFolder);
  if (mailbox::unified::is_unified(folder)) {
    mailbox::unified::UnifiedMail unified(*mailbox, folder);
    Response response = Response::with_data(write_examined(unified.examine()));
    warn_of(response, unified);
    return response;
  }
  mail::FolderStorage& storage = mailbox->folders(folder.account);
  const mail::Validity validity = storage.validity(folder.fullname);
  Response response = Response::with_data(
      write_examined({storage.counters(folder.fullname), std::to_string(validity.uid_validity),
                      std::to_string(validity.uid_next)}));
  take_news(*mailbox, folder, validity.uid_next - (validity.uid_next > 0 ? 1 : 0));
  return response;
}

Response updates(Invocation& invocation) {
  asked_mail_folder(invocation);
  parse_mail_order(invocation.arguments);
  return Response::with_data(Json::array());
}

}  // namespace gw::ajax::mail_actions
