#include "recurrence/recurrence_id.hpp"

#include "core/text.hpp"
#include "core/zone_names.hpp"

namespace gw::recurrence {

std::optional<RecurrenceId> parse_recurrence_id(std::string_view text) {
  text = trim(text);
  // Names of Windows have colons in their long forms, values have none.
  const std::size_t colon = text.rfind(':');
  const std::string_view value = colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (const auto date = parse_basic_date(value)) return RecurrenceId::of_date(*date);
  if (const auto instant = parse_basic_utc(value)) return RecurrenceId::utc(*instant);
  const auto local = parse_local_time(value);
  if (!local) return std::nullopt;
  if (colon == std::string_view::npos) return RecurrenceId::floating(*local);
  const auto zone = find_zone_by_name(text.substr(0, colon));
  if (!zone) return std::nullopt;
  return RecurrenceId::utc(zone->to_instant(*local));
}

std::string format_recurrence_id(const RecurrenceId& id) {
  const LocalTime time{id.seconds};
  switch (id.kind) {
    case RecurrenceId::Kind::Date:
      return format_basic_date(time.date());
    case RecurrenceId::Kind::Floating:
      return format_local_time(time);
    case RecurrenceId::Kind::Utc:
      break;
  }
  return format_local_time(time) + 'Z';
}

}  // namespace gw::recurrence
