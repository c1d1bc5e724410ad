// When users and resources are busy, for whoever plans a meeting.
#include <algorithm>

#include "core/errors/calendar.hpp"
#include "model/availability/availability_service.hpp"
#include "model/calendar/attendee_resolution.hpp"
#include "model/calendar/busy_time.hpp"
#include "model/calendar/event_places.hpp"
#include "model/calendar/event_time.hpp"

namespace gw::model::calendar {
namespace {

/// Events, and slots, of one answer. Beyond: CAL-5072.
constexpr std::size_t kMostBusyEvents = 10'000;

/// Of events that are shown with a slot.
constexpr EventFields kSlotFields{EventField::Id,       EventField::Folder,    EventField::SeriesId,
                                  EventField::Uid,      EventField::StartDate, EventField::EndDate,
                                  EventField::Summary,  EventField::Location,  EventField::Transp,
                                  EventField::Status,   EventField::Class,     EventField::RecurrenceId,
                                  EventField::CreatedBy};

const Attendee* find_taker(const EventData& event, store::Kind kind, std::int64_t entity) {
  const auto found =
      std::find_if(event.attendees.begin(), event.attendees.end(), [&](const Attendee& attendee) {
        return attendee.entity == entity && store::kind_of(attendee) == kind;
      });
  return found == event.attendees.end() ? nullptr : &*found;
}

class BusyReader {
 public:
  BusyReader(UnitOfWork& work, TimeRange range, ObjectId masked)
      : work_(work),
        connection_(work.connection()),
        caller_(work.caller()),
        range_(range),
        masked_(masked),
        people_(work),
        places_(connection_, caller_),
        view_(connection_, caller_, options_) {}

  std::vector<AttendeeBusy> read(std::span<const Attendee> attendees) {
    learn_users(attendees);
    answer_.reserve(attendees.size());
    for (const Attendee& attendee : attendees) answer_.push_back(known(attendee));
    look_for_unavailable();
    look(store::Kind::User);
    look(store::Kind::Resource);
    std::vector<SeenEvent> seen = view_.finish_in_order();
    for (std::size_t i = 0; i < seen.size(); ++i) shown_[i].slot().event = std::move(seen[i]);
    for (AttendeeBusy& busy : answer_)
      std::stable_sort(busy.slots.begin(), busy.slots.end(),
                       [](const BusySlot& a, const BusySlot& b) { return a.from < b.from; });
    return std::move(answer_);
  }

 private:
  /// Which slot an event of the view belongs to; slots move while lists grow.
  struct Shown {
    std::vector<BusySlot>& slots;
    std::size_t index;
    [[nodiscard]] BusySlot& slot() const { return slots[index]; }
  };

  void learn_users(std::span<const Attendee> attendees) {
    std::vector<UserId> users;
    for (const Attendee& attendee : attendees)
      if (is_internal_user(attendee)) users.emplace_back(attendee.entity);
    people_.learn(users);
  }

  AttendeeBusy known(const Attendee& asked) {
    AttendeeBusy busy{asked, {}, {}};
    Attendee& attendee = busy.attendee;
    if (attendee.entity == 0 && attendee.cu_type == CuType::Individual)
      if (const auto user = people_.user_with(address_of_uri(attendee.uri))) attendee.entity = user->value;
    const CalendarUser* address = nullptr;
    if (store::kind_of(attendee) == store::Kind::User) {
      if (const Person* person = people_.find_user(UserId(attendee.entity))) address = &person->address;
    } else if (store::kind_of(attendee) == store::Kind::Resource) {
      if (const Bookable* bookable = people_.find_resource(ResourceId(attendee.entity)))
        address = &bookable->address;
    }
    if (address != nullptr)
      static_cast<CalendarUser&>(attendee) = *address;
    else
      busy.warning = ApiError(errors::cal::kBadCalendarUser,
                              {attendee.uri.empty() ? std::to_string(attendee.entity) : attendee.uri});
    return busy;
  }

  void look(store::Kind kind) {
    std::map<std::int64_t, std::vector<AttendeeBusy*>> asked;
    store::Places places{.kind = kind};
    for (AttendeeBusy& busy : answer_) {
      if (busy.warning || store::kind_of(busy.attendee) != kind) continue;
      auto& same = asked[busy.attendee.entity];
      if (same.empty()) places.takers.push_back(busy.attendee.entity);
      same.push_back(&busy);
    }
    if (places.takers.empty()) return;
    const auto found = store::search(connection_, caller_.context, places,
                                     {.range = range_, .most = kMostBusyEvents}, view_.parts());
    check_busy_number(found.size());
    load_exceptions(found);
    for (const store::Found& hit : found)
      for (AttendeeBusy* busy : asked[hit.taker]) add(hit, kind, *busy);
  }

  void look_for_unavailable() {
    std::vector<UserId> users;
    for (const AttendeeBusy& busy : answer_)
      if (!busy.warning && is_internal_user(busy.attendee)) users.emplace_back(busy.attendee.entity);
    const auto gaps = availability::unavailable(work_, users, range_);
    for (AttendeeBusy& busy : answer_) {
      const auto found =
          is_internal_user(busy.attendee) ? gaps.find(UserId(busy.attendee.entity)) : gaps.end();
      if (found == gaps.end()) continue;
      for (const TimeRange& gap : found->second)
        busy.slots.push_back({gap.from, gap.until, BusyType::Unavailable, {}});
    }
  }

  void load_exceptions(const std::vector<store::Found>& found) {
    std::vector<ObjectId> series;
    for (const store::Found& hit : found)
      if (is_series_master(hit.row.event)) series.push_back(hit.row.event.id);
    std::sort(series.begin(), series.end());
    series.erase(std::unique(series.begin(), series.end()), series.end());
    for (auto& [id, marks] : store::exception_marks(connection_, caller_.context, caller_.user, series)) {
      left_out_[id].clear();
      for (store::ExceptionMark& mark : marks) left_out_[id].push_back(std::move(mark.recurrence_id));
    }
  }

  void add(const store::Found& hit, store::Kind kind, AttendeeBusy& busy) {
    const EventData& event = hit.row.event;
    const Attendee* taker = find_taker(event, kind, hit.taker);
    const bool is_masked = masked_ && (event.id == masked_ || event.series == masked_);
    if (taker == nullptr || is_masked || taker->part_stat == PartStat::Declined ||
        event.status == EventStatus::Cancelled)
      return;
    // Rooms are taken, whatever it is for.
    if (kind == store::Kind::User && sight_by_class(event, caller_.user) == Sight::Nothing) return;
    const auto seen = places_.best(event);
    for (Occurrence& occurrence : occurrences_in(event, {.range = range_,
                                                        .viewer = caller_.timezone,
                                                        .left_out = left_out_[event.id],
                                                        .last_hit = hit.row.last_hit})) {
      busy.slots.push_back({occurrence.from, occurrence.until, busy_type_of(event, *taker), {}});
      check_busy_number(++slots_);
      if (!seen || seen->sight != Sight::Everything) continue;
      shown_.push_back({busy.slots, busy.slots.size() - 1});
      if (is_series_master(event))
        view_.add(hit.row, *seen, std::move(occurrence));
      else
        view_.add(hit.row, *seen);
    }
  }

  static void check_busy_number(std::size_t number) {
    if (number > kMostBusyEvents)
      throw ApiError(errors::cal::kTooManyEvents, {std::to_string(kMostBusyEvents)});
  }

  UnitOfWork& work_;
  sql::Connection& connection_;
  const Caller& caller_;
  TimeRange range_;
  ObjectId masked_;
  ReadOptions options_{.fields = kSlotFields, .most = 0};
  People people_;
  EventPlaces places_;
  EventView view_;
  std::vector<AttendeeBusy> answer_;
  std::vector<Shown> shown_;
  std::map<ObjectId, std::vector<EventTime>> left_out_;
  std::size_t slots_ = 0;
};

}  // namespace

std::vector<AttendeeBusy> free_busy(UnitOfWork& work, std::span<const Attendee> attendees, TimeRange range,
                                    ObjectId masked, bool is_merged) {
  std::vector<AttendeeBusy> answer = BusyReader(work, range, masked).read(attendees);
  if (is_merged)
    for (AttendeeBusy& busy : answer) busy.slots = merge_slots(busy.slots);
  return answer;
}

}  // namespace gw::model::calendar
