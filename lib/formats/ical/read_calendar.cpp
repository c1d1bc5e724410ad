// Components to typed items: one table names the property, the member and how the value is read.
#include <algorithm>
#include <array>
#include <charconv>

#include "core/text.hpp"
#include "formats/ical/calendar_object.hpp"

namespace gw::formats::ical {
namespace {

/// Where warnings go, and how many are kept.
constexpr std::size_t kMaxWarnings = 200;
// EXDATE, RDATE and FREEBUSY of one item, each.
constexpr std::size_t kMaxDates = 20'000;

struct TextRow {
  std::string_view name;
  Text Item::*member;
  bool is_word = false;  ///< a word of the RFC: upper case
};
constexpr std::array<TextRow, 10> kTextRows{{{"UID", &Item::uid},
                                             {"SUMMARY", &Item::summary},
                                             {"DESCRIPTION", &Item::description},
                                             {"LOCATION", &Item::location},
                                             {"STATUS", &Item::status, true},
                                             {"TRANSP", &Item::transparency, true},
                                             {"CLASS", &Item::classification, true},
                                             {"URL", &Item::url},
                                             {"COLOR", &Item::color},
                                             {"BUSYTYPE", &Item::busy_type, true}}};

struct InstantRow {
  std::string_view name;
  std::optional<Millis> Item::*member;
};
constexpr std::array<InstantRow, 4> kInstantRows{{{"DTSTAMP", &Item::stamp},
                                                  {"CREATED", &Item::created},
                                                  {"LAST-MODIFIED", &Item::last_modified},
                                                  {"COMPLETED", &Item::completed}}};

struct NumberRow {
  std::string_view name;
  std::optional<int> Item::*member;
  int highest;
};
constexpr std::array<NumberRow, 3> kNumberRows{{{"PRIORITY", &Item::priority, 9},
                                                {"PERCENT-COMPLETE", &Item::percent, 100},
                                                {"SEQUENCE", &Item::sequence, 2'147'483'647}}};

struct DateRow {
  std::string_view name;
  std::optional<DateValue> Item::*member;
};
constexpr std::array<DateRow, 4> kDateRows{{{"DTSTART", &Item::start},
                                            {"DTEND", &Item::end},
                                            {"DUE", &Item::end},
                                            {"RECURRENCE-ID", &Item::recurrence_id}}};

struct ListRow {
  std::string_view name;
  std::vector<std::string> Item::*member;
  bool is_split = false;  ///< at commas
};
constexpr std::array<ListRow, 3> kListRows{{{"CATEGORIES", &Item::categories, true},
                                            {"RELATED-TO", &Item::related_to},
                                            {"COMMENT", &Item::comments}}};

/// Zones are not resolved here, so what is no UTC counts as it.
std::optional<Millis> read_instant(const Property& property) {
  const auto at = read_date(&property);
  return at ? std::optional(Millis{at->local.seconds * 1000}) : std::nullopt;
}

std::optional<std::pair<double, double>> read_geo(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, ';');
  std::array<double, 2> degrees{};
  if (parts.size() != 2) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto [end, error] =
        std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), degrees.at(i));
    if (error != std::errc{} || end != parts[i].data() + parts[i].size()) return std::nullopt;
  }
  if (!(degrees[0] >= -90 && degrees[0] <= 90 && degrees[1] >= -180 && degrees[1] <= 180))
    return std::nullopt;
  return std::pair(degrees[0], degrees[1]);
}

class ItemReader {
 public:
  ItemReader(const Component& component, ItemKind kind, std::vector<Warning>& warnings)
      : warnings_(warnings) {
    item_.kind = kind;
    item_.source = component;
  }

  Item run() {
    for (const Property& property : item_.source.properties) {
      if (take_tabled(property) || take_other(property)) continue;
      if (property.name.starts_with("X-")) item_.extensions.push_back(property);
    }
    for (const Component& inner : item_.source.components) {
      if (inner.name == "VALARM") item_.alarms.push_back(read_alarm(inner, warnings_));
      if (inner.name == "AVAILABLE")
        item_.available.push_back(ItemReader(inner, ItemKind::Available, warnings_).run());
    }
    return std::move(item_);
  }

 private:
  void warn_bad(const Property& property) {
    if (warnings_.size() < kMaxWarnings) warnings_.push_back({WarningKind::BadValue, property.name});
  }
  /// The first of several counts, as a well-formed component has one.
  template <class Value>
  bool keep(std::optional<Value>& member, std::optional<Value> value, const Property& property) {
    if (!value)
      warn_bad(property);
    else if (!member)
      member = std::move(value);
    return true;
  }

  bool take_tabled(const Property& property) {
    for (const TextRow& row : kTextRows) {
      if (row.name != property.name) continue;
      const std::string text = lines::unescape_text(property.value);
      return keep(item_.*row.member, Text(row.is_word ? to_upper_ascii(trim(text)) : text), property);
    }
    for (const InstantRow& row : kInstantRows)
      if (row.name == property.name) return keep(item_.*row.member, read_instant(property), property);
    for (const DateRow& row : kDateRows)
      if (row.name == property.name)
        return keep(item_.*row.member, read_date(&property), property) && note_range(property);
    for (const NumberRow& row : kNumberRows) {
      if (row.name != property.name) continue;
      const auto number = parse_integer(property.value);
      const bool is_good = number && *number >= 0 && *number <= row.highest;
      return keep(item_.*row.member, is_good ? std::optional(static_cast<int>(*number)) : std::nullopt,
                  property);
    }
    for (const ListRow& row : kListRows) {
      if (row.name != property.name) continue;
      std::vector<std::string> texts =
          row.is_split ? read_list(property) : std::vector<std::string>{lines::unescape_text(property.value)};
      auto& list = item_.*row.member;
      list.insert(list.end(), std::make_move_iterator(texts.begin()), std::make_move_iterator(texts.end()));
      return true;
    }
    return false;
  }

  bool note_range(const Property& property) {
    if (property.name == "RECURRENCE-ID")
      item_.is_this_and_future = equal_ignoring_ascii_case(property.parameter("RANGE"), "THISANDFUTURE");
    return true;
  }

  bool take_other(const Property& property) {
    if (property.name == "DURATION") return keep(item_.duration, parse_duration(property.value), property);
    if (property.name == "GEO")
      return keep(item_.geo, read_geo(lines::unescape_text(property.value)), property);
    if (property.name == "ATTENDEE") {
      item_.attendees.push_back(read_attendee(property));
      return true;
    }
    if (property.name == "ORGANIZER")
      return keep(item_.organizer, std::optional(read_attendee(property)), property);
    if (property.name == "RRULE") {
      const recurrence::ParsedRule rule = recurrence::parse_rule(property.value);
      if (rule.state == recurrence::RuleState::Invalid) warn_bad(property);
      return keep(item_.rule, std::optional(rule), property);
    }
    if (property.name == "RDATE" || property.name == "EXDATE" || property.name == "FREEBUSY")
      return take_periods(property);
    return false;
  }

  bool take_periods(const Property& property) {
    std::size_t broken = 0;
    for (PeriodValue& period : read_periods(property, broken)) {
      if (std::max({item_.extra.size(), item_.deleted.size(), item_.busy.size()}) >= kMaxDates) {
        ++broken;
        break;
      }
      if (property.name == "RDATE")
        item_.extra.push_back(std::move(period));
      else if (property.name == "EXDATE")
        item_.deleted.push_back(std::move(period.start));
      else
        item_.busy.push_back({std::move(period), property.parameter("FBTYPE").empty()
                                                     ? "BUSY"
                                                     : to_upper_ascii(trim(property.parameter("FBTYPE")))});
    }
    if (broken > 0) warn_bad(property);
    return true;
  }

  std::vector<Warning>& warnings_;
  Item item_;
};

struct KindName {
  std::string_view name;
  ItemKind kind;
};
constexpr std::array<KindName, 5> kKindNames{{{"VEVENT", ItemKind::Event},
                                              {"VTODO", ItemKind::Todo},
                                              {"VJOURNAL", ItemKind::Journal},
                                              {"VFREEBUSY", ItemKind::FreeBusy},
                                              {"VAVAILABILITY", ItemKind::Availability}}};

}  // namespace

CalendarObject read_calendar(const Component& calendar) {
  CalendarObject object;
  const auto text = [&](std::string_view name, std::string_view other = {}) {
    if (calendar.find(name) != nullptr) return Text(calendar.text(name));
    return !other.empty() && calendar.find(other) != nullptr ? Text(calendar.text(other)) : Text();
  };
  object.method = text("METHOD");
  if (object.method) object.method = to_upper_ascii(trim(*object.method));
  object.product = text("PRODID");
  object.name = text("NAME", "X-WR-CALNAME");
  object.description = text("DESCRIPTION", "X-WR-CALDESC");
  object.color = text("COLOR", "X-APPLE-CALENDAR-COLOR");
  object.zone_name = text("X-WR-TIMEZONE");
  for (const std::string_view name : {"REFRESH-INTERVAL", "X-PUBLISHED-TTL"})
    if (const Property* interval = calendar.find(name); interval != nullptr && !object.refresh_interval)
      object.refresh_interval = parse_duration(interval->value);
  for (const Component& component : calendar.components) {
    if (component.name == "VTIMEZONE") object.zones.push_back(component);
    for (const KindName& row : kKindNames)
      if (row.name == component.name)
        object.items.push_back(ItemReader(component, row.kind, object.warnings).run());
  }
  return object;
}

}  // namespace gw::formats::ical
