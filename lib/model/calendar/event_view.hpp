// From stored events to what a reader gets: perspective of a folder, series as occurrences, alarms, files,
// flags, masks, order. Every reading function ends here. Rights are judged before (calendar_access.hpp).
#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "model/calendar/calendar_access.hpp"
#include "model/calendar/calendar_reading.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_store.hpp"

namespace gw::model::calendar {

/// Attendees in one answer, over all events. Beyond: CAL-5072, as for too many events.
inline constexpr std::size_t kMostAttendeesInAnswer = 100'000;

/// Through which eyes an event is looked at.
struct Perspective {
  FolderId folder;       ///< what it shows as its folder
  UserId calendar_user;  ///< whose alarms, answer and hidden occurrences count
  Sight sight = Sight::Everything;
};

/// Threads: one. Connection, caller and options must outlive it.
class EventView {
 public:
  EventView(sql::Connection& connection, const Caller& caller, const ReadOptions& options)
      : connection_(connection), caller_(caller), options_(options) {}

  /// What has to be read of rows that are given to `add`.
  [[nodiscard]] store::Parts parts() const;
  /// One with Sight::Nothing is dropped.
  void add(store::EventRow row, const Perspective& perspective);
  /// One occurrence of the master.
  void add(store::EventRow master, const Perspective& perspective, Occurrence occurrence);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  /// Expanded, cut to the range, sorted. Errors: CAL-5072. Once.
  std::vector<SeenEvent> finish();
  /// In the order they were added; neither range nor sort of the options count.
  std::vector<SeenEvent> finish_in_order();

 private:
  struct Entry {
    /// Shared by the occurrences of a series.
    std::shared_ptr<store::EventRow> row;
    Perspective perspective;
    std::optional<Occurrence> occurrence;
  };

  void apply_perspectives();
  void expand();
  void expand_master(Entry& entry, std::vector<Entry>& expanded);
  void check_number(const std::vector<Entry>& entries) const;
  void load_alarms();
  void find_series_with_files();
  void load_attachments();
  void find_ends();
  std::vector<SeenEvent> see();
  SeenEvent see(Entry& entry);
  [[nodiscard]] std::uint32_t flags_in(const Entry& entry, const EventData& event);
  std::uint32_t flags_of_occurrence(const Entry& entry);

  sql::Connection& connection_;
  const Caller& caller_;
  const ReadOptions& options_;
  std::vector<Entry> entries_;
  std::map<UserId, store::ExceptionsOf> marks_;
  std::map<UserId, store::AlarmsOf> alarms_;
  std::map<ObjectId, std::vector<EventAttachment>> attachments_;
  std::set<ObjectId> series_with_files_;  ///< of the exceptions here
  std::map<ObjectId, SeriesEnds> ends_;
  std::map<const store::EventRow*, std::uint32_t> row_flags_;  ///< of series whose occurrences are shown
};

}  // namespace gw::model::calendar
