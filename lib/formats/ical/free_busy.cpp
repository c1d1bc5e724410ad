#include "formats/ical/free_busy.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/local_time.hpp"
#include "formats/ical/component.hpp"
#include "formats/ical/component_writer.hpp"
#include "formats/ical/event_writer.hpp"

namespace gw::formats::ical {
namespace {

using model::calendar::BusySlot;
using model::calendar::BusyType;

std::string_view word_of_busy(BusyType type) {
  switch (type) {
    case BusyType::Tentative:
      return "BUSY-TENTATIVE";
    case BusyType::Unavailable:
      return "BUSY-UNAVAILABLE";
    case BusyType::Busy:
    case BusyType::Free:
      break;
  }
  return "BUSY";
}

Property busy_property(const BusySlot& slot, bool is_simple) {
  Property property =
      plain_property("FREEBUSY", format_basic_utc(slot.from) + "/" + format_basic_utc(slot.until));
  if (!is_simple) property.parameters.push_back({"FBTYPE", {std::string(word_of_busy(slot.type))}});
  return property;
}

/// Without kinds neighbours are one time.
std::vector<BusySlot> joined(const std::vector<BusySlot>& slots) {
  std::vector<BusySlot> made;
  for (const BusySlot& slot : slots) {
    if (slot.type == BusyType::Free) continue;
    if (!made.empty() && made.back().until >= slot.from)
      made.back().until = std::max(made.back().until, slot.until);
    else
      made.push_back({slot.from, slot.until, BusyType::Busy, {}});
  }
  return made;
}

}  // namespace

std::string format_free_busy(const FreeBusySheet& sheet) {
  Component busy{"VFREEBUSY", {}, {}};
  const std::string owner = "mailto:" + std::string(sheet.address);
  const std::string from = format_basic_utc(sheet.range.from), until = format_basic_utc(sheet.range.until);
  Property organizer = plain_property("ORGANIZER", owner);
  if (!sheet.name.empty()) organizer.parameters.push_back({"CN", {std::string(sheet.name)}});
  busy.properties.push_back(plain_property("UID", to_hex(sha256(owner + from + until)).substr(0, 32)));
  busy.properties.push_back(plain_property("DTSTAMP", format_basic_utc(sheet.made)));
  busy.properties.push_back(std::move(organizer));
  busy.properties.push_back(plain_property("DTSTART", from));
  busy.properties.push_back(plain_property("DTEND", until));
  if (sheet.is_simple) {
    for (const BusySlot& slot : joined(sheet.slots)) busy.properties.push_back(busy_property(slot, true));
  } else {
    for (const BusySlot& slot : sheet.slots)
      if (slot.type != BusyType::Free) busy.properties.push_back(busy_property(slot, false));
  }
  Component calendar{"VCALENDAR", {}, {}};
  calendar.properties.push_back(plain_property("VERSION", "2.0"));
  calendar.properties.push_back(plain_property("PRODID", kProductId));
  calendar.properties.push_back(plain_property("METHOD", "PUBLISH"));
  calendar.components.push_back(std::move(busy));
  return format_component(calendar);
}

}  // namespace gw::formats::ical
