#include "model/scheduling/outbox.hpp"

#include <algorithm>

#include "core/random.hpp"
#include "core/text.hpp"
#include "model/calendar/calendar_people.hpp"
#include "model/scheduling/event_snapshot.hpp"
#include "model/scheduling/inbox_ledger.hpp"

namespace gw::model::scheduling {
namespace {

using calendar::CalendarUser;
using calendar::EventField;
using calendar::EventFields;
using calendar::SchedulingEvent;
using calendar::SchedulingMethod;

constexpr std::string_view kInsertMessage =
    "INSERT INTO scheduling_messages (cid, id, user_id, created, method, content) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kInsertLetter =
    "INSERT INTO scheduling_outbox (cid, id, message, user_id, recipient, tries, next_try, claimed_until, "
    "claim, "
    "last_error) VALUES (?,?,?,?,?,0,0,0,'','')";  // due at once, whatever the next clock says
constexpr std::string_view kFindDue =
    "SELECT o.id, o.message, o.recipient, o.tries, m.created, m.method, m.content FROM scheduling_outbox o "
    "JOIN scheduling_messages m ON m.cid=o.cid AND m.id=o.message "
    "WHERE o.cid=? AND o.user_id=? AND o.next_try<=? AND o.claimed_until<=? ORDER BY o.next_try, o.id LIMIT "
    "?";
constexpr std::string_view kFindFailed =
    "SELECT tries, next_try FROM scheduling_outbox WHERE cid=? AND user_id=? AND next_try>? AND tries>0 AND "
    "claim=? "
    "LIMIT 100";
constexpr std::string_view kClaim =
    "UPDATE scheduling_outbox SET claimed_until=?, claim=? WHERE cid=? AND id=? AND claimed_until<=?";
constexpr std::string_view kPutBack =
    "UPDATE scheduling_outbox SET tries=?, next_try=?, claimed_until=0, claim=?, last_error=? WHERE cid=? "
    "AND id=? AND claim=?";
constexpr std::string_view kGiveBack =
    "UPDATE scheduling_outbox SET claimed_until=0, claim='' WHERE cid=? AND id=? AND claim=?";
constexpr std::string_view kDropSent = "DELETE FROM scheduling_outbox WHERE cid=? AND id=?";
constexpr std::string_view kGiveUp = "DELETE FROM scheduling_outbox WHERE cid=? AND id=? AND claim=?";
constexpr std::string_view kDropMessage =
    "DELETE FROM scheduling_messages WHERE cid=? AND id=? AND NOT EXISTS "
    "(SELECT 1 FROM scheduling_outbox o WHERE o.cid=scheduling_messages.cid AND "
    "o.message=scheduling_messages.id)";

constexpr std::size_t kLongestError = 500;
/// Stands where the claim was: the server was away.
constexpr std::string_view kServerAway = "away";

Json write_content(const SchedulingEvent& event) {
  Json occurrences = Json::array(), changed = Json::array();
  for (const calendar::EventData& exception : event.exceptions) occurrences.append(write_snapshot(exception));
  for (unsigned field = 0; field < static_cast<unsigned>(EventField::Count_); ++field)
    if (event.changed.has(static_cast<EventField>(field))) changed.append(Json::integer(field));
  Json json = Json::object();
  json.set("originator", write_user(event.originator)).set("event", write_snapshot(event.event));
  json.set("exceptions", std::move(occurrences)).set("changed", std::move(changed));
  json.set("isNew", Json::boolean(event.is_new)).set("comment", Json::string(event.comment));
  return json;
}

/// Of letters about tasks, in the column of methods.
constexpr int kTaskMethod = 100;

void read_task(Letter& letter, const Json& json) {
  letter.task = read_notice(json);
  letter.event.originator.entity = letter.event.actor.value;
  letter.event.event.id = ObjectId(letter.task->id);
  letter.event.event.uid = letter.task->uid;
  letter.event.event.summary = letter.task->title;
}

void read_content(SchedulingEvent& event, const Json& json) {
  event.originator = read_user(json.get("originator"));
  event.event = read_snapshot(json.get("event"));
  event.sequence = event.event.sequence;
  const Json occurrences = json.get("exceptions"), changed = json.get("changed");
  for (std::size_t i = 0; i < occurrences.size(); ++i)
    event.exceptions.push_back(read_snapshot(occurrences.at(i)));
  for (std::size_t i = 0; i < changed.size(); ++i) {
    const std::int64_t field = changed.at(i).as_integer();
    if (field >= 0 && field < static_cast<int>(EventField::Count_))
      event.changed.set(static_cast<EventField>(field));
  }
  event.is_new = json.get("isNew").is_true();
  event.comment = json.get("comment").as_string();
}

Letter read_letter(const sql::Query& row, const Caller& caller) {
  Letter letter;
  letter.id = row.integer(0);
  letter.message = row.integer(1);
  letter.tries = static_cast<int>(row.integer(3));
  letter.created = row.millis(4);
  letter.event.context = caller.context;
  letter.event.actor = caller.user;
  if (const auto recipient = Json::parse(row.text(2))) letter.recipient = read_user(*recipient);
  const auto content = Json::parse(row.text(6));
  if (row.integer(5) == kTaskMethod) {
    read_task(letter, content.value_or(Json()));
    return letter;
  }
  letter.event.method = static_cast<SchedulingMethod>(row.integer(5));
  if (content) read_content(letter.event, *content);
  return letter;
}

bool was_server_away(sql::Connection& connection, const Caller& caller, Millis now) {
  sql::Query rows = connection.query(kFindFailed, caller.context, caller.user, now, kServerAway);
  while (rows.next()) {
    const std::int64_t failed_at = rows.integer(1) - pause_after(static_cast<int>(rows.integer(0))).count();
    if (now.value - failed_at < kFirstPause.count()) return true;
  }
  return false;
}

void keep_letters(Transaction& transaction, int method, const Json& content,
                  std::span<const CalendarUser* const> told) {
  const Caller& caller = transaction.work().caller();
  sql::Connection& connection = transaction.connection();
  const std::int64_t message = transaction.next_id();
  connection.execute(kInsertMessage, caller.context, message, caller.user, transaction.work().now(), method,
                     content.dump());
  for (const CalendarUser* recipient : told)
    connection.execute(kInsertLetter, caller.context, transaction.next_id(), message, caller.user,
                       write_user(*recipient).dump());
  end_quiet(caller);
}

}  // namespace

bool is_told(const SchedulingEvent& event, const CalendarUser& recipient) {
  const auto& attendees = event.event.attendees;
  const auto line = std::find_if(attendees.begin(), attendees.end(), [&](const calendar::Attendee& each) {
    return each.entity == recipient.entity && each.uri == recipient.uri;
  });
  const bool is_person = line == attendees.end() || line->cu_type == calendar::CuType::Individual ||
                         line->cu_type == calendar::CuType::Unknown;
  if (recipient.entity == 0)
    return !calendar::address_of_uri(recipient.uri).empty() || !recipient.email.empty();
  return is_person && event.notifies_internal && recipient.entity != event.actor.value;
}

void enqueue(Transaction& transaction, const SchedulingEvent& event) {
  const Caller& caller = transaction.work().caller();
  if (!caller.modules.has(Module::Webmail)) return;
  std::vector<const CalendarUser*> told;
  for (const CalendarUser& recipient : event.recipients)
    if (is_told(event, recipient)) told.push_back(&recipient);
  if (!told.empty()) keep_letters(transaction, static_cast<int>(event.method), write_content(event), told);
}

void enqueue(Transaction& transaction, const TaskNotice& notice, std::span<const CalendarUser> recipients) {
  const Caller& caller = transaction.work().caller();
  const calendar::SchedulingSink* sink = transaction.work().environment().scheduling;
  if (sink == nullptr || !caller.modules.has(Module::Webmail)) return;
  std::vector<const CalendarUser*> told;
  for (const CalendarUser& recipient : recipients)
    if (recipient.entity != caller.user.value && told.size() < kMostToldOfTask) told.push_back(&recipient);
  if (told.empty()) return;
  keep_letters(transaction, kTaskMethod, write_notice(notice), told);
  transaction.after_commit([sink] { sink->letters_wait(); });
}

std::vector<Letter> claim_due(UnitOfWork& work, std::size_t most) {
  const Caller& caller = work.caller();
  const Millis now = work.now();
  const auto find = [&](sql::Connection& connection) {
    std::vector<Letter> found;
    sql::Query rows = connection.query(kFindDue, caller.context, caller.user, now, now, most);
    while (rows.next()) found.push_back(read_letter(rows, caller));
    return found;
  };
  if (find(work.connection()).empty() || was_server_away(work.connection(), caller, now)) return {};
  std::vector<Letter> letters;
  const std::string claim = random_uuid();
  work.write([&](Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    letters = find(connection);
    std::erase_if(letters, [&](const Letter& letter) {
      const Millis until{now.value + kClaimLife.count()};
      return connection.execute(kClaim, until, claim, caller.context, letter.id, now) == 0;
    });
    for (Letter& letter : letters) {
      letter.claim = claim;
      letter.claimed_until = {now.value + kClaimLife.count()};
    }
  });
  work.release();
  return letters;
}

bool is_held(const UnitOfWork& work, const Letter& letter) { return work.now() < letter.claimed_until; }

void drop_sent(UnitOfWork& work, const Letter& letter) {
  work.write([&](Transaction& transaction) {
    transaction.connection().execute(kDropSent, work.context(), letter.id);
    transaction.connection().execute(kDropMessage, work.context(), letter.message);
  });
  work.release();
}

Fate give_up(UnitOfWork& work, const Letter& letter) {
  Fate fate = Fate::Gone;
  work.write([&](Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    fate = connection.execute(kGiveUp, work.context(), letter.id, letter.claim) > 0 ? Fate::Gone : Fate::Lost;
    if (fate == Fate::Gone) connection.execute(kDropMessage, work.context(), letter.message);
  });
  work.release();
  return fate;
}

Fate put_back(UnitOfWork& work, const Letter& letter, std::string_view why, bool of_server) {
  const Millis now = work.now();
  if (now.value - letter.created.value >= kTriedFor.count()) return give_up(work, letter);
  const int tries = letter.tries + 1;
  const Millis next{now.value + pause_after(tries).count()};
  Fate fate = Fate::Waits;
  work.write([&](Transaction& transaction) {
    const auto changed = transaction.connection().execute(
        kPutBack, tries, next, of_server ? kServerAway : std::string_view(),
        first_characters(why, kLongestError), work.context(), letter.id, letter.claim);
    fate = changed > 0 ? Fate::Waits : Fate::Lost;
  });
  work.release();
  return fate;
}

void give_back(UnitOfWork& work, std::span<const Letter> letters) {
  if (letters.empty()) return;
  work.write([&](Transaction& transaction) {
    for (const Letter& letter : letters)
      transaction.connection().execute(kGiveBack, work.context(), letter.id, letter.claim);
  });
  work.release();
}

Milliseconds pause_after(int failures) {
  Milliseconds pause = kFirstPause;
  for (int i = 1; i < failures && pause < kLongestPause; ++i) pause *= 2;
  return std::min(pause, kLongestPause);
}

}  // namespace gw::model::scheduling
