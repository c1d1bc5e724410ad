// VEVENT to event: the typed item of a file as the struct of the model. Organizer and attendees are read,
// too; imports drop them. Source: RFC 5545 section 3.6.1; spec chronos section 2, export-import section 7.
#pragma once

#include <string>
#include <vector>

#include "formats/ical/items.hpp"
#include "model/calendar/event_data.hpp"

namespace gw::formats::ical {

struct ReadEvent {
  model::calendar::EventData event;
  model::calendar::EventFields sent;  ///< the members that the component tells
  std::string original;               ///< the component as text
};

/// Errors: empty for an item without start.
std::optional<ReadEvent> read_event(const Item& item, ZoneResolver& zones, std::vector<Warning>& warnings);

/// The instants between which the items of a file lie, for comparing the rules of their zones.
struct ItemYears {
  Millis from, until;
};
ItemYears years_of(const std::vector<Item>& items);

}  // namespace gw::formats::ical
