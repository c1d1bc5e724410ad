#include "model/availability/availability_service.hpp"

#include <algorithm>

#include "core/errors/calendar.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "model/availability/availability_store.hpp"
#include "model/calendar/event_expansion.hpp"
#include "recurrence/rule.hpp"

namespace gw::model::availability {
namespace {

using calendar::TimeRange;

void check_rule(const AvailableTime& time) {
  if (!time.rrule) return;
  const auto parsed = recurrence::parse_rule(*time.rrule);
  if (parsed.state == recurrence::RuleState::Invalid) throw ApiError(errors::cal::kBadRule, {*time.rrule});
  if (parsed.state == recurrence::RuleState::Unsupported)
    throw ApiError(errors::cal::kRuleUnsupported, {*time.rrule, ""});
}

void check(const AvailableTime& time) {
  const auto is_timed = [](const calendar::EventTime& t) { return t.kind != calendar::TimeKind::Date; };
  if (is_timed(time.start) != is_timed(time.end)) throw ApiError(errors::cal::kKindsDiffer);
  const TimeZone utc = TimeZone::utc();
  if (calendar::instant_of(time.end, utc) < calendar::instant_of(time.start, utc))
    throw ApiError(errors::cal::kEndBeforeStart);
  if (count_characters(time.uid) > kMaxUid || has_control_characters(time.uid))
    throw ApiError(errors::cal::kBadData, {"uid", "it is too long or has characters that are not allowed"});
  check_rule(time);
}

/// Where the times lie within the range.
std::vector<TimeRange> expand_times(const std::vector<AvailableTime>& times, TimeRange range,
                                    const TimeZone& viewer) {
  /// Of one of them in one range; a daily one of a year has fewer.
  constexpr std::size_t kMostSlots = 2'000;
  std::vector<TimeRange> slots;
  for (const AvailableTime& time : times) {
    calendar::EventData event;
    event.id = event.series = ObjectId(time.id);
    event.start = time.start;
    event.end = time.end;
    event.rrule = time.rrule;
    const calendar::ExpandOptions options{range, viewer, {}, kMostSlots, {}};
    for (const calendar::Occurrence& occurrence : calendar::occurrences_in(event, options))
      slots.push_back({occurrence.from, occurrence.until});
  }
  std::sort(slots.begin(), slots.end(), [](const TimeRange& a, const TimeRange& b) {
    return std::pair(a.from, a.until) < std::pair(b.from, b.until);
  });
  return slots;
}

std::vector<TimeRange> gaps_between(const std::vector<AvailableTime>& times, TimeRange range,
                                    const TimeZone& viewer) {
  std::vector<TimeRange> gaps;
  Millis reached = range.from;
  for (const TimeRange& slot : expand_times(times, range, viewer)) {
    if (slot.from > reached) gaps.push_back({reached, std::min(slot.from, range.until)});
    reached = std::max(reached, slot.until);
    if (reached >= range.until) return gaps;
  }
  if (reached < range.until) gaps.push_back({reached, range.until});
  return gaps;
}

}  // namespace

std::vector<AvailableTime> list_own(UnitOfWork& work) {
  return store::list_of_users(work.connection(), work.context(), {&work.caller().user, 1});
}

void replace_own(UnitOfWork& work, std::vector<AvailableTime> times) {
  if (times.size() > kMostTimes)
    throw ApiError(errors::cal::kBadData, {"availableTimes", "there are too many"});
  for (AvailableTime& time : times) {
    check(time);
    if (time.uid.empty()) time.uid = random_uuid();
  }
  work.write([&](Transaction& transaction) {
    const Millis stamp = transaction.stamp(static_cast<std::int64_t>(times.size()));
    sql::Connection& connection = transaction.connection();
    const UserId user = work.caller().user;
    const auto before = store::list_of_users(connection, work.context(), {&user, 1});
    store::remove_of_user(connection, work.context(), user);
    for (AvailableTime& time : times) {
      const auto known = std::find_if(before.begin(), before.end(),
                                      [&](const AvailableTime& old) { return old.uid == time.uid; });
      time.id = known != before.end() ? known->id : transaction.next_id();
      time.created = known != before.end() ? known->created : stamp;
      time.modified = stamp;
      time.user = user;
      store::insert(connection, work.context(), time);
    }
  });
}

std::map<UserId, std::vector<TimeRange>> unavailable(UnitOfWork& work, std::span<const UserId> users,
                                                     TimeRange range) {
  std::map<UserId, std::vector<AvailableTime>> times;
  for (AvailableTime& time : store::list_of_users(work.connection(), work.context(), users))
    times[time.user].push_back(std::move(time));
  std::map<UserId, std::vector<TimeRange>> gaps;
  for (const auto& [user, own] : times) gaps.emplace(user, gaps_between(own, range, work.caller().timezone));
  return gaps;
}

}  // namespace gw::model::availability
