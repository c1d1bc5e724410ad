#include "model/calendar/calendar_account.hpp"

#include "core/errors/account.hpp"
#include "model/calendar/event_store.hpp"

namespace gw::model::calendar {

std::int64_t count_in_context(sql::Connection& connection, ContextId context) {
  return store::count_context(connection, context, INT64_MAX);
}

void check_quota(Transaction& transaction, ObjectId next) {
  const std::int64_t limit = transaction.work().settings().limits.events_per_context;
  // Every event took one id of the context's sequence, so below the limit nothing needs to be counted.
  if (limit < 0 || next.value <= limit) return;
  const std::int64_t used =
      store::count_context(transaction.connection(), transaction.work().context(), limit);
  if (used >= limit)
    throw ApiError(errors::quota::kExceeded, {"calendar", std::to_string(used), std::to_string(limit)});
}

std::int64_t count_outdated(sql::Connection& connection, ContextId context) {
  return static_cast<std::int64_t>(store::outdated_events(connection, context).size());
}

void renew_times(Transaction& transaction, ContextId context) {
  sql::Connection& connection = transaction.connection();
  for (const ObjectId id : store::outdated_events(connection, context))
    if (const auto row = store::find(connection, context, id, {.texts = false, .attendees = false}))
      store::refresh_times(connection, context, row->event);
}

void delete_user_data(Transaction& transaction, ContextId context, UserId user, UserId heir) {
  store::forget_user(transaction.connection(), context, user, heir, transaction.stamp());
}

}  // namespace gw::model::calendar
