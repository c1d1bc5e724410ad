// Events of a document that somebody else publishes, kept like all others in a folder that nobody writes to:
// every reading function shows them. Source: spec chronos section 14.
#pragma once

#include <string>
#include <vector>

#include "model/calendar/calendar_writing.hpp"

namespace gw::model::calendar {

inline constexpr std::size_t kMostFeedEvents = 20'000;  ///< of one document

/// One component. `digest`: of all it says, so that the same digest means the same event.
struct FeedItem {
  EventInput input;
  std::string digest;
};
/// A single event, or a series and what stands for its occurrences. The uid stands in the master, each once.
struct FeedSeries {
  FeedItem master;
  std::vector<FeedItem> parts;
};

/// Makes a component storable: long values are cut, what is not readable goes, alarms and files are not
/// taken, nobody who takes part is a user here. False: it has no start, or times or a rule that cannot be
/// kept.
bool fit_feed_item(EventInput& input);

struct FeedOutcome {
  std::size_t added = 0, changed = 0, removed = 0;
};
/// The folder shows these from now on. What has the same uid keeps its id, what is the same as before keeps
/// its stamp. Exceptions that their series does not hit are left out. `owner`: whose calendar it is; he is
/// the caller. Cost: one transaction for each 200 series that changed, each complete in itself; one query
/// when nothing did.
FeedOutcome store_feed(UnitOfWork& work, FolderId folder, const std::vector<FeedSeries>& feed);

/// Everything of the folder, without a word to anybody: the folder goes.
void erase_feed(Transaction& transaction, FolderId folder);

}  // namespace gw::model::calendar
