#include "model/calendar/event_view.hpp"

#include <algorithm>
#include <set>

#include "core/errors/calendar.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/calendar/event_flags.hpp"
#include "model/calendar/event_order.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar {
namespace {

/// Occurrences of one series where a request has no limit.
constexpr std::size_t kMostInRange = 100'000;

constexpr std::uint32_t bit_of(EventFlag flag) { return std::uint32_t{1} << static_cast<unsigned>(flag); }

EventAttachment to_event_attachment(const attachments::Attachment& file) {
  EventAttachment attachment;
  attachment.managed_id = file.id;
  attachment.filename = file.filename.value_or("");
  attachment.format_type = file.file_mimetype.value_or("");
  attachment.size = file.file_size;
  attachment.created = file.creation_date;
  return attachment;
}

/// What the user was taken out of, or hid, is a deleted occurrence for him.
void take_exceptions(EventData& event, const std::vector<store::ExceptionMark>& marks) {
  for (const store::ExceptionMark& mark : marks)
    (mark.is_seen ? event.change_exception_dates : event.delete_exception_dates)
        .push_back(mark.recurrence_id);
  std::sort(event.delete_exception_dates.begin(), event.delete_exception_dates.end(),
            [](const EventTime& a, const EventTime& b) { return a.local < b.local; });
}

std::vector<EventTime> starts_of(const std::vector<store::ExceptionMark>& marks) {
  std::vector<EventTime> starts;
  starts.reserve(marks.size());
  for (const store::ExceptionMark& mark : marks) starts.push_back(mark.recurrence_id);
  return starts;
}

}  // namespace

store::Parts EventView::parts() const {
  return {.texts = options_.fields.has_any({EventField::Description, EventField::ExtendedProperties}),
          .attendees = true};
}

void EventView::add(store::EventRow row, const Perspective& perspective) {
  if (perspective.sight == Sight::Nothing) return;
  entries_.push_back({std::make_shared<store::EventRow>(std::move(row)), perspective, {}});
}

void EventView::add(store::EventRow master, const Perspective& perspective, Occurrence occurrence) {
  if (perspective.sight == Sight::Nothing) return;
  entries_.push_back(
      {std::make_shared<store::EventRow>(std::move(master)), perspective, std::move(occurrence)});
}

std::vector<SeenEvent> EventView::finish() {
  apply_perspectives();
  if (options_.range) expand();
  check_number(entries_);
  std::vector<SeenEvent> seen = see();
  sort_events(seen, options_.sort, options_.is_descending, caller_);
  return seen;
}

std::vector<SeenEvent> EventView::finish_in_order() {
  apply_perspectives();
  return see();
}

void EventView::check_number(const std::vector<Entry>& entries) const {
  if (options_.most == 0) return;
  std::size_t attendees = 0;
  if (options_.fields.has(EventField::Attendees))
    for (const Entry& entry : entries) attendees += entry.row->event.attendees.size();
  if (entries.size() > options_.most || attendees > kMostAttendeesInAnswer)
    throw ApiError(errors::cal::kTooManyEvents, {std::to_string(options_.most)});
}

void EventView::apply_perspectives() {
  std::map<UserId, std::set<ObjectId>> masters;
  for (const Entry& entry : entries_)
    if (is_series_master(entry.row->event))
      masters[entry.perspective.calendar_user].insert(entry.row->event.id);
  for (const auto& [user, series] : masters)
    marks_[user] = store::exception_marks(connection_, caller_.context, user,
                                          std::vector<ObjectId>(series.begin(), series.end()));
  for (Entry& entry : entries_) {
    EventData& event = entry.row->event;
    event.folder = entry.perspective.folder;
    event.is_transparent = is_transparent_for(event, entry.perspective.calendar_user);
    const auto& of_user = marks_[entry.perspective.calendar_user];
    if (const auto found = of_user.find(event.id); found != of_user.end())
      take_exceptions(event, found->second);
  }
}

void EventView::expand() {
  std::vector<Entry> expanded;
  for (Entry& entry : entries_) {
    const EventData& event = entry.row->event;
    if (is_series_master(event) && !entry.occurrence)
      expand_master(entry, expanded);
    else if (overlaps(event, *options_.range, caller_.timezone))
      expanded.push_back(std::move(entry));
    if (options_.most > 0 && expanded.size() > options_.most) break;
  }
  entries_ = std::move(expanded);
}

void EventView::expand_master(Entry& entry, std::vector<Entry>& expanded) {
  const EventData& master = entry.row->event;
  std::vector<EventTime> left_out;
  if (options_.expand) left_out = starts_of(marks_[entry.perspective.calendar_user][master.id]);
  const std::size_t most = options_.expand ? (options_.most == 0 ? kMostInRange : options_.most + 1) : 1;
  std::vector<Occurrence> found = occurrences_in(master, {.range = *options_.range,
                                                          .viewer = caller_.timezone,
                                                          .left_out = left_out,
                                                          .most = most,
                                                          .last_hit = entry.row->last_hit});
  if (options_.expand)
    for (Occurrence& occurrence : found)
      expanded.push_back({entry.row, entry.perspective, std::move(occurrence)});
  else if (!found.empty())
    expanded.push_back(std::move(entry));
}

void EventView::load_alarms() {
  if (!options_.fields.has_any({EventField::Alarms, EventField::Flags})) return;
  std::map<UserId, std::set<ObjectId>> wanted;
  for (const Entry& entry : entries_)
    if (entry.perspective.sight == Sight::Everything)
      wanted[entry.perspective.calendar_user].insert(entry.row->event.id);
  for (const auto& [user, events] : wanted)
    alarms_[user] = store::load_alarms(connection_, caller_.context, user,
                                       std::vector<ObjectId>(events.begin(), events.end()));
}

/// Exceptions show the files of their series, too.
void EventView::find_series_with_files() {
  if (!options_.fields.has_any({EventField::Attachments, EventField::Flags})) return;
  std::set<ObjectId> series;
  for (const Entry& entry : entries_)
    if (is_exception(entry.row->event) && entry.perspective.sight == Sight::Everything)
      series.insert(entry.row->event.series);
  if (series.empty()) return;
  for (const store::EventRow& row :
       store::find_each(connection_, caller_.context, std::vector<ObjectId>(series.begin(), series.end()),
                        {.texts = false, .attendees = false}))
    if (row.number_of_attachments > 0) series_with_files_.insert(row.event.id);
}

void EventView::load_attachments() {
  find_series_with_files();
  if (!options_.fields.has(EventField::Attachments)) return;
  std::set<ObjectId> wanted = series_with_files_;
  for (const Entry& entry : entries_)
    if (entry.row->number_of_attachments > 0 && entry.perspective.sight == Sight::Everything)
      wanted.insert(entry.row->event.id);
  if (wanted.empty()) return;
  for (const attachments::Attachment& file :
       attachments::list_of_parents(connection_, caller_.context, attachments::ParentModule::Appointment,
                                    std::vector<ObjectId>(wanted.begin(), wanted.end())))
    attachments_[ObjectId(file.attached)].push_back(to_event_attachment(file));
}

/// Where the series of occurrences begin and end, once for each.
void EventView::find_ends() {
  if (!options_.fields.has(EventField::Flags)) return;
  for (const Entry& entry : entries_) {
    if (!entry.occurrence || ends_.contains(entry.row->event.id)) continue;
    ends_[entry.row->event.id] = ends_of(entry.row->event, entry.row->last_hit);
  }
}

std::vector<SeenEvent> EventView::see() {
  load_alarms();
  load_attachments();
  find_ends();
  std::vector<SeenEvent> seen;
  seen.reserve(entries_.size());
  for (Entry& entry : entries_) seen.push_back(see(entry));
  return seen;
}

/// `event`: what is left of it for the reader. Flags tell nothing that it does not.
std::uint32_t EventView::flags_in(const Entry& entry, const EventData& event) {
  FlagContext context{.calendar_user = entry.perspective.calendar_user, .viewer = caller_.user};
  if (entry.perspective.sight == Sight::Everything) {
    context.has_alarms = !alarms_[context.calendar_user][event.id].empty();
    context.has_attachments =
        entry.row->number_of_attachments > 0 || series_with_files_.contains(event.series);
  }
  return flags_of(event, context);
}

/// But for its place, all of a series have the same. Who takes part is not needed afterwards, and copied for
/// each only where it is asked for.
std::uint32_t EventView::flags_of_occurrence(const Entry& entry) {
  auto known = row_flags_.find(entry.row.get());
  if (known == row_flags_.end()) {
    EventData& event = entry.row->event;
    if (entry.perspective.sight != Sight::Everything) mask(event, caller_.locale);
    known = row_flags_.emplace(entry.row.get(), flags_in(entry, event)).first;
    if (!options_.fields.has(EventField::Attendees)) event.attendees.clear();
  }
  std::uint32_t flags = known->second;
  const SeriesEnds& ends = ends_[entry.row->event.id];
  const EventTime& start = entry.occurrence->recurrence_id;
  if (ends.first == start) flags |= bit_of(EventFlag::FirstOccurrence);
  if (ends.last && ends.last == start) flags |= bit_of(EventFlag::LastOccurrence);
  return flags;
}

/// Once for each entry: what nobody shares is moved.
SeenEvent EventView::see(Entry& entry) {
  SeenEvent seen;
  const bool is_whole = entry.perspective.sight == Sight::Everything;
  if (entry.occurrence) {
    seen.flags = flags_of_occurrence(entry);
    seen.event = occurrence_event(entry.row->event, *entry.occurrence);
  } else {
    seen.event = std::move(entry.row->event);
    if (!is_whole) mask(seen.event, caller_.locale);
    seen.flags = flags_in(entry, seen.event);
    if (!options_.fields.has(EventField::Attendees)) seen.event.attendees.clear();
  }
  if (!is_whole) return seen;
  const EventData& event = seen.event;
  seen.event.alarms = alarms_[entry.perspective.calendar_user][event.id];
  if (is_exception(event)) seen.event.attachments = attachments_[event.series];
  const auto& own = attachments_[event.id];
  seen.event.attachments.insert(seen.event.attachments.end(), own.begin(), own.end());
  return seen;
}

}  // namespace gw::model::calendar
