#include "ajax/mail/mail_rows.hpp"

#include <algorithm>
#include <utility>

#include "ajax/list_window.hpp"
#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mailbox/categories/category_mails.hpp"

namespace gw::ajax {
namespace {

constexpr int kUnreadColumn = 311;

}  // namespace

MailOrder parse_mail_order(const Arguments& arguments) {
  MailOrder order;
  order.is_by_thread = equal_ignoring_ascii_case(trim(arguments.text("sort")), "thread");
  if (!order.is_by_thread) order.field = parse_mail_sort(arguments.text("sort"));
  const std::string word = to_lower_ascii(trim(arguments.text("order")));
  if (word.empty() && arguments.has("sort") && !arguments.text("sort").empty())
    throw ApiError(errors::msg::kMissingParameter, {"order"});
  if (!word.empty() && word != "asc" && word != "desc") throw ApiError(errors::msg::kNotInteger, {word});
  order.descending = word == "desc";
  return order;
}

mail::Range parse_mail_range(const Arguments& arguments) {
  // One of the pair alone says nothing.
  const bool has_pair = arguments.has("left_hand_limit") && arguments.has("right_hand_limit");
  const ListWindow window = parse_limit(arguments, has_pair ? parse_limits(arguments) : ListWindow{});
  const auto clamp = [](std::int64_t value) {
    return static_cast<std::size_t>(std::max<std::int64_t>(value, 0));
  };
  return {clamp(window.left), window.right ? clamp(*window.right) : SIZE_MAX};
}

mail::SearchTerm category_term(const Invocation& invocation) {
  const std::string_view id = invocation.arguments.text("categoryid");
  if (id.empty() || id == model::settings::kNoCategory) return {};
  return mailbox::categories::term_of(model::settings::load_mail_categories(invocation.work), id);
}

mail::SearchTerm filter_term(const Arguments& arguments) {
  if (arguments.boolean("unseen")) return mail::flag_term(mail::Flag::Seen, false);
  if (!arguments.has("deleted") || arguments.boolean("deleted", true)) return {};
  return either(mail::flag_term(mail::Flag::Deleted, false), mail::flag_term(mail::Flag::Seen, false));
}

mailbox::FolderPath asked_mail_folder(const Invocation& invocation) {
  const std::string_view folder = invocation.arguments.text("folder");
  if (folder.empty()) throw ApiError(errors::msg::kMissingParameter, {"folder"});
  return mailbox::parse_folder_path(folder);
}

Response answer_chunk(std::string rows, const mail::Range& range, std::size_t total) {
  Response response = Response::with_text(std::move(rows));
  if (range.first > 0 || range.last != SIZE_MAX) response.more = static_cast<std::int64_t>(total);
  return response;
}

void warn_of(Response& response, const mailbox::unified::UnifiedMail& unified) {
  for (const auto& [code, arguments] : unified.warnings()) response.warnings.push_back({code, arguments});
}

MailRows::MailRows(const Invocation& invocation, mailbox::Mailbox& mailbox, std::string_view fallback)
    : invocation_(invocation),
      mailbox_(mailbox),
      cells_(parse_mail_cells(invocation.arguments.text("columns", fallback),
                              invocation.arguments.text("headers"))) {
  needs_unread_ = std::any_of(cells_.begin(), cells_.end(), [](const MailCell& cell) {
    return cell.column != nullptr && cell.column->number == kUnreadColumn;
  });
}

std::string MailRows::shown_id(std::int64_t account, const mail::Message& mail) const {
  return shown_folder_.empty() ? std::to_string(mail.uid)
                               : mailbox::unified::format_mail_id({account, mail.folder}, mail.uid);
}

void MailRows::add(std::int64_t account, const mail::Message& mail) {
  text_ += text_.empty() ? '[' : ',';
  append_mail_row(text_, view(account, mail), cells_);
}

std::string MailRows::take() {
  if (text_.empty()) return "[]";
  text_ += ']';
  return std::exchange(text_, {});
}

Json MailRows::object(std::int64_t account, const mail::Message& mail) {
  Json members = Json::object();
  set_mail_cells(members, view(account, mail), cells_);
  return members;
}

MailView MailRows::view(std::int64_t account, const mail::Message& mail) {
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

std::int64_t MailRows::unread_of(const mailbox::FolderPath& folder) {
  if (!needs_unread_) return -1;
  const auto [place, is_new] = unread_.try_emplace(mailbox::format_folder_path(folder), 0);
  if (is_new) place->second = mailbox_.folders(folder.account).counters(folder.fullname).unread;
  return place->second;
}

}  // namespace gw::ajax
