#include "model/calendar/event_rows.hpp"

#include <fmt/format.h>

#include <charconv>
#include <type_traits>

#include "core/text.hpp"
#include "core/zone_names.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar::store {
namespace {

using sql::to_value;

std::string dump_texts(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  Json list = Json::array();
  for (const std::string& text : texts) list.append(Json::string(text));
  return list.dump();
}

std::vector<std::string> parse_texts(std::string_view text) {
  std::vector<std::string> texts;
  if (text.empty()) return texts;
  const Json list = Json::parse(text).value_or(Json());
  for (std::size_t i = 0; i < list.size(); ++i) texts.emplace_back(list.at(i).as_string());
  return texts;
}

std::string dump_pairs(const std::vector<std::pair<std::string, std::string>>& pairs) {
  if (pairs.empty()) return {};
  Json list = Json::array();
  for (const auto& [name, value] : pairs)
    list.append(Json::array().append(Json::string(name)).append(Json::string(value)));
  return list.dump();
}

std::vector<std::pair<std::string, std::string>> parse_pairs(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> pairs;
  if (text.empty()) return pairs;
  const Json list = Json::parse(text).value_or(Json());
  for (std::size_t i = 0; i < list.size(); ++i)
    pairs.emplace_back(list.at(i).at(0).as_string(), list.at(i).at(1).as_string());
  return pairs;
}

std::string dump_geo(const std::optional<Geo>& geo) {
  return geo ? fmt::format("{};{}", geo->latitude, geo->longitude) : std::string();
}

std::optional<Geo> parse_geo(std::string_view text) {
  const std::size_t between = text.find(';');
  if (between == std::string_view::npos) return std::nullopt;
  Geo geo;
  std::from_chars(text.data(), text.data() + between, geo.latitude);
  std::from_chars(text.data() + between + 1, text.data() + text.size(), geo.longitude);
  return geo;
}

/// Empty texts of ours are NULL: they cost nothing then.
sql::Value text_or_null(const std::string& text) {
  return text.empty() ? sql::Value(nullptr) : to_value(text);
}

/// What one member is as a value of a column, by its type.
template <class T>
sql::Value to_column(const T& value) {
  if constexpr (std::is_enum_v<T>)
    return to_value(static_cast<std::int64_t>(value));
  else if constexpr (std::is_same_v<T, LocalTime>)
    return to_value(value.seconds);
  else
    return to_value(value);
}

template <class T>
void read_column(T& target, const sql::Query& query, int column) {
  if constexpr (std::is_enum_v<T>)
    target = static_cast<T>(query.integer(column));
  else if constexpr (std::is_same_v<T, bool>)
    target = query.integer(column) != 0;
  else if constexpr (std::is_same_v<T, std::optional<bool>>)
    target = query.is_null(column) ? std::nullopt : std::optional(query.integer(column) != 0);
  else if constexpr (std::is_same_v<T, std::optional<std::string>>)
    target = query.optional_string(column);
  else if constexpr (std::is_same_v<T, std::string>)
    target = query.text(column);
  else if constexpr (std::is_same_v<T, Millis>)
    target = query.millis(column);
  else if constexpr (std::is_same_v<T, LocalTime>)
    target.seconds = query.integer(column);
  else
    target = T(query.integer(column));
}

/// A column that holds a member as it is.
template <auto member>
constexpr EventColumn plain(std::string_view name, bool is_text = false) {
  return {name, [](const RenderedEvent& r) { return to_column(r.event.*member); },
          [](EventRow& row, const sql::Query& query, int column) {
            read_column(row.event.*member, query, column);
          },
          is_text};
}

/// A part of start or end.
template <auto time, auto part>
constexpr EventColumn part_of(std::string_view name) {
  return {name, [](const RenderedEvent& r) { return to_column(r.event.*time.*part); },
          [](EventRow& row, const sql::Query& query, int column) {
            read_column(row.event.*time.*part, query, column);
          }};
}

/// A column that is made of several members or of one in another form.
template <auto rendered>
constexpr EventColumn made(std::string_view name, void (*read)(EventRow&, const sql::Query&, int),
                           bool is_text = false) {
  return {name, [](const RenderedEvent& r) { return text_or_null(r.*rendered); }, read, is_text};
}

/// A part of the organizer, whom his entity's column makes before.
template <auto member>
constexpr EventColumn organizer(std::string_view name) {
  return {name,
          [](const RenderedEvent& r) {
            return r.event.organizer ? to_column((*r.event.organizer).*member) : sql::Value(nullptr);
          },
          [](EventRow& row, const sql::Query& query, int column) {
            if (row.event.organizer) read_column((*row.event.organizer).*member, query, column);
          }};
}

void read_recurrence_id(EventRow& row, const sql::Query& query, int column) {
  row.event.recurrence_id = parse_time(query.text(column));
}
void read_recurrence_dates(EventRow& row, const sql::Query& query, int column) {
  row.event.recurrence_dates = parse_times(query.text(column));
}
void read_delete_exceptions(EventRow& row, const sql::Query& query, int column) {
  row.event.delete_exception_dates = parse_times(query.text(column));
}
void read_categories(EventRow& row, const sql::Query& query, int column) {
  row.event.categories = parse_texts(query.text(column));
}
void read_geo(EventRow& row, const sql::Query& query, int column) {
  row.event.geo = parse_geo(query.text(column));
}
void read_extended(EventRow& row, const sql::Query& query, int column) {
  if (!query.is_null(column)) row.event.extended = Json::parse(query.text(column)).value_or(Json());
}
sql::Value bind_organizer(const RenderedEvent& r) {
  return r.event.organizer ? to_value(r.event.organizer->entity) : sql::Value(nullptr);
}
void read_organizer(EventRow& row, const sql::Query& query, int column) {
  if (!query.is_null(column)) row.event.organizer.emplace().entity = query.integer(column);
}
sql::Value bind_sent_by(const RenderedEvent& r) {
  return to_value(r.event.organizer ? r.event.organizer->sent_by_entity : 0);
}
void read_sent_by(EventRow& row, const sql::Query& query, int column) {
  if (row.event.organizer) row.event.organizer->sent_by_entity = query.integer(column);
}
sql::Value bind_range_from(const RenderedEvent& r) { return to_value(r.span.from); }
void read_range_from(EventRow& row, const sql::Query& query, int column) {
  row.range_from = query.millis(column);
}
sql::Value bind_range_until(const RenderedEvent& r) { return to_value(r.span.until); }
void read_range_until(EventRow& row, const sql::Query& query, int column) {
  row.range_until = query.millis(column);
}
sql::Value bind_is_long(const RenderedEvent& r) { return to_value(r.is_long()); }
sql::Value bind_tzdata(const RenderedEvent& r) { return to_value(r.tzdata); }
sql::Value bind_last_hit(const RenderedEvent& r) {
  return r.span.last_hit ? to_value(r.span.last_hit->seconds) : sql::Value(nullptr);
}
void read_last_hit(EventRow& row, const sql::Query& query, int column) {
  row.last_hit = query.is_null(column) ? std::nullopt : std::optional(LocalTime{query.integer(column)});
}

using StoredEvent = EventData;
constexpr EventColumn kEventColumns[] = {
    plain<&StoredEvent::id>("id"),
    plain<&StoredEvent::folder>("folder_id"),
    plain<&StoredEvent::series>("series_id"),
    made<&RenderedEvent::recurrence_id>("recurrence_id", read_recurrence_id),
    plain<&StoredEvent::uid>("uid"),
    plain<&StoredEvent::filename>("filename"),
    plain<&StoredEvent::calendar_user>("calendar_user"),
    plain<&StoredEvent::created_by>("created_by"),
    plain<&StoredEvent::modified_by>("modified_by"),
    plain<&StoredEvent::created>("created"),
    plain<&StoredEvent::last_modified>("last_modified"),
    plain<&StoredEvent::timestamp>("stamp"),
    plain<&StoredEvent::sequence>("sequence_number"),
    part_of<&StoredEvent::start, &EventTime::kind>("start_kind"),
    part_of<&StoredEvent::start, &EventTime::local>("start_local"),
    part_of<&StoredEvent::start, &EventTime::zone>("start_zone"),
    part_of<&StoredEvent::end, &EventTime::kind>("end_kind"),
    part_of<&StoredEvent::end, &EventTime::local>("end_local"),
    part_of<&StoredEvent::end, &EventTime::zone>("end_zone"),
    {"range_from", bind_range_from, read_range_from},
    {"range_until", bind_range_until, read_range_until},
    {"is_long", bind_is_long, nullptr},
    {"last_hit", bind_last_hit, read_last_hit},
    {"tzdata", bind_tzdata, nullptr},
    plain<&StoredEvent::rrule>("rrule"),
    made<&RenderedEvent::recurrence_dates>("recurrence_dates", read_recurrence_dates),
    made<&RenderedEvent::delete_exceptions>("delete_exceptions", read_delete_exceptions),
    plain<&StoredEvent::summary>("summary"),
    made<&RenderedEvent::search_text>("search_fold", nullptr),
    plain<&StoredEvent::location>("location"),
    plain<&StoredEvent::description>("description", true),
    plain<&StoredEvent::color>("color"),
    plain<&StoredEvent::url>("url"),
    made<&RenderedEvent::categories>("categories", read_categories),
    made<&RenderedEvent::geo>("geo", read_geo),
    plain<&StoredEvent::classification>("classification"),
    plain<&StoredEvent::status>("event_status"),
    plain<&StoredEvent::is_transparent>("is_transparent"),
    plain<&StoredEvent::attendees_may_modify>("attendees_may_modify"),
    {"organizer_entity", bind_organizer, read_organizer},
    organizer<&CalendarUser::uri>("organizer_uri"),
    organizer<&CalendarUser::cn>("organizer_cn"),
    organizer<&CalendarUser::email>("organizer_email"),
    {"organizer_sent_by", bind_sent_by, read_sent_by},
    organizer<&CalendarUser::sent_by_uri>("organizer_sent_by_uri"),
    plain<&StoredEvent::related_to>("related_to"),
    made<&RenderedEvent::extended>("extended", read_extended, true),
};

template <auto member>
constexpr AttendeeColumn attendee_column(std::string_view name) {
  return {name, [](const RenderedAttendee& r) { return to_column(r.attendee.*member); },
          [](Attendee& attendee, const sql::Query& query, int column) {
            read_column(attendee.*member, query, column);
          }};
}

sql::Value bind_position(const RenderedAttendee& r) { return to_value(r.position); }
sql::Value bind_kind(const RenderedAttendee& r) { return to_column(kind_of(r.attendee)); }
sql::Value bind_member_of(const RenderedAttendee& r) { return text_or_null(r.member_of); }
void read_member_of(Attendee& attendee, const sql::Query& query, int column) {
  attendee.member = parse_texts(query.text(column));
}
sql::Value bind_parameters(const RenderedAttendee& r) { return text_or_null(r.parameters); }
void read_parameters(Attendee& attendee, const sql::Query& query, int column) {
  attendee.parameters = parse_pairs(query.text(column));
}

using StoredAttendee = Attendee;
constexpr AttendeeColumn kAttendeeColumns[] = {
    {"position", bind_position, nullptr},
    {"kind", bind_kind, nullptr},
    attendee_column<&StoredAttendee::entity>("entity"),
    attendee_column<&StoredAttendee::folder>("folder_id"),
    attendee_column<&StoredAttendee::is_hidden>("is_hidden"),
    attendee_column<&StoredAttendee::part_stat>("part_stat"),
    attendee_column<&StoredAttendee::is_transparent>("is_transparent"),
    attendee_column<&StoredAttendee::cu_type>("cu_type"),
    attendee_column<&StoredAttendee::role>("attendee_role"),
    attendee_column<&StoredAttendee::uri>("uri"),
    attendee_column<&StoredAttendee::cn>("cn"),
    attendee_column<&StoredAttendee::email>("email"),
    attendee_column<&StoredAttendee::sent_by_entity>("sent_by_entity"),
    attendee_column<&StoredAttendee::sent_by_uri>("sent_by_uri"),
    attendee_column<&StoredAttendee::comment>("comment"),
    attendee_column<&StoredAttendee::rsvp>("rsvp"),
    {"member_of", bind_member_of, read_member_of},
    {"parameters", bind_parameters, read_parameters},
};

/// The folded searchable texts, each between two separators.
std::string search_text_of(const EventData& event) {
  constexpr char kSeparator = '\x1f';
  std::string text(1, kSeparator);
  const auto add = [&](std::string_view part) {
    text += fold(part);
    text += kSeparator;
  };
  for (const auto* part : {&event.summary, &event.location, &event.description})
    if (*part) add(**part);
  for (const std::string& category : event.categories) add(category);
  return text;
}

}  // namespace

RenderedEvent::RenderedEvent(const EventData& data)
    : event(data),
      span(span_of(data)),
      tzdata(loaded_tzdata()),
      recurrence_id(data.recurrence_id ? format_time(*data.recurrence_id) : std::string()),
      recurrence_dates(format_times(data.recurrence_dates)),
      delete_exceptions(format_times(data.delete_exception_dates)),
      search_text(search_text_of(data)),
      categories(dump_texts(data.categories)),
      geo(dump_geo(data.geo)),
      extended(data.extended.is_object() && data.extended.size() > 0 ? data.extended.dump() : std::string()) {
}

const std::string& loaded_tzdata() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const auto* const version = new std::string(tzdata_version());
  return *version;
}

std::span<const EventColumn> event_columns() { return kEventColumns; }

RenderedAttendee::RenderedAttendee(const Attendee& data, std::int64_t place)
    : attendee(data),
      position(place),
      member_of(dump_texts(data.member)),
      parameters(dump_pairs(data.parameters)) {}

std::span<const AttendeeColumn> attendee_columns() { return kAttendeeColumns; }

}  // namespace gw::model::calendar::store
