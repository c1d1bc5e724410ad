#include "ajax/transfer/export_events.hpp"

#include <algorithm>
#include <set>

#include "ajax/chronos/calendar_ids.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/transfer.hpp"
#include "formats/ical/component_writer.hpp"
#include "formats/ical/event_writer.hpp"
#include "model/calendar/event_originals.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
namespace ical = formats::ical;
using calendar::EventField;

constexpr std::size_t kExportChunk = 200;
constexpr std::size_t kMostExported = 100'000;
constexpr calendar::EventFields kTimeFields{
    EventField::Id,    EventField::Folder,          EventField::StartDate, EventField::EndDate,
    EventField::Rrule, EventField::RecurrenceDates, EventField::SeriesId,  EventField::RecurrenceId};

void remember_times(EventExport& what, std::vector<calendar::SeenEvent> events) {
  for (calendar::SeenEvent& seen : events) {
    what.refs.push_back({seen.event.folder, seen.event.id, std::nullopt});
    what.times.push_back(std::move(seen.event));
  }
}

calendar::EventFields exported_fields() {
  calendar::EventFields fields = calendar::EventFields::all();
  fields.set(EventField::Alarms, false);
  fields.set(EventField::Attachments, false);
  return fields;
}

/// A calendar of which the caller may read something. Errors: I_E-0100, I_E-1101.
model::folders::FolderAccess readable_calendar(Invocation& invocation, FolderId folder) {
  const std::string format(invocation.action), name = std::to_string(folder.value);
  auto access = model::folders::find_access(invocation.work.connection(), invocation.caller(), folder);
  if (!access) throw ApiError(errors::ie::kNotExportable, {name, format});
  if (access->module != model::ObjectModule::Calendar)
    throw ApiError(errors::ie::kNoExporter, {format, name});
  if (access->rights.read == 0) throw ApiError(errors::ie::kNotExportable, {name, format});
  return std::move(*access);
}

/// The VEVENTs of one chunk, without private ones of others.
std::string write_chunk(model::UnitOfWork& work, std::span<const calendar::EventRef> refs) {
  auto events = calendar::list_refs(work, refs, exported_fields());
  std::erase_if(events, [&](const auto& seen) { return !calendar::is_seen_whole(work, seen); });
  std::vector<std::string> originals;
  originals.reserve(events.size());
  for (const calendar::SeenEvent& seen : events) originals.push_back(calendar::original_of(work, seen));
  work.release();
  std::string text;
  for (std::size_t i = 0; i < events.size(); ++i)
    text += ical::format_component(ical::event_component(events[i].event, {true, false, originals[i]}));
  return text;
}

}  // namespace

EventExport select_calendar(Invocation& invocation, FolderId folder) {
  EventExport what;
  what.title = readable_calendar(invocation, folder).title;
  calendar::ReadOptions options;
  options.fields = kTimeFields;
  options.most = 0;
  remember_times(what, calendar::list_folder(invocation.work, folder, options));
  return what;
}

EventExport select_events(Invocation& invocation, const Json& body) {
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array"});
  if (body.size() > kMostExported) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  EventExport what;
  std::set<FolderId> folders;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const Json element = body.at(i), named = element.get("folder_id");
    const auto folder = (named.is_missing() ? element.get("folder") : named).to_text();
    const auto id = element.get("id").to_text();
    if (!folder || !id) throw ApiError(errors::svl::kBodyIllegal, {"every element needs id and folder_id"});
    const calendar::EventRef ref{parse_calendar_id(*folder), parse_event_id(*id), std::nullopt};
    if (folders.insert(ref.folder).second) readable_calendar(invocation, ref.folder);
    calendar::SeenEvent seen = calendar::get(invocation.work, ref);
    if (body.size() == 1) what.title = seen.event.summary.value_or("");
    what.refs.push_back(ref);
    what.times.push_back(std::move(seen.event));
  }
  if (body.size() != 1) what.title = "events";
  return what;
}

void stream_events(model::Environment& environment, const model::Caller& caller, const EventExport& what,
                   const BodyWriter& write) {
  std::string head = ical::calendar_head(what.title);
  for (const ical::Component& zone : ical::zones_of(what.times)) head += ical::format_component(zone);
  if (!write(head)) return;
  const std::span<const calendar::EventRef> refs(what.refs);
  for (std::size_t start = 0; start < refs.size(); start += kExportChunk) {
    model::UnitOfWork work(environment, caller);
    if (!write(write_chunk(work, refs.subspan(start, std::min(kExportChunk, refs.size() - start))))) return;
  }
  write(ical::kCalendarTail);
}

}  // namespace gw::ajax
