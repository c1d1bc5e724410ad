#include "ajax/push/mail_news.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "ajax/session_check.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "mail/news.hpp"

namespace gw::ajax {
namespace {

/// What UDP clients know the INBOX by. Source: spec udp-push section 3.
constexpr FolderId kInboxFolder{1};

struct Owner {
  ContextId context;
  UserId user;
};

std::optional<std::int64_t> read_id(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos) return std::nullopt;
  const auto number = parse_integer(digits);
  const bool fits = number && *number > 0 && *number <= std::numeric_limits<std::int32_t>::max();
  return fits ? number : std::nullopt;
}

/// `user@context`, as notified_as of mail/account.hpp was written.
std::optional<Owner> read_owner(std::string_view name) {
  const std::size_t at = std::min(name.find('@'), name.size());
  const auto user = read_id(name.substr(0, at));
  const auto context = read_id(name.substr(std::min(at + 1, name.size())));
  if (!user || !context) return std::nullopt;
  return Owner{ContextId(*context), UserId(*user)};
}

/// 0: not told.
std::int64_t read_number(const Json& body, const char* name) {
  const std::int64_t number = body.get(name).to_integer().value_or(0);
  return number > 0 && number <= std::numeric_limits<std::uint32_t>::max() ? number : 0;
}

/// Dovecot sends headers as they stand in the mail.
mail::News to_news(const Json& body) {
  mail::News news;
  news.uid = read_number(body, "imap-uid");
  news.uid_validity = read_number(body, "imap-uidvalidity");
  news.from = body.get("from").as_string();
  news.subject = body.get("subject").as_string();
  news.teaser = body.get("snippet").as_string();
  if (body.get("unseen").is_integer()) news.unread = body.get("unseen").as_integer();
  return news;
}

}  // namespace

std::optional<model::Event> read_mail_news(std::string_view text) {
  const auto body = Json::parse(text);
  if (!body || !body->is_object() || !body->get("user").is_string() || !body->get("event").is_string())
    throw HttpError(400, "The body must be a JSON object with user and event.");
  const auto owner = read_owner(body->get("user").as_string());
  const bool is_new_mail = equal_ignoring_ascii_case(body->get("event").as_string(), "messageNew");
  const bool is_inbox = equal_ignoring_ascii_case(body->get("folder").as_string(), "INBOX");
  if (!owner || !is_new_mail || !is_inbox) return std::nullopt;
  const mail::News news = to_news(*body);
  model::Event event;
  event.context = owner->context;
  event.module = model::ObjectModule::Mail;
  event.kind = model::ChangeKind::Created;
  event.folder = kInboxFolder;
  event.object = ObjectId(mail::number_of(news));
  event.data = mail::describe(news);
  event.tell(kInboxFolder, std::vector{owner->user});
  return event;
}

void tell_mail_news(Runtime& runtime, std::string_view body) {
  auto event = read_mail_news(body);
  if (!event) return;
  const auto is_known = is_user(runtime, event->context, event->audiences.front().users.front());
  if (!is_known) throw Unavailable("the database does not answer");
  if (!*is_known) return;
  event->stamp = runtime.environment.clock.now();
  runtime.environment.events.publish(*event);
}

}  // namespace gw::ajax
