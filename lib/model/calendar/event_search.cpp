#include "model/calendar/event_search.hpp"

#include "model/attachments/attachment_search.hpp"
#include "model/calendar/event_rows.hpp"
#include "model/calendar/store_statement.hpp"

namespace gw::model::calendar::store {
namespace {

constexpr std::string_view kInFolders = " FROM events WHERE events.cid=?";
constexpr std::string_view kOfTakers =
    " FROM event_attendees a JOIN events ON events.cid=a.cid AND events.id=a.event WHERE a.cid=?";
constexpr std::string_view kNotHidden = " AND a.is_hidden=0";
constexpr std::string_view kSeries = " AND events.series_id<>0";
constexpr std::string_view kSingle = " AND events.series_id=0";
constexpr std::string_view kAnswered =
    " AND EXISTS (SELECT 1 FROM event_attendees s WHERE s.cid=events.cid AND s.event=events.id AND "
    "s.is_hidden=0 AND s.kind=1 AND s.entity=?";
constexpr ParticipantTables kParticipants{
    "SELECT 1 FROM event_attendees p WHERE p.cid=events.cid AND p.event=events.id AND p.kind=1", "p.entity",
    "SELECT 1 FROM event_attendees p WHERE p.cid=events.cid AND p.event=events.id AND p.kind=0", "p.email",
    "p.cn"};
constexpr std::string_view kCountLyingHere =
    "SELECT COUNT(*),COUNT(CASE WHEN created_by=? THEN 1 END),COUNT(CASE WHEN classification<>1 THEN 1 END),"
    "COUNT(CASE WHEN created_by=? AND classification<>1 THEN 1 END) FROM events WHERE cid=? AND folder_id=?";
constexpr std::string_view kCountSeenHere =
    "SELECT COUNT(*),COUNT(CASE WHEN e.created_by=? THEN 1 END),COUNT(CASE WHEN e.classification<>1 THEN 1 "
    "END),"
    "COUNT(CASE WHEN e.created_by=? AND e.classification<>1 THEN 1 END) FROM event_attendees a JOIN events e "
    "ON "
    "e.cid=a.cid AND e.id=a.event WHERE a.cid=? AND a.folder_id=? AND a.is_hidden=0";

/// Whose files an event shows, and when it may have some.
struct FileOwner {
  std::string_view guard, object;
};
constexpr FileOwner kFileOwners[] = {
    {"events.number_of_attachments>0", "events.id"},
    {"events.series_id<>0 AND events.series_id<>events.id", "events.series_id"}};

/// Which half of the index of times.
enum class Length { Short, Long };

class Search {
 public:
  Search(sql::Connection& connection, ContextId context, const Places& places, const Condition& condition,
         Parts parts)
      : connection_(connection),
        context_(context),
        places_(places),
        condition_(condition),
        parts_(parts),
        columns_(event_list(parts)) {
    for (const std::string& piece : condition.pieces) patterns_.push_back(pattern_of(piece));
    for (const std::string& piece : condition.pieces_or_names) name_patterns_.push_back(pattern_of(piece));
    for (const PartStat answer : condition.answers) answers_.push_back(static_cast<std::int64_t>(answer));
  }

  std::vector<Found> run() {
    if (!places_.folders.empty()) run(places_.folders, &Search::folder_query);
    if (!places_.takers.empty()) run(places_.takers, &Search::taker_query);
    if (parts_.attendees) {
      std::vector<EventRow*> rows;
      for (Found& found : found_) rows.push_back(&found.row);
      load_attendees(connection_, context_, rows);
    }
    return std::move(found_);
  }

 private:
  static std::string pattern_of(std::string_view piece) { return "%" + sql::escape_like(piece) + "%"; }

  template <class T>
  using AddQuery = void (Search::*)(Statement&, std::span<const T>, Length);

  template <class T>
  void run(const std::vector<T>& where, AddQuery<T> query) {
    for (std::size_t start = 0; start < where.size() && !is_full(); start += sql::kMaxMarks) {
      const auto slice = std::span(where).subspan(start, std::min(sql::kMaxMarks, where.size() - start));
      Statement statement;
      (this->*query)(statement, slice, Length::Short);
      if (condition_.range) {
        statement.sql += " UNION ALL ";
        (this->*query)(statement, slice, Length::Long);
      }
      read(statement);
    }
  }

  void folder_query(Statement& statement, std::span<const FolderId> folders, Length length) {
    statement.sql += "SELECT " + columns_ + ",0";
    statement.add(kInFolders, context_);
    statement.add_list("events.folder_id", folders);
    add_times(statement, "events", length);
    add_filters(statement);
  }

  void taker_query(Statement& statement, std::span<const std::int64_t> takers, Length length) {
    statement.sql += "SELECT " + columns_ + ",a.entity";
    const std::size_t hint = statement.sql.size() + kOfTakers.find(" JOIN");
    statement.add(kOfTakers, context_);
    // SQLite takes the first column of a key for a narrow choice: left alone it reads the attendees of the
    // whole context.
    if (connection_.engine() == sql::Engine::Sqlite)
      statement.sql.insert(hint, " INDEXED BY " + std::string(taker_index()));
    statement.add(" AND a.kind=?", static_cast<int>(places_.kind));
    statement.add_list("a.entity", takers);
    if (condition_.part_stat) statement.add(" AND a.part_stat=?", static_cast<int>(*condition_.part_stat));
    add_times(statement, "a", length);
    statement.sql += kNotHidden;
    if (places_.in_folder) statement.add(" AND a.folder_id=?", places_.in_folder);
    add_filters(statement);
  }

  [[nodiscard]] std::string_view taker_index() const {
    if (condition_.changed_after) return "event_attendees_stamp";
    if (condition_.part_stat) return "event_attendees_status";
    return places_.in_folder && !condition_.range ? "event_attendees_folder" : "event_attendees_range";
  }

  /// Short ones that overlap the range end before its end plus the longest short span, so the index is read
  /// between two bounds; long ones are few.
  void add_times(Statement& statement, std::string_view table, Length length) const {
    const std::string column = " AND " + std::string(table) + ".";
    if (condition_.range) {
      const TimeRange& range = *condition_.range;
      statement.add(column + "is_long=?", length == Length::Long);
      statement.add(column + "range_until>=?", range.from);
      if (length == Length::Short)
        statement.add(column + "range_until<?", Millis{range.until.value + kShortSpan});
      statement.add(column + "range_from<?", range.until);
    }
    if (condition_.changed_after) statement.add(column + "stamp>?", *condition_.changed_after);
  }

  void add_filters(Statement& statement) const {
    for (const std::string& pattern : patterns_) {
      statement.add(" AND events.search_fold LIKE ?", pattern);
      statement.sql += sql::like_escape(connection_.engine());
    }
    for (const std::string& pattern : name_patterns_) {
      statement.add(" AND (events.search_fold LIKE ?", pattern);
      statement.sql += sql::like_escape(connection_.engine());
      for (const FileOwner& owner : kFileOwners)
        attachments::add_attached_name(statement,
                                       {context_, attachments::ParentModule::Appointment, owner.object},
                                       owner.guard, pattern, connection_.engine());
      statement.sql += ')';
    }
    if (condition_.is_series) statement.sql += *condition_.is_series ? kSeries : kSingle;
    if (!answers_.empty()) {
      statement.add(kAnswered, condition_.answerer);
      statement.add_list("s.part_stat", std::span(answers_));
      statement.sql += ')';
    }
    for (const ParticipantCondition& condition : condition_.participants)
      add_participants(statement, kParticipants, condition, connection_.engine());
  }

  void read(const Statement& statement) {
    sql::Query query = statement.run(connection_);
    while (!is_full() && query.next()) {
      Found& found = found_.emplace_back();
      const int next = read_event(found.row, query, 0, parts_);
      found.taker = query.integer(next);
    }
  }

  [[nodiscard]] bool is_full() const { return condition_.most > 0 && found_.size() > condition_.most; }

  sql::Connection& connection_;
  ContextId context_;
  const Places& places_;
  const Condition& condition_;
  Parts parts_;
  std::string columns_;
  std::vector<std::string> patterns_, name_patterns_;
  std::vector<std::int64_t> answers_;
  std::vector<Found> found_;
};

folders::ClassifiedCount read_count(sql::Query query) {
  if (!query.next()) return {};
  return {query.integer(0), query.integer(1), query.integer(2), query.integer(3)};
}

}  // namespace

std::vector<Found> search(sql::Connection& connection, ContextId context, const Places& places,
                          const Condition& condition, Parts parts) {
  return Search(connection, context, places, condition, parts).run();
}

folders::ClassifiedCount count_folder(sql::Connection& connection, ContextId context, FolderId folder,
                                      UserId user) {
  const folders::ClassifiedCount here =
      read_count(connection.query(kCountLyingHere, user, user, context, folder));
  const folders::ClassifiedCount seen =
      read_count(connection.query(kCountSeenHere, user, user, context, folder));
  return {here.all + seen.all, here.own + seen.own, here.all_open + seen.all_open,
          here.own_open + seen.own_open};
}

}  // namespace gw::model::calendar::store
