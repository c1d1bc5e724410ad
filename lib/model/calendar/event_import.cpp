// Imports: each series with its exceptions, without organizer and attendees. What is there already under the
// same uid is brought up to date when the file is newer. Source: spec chronos section 5, export-import
// section 7, users p16.
#include <algorithm>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/alarm_triggers.hpp"
#include "model/calendar/event_checks.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_members.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_writer.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::size_t kImportedTogether = 100;

ApiError ignored(const EventInput& input, std::string why) {
  return ApiError(
      errors::cal::kIgnoredData,
      {input.event.recurrence_id ? format_recurrence_id(*input.event.recurrence_id) : "RECURRENCE-ID",
       std::move(why)});
}

/// What the file says of one occurrence, over what the series says.
void apply_exception(EventData& exception, const EventInput& input) {
  EventFields sent = both_of(input.sent, changeable_members());
  for (const EventField series_only :
       {EventField::Rrule, EventField::RecurrenceDates, EventField::DeleteExceptionDates, EventField::Class})
    sent.set(series_only, false);
  copy_members(exception, input.event, sent);
  if (sent.has(EventField::StartDate)) complete_end(exception, sent.has(EventField::EndDate));
  settle_times(exception);
}

/// Ids that these take when all of them are new.
std::int64_t count_ids(const EventInput& master, std::span<const EventInput> exceptions) {
  std::size_t count = 1 + master.event.alarms.size() + exceptions.size();
  for (const EventInput& exception : exceptions) count += exception.event.alarms.size();
  return static_cast<std::int64_t>(count);
}

/// What the file does not say is gone; who takes part stays.
EventInput whole_event(const EventInput& master) {
  if (!master.sent.has(EventField::StartDate)) throw ApiError(errors::cal::kMandatory, {"startDate"});
  EventInput input = master;
  complete_end(input.event, master.sent.has(EventField::EndDate));
  input.sent = changeable_members();
  input.sent.set(EventField::AttendeePrivileges, false);
  input.sent.set(EventField::Filename, false);
  for (const EventField kept : {EventField::Sequence, EventField::Alarms})
    input.sent.set(kept, master.sent.has(kept));
  return input;
}

bool is_newer(const EventInput& input, const EventData& stored) {
  const std::int64_t sequence = input.sent.has(EventField::Sequence) ? input.event.sequence : 0;
  if (sequence != stored.sequence) return sequence > stored.sequence;
  return input.event.last_modified > stored.last_modified;
}

}  // namespace

void EventWriter::expect_imports(std::span<const EventInput> masters) {
  std::vector<std::string_view> uids;
  for (const EventInput& master : masters)
    if (!master.event.uid.empty()) uids.push_back(master.event.uid);
  known_uids_ = store::known_uids(connection_, caller_.context, uids);
}

bool EventWriter::may_be_known(std::string_view uid) const {
  return !known_uids_ || known_uids_->contains(uid);
}

/// What nobody here knows survives an export through it.
void EventWriter::keep_original(ObjectId id, const EventInput& input, bool is_new) const {
  if (input.original.empty()) return;
  if (is_new)
    store::insert_original(connection_, caller_.context, id, input.original);
  else
    store::store_original(connection_, caller_.context, id, input.original);
}

/// The event of this uid that the file may replace. Errors: CAL-4090 when there is one, but not here or not
/// older.
std::optional<EventData> EventWriter::older_version(const EventInput& input) {
  if (!input.sent.has(EventField::Uid) || input.event.uid.empty() || !may_be_known(input.event.uid))
    return std::nullopt;
  for (store::EventRow& row : store::find_uid(connection_, caller_.context, input.event.uid)) {
    EventData& stored = row.event;
    if (is_exception(stored) || !lies_in(stored, access_)) continue;
    const bool may_change = may_write(access_.rights, is_own(stored, caller_)) && acts_as_organizer(stored) &&
                            sight_by_class(stored, caller_.user) == Sight::Everything;
    if (!may_change || !is_newer(input, stored)) throw ApiError(errors::cal::kUidConflict, {input.event.uid});
    return std::move(stored);
  }
  return std::nullopt;
}

/// Exceptions of the file that the series hits, each once: the last one counts.
std::vector<ImportedException> EventWriter::imported_exceptions(const EventData& master,
                                                                std::span<const EventInput> inputs,
                                                                std::vector<ApiError>& warnings) {
  std::vector<ImportedException> parts;
  const OccurrenceFinder occurrences(master);
  for (const EventInput& input : inputs) {
    const auto slot =
        input.event.recurrence_id ? occurrences.find(*input.event.recurrence_id, true) : std::nullopt;
    if (!slot) {
      warnings.push_back(ignored(input, "the series has no occurrence there"));
      continue;
    }
    EventData exception = new_exception(master, slot->recurrence_id);
    try {
      apply_exception(exception, input);
    } catch (const ApiError& refused) {
      warnings.push_back(refused);
      continue;
    }
    std::erase_if(parts,
                  [&](const auto& part) { return part.second.recurrence_id == exception.recurrence_id; });
    parts.emplace_back(&input, std::move(exception));
  }
  return parts;
}

void EventWriter::insert_exceptions(std::span<const ImportedException> parts) {
  for (const auto& [source, part] : parts) {
    insert(part, alarms_for_new(*source));
    keep_original(part.id, *source, true);
  }
}

ImportOutcome EventWriter::import_series(const EventInput& master, std::span<const EventInput> exceptions) {
  ImportOutcome outcome;
  outcome.timestamp = stamp_;
  EventData event;
  if (auto older = older_version(master)) {
    EventEdit edit;
    edit.before = std::move(*older);
    const EventInput input = whole_event(master);
    plan(edit, input, load_exceptions(edit.before), nullptr);
    // The exceptions are those of the file from now on.
    for (EventEdit::Exception& exception : edit.exceptions)
      edit.dropped.push_back(std::move(exception.before));
    edit.exceptions.clear();
    if (edit.is_nothing()) sign(edit.after);
    event = edit.after;
    const auto parts = imported_exceptions(event, exceptions, outcome.warnings);
    if (!passes_conflicts(edit)) throw ApiError(errors::cal::kHardConflict);
    write(edit);
    insert_exceptions(parts);
    keep_original(event.id, master, false);
    settle_alarms(event);
  } else {
    event = new_event(master, true);
    const auto parts = imported_exceptions(event, exceptions, outcome.warnings);
    insert_exceptions(parts);
    insert(event, alarms_for_new(master));
    keep_original(event.id, master, true);
    if (known_uids_) known_uids_->insert(event.uid);
  }
  outcome.id = event.id;
  return outcome;
}

namespace {

/// The components of one file on their way into a folder.
class Import {
 public:
  Import(std::span<const EventInput> masters, std::span<const std::vector<EventInput>> exceptions)
      : masters_(masters), exceptions_(exceptions), outcomes_(masters.size()) {}

  /// Those from `start` on, as one transaction; each that is refused is refused alone.
  void run(UnitOfWork& work, FolderId folder, std::size_t start, std::size_t end) {
    std::int64_t ids = 0;
    for (std::size_t i = start; i < end; ++i) ids += count_ids(masters_[i], exceptions_of(i));
    const WriteOptions options;
    work.write([&](Transaction& transaction) {
      try {
        transaction.stamp(ids);
        // What was looked up for one of them serves all.
        EventWriter writer(transaction, folder, options);
        writer.expect_imports(masters_.subspan(start, end - start));
        for (std::size_t i = start; i < end; ++i) outcomes_[i] = import_one(writer, i);
      } catch (const ApiError& refused) {
        for (std::size_t i = start; i < end; ++i) outcomes_[i] = refusal(refused);
      }
    });
  }
  std::vector<ImportOutcome> take() { return std::move(outcomes_); }

 private:
  static ImportOutcome refusal(const ApiError& refused) {
    ImportOutcome outcome;
    outcome.error = refused;
    return outcome;
  }
  [[nodiscard]] std::span<const EventInput> exceptions_of(std::size_t i) const {
    return i < exceptions_.size() ? std::span<const EventInput>(exceptions_[i])
                                  : std::span<const EventInput>();
  }
  [[nodiscard]] ImportOutcome import_one(EventWriter& writer, std::size_t i) const try {
    check_sent(masters_[i]);
    std::vector<EventInput> parts;
    std::vector<ApiError> warnings;
    for (const EventInput& part : exceptions_of(i)) {
      try {
        check_sent(part);
        parts.push_back(part);
      } catch (const ApiError& refused) {
        warnings.push_back(refused);
      }
    }
    ImportOutcome outcome = writer.import_series(masters_[i], parts);
    outcome.warnings.insert(outcome.warnings.begin(), warnings.begin(), warnings.end());
    return outcome;
  } catch (const ApiError& refused) {
    return refusal(refused);
  }

  std::span<const EventInput> masters_;
  std::span<const std::vector<EventInput>> exceptions_;
  std::vector<ImportOutcome> outcomes_;
};

}  // namespace

std::vector<ImportOutcome> import_events(UnitOfWork& work, FolderId folder,
                                         std::span<const EventInput> masters,
                                         std::span<const std::vector<EventInput>> exceptions) {
  Import import(masters, exceptions);
  for (std::size_t start = 0; start < masters.size(); start += kImportedTogether)
    import.run(work, folder, start, std::min(masters.size(), start + kImportedTogether));
  return import.take();
}

}  // namespace gw::model::calendar
