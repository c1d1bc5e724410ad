#include "formats/ical/items.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace gw::formats::ical {
namespace {

/// A value in the kind of another: days become midnights, times their days.
DateValue in_kind_of(DateValue value, const DateValue& other) {
  if (other.kind == DateKind::Date) return {DateKind::Date, LocalTime::at_midnight(value.local.date()), ""};
  if (value.kind == DateKind::Date) return {other.kind, value.local, other.tzid};
  // Floating and anchored do not mix: the wall time is meant.
  const bool is_floating = value.kind == DateKind::Floating;
  if (is_floating != (other.kind == DateKind::Floating)) return {other.kind, value.local, other.tzid};
  return value;
}

/// Days pass on the wall, seconds exactly. Source: RFC 5545 section 3.3.6.
DateValue later_by(const DateValue& start, const DurationValue& duration, ZoneResolver& zones) {
  DateValue end = start;
  end.local.seconds += duration.days * LocalTime::kDaySeconds;
  if (start.kind == DateKind::Date) {
    end.local = LocalTime::at_midnight(LocalTime{end.local.seconds + duration.seconds}.date());
    return end;
  }
  const auto zone = zones.zone_of(start);
  if (!zone || duration.seconds == 0) {
    end.local.seconds += duration.seconds;
    return end;
  }
  end.local = zone->local_at({zone->to_instant(end.local).value + duration.seconds * 1000});
  return end;
}

bool is_before(const DateValue& end, const DateValue& start, ZoneResolver& zones) {
  if (start.kind == DateKind::Date || start.kind == DateKind::Floating) return end.local < start.local;
  return zones.instant_of(end) < zones.instant_of(start);
}

DateValue default_end(const DateValue& start) {
  DateValue end = start;
  if (start.kind == DateKind::Date) end.local.seconds += LocalTime::kDaySeconds;
  return end;
}

std::int64_t wall_length(const ItemSpan& span, ZoneResolver& zones) {
  LocalTime end = span.end.local;
  // On the wall of the start, whatever zone the end names.
  const auto zone = zones.zone_of(span.start);
  if (zone && (span.end.kind != span.start.kind || span.end.tzid != span.start.tzid))
    end = zone->local_at(zones.instant_of(span.end));
  return std::max<std::int64_t>(0, end.seconds - span.start.local.seconds);
}

/// True when `a` is the newer of two items that claim the same place.
bool is_newer(const Item& a, const Item& b) {
  const auto rank = [](const Item& item) {
    const Millis changed = item.last_modified.value_or(item.stamp.value_or(Millis{}));
    return std::pair(item.sequence.value_or(0), changed);
  };
  return rank(a) >= rank(b);
}

void place_item(ItemGroup& group, const Item& item, std::vector<Warning>& warnings) {
  if (!item.recurrence_id) {
    if (group.master != nullptr) warnings.push_back({WarningKind::DuplicateUid, group.uid});
    if (group.master == nullptr || is_newer(item, *group.master)) group.master = &item;
    return;
  }
  const auto same = std::find_if(group.overrides.begin(), group.overrides.end(), [&](const Item* other) {
    return *other->recurrence_id == *item.recurrence_id;
  });
  if (same == group.overrides.end()) {
    group.overrides.push_back(&item);
    return;
  }
  warnings.push_back({WarningKind::DuplicateUid, group.uid});
  if (is_newer(item, **same)) *same = &item;
}

}  // namespace

std::optional<ItemSpan> span_of(const Item& item, ZoneResolver& zones, std::vector<Warning>& warnings) {
  const std::optional<DateValue>& start = item.start ? item.start : item.end;
  if (!start) return std::nullopt;
  if (item.start && item.end) {
    const DateValue end = in_kind_of(*item.end, *start);
    // Many write an all-day event of one day with the same end.
    if (!is_before(end, *start, zones) && (start->kind != DateKind::Date || end.local > start->local))
      return ItemSpan{*start, end};
    if (is_before(end, *start, zones))
      warnings.push_back({WarningKind::EndBeforeStart, item.uid.value_or("")});
    return ItemSpan{*start, default_end(*start)};
  }
  if (item.start && item.duration) {
    const DateValue end = later_by(*start, *item.duration, zones);
    if (end.local >= start->local && (start->kind != DateKind::Date || end.local > start->local))
      return ItemSpan{*start, end};
    if (end.local < start->local) warnings.push_back({WarningKind::EndBeforeStart, item.uid.value_or("")});
  }
  return ItemSpan{*start, default_end(*start)};
}

recurrence::RecurrenceId recurrence_id_of(const DateValue& value, ZoneResolver& zones) {
  if (value.kind == DateKind::Date) return recurrence::RecurrenceId::of_date(value.local.date());
  if (value.kind == DateKind::Floating) return recurrence::RecurrenceId::floating(value.local);
  return recurrence::RecurrenceId::utc(zones.instant_of(value));
}

recurrence::Series series_of(const Item& item, const ItemSpan& span, ZoneResolver& zones,
                             std::vector<recurrence::RecurrenceId> overrides) {
  recurrence::Series series;
  series.start = span.start.local;
  series.is_all_day = span.start.kind == DateKind::Date;
  series.zone = zones.zone_of(span.start);
  series.duration = wall_length(span, zones);
  if (item.rule && item.rule->state == recurrence::RuleState::Ok) series.rule = item.rule->rule;
  for (const PeriodValue& period : item.extra) {
    recurrence::ExtraDate date{recurrence_id_of(period.start, zones), std::nullopt};
    if (period.duration) date.duration = std::max<std::int64_t>(0, period.duration->total_seconds());
    if (period.end) date.duration = wall_length({period.start, *period.end}, zones);
    series.extra.push_back(date);
  }
  for (const DateValue& value : item.deleted) series.deleted.push_back(recurrence_id_of(value, zones));
  series.overridden = std::move(overrides);
  recurrence::resolve_count(series);
  return series;
}

std::vector<ItemGroup> group_items(std::vector<Item>& items, const std::function<std::string()>& make_uid,
                                   std::vector<Warning>& warnings) {
  std::vector<ItemGroup> groups;
  std::map<std::pair<ItemKind, std::string>, std::size_t> places;
  for (Item& item : items) {
    if (!item.uid || item.uid->empty()) {
      item.uid = make_uid();
      item.source.set(text_property("UID", *item.uid));
      warnings.push_back({WarningKind::MissingUid, item.source.name});
    }
    const auto [place, is_new] = places.try_emplace({item.kind, *item.uid}, groups.size());
    if (is_new) groups.push_back({*item.uid, nullptr, {}});
    place_item(groups[place->second], item, warnings);
  }
  return groups;
}

}  // namespace gw::formats::ical
