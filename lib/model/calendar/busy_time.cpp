#include "model/calendar/busy_time.hpp"

#include <algorithm>
#include <array>

namespace gw::model::calendar {
namespace {

constexpr std::size_t kTypes = static_cast<std::size_t>(BusyType::Unavailable) + 1;

struct Border {
  Millis at;
  std::size_t type;
  int step;  ///< 1: a slot begins, -1: it ends
};

std::vector<Border> borders_of(const std::vector<BusySlot>& slots) {
  std::vector<Border> borders;
  borders.reserve(2 * slots.size());
  for (const BusySlot& slot : slots) {
    if (slot.from >= slot.until) continue;
    borders.push_back({slot.from, static_cast<std::size_t>(slot.type), 1});
    borders.push_back({slot.until, static_cast<std::size_t>(slot.type), -1});
  }
  std::sort(borders.begin(), borders.end(), [](const Border& a, const Border& b) { return a.at < b.at; });
  return borders;
}

}  // namespace

BusyType busy_type_of(const EventData& event, const Attendee& attendee) {
  if (attendee.is_transparent.value_or(event.is_transparent)) return BusyType::Free;
  if (event.status == EventStatus::Tentative || attendee.part_stat == PartStat::Tentative)
    return BusyType::Tentative;
  return BusyType::Busy;
}

std::vector<BusySlot> merge_slots(const std::vector<BusySlot>& slots) {
  std::vector<BusySlot> merged;
  std::array<int, kTypes> open{};
  const std::vector<Border> borders = borders_of(slots);
  for (std::size_t i = 0; i < borders.size();) {
    const Millis at = borders[i].at;
    for (; i < borders.size() && borders[i].at == at; ++i) open[borders[i].type] += borders[i].step;
    const auto strongest = std::find_if(open.rbegin(), open.rend(), [](int count) { return count > 0; });
    if (strongest == open.rend()) continue;
    const auto type = static_cast<BusyType>(std::distance(strongest, open.rend()) - 1);
    const Millis until = borders[i].at;
    if (!merged.empty() && merged.back().until == at && merged.back().type == type)
      merged.back().until = until;
    else
      merged.push_back({at, until, type, {}});
  }
  return merged;
}

}  // namespace gw::model::calendar
