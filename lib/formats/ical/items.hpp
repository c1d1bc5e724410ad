// What an item means once zones are known: when it is, how it recurs, which items belong together. Not for
// storing. Sources: RFC 5545 sections 3.6.1 and 3.8.5, RFC 5546; spec chronos section 2, export-import
// section 7.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "formats/ical/calendar_object.hpp"
#include "formats/ical/zone_resolver.hpp"
#include "recurrence/series.hpp"

namespace gw::formats::ical {

/// Start and end of the same kind; start and end may lie in different zones.
struct ItemSpan {
  DateValue start, end;
};

/// The end from DTEND, DUE, DURATION, or what RFC 5545 says without: a day for dates, nothing for times. An
/// end before the start is dropped, with a warning; an end of another kind is read in the start's. A task
/// without start starts when it is due. Errors: empty without any of DTSTART, DTEND and DUE.
std::optional<ItemSpan> span_of(const Item& item, ZoneResolver& zones, std::vector<Warning>& warnings);

/// The recurrence id of an item, or of a date in its lists, in the terms of occurrences.
recurrence::RecurrenceId recurrence_id_of(const DateValue& value, ZoneResolver& zones);

/// The series of a master, or the single event. Rules that cannot be counted are left out: see Item::rule for
/// their state. `overrides` are the recurrence ids that other items take. COUNT is resolved.
recurrence::Series series_of(const Item& item, const ItemSpan& span, ZoneResolver& zones,
                             std::vector<recurrence::RecurrenceId> overrides);

/// Items of one uid: a master, what overrides its occurrences; without master only occurrences were sent (an
/// invitation to one).
struct ItemGroup {
  std::string uid;
  const Item* master = nullptr;
  std::vector<const Item*> overrides;
};

/// Groups items of the same kind by uid, in order of first appearance. Two masters of one uid: the higher
/// SEQUENCE, then the later LAST-MODIFIED or DTSTAMP, then the later one stays, as two overrides of one
/// occurrence; both with a warning. Items without uid get one of `make_uid`, each its own. Owns: points into
/// `items`, where missing uids are filled in.
std::vector<ItemGroup> group_items(std::vector<Item>& items, const std::function<std::string()>& make_uid,
                                   std::vector<Warning>& warnings);

}  // namespace gw::formats::ical
