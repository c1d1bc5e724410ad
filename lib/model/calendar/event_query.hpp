// Finding events by several conditions at once. Who may see what, and what of private events, is decided
// where every list decides it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/calendar/calendar_reading.hpp"
#include "model/participant_search.hpp"

namespace gw::model::calendar {

/// Attachments: the names of files.
enum class EventText { Summary, Location, Description, Categories, Attachments };

/// All of its conditions hold for an event that is found.
struct EventQuery {
  struct Words {
    std::vector<EventText> in;  ///< in one of these
    std::string pattern;        ///< without case and accents; `*` and `?` are wildcards
  };
  std::vector<Words> words;
  std::vector<ParticipantCondition> participants;
  std::optional<bool> is_series;  ///< true: series and their exceptions; false: single events
  std::vector<PartStat> answers;  ///< one of these is the caller's answer; empty: no matter
  /// Absent: all that the caller reads. An event that several show him comes once for each of those named.
  std::optional<std::vector<FolderId>> folders;
};

/// Only what the caller sees with all it says is found, so nothing hidden can be guessed by searching.
/// Errors: CAL-4062 a pattern is too short; CAL-5072 more than `options.most`; CAL-4030 and folder errors of
/// named folders. Cost: the select of list_folder for each folder named, or for each shared one and two more;
/// where names of files are searched, one more for each 256 events that have some.
std::vector<SeenEvent> find(UnitOfWork& work, const EventQuery& query, const ReadOptions& options);

}  // namespace gw::model::calendar
