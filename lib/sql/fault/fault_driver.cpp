#include "sql/fault/fault_driver.hpp"

#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace gw::sql::fault {
namespace {

class FaultConnection;

/// A queued statement with values of its own.
class Queued {
 public:
  Queued(std::string_view sql, std::span<const Value> values)
      : sql_(sql), values_(values.begin(), values.end()) {
    bytes_.reserve(values_.size());
    for (Value& value : values_) {
      if (auto* text = std::get_if<std::string_view>(&value)) *text = bytes_.emplace_back(*text);
      if (auto* blob = std::get_if<Blob>(&value)) blob->bytes = bytes_.emplace_back(blob->bytes);
    }
  }
  void enqueue(Connection& connection) const { connection.enqueue_values(sql_, values_); }

 private:
  std::string sql_;
  std::vector<Value> values_;
  std::vector<std::string> bytes_;
};

class FaultStatement final : public Statement {
 public:
  FaultStatement(FaultConnection& connection, Statement& wrapped)
      : connection_(connection), wrapped_(wrapped) {}
  void execute(std::span<const Value> arguments) override;
  bool next() override { return wrapped_.next(); }
  void reset() noexcept override { wrapped_.reset(); }
  [[nodiscard]] int column_count() const override { return wrapped_.column_count(); }
  [[nodiscard]] bool is_null(int column) override { return wrapped_.is_null(column); }
  [[nodiscard]] std::int64_t integer(int column) override { return wrapped_.integer(column); }
  [[nodiscard]] std::string_view text(int column) override { return wrapped_.text(column); }
  [[nodiscard]] std::int64_t affected_rows() const override { return wrapped_.affected_rows(); }

 private:
  FaultConnection& connection_;
  Statement& wrapped_;
};

class FaultConnection final : public Connection {
 public:
  FaultConnection(std::unique_ptr<Connection> wrapped, std::shared_ptr<Plan> plan)
      : wrapped_(std::move(wrapped)), plan_(std::move(plan)), epoch_(plan_->epoch()) {}

  [[nodiscard]] Engine engine() const override { return wrapped_->engine(); }
  Statement& prepare(std::string_view sql) override {
    pass(Point::Prepare);
    Statement& made = wrapped_->prepare(sql);
    auto& wrapper = statements_[&made];
    if (wrapper == nullptr) wrapper = std::make_unique<FaultStatement>(*this, made);
    return *wrapper;
  }
  void run_script(std::string_view sql) override {
    run_queue();
    pass(Point::Execute);
    wrapped_->run_script(sql);
  }
  void begin(TransactionMode mode) override {
    pass(Point::Begin);
    has_answered_ = false;
    wrapped_->begin(mode);
  }
  void commit() override {
    refuse_when_dead();
    const bool has_answered = has_answered_;
    try {
      run_queue();
    } catch (const SqlError& error) {
      // The statements travel together with COMMIT: when the connection goes, nobody knows how far they came.
      // Only those at the very begin of a transaction go before it.
      if (!is_broken_ || !has_answered) throw;
      wrapped_->rollback();
      throw SqlError(ErrorKind::UnknownOutcome, 0, error.what());
    }
    if (Fault due; plan_->reach(Point::CommitBefore, due)) {
      wrapped_->rollback();
      fail_commit(due);
    }
    wrapped_->commit();
    if (Fault due; plan_->reach(Point::CommitAfter, due)) fail_commit(due);
  }
  void rollback() noexcept override {
    Fault due;
    queue_.clear();
    if (plan_->reach(Point::Rollback, due)) is_broken_ = true;
    wrapped_->rollback();
  }
  [[nodiscard]] bool in_transaction() const override { return wrapped_->in_transaction(); }
  [[nodiscard]] bool has_read_in_transaction() const override { return wrapped_->has_read_in_transaction(); }
  void end_view() noexcept override { wrapped_->end_view(); }
  [[nodiscard]] bool broken() const override { return is_broken_ || wrapped_->broken(); }
  bool ping() noexcept override {
    if (epoch_ != plan_->epoch()) is_broken_ = true;
    return !is_broken_ && wrapped_->ping();
  }

  /// As with a real server each statement fails when it is its turn, and those after it are not run.
  void enqueue_values(std::string_view sql, std::span<const Value> values) override {
    refuse_when_dead();
    queue_.emplace_back(sql, values);
    if (!in_transaction()) run_queue();
  }
  [[nodiscard]] Query query_values_with_queue(std::string_view sql, std::span<const Value> values) override {
    run_queue();
    pass(Point::Execute);
    return wrapped_->query_values_with_queue(sql, values);
  }
  void run_queue() {
    for (const Queued& queued : std::exchange(queue_, {})) {
      pass(Point::Execute);
      queued.enqueue(*wrapped_);
    }
  }

  void pass(Point point) {
    refuse_when_dead();
    Fault due;
    if (!plan_->reach(point, due)) {
      has_answered_ = true;
      return;
    }
    if (due.breaks_connection) is_broken_ = true;
    throw SqlError(due.kind, 0, "injected fault");
  }

 private:
  void refuse_when_dead() {
    if (epoch_ != plan_->epoch()) is_broken_ = true;
    if (is_broken_) throw SqlError(ErrorKind::Unavailable, 0, "injected fault: the connection is broken");
  }
  /// As a real driver tells it: when the connection goes while COMMIT is under way, nobody knows.
  [[noreturn]] void fail_commit(const Fault& due) {
    if (due.breaks_connection) is_broken_ = true;
    throw SqlError(due.breaks_connection ? ErrorKind::UnknownOutcome : due.kind, 0,
                   "injected fault at COMMIT");
  }

  std::unique_ptr<Connection> wrapped_;
  std::shared_ptr<Plan> plan_;
  /// By address of the wrapped statement: one that was evicted and another at its place share a wrapper.
  std::unordered_map<Statement*, std::unique_ptr<FaultStatement>> statements_;
  std::vector<Queued> queue_;
  std::uint64_t epoch_;
  bool is_broken_ = false;
  /// A statement of the running transaction was carried out.
  bool has_answered_ = false;
};

void FaultStatement::execute(std::span<const Value> arguments) {
  connection_.run_queue();
  connection_.pass(Point::Execute);
  wrapped_.execute(arguments);
}

}  // namespace

void Plan::add(const Fault& fault) {
  const std::lock_guard lock(mutex_);
  faults_.push_back(fault);
}

void Plan::clear() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
}

void Plan::break_connections() {
  const std::lock_guard lock(mutex_);
  ++epoch_;
}

int Plan::calls(Point point) const {
  const std::lock_guard lock(mutex_);
  return calls_[static_cast<std::size_t>(point)];
}

std::uint64_t Plan::epoch() const {
  const std::lock_guard lock(mutex_);
  return epoch_;
}

bool Plan::reach(Point point, Fault& due) {
  const std::lock_guard lock(mutex_);
  ++calls_[static_cast<std::size_t>(point)];
  for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
    if (fault->point != point) continue;
    if (--fault->nth > 0) continue;
    due = *fault;
    if (--fault->times <= 0) faults_.erase(fault);
    return true;
  }
  return false;
}

std::unique_ptr<Connection> FaultDriver::connect() {
  Fault due;
  if (plan_->reach(Point::Connect, due))
    throw SqlError(ErrorKind::Unavailable, 0, "injected fault: no connection");
  return std::make_unique<FaultConnection>(wrapped_->connect(), plan_);
}

}  // namespace gw::sql::fault
