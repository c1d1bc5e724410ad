#include "model/unit_of_work.hpp"

namespace gw::model {

Millis Transaction::stamp() {
  if (stamp_.value == 0) stamp_ = next_stamp(connection_, work_.context(), work_.now());
  return stamp_;
}

std::int64_t Transaction::reserve_ids(std::int64_t count) {
  return model::reserve_ids(connection_, work_.context(), count);
}

void Transaction::raise(Event event) {
  event.context = work_.context();
  event.actor = work_.caller().user;
  event.stamp = stamp();
  events_.push_back(std::move(event));
}

void UnitOfWork::write(const std::function<void(Transaction&)>& body) {
  std::vector<Event> events;
  database_.write([&](sql::Connection& connection) {
    Transaction transaction(*this, connection);
    body(transaction);
    events = std::move(transaction.events_);
  });
  for (const Event& event : events) environment_.events.publish(event);
}

}  // namespace gw::model
