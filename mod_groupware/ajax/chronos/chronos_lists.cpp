// chronos: all, list, updates, needsAction.
#include <algorithm>
#include <chrono>

#include "ajax/chronos/all_calendars.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/chronos_actions.hpp"
#include "ajax/chronos/chronos_parameters.hpp"
#include "ajax/chronos/event_json.hpp"
#include "ajax/chronos/scheduling_duty.hpp"
#include "ajax/envelope.hpp"
#include "core/errors/servlet.hpp"
#include "core/json_text.hpp"

namespace gw::ajax::chronos_actions {
namespace {

namespace calendar = model::calendar;

/// Most calendars of one request. Errors beyond it: SVL-0031.
constexpr std::size_t kMaxFolders = 1'000;

std::vector<std::string> asked_calendars(const Json& body) {
  const Json list = body.is_array() ? body : body.get("folders");
  if (!list.is_array()) throw ApiError(errors::svl::kBodyType, {"an object with folders"});
  if (list.size() > kMaxFolders) throw ApiError(errors::svl::kBodyIllegal, {"too many folders"});
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto id = list.at(i).to_text();
    if (!id) throw ApiError(errors::svl::kBodyIllegal, {"folders holds folder ids"});
    ids.push_back(*id);
  }
  return ids;
}

/// How long the calendars of one request are waited for altogether, the last one apart.
constexpr std::chrono::seconds kPatience{10};

/// What comes from elsewhere is read there first when it never was, or when the client wants it so; but
/// nobody waits for a row of servers that do not answer.
calendars::Refresh refresh_of(const Invocation& invocation, std::chrono::steady_clock::time_point begin) {
  if (std::chrono::steady_clock::now() - begin > kPatience) return calendars::Refresh::Later;
  return invocation.arguments.boolean("updateCache") ? calendars::Refresh::Now : calendars::Refresh::WhenDue;
}

std::vector<calendar::SeenEvent> events_of(Invocation& invocation, FolderId folder,
                                           const calendar::ReadOptions& options, calendars::Refresh refresh) {
  const calendars::CalendarProvider& provider = calendars_of(invocation).of(invocation.work, folder);
  provider.refresh(invocation.work, folder, refresh);
  return provider.list(invocation.work, folder, options);
}

/// One calendar of several: what is wrong with it is told here and does not stop the others.
std::string events_or_error(Invocation& invocation, const std::string& id,
                            const calendar::ReadOptions& options, calendars::Refresh refresh,
                            EventJson& writer, Millis& newest) {
  std::string entry = R"({"folder":)";
  append_json_string(entry, id);
  try {
    const auto events = events_of(invocation, parse_calendar_id(id), options, refresh);
    const Millis timestamp = newest_of(invocation, events);
    newest = std::max(newest, timestamp);
    entry += R"(,"events":)" + writer.text(events) + R"(,"timestamp":)";
    append_json_integer(entry, timestamp.value);
  } catch (const ApiError& error) {
    entry += R"(,"error":)" +
             make_error_members(error.code(), error.arguments(), invocation.caller().locale, next_error_id())
                 .dump();
  }
  return entry += '}';
}

}  // namespace

Response all(Invocation& invocation) {
  visit_inbox(invocation);
  const calendar::ReadOptions options = read_options(invocation.arguments);
  const std::string_view folder = invocation.arguments.text("folder");
  const auto events = folder.empty() ? calendar::list_own(invocation.work, options)
                                     : events_of(invocation, parse_calendar_id(folder), options,
                                                 refresh_of(invocation, std::chrono::steady_clock::now()));
  EventJson writer(invocation, options.fields, true);
  return Response::with_text(writer.text(events), newest_of(invocation, events));
}

Response all_of_folders(Invocation& invocation) {
  visit_inbox(invocation);
  const calendar::ReadOptions options = read_options(invocation.arguments);
  EventJson writer(invocation, options.fields, true);
  std::string data = "[";
  Millis newest;
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& id : asked_calendars(invocation.body)) {
    if (data.size() > 1) data += ',';
    data += events_or_error(invocation, id, options, refresh_of(invocation, begin), writer, newest);
  }
  data += ']';
  return Response::with_text(std::move(data), newest.value > 0 ? newest : newest_of(invocation, {}));
}

Response list(Invocation& invocation) {
  const auto refs = parse_event_refs(invocation.body);
  const auto fields = asked_fields(invocation.arguments, light_fields());
  const auto events = calendars_of(invocation).list_refs(invocation.work, refs, fields);
  EventJson writer(invocation, fields, true);
  return Response::with_text(writer.text(events), newest_of(invocation, events));
}

Response updates(Invocation& invocation) {
  visit_inbox(invocation);
  const calendar::ReadOptions options = read_options(invocation.arguments);
  const Millis since{invocation.arguments.integer("timestamp")};
  const FolderId folder = parse_calendar_id(invocation.arguments.text("folder"));
  const calendars::CalendarProvider& provider = calendars_of(invocation).of(invocation.work, folder);
  provider.refresh(invocation.work, folder, calendars::Refresh::WhenDue);
  const auto found = provider.updates(invocation.work, folder, since, options);
  EventJson writer(invocation, options.fields, true);
  Json deleted = Json::array();
  for (const calendar::EventRef& ref : found.removed) deleted.append(write_event_ref(ref));
  std::string data =
      "{\"newAndModified\":" + writer.text(found.changed) + ",\"deleted\":" + deleted.dump() + "}";
  return Response::with_text(std::move(data), found.timestamp);
}

Response needs_action(Invocation& invocation) {
  visit_inbox(invocation);
  const calendar::ReadOptions options = read_options(invocation.arguments);
  const auto events = calendar::list_needs_action(invocation.work, options);
  EventJson writer(invocation, options.fields, true);
  return Response::with_text(writer.text(events), newest_of(invocation, events));
}

}  // namespace gw::ajax::chronos_actions
