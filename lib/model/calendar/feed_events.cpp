#include "model/calendar/feed_events.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/crypto.hpp"
#include "model/calendar/calendar_accounts.hpp"
#include "model/calendar/event_audience.hpp"
#include "model/calendar/event_expansion.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/changes.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::size_t kSeriesTogether = 200;
constexpr std::size_t kRemovedFeedEvents = 500;

constexpr std::string_view kListItems =
    "SELECT item,event,series,digest FROM calendar_feed_items WHERE cid=? AND folder_id=?";
constexpr std::string_view kStoreItem =
    "INSERT INTO calendar_feed_items (cid,folder_id,item,event,series,digest) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kEraseItem =
    "DELETE FROM calendar_feed_items WHERE cid=? AND folder_id=? AND item=?";

struct KnownItem {
  ObjectId event;
  ObjectId series;  ///< of an exception its series, else 0
  std::string digest;
};
/// By the key of the item.
using KnownItems = std::map<std::string, KnownItem>;

KnownItems list_items(sql::Connection& connection, ContextId context, FolderId folder) {
  KnownItems items;
  sql::Query query = connection.query(kListItems, context, folder);
  while (query.next())
    items[query.string(0)] = {query.id<ObjectId>(1), query.id<ObjectId>(2), query.string(3)};
  return items;
}

/// Uids may be long: the key is a digest of what names an item.
std::string item_key(const EventData& master, const EventTime* original) {
  return to_hex(sha256(master.uid + '\n' + (original != nullptr ? format_time(*original) : "")));
}

/// A component with the key and, of exceptions, the original start in the terms of its series.
struct PlannedItem {
  const FeedItem* item;
  std::string key;
  std::optional<EventTime> original;
};
struct PlannedSeries {
  PlannedItem master;
  std::vector<PlannedItem> parts;
  /// An exception of it went.
  bool has_lost = false;
};

bool is_same_item(const KnownItems& known, const PlannedItem& planned) {
  const auto found = known.find(planned.key);
  return found != known.end() && found->second.digest == planned.item->digest;
}

PlannedSeries plan_series(const FeedSeries& series) {
  const EventData& master = series.master.input.event;
  PlannedSeries planned{{&series.master, item_key(master, nullptr), {}}, {}};
  if (!master.rrule && master.recurrence_dates.empty()) return planned;
  // The engine asks for the id to tell a series from a single event.
  EventData as_series = master;
  as_series.id = as_series.series = ObjectId(1);
  std::set<std::string> keys;
  for (const FeedItem& part : series.parts) {
    const auto& named = part.input.event.recurrence_id;
    const auto slot = named ? find_occurrence(as_series, *named, true) : std::nullopt;
    if (!slot) continue;
    std::string key = item_key(master, &slot->recurrence_id);
    if (keys.insert(key).second) planned.parts.push_back({&part, std::move(key), slot->recurrence_id});
  }
  return planned;
}

/// Writes the series of one transaction.
class FeedWriter {
 public:
  FeedWriter(Transaction& transaction, FolderId folder, const KnownItems& known, FeedOutcome& outcome)
      : transaction_(transaction),
        connection_(transaction.connection()),
        context_(transaction.work().context()),
        owner_(transaction.work().caller().user),
        folder_(folder),
        known_(known),
        outcome_(outcome) {}

  void write(const PlannedSeries& series) {
    const ObjectId master = id_of(series.master);
    const bool was_changed = write_item(series.master, master, master);
    bool parts_changed = series.has_lost;
    for (const PlannedItem& part : series.parts)
      parts_changed = write_item(part, id_of(part), master) || parts_changed;
    // Clients hear of new and lost exceptions through their series.
    if (parts_changed && !was_changed) store::touch(connection_, context_, master, transaction_.stamp());
  }

  void remove(const std::string& key, ObjectId event) {
    store::remove(connection_, context_, std::array{event});
    connection_.enqueue(kEraseItem, context_, folder_, key);
    write_tombstone(connection_, context_, ObjectModule::Calendar, folder_, event, transaction_.stamp());
    ++outcome_.removed;
    EventData gone;
    gone.id = event;
    gone.folder = folder_;
    tell(ChangeKind::Deleted, gone);
  }

 private:
  ObjectId id_of(const PlannedItem& planned) {
    const auto found = known_.find(planned.key);
    return found != known_.end() ? found->second.event : ObjectId(transaction_.next_id());
  }

  /// False: it is as it was.
  bool write_item(const PlannedItem& planned, ObjectId id, ObjectId master) {
    if (is_same_item(known_, planned)) return false;
    const EventData event = event_of(planned, id, master);
    const bool is_new = !known_.contains(planned.key);
    if (is_new)
      store::insert(connection_, context_, event);
    else
      store::update(connection_, context_, event, store::Attendees::Replace);
    ++(is_new ? outcome_.added : outcome_.changed);
    connection_.enqueue(
        sql::upsert(connection_.engine(), kStoreItem, "cid,folder_id,item", "event,series,digest"), context_,
        folder_, planned.key, id, planned.original ? master : ObjectId(), planned.item->digest);
    tell(is_new ? ChangeKind::Created : ChangeKind::Updated, event);
    return true;
  }

  [[nodiscard]] EventData event_of(const PlannedItem& planned, ObjectId id, ObjectId master) const {
    EventData event = planned.item->input.event;
    const Millis stamp = transaction_.stamp();
    event.id = id;
    event.folder = folder_;
    const bool is_series = event.rrule || !event.recurrence_dates.empty();
    event.series = planned.original || is_series ? master : ObjectId();
    event.recurrence_id = planned.original;
    if (planned.original) {
      event.rrule.reset();
      event.recurrence_dates.clear();
      event.delete_exception_dates.clear();
    }
    event.calendar_user = event.created_by = event.modified_by = owner_;
    event.timestamp = stamp;
    if (event.created.value == 0) event.created = stamp;
    if (event.last_modified.value == 0) event.last_modified = stamp;
    return event;
  }

  /// Once for each transaction: whoever looks at the calendar reads it anew.
  void tell(ChangeKind kind, const EventData& event) {
    if (has_told_) return;
    has_told_ = true;
    raise_change(transaction_, kind, folder_, kind == ChangeKind::Deleted ? &event : nullptr,
                 kind == ChangeKind::Deleted ? nullptr : &event);
  }

  Transaction& transaction_;
  sql::Connection& connection_;
  ContextId context_;
  UserId owner_;
  FolderId folder_;
  const KnownItems& known_;
  FeedOutcome& outcome_;
  bool has_told_ = false;
};

struct LostItem {
  std::string key;
  ObjectId event;
};

/// What is known and not planned goes; series that lose an exception so are told.
std::vector<LostItem> find_lost(const KnownItems& known, std::vector<PlannedSeries>& planned) {
  std::set<std::string_view> kept;
  for (const PlannedSeries& series : planned) {
    kept.insert(series.master.key);
    for (const PlannedItem& part : series.parts) kept.insert(part.key);
  }
  std::vector<LostItem> lost, lost_masters;
  std::set<ObjectId> losing;
  for (const auto& [key, item] : known) {
    if (kept.contains(key)) continue;
    (item.series ? lost : lost_masters).push_back({key, item.event});
    if (item.series) losing.insert(item.series);
  }
  // Exceptions first: none may be left without its series when this is cut off.
  lost.insert(lost.end(), lost_masters.begin(), lost_masters.end());
  for (PlannedSeries& series : planned)
    if (const auto found = known.find(series.master.key); found != known.end())
      series.has_lost = losing.contains(found->second.event);
  return lost;
}

bool needs_writing(const KnownItems& known, const PlannedSeries& series) {
  return series.has_lost || !is_same_item(known, series.master) ||
         std::any_of(series.parts.begin(), series.parts.end(),
                     [&](const PlannedItem& part) { return !is_same_item(known, part); });
}

}  // namespace

FeedOutcome store_feed(UnitOfWork& work, FolderId folder, const std::vector<FeedSeries>& feed) {
  const KnownItems known = list_items(work.connection(), work.context(), folder);
  std::vector<PlannedSeries> planned;
  planned.reserve(feed.size());
  for (const FeedSeries& series : feed) planned.push_back(plan_series(series));
  const std::vector<LostItem> lost = find_lost(known, planned);
  std::erase_if(planned, [&](const PlannedSeries& series) { return !needs_writing(known, series); });
  FeedOutcome outcome;
  // What went goes first: an exception may come again under another series.
  for (std::size_t start = 0; start < lost.size(); start += kRemovedFeedEvents) {
    const std::size_t end = std::min(lost.size(), start + kRemovedFeedEvents);
    FeedOutcome part;
    work.write([&](Transaction& transaction) {
      part = {};
      transaction.stamp();
      FeedWriter writer(transaction, folder, known, part);
      for (std::size_t i = start; i < end; ++i) writer.remove(lost[i].key, lost[i].event);
    });
    outcome.removed += part.removed;
  }
  for (std::size_t start = 0; start < planned.size(); start += kSeriesTogether) {
    const std::size_t end = std::min(planned.size(), start + kSeriesTogether);
    FeedOutcome part;
    work.write([&](Transaction& transaction) {
      part = {};
      transaction.stamp(static_cast<std::int64_t>(end - start));
      FeedWriter writer(transaction, folder, known, part);
      for (std::size_t i = start; i < end; ++i) writer.write(planned[i]);
    });
    outcome.added += part.added;
    outcome.changed += part.changed;
  }
  return outcome;
}

void erase_feed(Transaction& transaction, FolderId folder) {
  transaction.stamp();
  sql::Connection& connection = transaction.connection();
  const ContextId context = transaction.work().context();
  std::vector<ObjectId> events;
  for (const auto& [key, item] : list_items(connection, context, folder)) events.push_back(item.event);
  store::remove(connection, context, events);
  erase_account(transaction, folder);
}

}  // namespace gw::model::calendar
