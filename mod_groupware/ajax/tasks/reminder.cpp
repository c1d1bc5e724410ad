// Module `reminder`. Source: spec tasks-reminders-attachments section 4.
#include "ajax/tasks/reminder.hpp"

#include "core/errors/reminder.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/reminders/reminder_fields.hpp"
#include "model/reminders/reminder_service.hpp"

namespace gw::ajax {
namespace {

namespace reminders = model::reminders;

/// Most elements of one delete request. Errors beyond it: SVL-0031.
constexpr std::size_t kMaxReminders = 10'000;

Json write_reminder(const reminders::Reminder& reminder, const Invocation& invocation) {
  return model::write_object(reminder, reminders::reminder_fields(), invocation.format);
}

Response answer_reminders(const reminders::ReminderList& list, const Invocation& invocation) {
  Json data = Json::array();
  for (const reminders::Reminder& reminder : list.items) data.append(write_reminder(reminder, invocation));
  return Response::with_data(std::move(data), list.timestamp);
}

Response due_reminders(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  std::vector<std::int64_t> modules;
  const std::string_view text = trim(arguments.text("modules"));
  if (!text.empty())
    for (const std::string_view part : split(text, ',')) {
      const auto number = parse_integer(part);
      if (!number) throw ApiError(errors::svl::kBadParameter, {"modules", std::string(text)});
      modules.push_back(*number);
    }
  const auto end = arguments.optional_integer("end");
  const Millis until = end ? from_zone_time(*end, invocation.format.zone) : Millis{invocation.work.now()};
  return answer_reminders(reminders::list_due(invocation.work, until, modules), invocation);
}

Response reminder_updates(Invocation& invocation) {
  const Millis since{invocation.arguments.integer("timestamp")};
  return answer_reminders(reminders::list_changed(invocation.work, since), invocation);
}

ObjectId parse_reminder_id(const Json& element) {
  const Json value = element.is_object() ? element.get("id") : Json();
  if (value.is_missing() || value.is_null()) throw ApiError(errors::rem::kNoId);
  const auto id = value.to_integer();
  if (!id) throw ApiError(errors::svl::kBadParameter, {"id", value.dump()});
  return ObjectId(*id);
}

Response dismiss_reminders(Invocation& invocation) {
  const Json& body = invocation.body;
  std::vector<ObjectId> ids;
  if (body.is_object()) {
    ids.push_back(parse_reminder_id(body));
  } else {
    if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of objects with id"});
    if (body.size() > kMaxReminders) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
    for (std::size_t i = 0; i < body.size(); ++i) ids.push_back(parse_reminder_id(body.at(i)));
  }
  const reminders::Dismissed dismissed = reminders::dismiss(invocation.work, ids);
  Json kept = Json::array();
  for (const ObjectId id : dismissed.kept) kept.append(Json::integer(id.value));
  return Response::with_data(std::move(kept), dismissed.timestamp);
}

Response remind_again(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with alarm"});
  const Json alarm = body.get("alarm");
  if (alarm.is_missing() || alarm.is_null()) throw ApiError(errors::rem::kNoAlarm);
  const auto time = alarm.to_integer();
  if (!time) throw ApiError(errors::svl::kBadParameter, {"alarm", alarm.dump()});
  const reminders::Reminder reminder =
      reminders::remind_again(invocation.work, ObjectId(invocation.arguments.integer("id")),
                              from_zone_time(*time, invocation.format.zone));
  return Response::with_data(write_reminder(reminder, invocation), reminder.last_modified);
}

constexpr Parameter kReminderRange[] = {{"end", Type::Integer}, {"modules"}};
constexpr Parameter kReminderAgain[] = {{"id", Type::Integer, true}};
constexpr Parameter kReminderUpdates[] = {{"timestamp", Type::Timestamp, true}};

constexpr Action kReminderActions[] = {
    {"delete", kPut, dismiss_reminders, kBody | kSerial},
    {"range", kGet, due_reminders, 0, kReminderRange},
    {"remindAgain", kPut, remind_again, kBody | kSerial, kReminderAgain},
    {"updates", kGet, reminder_updates, 0, kReminderUpdates},
};

}  // namespace

const ApiModule kReminderModule{"reminder", kReminderActions};

}  // namespace gw::ajax
