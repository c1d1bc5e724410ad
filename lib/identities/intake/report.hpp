// What an import from a directory did, or would do: for people, for scripts, and kept as that of the last
// run.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/json.hpp"
#include "core/time.hpp"
#include "identities/user_changes.hpp"
#include "model/bindings/bindings.hpp"

namespace gw::identities::intake {

using model::bindings::Kind;

enum class Action { Create, Change, Suspend, Restore, Purge };
std::string_view word_of(Action action);
std::string_view word_of(Kind kind);

/// One thing that a run does.
struct Difference {
  Kind kind = Kind::User;
  Action action = Action::Create;
  std::string name, dn;
  std::vector<FieldChange> fields;
};

struct Counts {
  std::int64_t read = 0, created = 0, changed = 0, suspended = 0, restored = 0, purged = 0;
  std::int64_t skipped = 0;  ///< not wanted: disabled in the directory, or made here
  std::int64_t failed = 0;
};

enum class Outcome {
  Done,
  Preview,
  Stopped,      ///< too many would be suspended: nothing was done
  Failed,       ///< the directory could not be read: nothing was done
  Interrupted,  ///< the server stopped: what was done stays, the next run goes on
};
std::string_view word_of(Outcome outcome);

/// Limits: 100 problems are told, all are counted.
class Report {
 public:
  std::string directory;
  ContextId context;
  Outcome outcome = Outcome::Done;
  Millis started, ended;
  std::string reason;  ///< of Stopped and Failed; of a preview what would stop the run
  /// Of a preview; empty after a run.
  std::vector<Difference> differences;

  Counts& counts(Kind kind) { return counts_[static_cast<std::size_t>(kind) - 1]; }
  [[nodiscard]] const Counts& counts(Kind kind) const { return counts_[static_cast<std::size_t>(kind) - 1]; }
  /// Counts it. `name` is that of the object in the directory.
  void note_failure(Kind kind, const std::string& name, const std::string& text);
  void note_skipped(Kind kind, const std::string& name, const std::string& text);
  void note_done(Kind kind, Action action);
  [[nodiscard]] std::int64_t done() const;

  /// Without the differences.
  [[nodiscard]] Json to_json() const;

 private:
  void tell(Kind kind, const std::string& name, const std::string& text);

  std::array<Counts, 5> counts_;
  std::vector<std::string> problems_;
};

Json to_json(const Difference& difference);

}  // namespace gw::identities::intake
