// calendar: all, list, updates, newappointments, has, getChangeExceptions. Source: spec calendar section 5.
#include <algorithm>

#include "ajax/calendar/calendar_actions.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "core/errors/appointment.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/calendar/event_time.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::ajax::calendar_actions {
namespace {

namespace calendar = model::calendar;
using calendar::SeenEvent;

/// Most rows of a list, occurrences counted; beyond it the reading services say CAL-5072.
constexpr std::size_t kMostAppointments = 20'000;
/// Most days of `has`. Errors beyond it: SVL-0010.
constexpr std::int64_t kMostDays = 3'660;
constexpr std::int64_t kMillisPerDay = 86'400'000;

calendar::ReadOptions list_options(const Invocation& invocation, const calendar::TimeRange& range) {
  calendar::ReadOptions options;
  options.fields = event_fields_of(model::parse_column_numbers(invocation.arguments.text("columns")));
  options.range = range;
  options.most = kMostAppointments;
  return options;
}

/// Empty: all of the user's.
std::optional<FolderId> asked_folder(const Invocation& invocation) {
  const std::string_view folder = trim(invocation.arguments.text("folder"));
  if (folder.empty() || folder == "0") return std::nullopt;
  return parse_calendar_id(folder);
}

std::vector<SeenEvent> read_events(Invocation& invocation, const std::optional<FolderId>& folder,
                                   const calendar::ReadOptions& options) {
  return folder ? calendar::list_folder(invocation.work, *folder, options)
                : calendar::list_own(invocation.work, options);
}

void keep_range(Invocation& invocation, std::vector<SeenEvent>& events, const WireRange& range) {
  const AppointmentView view(invocation, false);
  std::erase_if(events, [&](const SeenEvent& seen) {
    // A series is in range where one of its occurrences is, which the reading service has looked at.
    const bool is_master = calendar::is_series_master(seen.event) && !seen.event.recurrence_id;
    return !is_master && !lies_in(view, seen.event, range);
  });
}

/// In somebody else's calendar clients that do not ask for private events get none.
void drop_private(Invocation& invocation, FolderId folder, std::vector<SeenEvent>& events) {
  const auto is_others = [&](const SeenEvent& seen) {
    return seen.event.classification != calendar::Classification::Public &&
           seen.event.calendar_user != invocation.caller().user;
  };
  if (std::none_of(events.begin(), events.end(), is_others)) return;
  // Invitations lie in the caller's own calendar: those are his.
  const auto access = model::folders::find_access(invocation.work.connection(), invocation.caller(), folder);
  if (access && access->type == model::folders::FolderType::Shared) std::erase_if(events, is_others);
}

}  // namespace

Response all(Invocation& invocation) {
  const WireRange range = asked_wire_range(invocation);
  calendar::ReadOptions options = list_options(invocation, range.wide);
  options.expand = !invocation.arguments.boolean("recurrence_master");
  const auto folder = asked_folder(invocation);
  auto events = read_events(invocation, folder, options);
  if (folder && !invocation.arguments.boolean("showPrivate")) drop_private(invocation, *folder, events);
  keep_range(invocation, events, range);
  return answer_rows(invocation, events,
                     {parse_sort_order(invocation.arguments), parse_limits(invocation.arguments), {}, {}});
}

Response list(Invocation& invocation) {
  if (!invocation.body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of ids"});
  if (invocation.body.size() > kMostAppointments)
    throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  std::vector<calendar::EventRef> refs;
  for (std::size_t i = 0; i < invocation.body.size(); ++i) try {
      refs.push_back(parse_appointment_ref(invocation, invocation.body.at(i)));
    } catch (const ApiError& error) {
      // What cannot be found is left out, as in every list; what cannot be read refuses the request.
      if (error.code().prefix == "SVL") throw;
    }
  const auto columns = model::parse_column_numbers(invocation.arguments.text("columns"));
  return answer_rows(invocation, calendar::list_refs(invocation.work, refs, event_fields_of(columns)));
}

Response updates(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const bool ignores_deleted = arguments.text("ignore") == "deleted";
  const auto folder = asked_folder(invocation);
  const bool has_range = arguments.has("start") && arguments.has("end");
  if (!folder && !ignores_deleted && !has_range)
    throw HttpError(400, "Missing the following request parameter: folder");
  calendar::ReadOptions options = list_options(invocation, {});
  options.range.reset();
  if (has_range) options.range = asked_wire_range(invocation).wide;
  const Millis since{arguments.integer("timestamp")};
  auto found = folder ? calendar::updates(invocation.work, *folder, since, options)
                      : calendar::updates_own(invocation.work, since, options);
  std::vector<std::string> removed;
  if (!ignores_deleted)
    for (const calendar::EventRef& ref : found.removed) removed.push_back(std::to_string(ref.event.value));
  return answer_rows(invocation, found.changed, {{}, {}, found.timestamp, removed});
}

Response new_appointments(Invocation& invocation) {
  const WireRange range = asked_wire_range(invocation);
  calendar::ReadOptions options = list_options(invocation, range.wide);
  options.expand = true;
  auto events = calendar::list_own(invocation.work, options);
  keep_range(invocation, events, range);
  return answer_rows(invocation, events,
                     {parse_sort_order(invocation.arguments), parse_limit(invocation.arguments, {}), {}, {}});
}

Response has(Invocation& invocation) {
  const WireRange range = asked_wire_range(invocation);
  const std::int64_t days = (range.end - range.start + kMillisPerDay - 1) / kMillisPerDay;
  if (days < 0 || days > kMostDays)
    throw ApiError(errors::svl::kBadParameter, {"end", std::to_string(range.end)});
  calendar::ReadOptions options;
  options.fields = event_fields_of({});
  options.range = range.wide;
  options.expand = true;
  options.most = kMostAppointments;
  std::vector<bool> is_busy(static_cast<std::size_t>(days));
  const AppointmentView view(invocation, false);
  for (const SeenEvent& seen : calendar::list_own(invocation.work, options)) {
    if (!lies_in(view, seen.event, range)) continue;
    const std::int64_t start = std::max(view.wire_time(seen.event.start), range.start);
    const std::int64_t end = std::min(std::max(view.wire_time(seen.event.end), start + 1), range.end);
    for (std::int64_t day = (start - range.start) / kMillisPerDay;
         day <= (end - 1 - range.start) / kMillisPerDay; ++day)
      is_busy[static_cast<std::size_t>(day)] = true;
  }
  Json data = Json::array();
  for (const bool busy : is_busy) data.append(Json::boolean(busy));
  return Response::with_data(std::move(data));
}

Response change_exceptions(Invocation& invocation) {
  const calendar::EventRef ref = asked_appointment(invocation);
  const auto series = calendar::get(invocation.work, ref);
  if (!calendar::is_series_master(series.event))
    throw ApiError(errors::app::kNoSeries, {std::to_string(ref.event.value)});
  const auto columns = model::parse_column_numbers(invocation.arguments.text("columns"));
  return answer_rows(invocation, calendar::list_exceptions(invocation.work, ref.folder, ref.event,
                                                           event_fields_of(columns)));
}

}  // namespace gw::ajax::calendar_actions
