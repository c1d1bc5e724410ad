#include "mailbox/scheduling/inbox_pickup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/log.hpp"
#include "core/text.hpp"
#include "mail/mime/authenticity.hpp"
#include "mail/mime/charset.hpp"
#include "mailbox/scheduling/scheduling_actions.hpp"
#include "model/scheduling/inbox_ledger.hpp"
#include "model/user_lease.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace ledger = model::scheduling;

constexpr std::string_view kInbox = "INBOX";
constexpr std::string_view kWishes = "modules/calendar/autoProcessIMip";
constexpr std::int64_t kFirstLook = 7LL * 86'400'000;
constexpr Milliseconds kLeaseLife{120'000}, kTimeOfMail{20'000};

bool is_junk(const mail::MessageFlags& flags) {
  return std::any_of(flags.keywords.begin(), flags.keywords.end(), [](const std::string& keyword) {
    return equal_ignoring_ascii_case(keyword, "$Junk") || equal_ignoring_ascii_case(keyword, "Junk");
  });
}

class Visit {
 public:
  Visit(Mailbox& mailbox, bool takes_new) : mailbox_(mailbox), work_(mailbox.work()), takes_new_(takes_new) {}

  /// Errors: those of the mail server and of the database.
  bool take(const mail::Message& message, std::int64_t uid_validity) {
    if (!message.structure || message.from.size() != 1) return false;
    if (message.flags.flags.has(mail::Flag::Deleted) || is_junk(message.flags)) return false;
    const mail::Part* part = find_calendar_part(*message.structure);
    if (part == nullptr || part->size > 2 * kLargestTaken) return false;
    const std::string key = ledger::mail_key(message.message_id, uid_validity, message.uid);
    if (ledger::is_taken(work_, key) || is_forged(message)) return false;
    const FolderPath inbox{0, std::string(kInbox)};
    const MailSource source{mailbox_, inbox, message.uid, *message.structure};
    const std::string text = read_calendar_part(mailbox_, inbox, message.uid, *part, kLargestTaken);
    const auto read = read_itip(text, method_of(*part), {work_.caller().timezone});
    if (!read) return false;
    bool is_any = false;
    for (const model::calendar::Invitation& invitation : read->invitations)
      is_any = take_one(*read, invitation, message.from.front().address, source) || is_any;
    ledger::note_taken(work_, key);
    return is_any;
  }

 private:
  bool is_forged(const mail::Message& message) const {
    const AuthenticitySettings& settings = work_.settings().authenticity;
    return settings.is_configured() && mail::mime::judge_authenticity(message, settings.servers).status ==
                                           mail::mime::AuthenticityStatus::Fail;
  }

  bool take_one(const ItipMessage& message, const model::calendar::Invitation& invitation,
                const std::string& sender, const MailSource& source) {
    try {
      const Analysis analysis = analyze(work_, message.method, invitation, sender);
      if (!analysis.is_automatic) return false;
      const bool is_new = std::any_of(analysis.changes.begin(), analysis.changes.end(),
                                      [](const auto& change) { return change.type == ChangeType::Create; });
      if (is_new && !takes_new_) return false;
      perform_alone(work_, analysis, invitation, &source);
      return true;
    } catch (const ApiError& error) {
      log(LogLevel::Info, "GW0604",
          fmt::format("a scheduling mail of user {} in context {} was not taken: {}",
                      work_.caller().user.value, work_.context().value, format_code(error.code())));
      return false;
    }
  }

  Mailbox& mailbox_;
  model::UnitOfWork& work_;
  bool takes_new_;
};

std::vector<mail::Uid> uids_between(std::int64_t from, std::int64_t until) {
  std::vector<mail::Uid> uids(static_cast<std::size_t>(std::max<std::int64_t>(until - from, 0)));
  std::iota(uids.begin(), uids.end(), static_cast<mail::Uid>(from));
  return uids;
}

mail::FetchSet wanted_of_mails() {
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Envelope)
      .add(mail::Fetch::Flags)
      .add(mail::Fetch::Structure)
      .add(mail::Fetch::Received);
  fetch.header_names = {"Authentication-Results"};
  return fetch;
}

/// Ascending by uid.
std::vector<mail::Message> messages_between(Mailbox& mailbox, std::int64_t from, std::int64_t until) {
  std::vector<mail::Message> messages;
  for (auto& message : mailbox.messages(0).get(kInbox, uids_between(from, until), wanted_of_mails()))
    if (message) messages.push_back(std::move(*message));
  return messages;
}

/// What came before anybody looked: not more than a week old.
std::vector<mail::Message> recent_messages(Mailbox& mailbox) {
  mail::SearchTerm since;
  since.kind = mail::SearchTerm::Kind::ReceivedSince;
  since.at = {mailbox.work().now().value - kFirstLook};
  mail::Query query{std::move(since), mail::SortField::Received, true, {0, std::size_t{kMailsOfVisit}}};
  auto messages = mailbox.messages(0).search(kInbox, query, wanted_of_mails()).messages;
  std::sort(messages.begin(), messages.end(),
            [](const mail::Message& a, const mail::Message& b) { return a.uid < b.uid; });
  return messages;
}

}  // namespace

const mail::Part* find_calendar_part(const mail::Part& root) {
  const mail::Part* file = nullptr;
  const auto search = [&](const auto& self, const mail::Part& part) -> const mail::Part* {
    if (part.is("text", "calendar")) return &part;
    if (file == nullptr && part.is("application", "ics")) file = &part;
    // What is inside of a forwarded mail was said to somebody else.
    if (!part.is_multipart()) return nullptr;
    for (const mail::Part& child : part.children)
      if (const mail::Part* found = self(self, child)) return found;
    return nullptr;
  };
  const mail::Part* found = search(search, root);
  return found != nullptr ? found : file;
}

std::string method_of(const mail::Part& part) {
  for (const auto& [name, value] : part.parameters)
    if (equal_ignoring_ascii_case(name, "method")) return value;
  return {};
}

std::string read_calendar_part(Mailbox& mailbox, const FolderPath& folder, mail::Uid uid,
                               const mail::Part& part, std::size_t most) {
  std::string bytes;
  const bool is_there =
      mailbox.messages(folder.account).read_part(folder.fullname, uid, part, [&](std::string_view piece) {
        bytes += piece;
        return bytes.size() <= most;
      });
  if (!is_there || bytes.size() > most) return {};
  return mail::mime::to_utf8(bytes, part.charset);
}

bool is_time_for_visit(model::UnitOfWork& work, Milliseconds pause) {
  auto mark = ledger::find_mark(work);
  const Millis now = work.now();
  if (!mark) mark.emplace();
  if (now.value - mark->checked.value < pause.count()) return false;
  mark->checked = now;
  ledger::store_mark(work, *mark);
  return true;
}

std::size_t pick_up(Mailbox& mailbox) {
  model::UnitOfWork& work = mailbox.work();
  if (!work.caller().modules.has(model::Module::Calendar)) return 0;
  const std::string wishes = mailbox.text(kWishes);
  if (wishes == "never") return 0;
  const mail::Validity validity = mailbox.folders(0).validity(kInbox);
  auto mark = ledger::find_mark(work);
  const bool is_known = mark && mark->uid_validity == validity.uid_validity;
  if (is_known && mark->uid_next >= validity.uid_next) return 0;
  const auto lease = model::UserLease::acquire(
      work, {.user = work.caller().user, .name = "scheduling inbox", .life = kLeaseLife});
  if (!lease) return 0;
  mark = ledger::find_mark(work);
  std::int64_t from = mark && mark->uid_validity == validity.uid_validity ? mark->uid_next : 1;
  from = std::max<std::int64_t>(from, std::int64_t{validity.uid_next} - kMostNewUids);
  Visit visit(mailbox, wishes != "known");
  std::size_t taken = 0;
  std::int64_t next =
      is_known ? std::min<std::int64_t>(validity.uid_next, from + kMailsOfVisit) : validity.uid_next;
  const std::vector<mail::Message> messages =
      is_known ? messages_between(mailbox, from, next) : recent_messages(mailbox);
  for (const mail::Message& message : messages) {
    if (!lease->is_held_for(kTimeOfMail)) {
      if (is_known) next = message.uid;
      break;
    }
    if (visit.take(message, validity.uid_validity)) ++taken;
  }
  ledger::store_mark(work, {validity.uid_validity, next, work.now()});
  return taken;
}

}  // namespace gw::mailbox::scheduling
