#include "ajax/chronos/chronos_parameters.hpp"

#include <algorithm>

#include "ajax/chronos/event_json.hpp"
#include "ajax/chronos/repeated_value.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;

[[noreturn]] void refuse_parameter(std::string_view name, std::string_view value) {
  throw ApiError(errors::svl::kBadParameter, {std::string(name), repeated(value)});
}

}  // namespace

Millis parse_instant(std::string_view text, std::string_view parameter) {
  const std::string_view value = trim(text);
  if (const auto instant = parse_basic_utc(value)) return *instant;
  if (const auto day = parse_basic_date(value)) return Millis{day->to_millis()};
  refuse_parameter(parameter, value);
}

std::optional<calendar::TimeRange> asked_range(const Arguments& arguments) {
  const std::string_view from = arguments.text("rangeStart"), until = arguments.text("rangeEnd");
  if (from.empty() && until.empty()) return std::nullopt;
  const calendar::TimeRange range{parse_instant(from, "rangeStart"), parse_instant(until, "rangeEnd")};
  if (range.until < range.from) refuse_parameter("rangeEnd", until);
  return range;
}

calendar::ReadOptions read_options(const Arguments& arguments, bool has_order) {
  calendar::ReadOptions options;
  options.fields = asked_fields(arguments, light_fields());
  options.range = asked_range(arguments);
  options.expand = arguments.boolean("expand");
  if (!has_order) return options;
  if (const std::string_view sort = trim(arguments.text("sort")); !sort.empty()) {
    const auto field = find_event_field(sort);
    if (!field) refuse_parameter("sort", sort);
    options.sort = *field;
  }
  options.is_descending = equal_ignoring_ascii_case(trim(arguments.text("order")), "desc");
  return options;
}

bool parse_recurrence_range(std::string_view text) {
  const std::string_view range = trim(text);
  if (range.empty()) return false;
  if (!equal_ignoring_ascii_case(range, "THISANDFUTURE")) refuse_parameter("recurrenceRange", range);
  return true;
}

calendar::WriteOptions write_options(const Arguments& arguments) {
  calendar::WriteOptions options;
  options.fields = asked_fields(arguments, calendar::EventFields::all());
  options.range = asked_range(arguments);
  options.expand = arguments.boolean("expand") && options.range.has_value();
  options.check_conflicts = arguments.boolean("checkConflicts");
  options.notify_internal = arguments.boolean("sendInternalNotifications", true) &&
                            !equal_ignoring_ascii_case(trim(arguments.text("scheduling")), "none");
  if (const auto known = arguments.optional_integer("timestamp")) options.known = Millis{*known};
  options.this_and_future = parse_recurrence_range(arguments.text("recurrenceRange"));
  return options;
}

Millis newest_of(Invocation& invocation, const std::vector<calendar::SeenEvent>& events) {
  if (events.empty()) return model::last_stamp(invocation.work.connection(), invocation.work.context());
  Millis newest;
  for (const calendar::SeenEvent& seen : events) newest = std::max(newest, seen.event.timestamp);
  return newest;
}

}  // namespace gw::ajax
