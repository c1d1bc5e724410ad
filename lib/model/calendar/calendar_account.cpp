#include "model/calendar/calendar_account.hpp"

#include <algorithm>

#include "core/errors/account.hpp"
#include "model/administration/account_attributes.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/event_store.hpp"

namespace gw::model::calendar {
namespace {

/// More than any context holds, and a number that databases take as a limit.
constexpr std::size_t kAllEvents = INT32_MAX;

}  // namespace

std::int64_t count_in_context(sql::Connection& connection, ContextId context) {
  return store::count_context(connection, context, INT64_MAX);
}

void check_quota(Transaction& transaction, ObjectId next) {
  const UnitOfWork& work = transaction.work();
  const std::int64_t limit =
      administration::count_limit(transaction.connection(), work.context(), "calendar",
                                  work.settings().limits.events_per_context, transaction.marks());
  // Every event took one id of the context's sequence, so below the limit nothing needs to be counted.
  if (limit < 0 || next.value <= limit) return;
  const std::int64_t used =
      store::count_context(transaction.connection(), transaction.work().context(), limit);
  if (used >= limit)
    throw ApiError(errors::quota::kExceeded, {"calendar", std::to_string(used), std::to_string(limit)});
}

std::int64_t count_outdated(sql::Connection& connection, ContextId context) {
  return static_cast<std::int64_t>(store::outdated_events(connection, context, kAllEvents).size());
}

std::size_t renew_times(Transaction& transaction, ContextId context, std::size_t most) {
  sql::Connection& connection = transaction.connection();
  People people(transaction.work());
  const auto outdated = store::outdated_events(connection, context, std::min(most, kAllEvents));
  for (const ObjectId id : outdated) {
    const auto row = store::find(connection, context, id, {.texts = false});
    if (!row) continue;
    store::refresh_times(connection, context, row->event);
    settle_due_times(transaction, row->event, people);
  }
  return outdated.size();
}

std::size_t reindex_zones(UnitOfWork& work, std::size_t limit) {
  std::size_t renewed = 0;
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    renewed = renew_times(transaction, work.context(), limit);
  });
  return renewed;
}

void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir) {
  store::forget_user(transaction.connection(), context, user, heir, transaction.stamp());
}

}  // namespace gw::model::calendar
