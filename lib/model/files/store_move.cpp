#include "model/files/store_move.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/digest.hpp"
#include "model/files/file_moves.hpp"

namespace gw::model::files {
namespace {

constexpr std::size_t kPiece = 262'144;
/// A file that arrives during the last pass makes another one; whoever uploads that fast is told to run
/// again.
constexpr int kMostPasses = 100;

struct Seen {
  std::string digest;
  std::int64_t size = 0;
  bool operator==(const Seen&) const = default;
};

/// Reads a file to its end; `take` gets every piece.
Seen read_through(filestore::FileStore& store, std::string_view id,
                  const std::function<void(std::string_view)>& take,
                  const std::function<bool()>& goes_on = {}) {
  const auto reader = store.open(id);
  std::string buffer(kPiece, '\0');
  Seen seen;
  Md5 digest;
  while (const std::size_t count = reader->read(buffer)) {
    if (goes_on && !goes_on()) throw MoveInterrupted("it was stopped");
    const std::string_view piece = std::string_view(buffer).substr(0, count);
    digest.update(piece);
    seen.size += static_cast<std::int64_t>(count);
    take(piece);
  }
  seen.digest = digest.finish();
  return seen;
}

constexpr std::string_view kProbe = "is it possible to write here";

struct Task {
  const FileReferences* source = nullptr;
  FileReference reference;
};

class Mover {
 public:
  Mover(UnitOfWork& work, const StoreMove& move) : work_(work), move_(move) {}

  StoreMoveReport run() {
    choose_target();
    end_old_work();
    int passes = 0;
    while (true) {
      const std::vector<Task> tasks = find_tasks();
      if (tasks.empty()) break;
      if (++passes > kMostPasses) throw MoveInterrupted("new files arrive in the old store all the time");
      for (const Task& task : tasks) {
        if (move_.has_time && !move_.has_time()) return std::move(report_);
        move_file(task);
      }
      remove_old(false);
    }
    report_.is_moved = true;
    remove_old(true);
    return std::move(report_);
  }

 private:
  /// Finds or makes the number of the store, and sends new files there.
  void choose_target() {
    const Environment& environment = work_.environment();
    std::shared_ptr<const filestore::StoreRoot> root;
    const filestore::StoreRoot* wanted = environment.files;
    if (!move_.uri.empty()) {
      root = filestore::make_store_root(move_.uri);
      wanted = root.get();
    }
    if (wanted == nullptr) throw std::invalid_argument("no file store of the server is known");
    const std::string place = wanted->place();
    const bool is_new = name_target(place);
    look_at_stores();
    try_target(*wanted->open(space_name(work_.context(), kContextFiles)), is_new);
    work_.write([&](Transaction& transaction) {
      transaction.stamp();
      set_store_for_new(transaction.connection(), work_.context(), report_.number);
    });
    look_at_stores();
  }

  void look_at_stores() {
    stores_ = list_stores(work_.connection(), work_.context());
    spaces_.clear();
    work_.release();
  }

  /// True when the context did not know the store; nothing is sent there yet.
  bool name_target(const std::string& place) {
    bool is_new = false;
    work_.write([&](Transaction& transaction) {
      transaction.stamp();
      sql::Connection& connection = transaction.connection();
      report_.number = find_number(connection, place);
      is_new = report_.number < 0;
      if (!is_new) return;
      report_.number = transaction.next_id();
      insert_store(connection, work_.context(), {report_.number, move_.uri, false});
    });
    return is_new;
  }

  /// Nothing is switched to a store that cannot be written and read. The probe is noted as a copy is, so the
  /// next run removes what a killed one left.
  void try_target(filestore::FileStore& store, bool is_new) {
    FileMove probe;
    std::string id;
    try {
      const auto upload = store.create();
      id = upload->id();
      probe.new_id = place_id(report_.number, id);
      note(probe);
      upload->write(kProbe);
      upload->commit();
      std::string read;
      read_through(store, id, [&](std::string_view piece) { read += piece; });
      if (read != kProbe)
        throw filestore::StoreError(filestore::StoreError::Kind::Io,
                                    "the new store gives other bytes than it was given");
    } catch (const filestore::StoreError&) {
      forget_target(probe, is_new);
      throw;
    }
    drop(probe);
  }

  void forget_target(const FileMove& probe, bool is_new) {
    work_.write([&](Transaction& transaction) {
      transaction.stamp();
      sql::Connection& connection = transaction.connection();
      if (!probe.new_id.empty()) remove_move(connection, work_.context(), probe);
      if (is_new) delete_store(connection, work_.context(), report_.number);
    });
    work_.release();
  }

  /// -1: the context does not know the place yet.
  [[nodiscard]] StoreNumber find_number(sql::Connection& connection, const std::string& place) const {
    const Environment& environment = work_.environment();
    if (environment.files != nullptr && environment.files->place() == place) return kServerStore;
    for (const NamedStore& store : list_stores(connection, work_.context()))
      if (open_root(store)->place() == place) return store.number;
    return -1;
  }

  filestore::FileStore& space(FileOwner owner) {
    auto& opened = spaces_[owner];
    if (!opened) opened = open_space(work_.environment(), work_.context(), owner, stores_);
    return *opened;
  }

  /// Copies that a killed run left half way: no row names them.
  void end_old_work() {
    const std::vector<FileMove> moves = list_moves(work_.connection(), work_.context());
    work_.release();
    for (const FileMove& move : moves)
      if (move.moved.value <= 0) drop(move);
  }

  std::vector<Task> find_tasks() {
    std::vector<Task> tasks;
    work_.snapshot([&](sql::Connection& connection) {
      tasks.clear();
      report_.missing.clear();
      for (const FileOwner owner : recorded_owners(connection, work_.context()))
        for (const FileReferences* source : all_references())
          source->scan(connection, work_.context(), owner, [&](const FileReference& reference) {
            if (split_place(reference.file.id).first == report_.number) return;
            if (const auto text = missing_.find(reference.file.id); text != missing_.end())
              report_.missing.push_back(text->second);
            else
              tasks.push_back({source, reference});
          });
    });
    work_.release();
    return tasks;
  }

  void move_file(const Task& task) {
    const FileName& file = task.reference.file;
    filestore::FileStore& store = space(file.owner);
    FileMove move{file.owner, file.id, {}, {}};
    try {
      const auto upload = store.create();
      move.new_id = upload->id();
      note(move);
      const Seen original = read_through(
          store, file.id, [&](std::string_view piece) { upload->write(piece); }, move_.goes_on);
      upload->commit();
      if (read_through(
              store, move.new_id, [](std::string_view) {}, move_.goes_on) != original)
        throw filestore::StoreError(filestore::StoreError::Kind::Io,
                                    fmt::format("the copy of {} differs from it", file.id));
      if (name_copy(task, move)) {
        ++report_.files;
        report_.bytes += original.size;
        return;
      }
      drop({move.owner, move.old_id, move.new_id, kAbandoned});
    } catch (const MoveInterrupted&) {
      // Its row was not changed, so nobody names the copy.
      drop(move);
      store.remove(move.new_id);
      throw;
    } catch (const filestore::StoreError& problem) {
      drop(move);
      if (problem.kind() != filestore::StoreError::Kind::Missing) throw;
      // Deleted meanwhile, or lost: the next look at the rows tells.
      missing_.emplace(file.id, task.source->describe(task.reference) + ": " + problem.what());
    }
  }

  void note(const FileMove& move) {
    work_.write([&](Transaction& transaction) {
      transaction.stamp();
      insert_move(transaction.connection(), work_.context(), move);
    });
    work_.release();
  }

  /// False when the row has another file by now, or none: then the copy is for nothing.
  bool name_copy(const Task& task, const FileMove& move) {
    bool is_named = false;
    const Millis now = work_.now();
    work_.write([&](Transaction& transaction) {
      sql::Connection& connection = transaction.connection();
      // Also keeps writers away who have read the row's file and will write it back.
      transaction.stamp();
      if (store_for_new(list_stores(connection, work_.context())) != report_.number ||
          !finish_move(connection, work_.context(), move.new_id, now))
        throw MoveInterrupted("another run moves the files of this context");
      is_named = task.source->rename(transaction, task.reference, move.new_id);
      if (!is_named) abandon_move(connection, work_.context(), {move.owner, move.old_id, move.new_id, now});
    });
    work_.release();
    return is_named;
  }

  /// Removes a copy that no row names. Its move is given up first, so that a run which is still alive finds
  /// out before it names the copy; and it is forgotten last, so that the next run finds the copy if this one
  /// is killed.
  void drop(FileMove move) {
    if (move.new_id.empty()) return;
    bool is_mine = move.moved == kAbandoned;
    if (!is_mine)
      work_.write([&](Transaction& transaction) {
        transaction.stamp();
        is_mine = abandon_move(transaction.connection(), work_.context(), move);
      });
    work_.release();
    if (!is_mine) return;
    move.moved = kAbandoned;
    space(move.owner).remove(move.new_id);
    work_.write([&](Transaction& transaction) {
      transaction.stamp();
      remove_move(transaction.connection(), work_.context(), move);
    });
    work_.release();
  }

  /// Old files whose time is over; with `all` it waits for the others, too.
  void remove_old(bool all) {
    while (true) {
      const std::vector<FileMove> moves = list_moves(work_.connection(), work_.context());
      work_.release();
      std::int64_t pause = 0;
      for (const FileMove& move : moves) {
        if (move.moved.value <= 0) continue;
        const std::int64_t left = move.moved.value + move_.keep - work_.now().value;
        if (left > 0) {
          pause = pause == 0 ? left : std::min(pause, left);
          continue;
        }
        space(move.owner).remove(move.old_id);
        work_.write([&](Transaction& transaction) {
          transaction.stamp();
          remove_move(transaction.connection(), work_.context(), move);
        });
        ++report_.removed;
      }
      work_.release();
      report_.pause = pause;
      if (!all || pause == 0 || !move_.wait) return;
      move_.wait(pause);
    }
  }

  UnitOfWork& work_;
  const StoreMove& move_;
  StoreMoveReport report_;
  std::vector<NamedStore> stores_;
  std::map<FileOwner, std::unique_ptr<filestore::FileStore>> spaces_;
  /// Old ids that are in no store, with a text for people.
  std::map<std::string, std::string> missing_;
};

}  // namespace

StoreMoveReport move_files(UnitOfWork& work, const StoreMove& move) {
  try {
    return Mover(work, move).run();
  } catch (const filestore::StoreError& problem) {
    throw to_api_error(problem);
  }
}

std::string account_problem(UnitOfWork& work) {
  const std::vector<NamedStore> stores = list_stores(work.connection(), work.context());
  work.release();
  if (const filestore::StoreRoot* own = work.environment().files)
    if (std::string problem = filestore::account_problem(*own); !problem.empty()) return problem;
  for (const NamedStore& store : stores)
    if (std::string problem = filestore::account_problem(*open_root(store)); !problem.empty()) return problem;
  return {};
}

std::string target_problem(const std::string& uri) {
  return uri.empty() ? std::string() : filestore::account_problem(*filestore::make_store_root(uri));
}

std::vector<StoreUse> list_store_use(UnitOfWork& work) {
  std::map<StoreNumber, StoreUse> used;
  work.snapshot([&](sql::Connection& connection) {
    used.clear();
    const std::vector<NamedStore> stores = list_stores(connection, work.context());
    used[kServerStore] = {kServerStore, {}, store_for_new(stores) == kServerStore};
    for (const NamedStore& store : stores) used[store.number] = {store.number, store.uri, store.takes_new};
    for (const FileOwner owner : recorded_owners(connection, work.context()))
      for (const FileReferences* source : all_references())
        source->scan(connection, work.context(), owner, [&](const FileReference& reference) {
          StoreUse& use = used[split_place(reference.file.id).first];
          ++use.files;
          use.bytes += reference.file.size;
        });
    for (const FileMove& move : list_moves(connection, work.context()))
      ++used[split_place(move.moved.value <= 0 ? move.new_id : move.old_id).first].leftovers;
  });
  std::vector<StoreUse> list;
  for (auto& [number, use] : used) list.push_back(std::move(use));
  return list;
}

}  // namespace gw::model::files
