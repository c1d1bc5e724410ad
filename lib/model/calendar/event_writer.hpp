// One write transaction over events: who may do what, what goes along with a change (alarms, tombstones,
// events for push, scheduling), and what the answer tells. Used by the functions of calendar_writing.hpp
// only. Every operation checks all it has to check before it writes the first row. Each group of operations
// has a file of its own (event_create.cpp …).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/calendar/attendee_resolution.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/calendar_writing.hpp"
#include "model/calendar/scheduling_event.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::model::calendar {

struct Invitation;
struct InvitationPart;
struct PartFiles;
struct ProposedTime;

using AlarmsByUser = std::map<UserId, std::vector<Alarm>>;

/// What a reference names.
struct Target {
  /// A single event, a series, or an exception; with `occurrence` the series of which one is meant.
  EventData event;
  std::optional<EventData> master;  ///< of an exception
  std::optional<EventTime>
      occurrence;  ///< original start of one that has no exception yet, in the series' terms
};

/// A change of one event and of the exceptions that follow it, before anything of it is written.
struct EventEdit {
  EventData before, after;
  bool is_new_exception = false;  ///< `before` is a mere occurrence
  EventFields changed;            ///< members of the event as such
  AttendeeChange attendees;
  bool is_rescheduled = false;
  std::optional<std::vector<Alarm>> alarms;  ///< of the calendar user, when they were sent
  struct Exception {
    EventData before, after;
    bool changes = false;
  };
  std::vector<Exception> exceptions;
  std::vector<EventData> dropped;  ///< exceptions without a place in the series
  /// The later part of a series that was cut: nobody elsewhere knows it by its new UID.
  bool is_cut_off = false;
  [[nodiscard]] bool is_nothing() const;
};

/// What the file says of an occurrence, and the event that comes of it.
using ImportedException = std::pair<const EventInput*, EventData>;

class EventWriter {
 public:
  /// Takes the stamp at once: from here on no other writer of the context can pass a check.
  EventWriter(Transaction& transaction, FolderId folder, const WriteOptions& options);
  /// Through the eyes that `folder` was looked up with.
  EventWriter(Transaction& transaction, folders::FolderAccess folder, const WriteOptions& options);

  void create(const EventInput& input);
  void update(const EventRef& ref, const EventInput& input);
  void remove(const EventRef& ref);
  void update_attendee(const EventRef& ref, const Attendee& attendee,
                       const std::optional<std::vector<Alarm>>& alarms);
  void move(const EventRef& ref, FolderId target);
  void change_organizer(const EventRef& ref, const CalendarUser& organizer);
  void update_alarms(const EventRef& ref, std::span<const Alarm> alarms);
  /// `at`: as if it were that late; what is due until then is done.
  void acknowledge_alarm(const EventRef& ref, std::int64_t alarm, Millis at);
  /// Gives the alarm that stands for it from now on.
  std::int64_t snooze_alarm(const EventRef& ref, std::int64_t alarm, Millis at, Millis until);
  /// Asks once which of their uids the context knows, instead of twice for each.
  void expect_imports(std::span<const EventInput> masters);
  ImportOutcome import_series(const EventInput& master, std::span<const EventInput> exceptions);
  // Of invitations (invitation.hpp).
  void take_request(const Invitation& invitation, std::optional<PartStat> answer);
  void take_cancel(const Invitation& invitation, bool removes);
  void take_reply(const Invitation& invitation, bool adds_unknown);
  void take_proposal(const Invitation& invitation, std::string_view words);
  void resend(const EventData& event, const CalendarUser& attendee);
  void send_refresh(const Invitation& invitation);
  void take_files(const Invitation& invitation, std::span<const PartFiles> files);
  void propose_time(const Invitation& invitation, const ProposedTime& proposal);
  void delegate_invitation(const Invitation& invitation, const Attendee& delegate);
  /// Files came or went, and nothing else changed: people elsewhere get the event once more.
  void tell_of_files(const EventData& event);
  void decline_proposal(const Invitation& invitation);
  /// The folder is going: what the calendar user organizes is cancelled, from the rest he withdraws. No
  /// rights are looked at; series come before their exceptions.
  void clear_out(std::span<const ObjectId> events);
  /// Whose lines lie in the folder: nobody's in public ones.
  [[nodiscard]] std::vector<std::int64_t> calendar_users() const {
    return place_.is_public ? std::vector<std::int64_t>{} : std::vector{user_.value};
  }

  /// What happened, as the folder of the request shows it. Last call.
  CalendarResult finish();

 private:
  // Rights and places: event_rights.cpp.
  /// Errors: those of load_calendar_folder, when the caller does not see the folder.
  void require_folder() const;
  Target load(const EventRef& ref);
  EventData load_event(ObjectId id);
  std::vector<EventData> load_exceptions(const EventData& master);
  void check_known(const EventData& event) const;
  void check_write(const EventData& event) const;
  void check_delete(const EventData& event) const;
  [[nodiscard]] bool acts_as_organizer(const EventData& event) const;
  [[noreturn]] void refuse_as_attendee(const EventData& event) const;
  [[nodiscard]] bool is_own_private_folder() const;

  // New events: event_create.cpp.
  EventData new_event(const EventInput& input, bool is_import);
  void set_people(EventData& event, const EventInput& input, bool is_import);
  EventData new_exception(const EventData& master, const EventTime& original_start);
  AlarmsByUser alarms_for_new(const EventInput& input);

  // Changes: event_update.cpp, event_plan.cpp.
  void update_occurrence(const EventData& master, const EventTime& original_start, const EventInput& input);
  void update_from_here(const EventData& master, const EventTime& original_start, const EventInput& input);
  void plan(EventEdit& edit, const EventInput& input, std::vector<EventData> exceptions,
            const EventData* master);
  void plan_members(EventEdit& edit, const EventInput& input, const EventData* master);
  void plan_attendees(EventEdit& edit, const EventInput& input);
  void plan_as_attendee(EventEdit& edit, const EventInput& input);
  void plan_exceptions(EventEdit& edit, std::vector<EventData> exceptions);
  void plan_numbers(EventEdit& edit, const EventInput& input);
  void check_edit(const EventEdit& edit) const;
  /// False: there are conflicts, nothing may be written.
  bool passes_conflicts(const EventEdit& edit);
  bool passes_conflicts(const EventData& event, std::span<const EventTime> left_out);
  void write(EventEdit& edit);
  void write_exceptions(EventEdit& edit);
  /// Cuts the series: `edit.before` becomes the later part, `exceptions` keep those of it. Gives the earlier
  /// part; empty when nothing lies before. Errors: CAL-4063.
  std::optional<EventData> cut_off(EventEdit& edit, const EventTime& at, std::vector<EventData>& exceptions,
                                   std::vector<EventData>& earlier_exceptions);
  void store_exception(const EventData& master, const EventData& exception,
                       const std::optional<std::vector<Alarm>>& alarms);
  /// It keeps the UID, under which people elsewhere know the series; the later part gets a new one.
  void store_earlier(EventEdit& edit, const EventData& master, EventData& earlier,
                     const std::vector<EventData>& exceptions);

  // Answers: event_attend.cpp.
  Attendee line_to_answer(const EventData& event, const Attendee& sent);
  void check_answer(const EventData& event) const;
  void store_line(const EventData& before, EventData& after, const Attendee& answer);
  void store_answer(const EventData& event, const Attendee& before, const Attendee& answer,
                    const std::optional<std::vector<Alarm>>& alarms);

  // Deleting: event_remove.cpp.
  [[nodiscard]] bool cancels_for_all(const EventData& event) const;
  void withdraw(const EventData& event);
  void withdraw_occurrence(const EventData& master, const EventTime& original_start);
  void remove_whole(const EventData& event);
  void remove_occurrence(const EventData& master, const EventTime& original_start,
                         const EventData* exception);
  void remove_from_here(const EventData& master, const EventTime& original_start);

  // Alarms of the calendar user: event_alarms.cpp, event_attend.cpp.
  std::vector<Alarm> own_alarms(ObjectId event);
  void store_alarms(const EventData& event, std::span<const Alarm> alarms);

  // Moves and organizers: event_move.cpp.
  void check_move(const EventData& event, const folders::FolderAccess& target) const;
  EventData moved_to(const EventData& event, const Place& target);
  Attendee organizer_line(const EventData& event, const CalendarUser& organizer);
  void check_organizer_change(const EventData& event) const;
  void hand_over(EventEdit& edit, std::vector<EventData> exceptions, const Attendee& organizer);

  // Imports: event_import.cpp.
  [[nodiscard]] bool may_be_known(std::string_view uid) const;
  void keep_original(ObjectId id, const EventInput& input, bool is_new) const;
  std::optional<EventData> older_version(const EventInput& input);
  std::vector<ImportedException> imported_exceptions(const EventData& master,
                                                     std::span<const EventInput> inputs,
                                                     std::vector<ApiError>& warnings);
  void insert_exceptions(std::span<const ImportedException> parts);

  // Invitations from elsewhere: invitation_copy.cpp, invitation_answer.cpp, invitation_proposal.cpp.
  /// What the calendar user has of it: the series or event, or the occurrences that were told.
  std::vector<EventData> copies_of(const Invitation& invitation);
  /// Everything of the UID that is the calendar user's copy.
  std::vector<EventData> all_copies(const Invitation& invitation);
  /// Once, also where it is among the new ones.
  void note_updated(ObjectId event);
  /// Whoever has given no answer yet may come.
  void note_tentative(const EventData& event);
  void send_delegate(const EventData& event, Attendee delegate);
  EventData new_copy(const InvitationPart& part, PartStat answer);
  void update_copy(const EventData& stored, const InvitationPart& part, std::optional<PartStat> answer);
  void store_part_of_copy(const EventData& master, const InvitationPart& part, std::optional<PartStat> answer,
                          bool replies);
  void take_parts(const EventData& master, const Invitation& invitation, std::optional<PartStat> answer);
  void set_people_of_copy(EventData& event, const InvitationPart& part, PartStat answer);
  void answer_copy(const EventData& event);
  void cancel_copy(const EventData& event, const InvitationPart& part, bool removes);
  void take_line(const EventData& event, const EventData* master, const InvitationPart& part,
                 bool adds_unknown, std::string_view words);
  Attendee answered_line(const EventData& event, const InvitationPart& part, bool adds_unknown,
                         std::string_view words);

  // Rows and what goes along with them: event_writer.cpp.
  /// Sets stamp, modifier and time.
  void sign(EventData& event) const;
  void insert(const EventData& event, const AlarmsByUser& alarms);
  void replace(const EventData& before, const EventData& after, ChangeKind kind = ChangeKind::Updated);
  void touch(const EventData& event);
  /// A series lacks the date of an occurrence for those who do not see it: when that changes, so does what
  /// they see of the series.
  void touch_series_of(const EventData& before, const EventData& after);
  void erase(const EventData& event);
  /// The index of due times; alarms of users who take part no longer go.
  void settle_alarms(const EventData& event);
  void schedule_from(const CalendarUser& originator, SchedulingMethod method, const EventData& event,
                     std::vector<CalendarUser> recipients, EventFields changed, bool is_new);
  /// Nothing where nobody sends mails, or nobody is meant.
  void schedule(SchedulingMethod method, const EventData& event, std::vector<CalendarUser> recipients,
                EventFields changed, bool is_new = false);
  void schedule_request(const EventData& event, EventFields changed);
  /// Who is new is invited; the others hear of what matters to them.
  void schedule_change(const EventEdit& edit);
  void schedule_cancel(const EventData& event, std::vector<CalendarUser> recipients);
  /// Of the calendar user, when his answer is another one.
  void schedule_reply(const EventData& before, const EventData& after);
  SeenEvent see(ObjectId id);
  void show(std::vector<SeenEvent>& list, ObjectId id);

  Transaction& transaction_;
  UnitOfWork& work_;
  sql::Connection& connection_;
  const Caller& caller_;
  const WriteOptions& options_;
  const Millis stamp_;
  const folders::FolderAccess access_;
  const Place place_;
  const UserId user_;  ///< the calendar user
  People people_;
  FolderId shown_in_;  ///< whose view the answer gives
  bool is_clearing_out_ = false;
  /// Of imports: the uids of the file that the context knows, and those that were written since.
  std::optional<std::set<std::string, std::less<>>> known_uids_;
  std::vector<ObjectId> created_, updated_;
  std::vector<EventRef> deleted_;
  std::vector<Conflict> conflicts_;
  std::vector<SchedulingEvent> scheduling_;
};

/// Errors: CAL-4228 for calendars that come from elsewhere: nobody writes to them.
void check_writable_calendar(FolderId folder);

/// Original starts of the exceptions.
std::vector<EventTime> original_starts(std::span<const EventData> exceptions);

}  // namespace gw::model::calendar
