// mail: all, list, search, threadedAll, and the small reads. Source: spec mail sections 4 to 6.
#include <algorithm>
#include <map>

#include "ajax/list_window.hpp"
#include "ajax/mail/mail_actions.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_columns.hpp"
#include "ajax/mail/mail_search.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"
#include "core/text.hpp"
#include "mailbox/categories/category_mails.hpp"
#include "mailbox/unified/unified_mail.hpp"

namespace gw::ajax::mail_actions {
namespace {

constexpr int kUnread = 311;

struct Order {
  mail::SortField field = mail::SortField::Received;
  bool descending = false;
};

/// Errors: MSG-0001 sort without order, MSG-0031.
Order parse_order(const Arguments& arguments) {
  Order order{parse_mail_sort(arguments.text("sort"))};
  const std::string word = to_lower_ascii(trim(arguments.text("order")));
  if (word.empty() && arguments.has("sort") && !arguments.text("sort").empty())
    throw ApiError(errors::msg::kMissingParameter, {"order"});
  if (!word.empty() && word != "asc" && word != "desc") throw ApiError(errors::msg::kNotInteger, {word});
  order.descending = word == "desc";
  return order;
}

mail::Range parse_range(const Arguments& arguments) {
  // One of the pair alone says nothing.
  const bool has_pair = arguments.has("left_hand_limit") && arguments.has("right_hand_limit");
  const ListWindow window = parse_limit(arguments, has_pair ? parse_limits(arguments) : ListWindow{});
  const auto clamp = [](std::int64_t value) {
    return static_cast<std::size_t>(std::max<std::int64_t>(value, 0));
  };
  return {clamp(window.left), window.right ? clamp(*window.right) : SIZE_MAX};
}

mail::SearchTerm with_flag(mail::Flag flag, bool is_set) {
  mail::SearchTerm term;
  term.kind = mail::SearchTerm::Kind::HasFlag;
  term.flag = flag;
  return is_set ? term : negate(std::move(term));
}

/// `categoryid`. Errors: MSG-0103.
mail::SearchTerm category_of(const Invocation& invocation) {
  const std::string_view id = invocation.arguments.text("categoryid");
  if (id.empty() || id == model::settings::kNoCategory) return {};
  return mailbox::categories::term_of(model::settings::load_mail_categories(invocation.work), id);
}

/// `unseen` and `deleted`. Hidden are mails that are deleted and seen, as the running server does it.
mail::SearchTerm filter_of(const Arguments& arguments) {
  if (arguments.boolean("unseen")) return with_flag(mail::Flag::Seen, false);
  if (!arguments.has("deleted") || arguments.boolean("deleted", true)) return {};
  return either(with_flag(mail::Flag::Deleted, false), with_flag(mail::Flag::Seen, false));
}

/// Rows of mails with their folder's unread count, which is asked for once and only if it is a column.
class RowWriter {
 public:
  RowWriter(const Invocation& invocation, mailbox::Mailbox& mailbox)
      : invocation_(invocation),
        mailbox_(mailbox),
        cells_(parse_mail_cells(invocation.arguments.text("columns"), invocation.arguments.text("headers"))) {
    needs_unread_ = std::any_of(cells_.begin(), cells_.end(), [](const MailCell& cell) {
      return cell.column != nullptr && cell.column->number == kUnread;
    });
  }
  [[nodiscard]] mail::FetchSet needs() const { return needs_of(cells_); }
  /// From now on mails are shown as those of this folder of unified mail; empty: of their own.
  void show_in(std::string folder) { shown_folder_ = std::move(folder); }
  [[nodiscard]] std::string shown_id(std::int64_t account, const mail::Message& mail) const {
    return shown_folder_.empty() ? std::to_string(mail.uid)
                                 : mailbox::unified::format_mail_id({account, mail.folder}, mail.uid);
  }
  Json row(std::int64_t account, const mail::Message& mail) {
    return write_mail_row(view(account, mail), cells_);
  }
  /// The columns as members of an object.
  Json object(std::int64_t account, const mail::Message& mail) {
    Json members = Json::object();
    set_mail_cells(members, view(account, mail), cells_);
    return members;
  }

 private:
  MailView view(std::int64_t account, const mail::Message& mail) {
    const std::string folder = mailbox::format_folder_path(account, mail.folder);
    const bool is_unified = !shown_folder_.empty();
    return {mail,
            mailbox_.account(account),
            invocation_.format.zone,
            is_unified ? shown_folder_ : folder,
            unread_of({account, mail.folder}),
            {&invocation_.work.settings().authenticity, invocation_.request.root},
            is_unified ? shown_id(account, mail) : std::string(),
            folder};
  }
  std::int64_t unread_of(const mailbox::FolderPath& folder) {
    if (!needs_unread_) return -1;
    const auto [place, is_new] = unread_.try_emplace(mailbox::format_folder_path(folder), 0);
    if (is_new) place->second = mailbox_.folders(folder.account).counters(folder.fullname).unread;
    return place->second;
  }

  const Invocation& invocation_;
  mailbox::Mailbox& mailbox_;
  MailCells cells_;
  bool needs_unread_ = false;
  std::string shown_folder_;
  std::map<std::string, std::int64_t> unread_;
};

mailbox::FolderPath asked_folder(const Invocation& invocation) {
  const std::string_view folder = invocation.arguments.text("folder");
  if (folder.empty()) throw ApiError(errors::msg::kMissingParameter, {"folder"});
  return mailbox::parse_folder_path(folder);
}

/// The account's root holds no mails.
bool is_root(const mailbox::FolderPath& folder) { return folder.fullname.empty(); }

Response answer_chunk(Json data, const mail::Range& range, std::size_t total) {
  Response response = Response::with_data(std::move(data));
  if (range.first > 0 || range.last != SIZE_MAX) response.more = static_cast<std::int64_t>(total);
  return response;
}

/// Accounts that could not tell.
void warn_of(Response& response, const mailbox::unified::UnifiedMail& unified) {
  for (const auto& [code, arguments] : unified.warnings()) response.warnings.push_back({code, arguments});
}

Response answer_unified_page(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder,
                             const mail::Query& query, RowWriter& rows) {
  mailbox::unified::UnifiedMail unified(mailbox, folder);
  rows.show_in(mailbox::format_folder_path(folder));
  Json data = Json::array();
  std::size_t total = 0;
  for (const auto& found : unified.search(query, rows.needs(), total))
    data.append(rows.row(found.account, found.message));
  Response response = answer_chunk(std::move(data), query.range, total);
  warn_of(response, unified);
  return response;
}

Response answer_page(const Invocation& invocation, mail::SearchTerm term) {
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = asked_folder(invocation);
  const Order order = parse_order(invocation.arguments);
  const mail::Query query{std::move(term), order.field, order.descending, parse_range(invocation.arguments)};
  RowWriter rows(invocation, *mailbox);
  Json data = Json::array();
  if (is_root(folder) || query.range.first >= query.range.last) return Response::with_data(std::move(data));
  if (mailbox::unified::is_unified(folder)) return answer_unified_page(*mailbox, folder, query, rows);
  mail::Page page = mailbox->messages(folder.account).search(folder.fullname, query, rows.needs());
  for (mail::Message& mail : page.messages) {
    mail.folder = folder.fullname;
    data.append(rows.row(folder.account, mail));
  }
  return answer_chunk(std::move(data), query.range, page.total);
}

Json write_conversation(RowWriter& rows, std::int64_t account, const mail::Conversation& conversation) {
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

void set_place(Json& object, const char* kind, const RowWriter& rows, std::int64_t account,
               const mail::Message& mail) {
  object.set(std::string(kind) + "MailId", Json::string(rows.shown_id(account, mail)));
  object.set(std::string(kind) + "OriginalMailId", Json::string(std::to_string(mail.uid)));
  object.set(std::string(kind) + "OriginalFolderId",
             Json::string(mailbox::format_folder_path(account, mail.folder)));
}

/// The root is the oldest mail that is there.
Json write_references(const Invocation& invocation, RowWriter& rows, std::int64_t account,
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

Response all(Invocation& invocation) {
  return answer_page(invocation, both(category_of(invocation), filter_of(invocation.arguments)));
}

Response search(Invocation& invocation) {
  const auto term =
      parse_mail_search(invocation.body, invocation.work.settings().limits.minimum_search_characters);
  if (!term) return Response::with_data(Json::array());
  return answer_page(invocation, both(*term, both(category_of(invocation), filter_of(invocation.arguments))));
}

Response list(Invocation& invocation) {
  const std::vector<MailRef> wanted = parse_mail_list(invocation.body);
  const auto mailbox = open_mailbox(invocation);
  RowWriter rows(invocation, *mailbox);
  Response response = Response::with_data(Json::array());
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
    response.data.append(rows.row(ref.folder.account, mail->second));
  }
  return response;
}

namespace {

using Conversations = std::vector<mailbox::unified::FoundConversation>;

/// Of a folder, or of one of unified mail.
Conversations find_all(mailbox::Mailbox& mailbox, const mailbox::FolderPath& folder,
                       mail::ConversationQuery query, bool with_sent, RowWriter& rows, Response& response,
                       std::size_t& total) {
  mail::FetchSet needs = rows.needs();
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

}  // namespace

Response threaded_all(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = asked_folder(invocation);
  const Order order = parse_order(arguments);
  RowWriter rows(invocation, *mailbox);
  mail::ConversationQuery query;
  query.term = filter_of(arguments);
  query.some = category_of(invocation);
  query.sort = order.field;
  query.descending = order.descending;
  query.range = parse_range(arguments);
  query.newest = static_cast<std::size_t>(std::max<std::int64_t>(arguments.integer("max"), 0));
  Response response = Response::with_data(Json::array());
  if (is_root(folder) || query.range.first >= query.range.last) return response;
  const mail::Range range = query.range;
  std::size_t total = 0;
  for (const auto& [account, conversation] :
       find_all(*mailbox, folder, std::move(query), arguments.boolean("includeSent"), rows, response, total))
    response.data.append(write_conversation(rows, account, conversation));
  if (range.first > 0 || range.last != SIZE_MAX) response.more = static_cast<std::int64_t>(total);
  return response;
}

Response thread_references(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = asked_folder(invocation);
  const Order order = parse_order(arguments);
  RowWriter rows(invocation, *mailbox);
  mail::ConversationQuery query;
  query.sort = order.field;
  query.descending = order.descending;
  query.newest = static_cast<std::size_t>(std::max<std::int64_t>(arguments.integer("size"), 0));
  Response response = Response::with_data(Json::array());
  if (!invocation.body.is_missing()) {
    auto term =
        parse_mail_search(invocation.body, invocation.work.settings().limits.minimum_search_characters);
    if (!term) return response;
    query.term = std::move(*term);
  }
  if (is_root(folder)) return response;
  std::size_t total = 0;
  for (const auto& [account, conversation] :
       find_all(*mailbox, folder, std::move(query), false, rows, response, total))
    response.data.append(write_references(invocation, rows, account, conversation));
  return response;
}

Response count(Invocation& invocation) {
  const auto mailbox = open_mailbox(invocation);
  const mailbox::FolderPath folder = asked_folder(invocation);
  if (is_root(folder)) return Response::with_data(Json::integer(0));
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
  const mailbox::FolderPath folder = asked_folder(invocation);
  if (is_root(folder)) throw ApiError(errors::msg::kRootFolder);
  mail::FolderStorage& storage = mailbox->folders(folder.account);
  const mail::Validity validity = storage.validity(folder.fullname);
  const mail::Counters counters = storage.counters(folder.fullname);
  Json data = Json::object();
  data.set("validity", Json::string(std::to_string(validity.uid_validity)));
  data.set("next", Json::string(std::to_string(validity.uid_next)));
  data.set("total", Json::integer(counters.total));
  data.set("unread", Json::integer(counters.unread));
  return Response::with_data(std::move(data));
}

Response updates(Invocation& invocation) {
  asked_folder(invocation);
  parse_order(invocation.arguments);
  return Response::with_data(Json::array());
}

}  // namespace gw::ajax::mail_actions
