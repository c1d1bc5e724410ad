#include "calendars/birthdays/birthday_calendar.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "calendars/birthdays/birthday_event.hpp"
#include "calendars/extended_properties.hpp"
#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/event_view.hpp"
#include "model/contacts/contact_birthdays.hpp"
#include "model/folders/account_folders.hpp"
#include "model/permissions/rights.hpp"

namespace gw::calendars::birthdays {
namespace {

namespace calendar = model::calendar;
namespace contacts = model::contacts;
namespace folders = model::folders;
namespace cal = errors::cal;

/// Nobody is busy because of a birthday, and sync programs read contacts themselves.
constexpr PropertyDefaults kBirthdayDefaults{
    .is_transparent = true, .is_for_sync = false, .is_transparency_fixed = true, .is_sync_fixed = true};
constexpr model::Rights kBirthdayRights{1, 2, 0, 0, false};
constexpr std::int64_t kDayMillis = 86'400'000;

std::string number_text(ObjectId id) { return std::to_string(id.value); }

/// Birthdays on their way to a reader.
class BirthdayView {
 public:
  BirthdayView(sql::Connection& connection, const model::Caller& caller, const calendar::ReadOptions& options)
      : caller_(caller), view_(connection, caller, options) {}

  void add(const contacts::Contact& contact) { view_.add(row_of(contact), seen_by(caller_)); }
  void add(const contacts::Contact& contact, calendar::Occurrence occurrence) {
    view_.add(row_of(contact), seen_by(caller_), std::move(occurrence));
  }
  std::vector<calendar::SeenEvent> finish() { return with_ages(view_.finish()); }
  std::vector<calendar::SeenEvent> finish_in_order() { return with_ages(view_.finish_in_order()); }

 private:
  static calendar::Perspective seen_by(const model::Caller& caller) {
    return {folders::kBirthdayFolder, caller.user, calendar::Sight::Everything};
  }

  calendar::store::EventRow row_of(const contacts::Contact& contact) {
    birthdays_[ObjectId(contact.id)] = *contact.birthday;
    calendar::store::EventRow row;
    row.event = birthday_event(contact, caller_);
    return row;
  }

  std::vector<calendar::SeenEvent> with_ages(std::vector<calendar::SeenEvent> seen) const {
    for (calendar::SeenEvent& each : seen)
      if (!calendar::is_series_master(each.event) || !each.event.rrule)
        add_age(each.event, birthdays_.at(each.event.id));
    return seen;
  }

  const model::Caller& caller_;
  calendar::EventView view_;
  std::map<ObjectId, Date> birthdays_;
};

contacts::Contact load_birthday(model::UnitOfWork& work, const calendar::EventRef& ref) {
  auto found = contacts::find_birthdays(work, std::array{ref.event});
  if (found.empty()) throw ApiError(cal::kNotFound, {number_text(ref.event)});
  return std::move(found.front());
}

calendar::Occurrence load_occurrence(const calendar::EventData& master, const calendar::EventRef& ref) {
  auto occurrence = calendar::find_occurrence(master, *ref.recurrence_id);
  if (!occurrence)
    throw ApiError(cal::kOccurrenceNotFound,
                   {number_text(ref.event), calendar::format_recurrence_id(*ref.recurrence_id)});
  return std::move(*occurrence);
}

}  // namespace

bool BirthdayCalendar::is_offered_to(const model::Caller& caller) {
  return !caller.is_guest && caller.modules.has(model::Module::Contacts) &&
         caller.modules.has(model::Module::Calendar);
}

std::vector<calendar::SeenEvent> BirthdayCalendar::list(model::UnitOfWork& work, FolderId,
                                                        const calendar::ReadOptions& options) const {
  std::optional<Date> from, until;
  if (options.range) {
    // Days are those of the reader's clock: a day more on both sides.
    from = Date::from_millis(options.range->from.value - kDayMillis);
    until = Date::from_millis(options.range->until.value + 2 * kDayMillis);
  }
  const auto found = contacts::list_birthdays(work, from, until);
  BirthdayView view(work.connection(), work.caller(), options);
  for (const contacts::Contact& contact : found) view.add(contact);
  return view.finish();
}

calendar::SeenEvent BirthdayCalendar::get(model::UnitOfWork& work, const calendar::EventRef& ref,
                                          calendar::EventFields fields) const {
  const contacts::Contact contact = load_birthday(work, ref);
  const calendar::ReadOptions options{.fields = fields};
  BirthdayView view(work.connection(), work.caller(), options);
  if (ref.recurrence_id)
    view.add(contact, load_occurrence(birthday_event(contact, work.caller()), ref));
  else
    view.add(contact);
  return std::move(view.finish_in_order().front());
}

std::vector<calendar::SeenEvent> BirthdayCalendar::list_refs(model::UnitOfWork& work,
                                                             std::span<const calendar::EventRef> refs,
                                                             calendar::EventFields fields) const {
  std::vector<ObjectId> ids;
  for (const calendar::EventRef& ref : refs) ids.push_back(ref.event);
  std::map<ObjectId, contacts::Contact> found;
  for (contacts::Contact& contact : contacts::find_birthdays(work, ids))
    found.emplace(ObjectId(contact.id), std::move(contact));
  const calendar::ReadOptions options{.fields = fields};
  BirthdayView view(work.connection(), work.caller(), options);
  for (const calendar::EventRef& ref : refs) {
    const auto contact = found.find(ref.event);
    if (contact == found.end()) continue;
    if (!ref.recurrence_id) {
      view.add(contact->second);
    } else if (auto occurrence = calendar::find_occurrence(birthday_event(contact->second, work.caller()),
                                                           *ref.recurrence_id)) {
      view.add(contact->second, std::move(*occurrence));
    }
  }
  return view.finish_in_order();
}

calendar::EventUpdates BirthdayCalendar::updates(model::UnitOfWork& work, FolderId, Millis since,
                                                 const calendar::ReadOptions& options) const {
  calendar::EventUpdates updates;
  work.snapshot([&](sql::Connection& connection) {
    updates = {};
    const auto found = contacts::birthday_updates(connection, work.caller(), since);
    BirthdayView view(connection, work.caller(), options);
    for (const contacts::Contact& contact : found.changed) view.add(contact);
    updates.changed = view.finish();
    for (const ObjectId id : found.removed) updates.removed.push_back({folders::kBirthdayFolder, id, {}});
    updates.timestamp = found.timestamp;
  });
  return updates;
}

CalendarInput BirthdayCalendar::probe(model::UnitOfWork& work, const CalendarInput& input) const {
  CalendarInput suggested = input;
  if (!suggested.title || suggested.title->empty())
    suggested.title = std::string(calendar_title(work.caller().locale));
  suggested.config = Json::object();
  const auto change = parse_properties(input.properties, kBirthdayDefaults, kName);
  suggested.properties = write_properties(
      {change.color.value_or(std::nullopt), change.description.value_or(std::nullopt), {}, {}},
      kBirthdayDefaults);
  return suggested;
}

void BirthdayCalendar::change(model::UnitOfWork& work, FolderId folder, const CalendarInput& input) const {
  const auto change = parse_properties(input.properties, kBirthdayDefaults, kName);
  work.write([&](model::Transaction& transaction) {
    transaction.stamp();
    if (input.is_subscribed) folders::set_subscribed(transaction, folder, *input.is_subscribed);
    calendar::change_properties(transaction, folder, change);
  });
}

CalendarShape BirthdayCalendar::describe(const calendar::AccountRow*,
                                         const calendar::CalendarProperties& properties) const {
  return {kName, Json(), write_properties(properties, kBirthdayDefaults)};
}

folders::Node BirthdayCalendar::folder_node(model::UnitOfWork& work, std::string_view locale) const {
  folders::Node node;
  node.stored = folders::kBirthdayFolder;
  node.parent = std::to_string(folders::system_folder::kPrivate.value);
  node.title = std::string(calendar_title(locale));
  node.module = model::ObjectModule::Calendar;
  node.type = static_cast<int>(folders::FolderType::Private);
  node.created_by = node.modified_by = work.caller().user.value;
  node.rights = kBirthdayRights;
  node.own_bits = model::to_bits(node.rights);
  node.permissions = {{work.caller().user.value, false, kBirthdayRights}};
  node.knows_permissions = true;
  node.is_subscribed = folders::is_subscribed(work.connection(), work.caller(), folders::kBirthdayFolder);
  return node;
}

}  // namespace gw::calendars::birthdays
