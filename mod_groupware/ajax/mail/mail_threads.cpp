// mail: threadedAll, thread_references, and lists by thread. Source: spec mail sections 4 and 6.3.
#include "ajax/mail/mail_threads.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "ajax/chronos/scheduling_duty.hpp"
#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_search.hpp"
#include "core/errors/mail.hpp"
#include "mail/threading/thread_order.hpp"

namespace gw::ajax {
namespace {

using Conversations = std::vector<mailbox::unified::FoundConversation>;

/// Of a folder, or of one of unified mail.
Conversations find_all(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder,
                       mail::ConversationQuery query, bool with_sent, mail::FetchSet needs, MailRows& rows,
                       Response& response, std::size_t& total) {
  needs.add(mail::Fetch::Flags).add(mail::Fetch::Envelope).add(mail::Fetch::Received);
  if (mailbox::unified::is_unified(folder)) {
    mailbox::unified::UnifiedMail unified(mailbox, folder);
    rows.show_in(mailbox::format_folder_path(folder));
    Conversations all = unified.conversations(std::move(query), with_sent, needs, total);
    warn_of(response, unified);
    return all;
  }
  if (with_sent) query.sent_folder = mailbox.default_folder(folder.account, mail::DefaultFolder::Sent);
  if (query.sent_folder == folder.fullname) query.sent_folder.clear();
  Conversations all;
  for (mail::Conversation& each :
       mailbox.messages(folder.account).conversations(folder.fullname, query, needs, total))
    all.push_back({folder.account, std::move(each)});
  return all;
}

struct Threaded {
  std::int64_t account = 0;
  mail::Message message;
};

std::vector<Threaded> order_conversations(Conversations conversations, bool descending) {
  const auto root_of = [](const mailbox::unified::FoundConversation& each) {
    const mail::Message& oldest = each.conversation.messages.back();
    return std::pair(oldest.received.value_or(Millis{}), oldest.uid);
  };
  std::stable_sort(conversations.begin(), conversations.end(), [&](const auto& a, const auto& b) {
    return descending ? root_of(b) < root_of(a) : root_of(a) < root_of(b);
  });
  std::vector<Threaded> all;
  for (auto& [account, conversation] : conversations) {
    for (const auto& [index, level] : mail::threading::order_thread(conversation.messages)) {
      all.push_back({account, std::move(conversation.messages[index])});
      all.back().message.thread_level = level;
    }
  }
  return all;
}

/// Fills what the columns need; a mail that is gone meanwhile keeps what is known.
void load_columns(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder, std::span<Threaded> page,
                  const mail::FetchSet& needs) {
  std::map<std::pair<std::int64_t, std::string>, std::vector<Threaded*>> folders;
  for (Threaded& each : page) {
    if (each.message.folder.empty()) each.message.folder = folder.fullname;
    folders[{each.account, each.message.folder}].push_back(&each);
  }
  for (auto& [place, members] : folders) {
    std::vector<mail::Uid> uids;
    for (const Threaded* each : members) uids.push_back(each->message.uid);
    auto loaded = mailbox.messages(place.first).get(place.second, uids, needs);
    for (std::size_t i = 0; i < loaded.size(); ++i) {
      if (!loaded[i]) continue;
      loaded[i]->folder = place.second;
      loaded[i]->thread_level = members[i]->message.thread_level;
      members[i]->message = std::move(*loaded[i]);
    }
  }
}

Json write_conversation(MailRows& rows, std::int64_t account, const mail::Conversation& conversation) {
  Json head = Json::object();
  Json thread = Json::array();
  std::int64_t unread = 0;
  bool is_first = true;
  for (const mail::Message& mail : conversation.messages) {
    Json member = rows.object(account, mail);
    if (is_first) head = member.deep_copy();
    is_first = false;
    if (!mail.flags.flags.has(mail::Flag::Seen)) ++unread;
    thread.append(std::move(member));
  }
  head.set("unreadCount", Json::integer(unread));
  head.set("thread", std::move(thread));
  return head;
}

void set_place(Json& object, const char* kind, const MailRows& rows, std::int64_t account,
               const mail::Message& mail) {
  object.set(std::string(kind) + "MailId", Json::string(rows.shown_id(account, mail)));
  object.set(std::string(kind) + "OriginalMailId", Json::string(std::to_string(mail.uid)));
  object.set(std::string(kind) + "OriginalFolderId",
             Json::string(mailbox::format_folder_path(account, mail.folder)));
}

/// The root is the oldest mail that is there.
Json write_references(const Invocation& invocation, MailRows& rows, std::int64_t account,
                      const mail::Conversation& conversation) {
  Json object = Json::object();
  const mail::Message& latest = conversation.messages.front();
  set_place(object, "root", rows, account, conversation.messages.back());
  set_place(object, "latest", rows, account, latest);
  if (latest.received)
    object.set("latestReceivedDate", Json::integer(to_zone_time(*latest.received, invocation.format.zone)));
  Json thread = Json::array();
  for (const mail::Message& mail : conversation.messages) thread.append(rows.object(account, mail));
  object.set("thread", std::move(thread));
  return object;
}

}  // namespace

Response answer_threads(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder,
                        const mail::Query& query, MailRows& rows) {
  mail::ConversationQuery wanted;
  wanted.term = query.term;
  mail::FetchSet ordering;
  ordering.add(mail::Fetch::Threading);
  Response found;
  std::size_t count = 0;
  std::vector<Threaded> all = order_conversations(
      find_all(mailbox, folder, std::move(wanted), false, ordering, rows, found, count), query.descending);
  const std::size_t last = std::min(query.range.last, all.size());
  const std::size_t first = std::min(query.range.first, last);
  const std::span<Threaded> page(all.data() + first, last - first);
  load_columns(mailbox, folder, page, rows.needs());
  for (const Threaded& each : page) rows.add(each.account, each.message);
  Response response = answer_chunk(rows.take(), query.range, all.size());
  response.warnings = std::move(found.warnings);
  return response;
}

namespace mail_actions {
namespace {

/// `newest`: the parameter that tells how many of the newest mails count, 0 for all.
mail::ConversationQuery ordered_query(const Arguments& arguments, std::string_view newest) {
  const MailOrder order = parse_mail_order(arguments);
  mail::ConversationQuery query;
  query.sort = order.field;
  query.descending = order.descending;
  query.newest = static_cast<std::size_t>(std::max<std::int64_t>(arguments.integer(newest), 0));
  return query;
}

}  // namespace

Response threaded_all(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = asked_mail_folder(invocation);
  MailRows rows(invocation, *mailbox);
  mail::ConversationQuery query = ordered_query(arguments, "max");
  query.term = filter_term(arguments);
  query.some = category_term(invocation);
  query.range = parse_mail_range(arguments);
  Response response = Response::with_data(Json::array());
  if (folder.fullname.empty() || query.range.first >= query.range.last) return response;
  const mail::Range range = query.range;
  std::size_t total = 0;
  mail::Uid newest = 0;
  for (const auto& [account, conversation] :
       find_all(*mailbox, folder, std::move(query), arguments.boolean("includeSent"), rows.needs(), rows,
                response, total)) {
    for (const mail::Message& mail : conversation.messages)
      if (mail.folder.empty() || mail.folder == folder.fullname) newest = std::max(newest, mail.uid);
    response.data.append(write_conversation(rows, account, conversation));
  }
  if (range.first > 0 || range.last != SIZE_MAX) response.more = static_cast<std::int64_t>(total);
  take_news(*mailbox, folder, newest);
  return response;
}

Response thread_references(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = asked_mail_folder(invocation);
  MailRows rows(invocation, *mailbox);
  mail::ConversationQuery query = ordered_query(arguments, "size");
  Response response = Response::with_data(Json::array());
  if (!invocation.body.is_missing()) {
    auto term =
        parse_mail_search(invocation.body, invocation.work.settings().limits.minimum_search_characters);
    if (!term) return response;
    query.term = std::move(*term);
  }
  if (folder.fullname.empty()) return response;
  std::size_t total = 0;
  for (const auto& [account, conversation] :
       find_all(*mailbox, folder, std::move(query), false, rows.needs(), rows, response, total))
    response.data.append(write_references(invocation, rows, account, conversation));
  return response;
}

}  // namespace mail_actions
}  // namespace gw::ajax
