#include "model/unit_of_work.hpp"

namespace gw::model {

Millis Transaction::stamp(std::int64_t ids) {
  if (stamp_.value != 0) return stamp_;
  const SequenceStep step = next_step(connection_, work_.context(), work_.now(), ids);
  next_id_ = step.first_id;
  free_ids_ = ids;
  return stamp_ = step.stamp;
}

std::int64_t Transaction::next_id() {
  if (free_ids_ == 0) {
    next_id_ = reserve_ids(connection_, work_.context(), 1);
    free_ids_ = 1;
  }
  --free_ids_;
  return next_id_++;
}

void Transaction::raise(Event event) {
  event.context = work_.context();
  event.actor = work_.caller().user;
  event.stamp = stamp();
  event.source_token = work_.source_token();
  events_.push_back(std::move(event));
}

void UnitOfWork::write(const std::function<void(Transaction&)>& body) {
  std::vector<Event> events;
  std::vector<std::function<void()>> actions;
  database_.write([&](sql::Connection& connection) {
    Transaction transaction(*this, connection);
    body(transaction);
    events = std::move(transaction.events_);
    actions = std::move(transaction.after_commit_);
  });
  for (const Event& event : events) environment_.events.publish(event);
  if (!actions.empty()) database_.release();
  for (const auto& action : actions) action();
}

}  // namespace gw::model
