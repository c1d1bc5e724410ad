// Everything a service needs for one request: who asks, the database, the clock, the settings, where events
// go. Made by the dispatcher (and by groupwarectl, DAV and tests); services take it as their first argument.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/settings.hpp"
#include "core/time.hpp"
#include "model/caller.hpp"
#include "model/changes.hpp"
#include "model/event.hpp"
#include "model/folders/folder_content.hpp"
#include "sql/scope.hpp"

namespace gw::filestore {
class StoreRoot;
}

namespace gw::model::calendar {
class SchedulingSink;
}

namespace gw::model::databases {
class Databases;
}

namespace gw::model {

/// Process-wide parts. All references outlive every unit of work.
struct Environment {
  const Settings& settings;
  sql::Pool& pool;
  const Clock& clock;
  EventSink& events;
  const folders::ContentRegistry& contents;
  /// Null: no file store is configured, and whatever touches the bytes of files answers FLS-0004.
  const filestore::StoreRoot* files = nullptr;
  /// Who sends scheduling mails (calendar/scheduling_event.hpp). Null: nobody.
  const calendar::SchedulingSink* scheduling = nullptr;
  /// All databases of the installation. Null: `pool` is the only one.
  databases::Databases* databases = nullptr;
};

/// The same parts with another database, or other settings; all references must live on.
Environment with_pool(const Environment& environment, sql::Pool& pool);
Environment with_settings(const Environment& environment, const Settings& settings);

/// Runs `work` with the parts for each database of the installation, the home database first. One that is
/// away keeps nobody else from it (Databases::for_each); with a single database Unavailable reaches the
/// caller.
void for_each_database(Environment& environment, const std::function<void(Environment&)>& work);

class UnitOfWork;

/// One write transaction in progress. Valid only inside the closure given to UnitOfWork::write.
class Transaction {
 public:
  Transaction(UnitOfWork& work, sql::Connection& connection) : work_(work), connection_(connection) {}
  [[nodiscard]] sql::Connection& connection() const { return connection_; }
  /// Settings, contents and caller for code that is only given the transaction.
  [[nodiscard]] UnitOfWork& work() const { return work_; }
  /// The stamp of this transaction; the same at every call. Taking it locks the context's sequence row: take
  /// it before reading what the decision depends on, and two writers can never both pass a conflict check.
  /// `ids`: how many new ids will be asked for; the first call takes them along without a statement of their
  /// own.
  Millis stamp(std::int64_t ids = 0);
  /// A new id of the context. Cost: nothing, or two statements when none is left of those taken along.
  std::int64_t next_id();
  /// Folders or permissions of the context were or will be changed by this transaction: at its end the mark
  /// of the folders moves, so every process sees the change at its next request. Every statement that writes
  /// those tables goes with a call of this; folders/folder_store does it for all but repairs.
  void note_folder_change();
  /// The same for users, groups, modules and mail accounts, whose mark becomes this one;
  /// users::touch_accounts calls it.
  void note_account_change(std::int64_t mark);
  /// What this transaction sees, for caches. Unknown before the stamp was taken and after it
  /// changed folders or accounts.
  [[nodiscard]] const Marks& marks() const { return marks_; }
  /// Keeps the event until COMMIT. context, actor, stamp and source token are filled in here.
  void raise(Event event);
  /// Keeps the action until COMMIT has succeeded; when its outcome is unknown it never runs. For what cannot
  /// be undone, such as removing files. It runs without a connection and must not throw.
  void after_commit(std::function<void()> action) { after_commit_.push_back(std::move(action)); }

 private:
  friend class UnitOfWork;
  /// The last statements before COMMIT.
  void finish();

  UnitOfWork& work_;
  sql::Connection& connection_;
  Millis stamp_{};
  Marks marks_;
  bool has_changed_folders_ = false;
  std::int64_t account_mark_ = 0;  ///< 0: accounts are as they were
  std::int64_t next_id_ = 0;
  std::int64_t free_ids_ = 0;
  std::vector<Event> events_;
  std::vector<std::function<void()>> after_commit_;
};

/// Threads: one. Not copyable. Holds at most one connection, to the database of the caller's context.
class UnitOfWork {
 public:
  /// A caller without context: `environment.pool`, until `enter`. Errors: Unavailable when it is not known in
  /// which database his context lies, and that cannot be found out.
  UnitOfWork(Environment& environment, Caller caller);
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;

  [[nodiscard]] const Caller& caller() const { return caller_; }
  /// He must be of the database that is used already: `enter` comes first.
  void replace_caller(Caller caller) { caller_ = std::move(caller); }
  /// From here on the work is done in the database of that context, or in that of this number (0: the home
  /// database). To be called before a caller is looked up. Gives the connection back. Errors: Unavailable.
  void enter(ContextId context);
  void enter_database(std::int64_t number);
  /// The same when the home database has just told that the context is in that one.
  void enter(ContextId context, std::int64_t database);
  /// The context was not where it should be: the next one who asks looks in the home database.
  void forget_place(ContextId context) noexcept;
  /// What events of this work carry as their source token (Event::source_token).
  [[nodiscard]] const std::string& source_token() const { return source_token_; }
  void set_source_token(std::string token) { source_token_ = std::move(token); }
  [[nodiscard]] ContextId context() const { return caller_.context; }
  [[nodiscard]] const Settings& settings() const { return environment_.settings; }
  [[nodiscard]] Millis now() const { return environment_.clock.now(); }
  /// With the database of this work.
  [[nodiscard]] Environment& environment() const { return entered_ ? *entered_ : environment_; }

  /// The lease itself, for the session store, which works before a caller is known.
  sql::Scope& database() { return database_; }
  /// For single-statement reads. Inside `write` this is the transaction's own connection.
  sql::Connection& connection() { return database_.connection(); }
  /// Several reads of one state: whatever gives an object list and its tombstones must use it.
  void snapshot(const std::function<void(sql::Connection&)>& body) { database_.snapshot(body); }

  /// Runs the closure in one transaction and publishes its events after COMMIT. The closure may run several
  /// times (see sql::Scope::write): it must assign, not append, to what it captures. A service that is called
  /// from another service's transaction has a second form that takes Transaction&; `write` itself must not be
  /// nested.
  void write(const std::function<void(Transaction&)>& body);

  /// Gives the connection back: before network or client I/O, and at the end of the request.
  void release() noexcept { database_.release(); }

 private:
  friend class Transaction;
  void use(sql::Pool& pool);

  Environment& environment_;
  /// When the database is not that of `environment_`.
  mutable std::optional<Environment> entered_;
  Caller caller_;
  std::string source_token_;
  sql::Scope database_;
};

}  // namespace gw::model
