#include "model/unit_of_work.hpp"

#include "model/databases/databases.hpp"

namespace gw::model {

Environment with_pool(const Environment& environment, sql::Pool& pool) {
  return {environment.settings,   pool,
          environment.clock,      environment.events,
          environment.contents,   environment.files,
          environment.scheduling, environment.databases};
}

Environment with_settings(const Environment& environment, const Settings& settings) {
  return {settings,
          environment.pool,
          environment.clock,
          environment.events,
          environment.contents,
          environment.files,
          environment.scheduling,
          environment.databases};
}

void for_each_database(Environment& environment, const std::function<void(Environment&)>& work) {
  if (environment.databases == nullptr) return work(environment);
  environment.databases->for_each([&](sql::Pool& pool) {
    Environment one = with_pool(environment, pool);
    work(one);
  });
}

Millis Transaction::stamp(std::int64_t ids) {
  if (stamp_.value != 0) return stamp_;
  const SequenceStep step = next_step(connection_, work_.context(), work_.now(), ids);
  next_id_ = step.first_id;
  free_ids_ = ids;
  if (!has_changed_folders_) {
    marks_ = step.marks;
    work_.caller_.marks.folders = marks_.folders;
  }
  return stamp_ = step.stamp;
}

void Transaction::note_folder_change() {
  has_changed_folders_ = true;
  marks_ = {};
  work_.caller_.marks.folders = 0;
}

void Transaction::note_account_change(std::int64_t mark) {
  marks_ = {};
  account_mark_ = mark;
  work_.caller_.marks.accounts = 0;
}

void Transaction::finish() {
  if (has_changed_folders_) move_folder_mark(connection_, work_.context(), stamp());
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

UnitOfWork::UnitOfWork(Environment& environment, Caller caller)
    : environment_(environment), caller_(std::move(caller)), database_(environment.pool) {
  if (caller_.context) enter(caller_.context);
}

void UnitOfWork::use(sql::Pool& pool) {
  database_.use(pool);
  if (&pool == &environment_.pool)
    entered_.reset();
  else if (!entered_ || &entered_->pool != &pool)
    entered_.emplace(with_pool(environment_, pool));
}

void UnitOfWork::enter(ContextId context) {
  if (environment_.databases == nullptr) return;
  if (sql::Pool* known = environment_.databases->find_pool_of(context)) return use(*known);
  // The home database is asked by a connection of its own: never two at a time.
  database_.release();
  use(environment_.databases->pool_of(context));
}

void UnitOfWork::enter(ContextId context, std::int64_t database) {
  if (environment_.databases == nullptr) return;
  environment_.databases->note(context, database);
  enter(context);
}

void UnitOfWork::enter_database(std::int64_t number) {
  if (environment_.databases == nullptr || number == database_.pool().settings().number) return;
  database_.release();
  use(environment_.databases->pool(number));
}

void UnitOfWork::forget_place(ContextId context) noexcept {
  if (environment_.databases != nullptr) environment_.databases->forget(context);
}

namespace {

/// A transaction that changes accounts knows no mark of them; one that fails has changed nothing.
class KeptMark {
 public:
  explicit KeptMark(std::int64_t& mark) : mark_(mark), kept_(mark) {}
  ~KeptMark() { mark_ = kept_; }
  KeptMark(const KeptMark&) = delete;
  KeptMark& operator=(const KeptMark&) = delete;
  void become(std::int64_t mark) { kept_ = mark; }

 private:
  std::int64_t& mark_;
  std::int64_t kept_;
};

}  // namespace

void UnitOfWork::write(const std::function<void(Transaction&)>& body) {
  std::vector<Event> events;
  std::vector<std::function<void()>> actions;
  const Marks before = caller_.marks;
  bool has_changed_folders = false;
  std::int64_t account_mark = 0;
  {
    KeptMark accounts(caller_.marks.accounts);
    database_.write([&](sql::Connection& connection) {
      // Until it has taken its stamp nothing says which state of the folders this transaction sees.
      caller_.marks = {before.accounts, 0};
      Transaction transaction(*this, connection);
      body(transaction);
      transaction.finish();
      events = std::move(transaction.events_);
      actions = std::move(transaction.after_commit_);
      has_changed_folders = transaction.has_changed_folders_;
      account_mark = transaction.account_mark_;
    });
    if (account_mark != 0) accounts.become(account_mark);
  }
  if (caller_.marks.folders == 0 && !has_changed_folders) caller_.marks.folders = before.folders;
  for (const Event& event : events) environment_.events.publish(event);
  if (!actions.empty()) database_.release();
  for (const auto& action : actions) action();
}

}  // namespace gw::model
