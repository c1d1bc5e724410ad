#include "model/scheduling/task_notice.hpp"

#include "model/calendar/calendar_people.hpp"
#include "model/scheduling/event_snapshot.hpp"

namespace gw::model::scheduling {
namespace {

struct NumberMember {
  const char* name;
  std::int64_t TaskNotice::*member;
};
constexpr NumberMember kNumbers[] = {{"id", &TaskNotice::id},
                                     {"createdBy", &TaskNotice::created_by},
                                     {"status", &TaskNotice::status},
                                     {"percent", &TaskNotice::percent_completed},
                                     {"confirmation", &TaskNotice::confirmation}};

struct OptionalMember {
  const char* name;
  tasks::Number TaskNotice::*member;
};
constexpr OptionalMember kOptionals[] = {
    {"start", &TaskNotice::start}, {"due", &TaskNotice::due}, {"priority", &TaskNotice::priority}};

struct NoticeText {
  const char* name;
  std::string TaskNotice::*member;
};
constexpr NoticeText kNoticeTexts[] = {{"uid", &TaskNotice::uid},
                                       {"title", &TaskNotice::title},
                                       {"note", &TaskNotice::note},
                                       {"message", &TaskNotice::message}};

}  // namespace

std::vector<calendar::CalendarUser> people_of(const tasks::Task& task) {
  std::vector<calendar::CalendarUser> people;
  for (const tasks::TaskUser& user : task.users) {
    if (user.is_removed) continue;
    people.emplace_back().entity = user.id;
  }
  for (const tasks::Participant& one : task.participants) {
    if (one.type != tasks::ParticipantType::External || !one.mail) continue;
    calendar::CalendarUser& person = people.emplace_back();
    person.email = *one.mail;
    person.uri = calendar::mail_uri(*one.mail);
    person.cn = one.display_name.value_or("");
  }
  return people;
}

TaskNotice make_notice(TaskChange change, const tasks::Task& task) {
  TaskNotice notice;
  notice.change = change;
  notice.id = task.id;
  notice.uid = task.uid.value_or("");
  notice.title = task.title.value_or("");
  notice.note = task.note.value_or("");
  notice.created_by = task.created_by;
  notice.start = task.start;
  notice.due = task.due;
  notice.priority = task.priority;
  notice.full_time = task.full_time;
  notice.status = task.status;
  notice.percent_completed = task.percent_completed;
  notice.people = people_of(task);
  if (notice.people.size() > kMostTaskPeople) notice.people.resize(kMostTaskPeople);
  return notice;
}

Json write_notice(const TaskNotice& notice) {
  Json json = Json::object();
  json.set("change", Json::integer(static_cast<int>(notice.change)));
  json.set("fullTime", Json::boolean(notice.full_time));
  for (const NumberMember& row : kNumbers) json.set(row.name, Json::integer(notice.*row.member));
  for (const OptionalMember& row : kOptionals)
    if (const tasks::Number& value = notice.*row.member) json.set(row.name, Json::integer(*value));
  for (const NoticeText& row : kNoticeTexts) json.set(row.name, Json::string(notice.*row.member));
  Json people = Json::array();
  for (const calendar::CalendarUser& person : notice.people) people.append(write_user(person));
  json.set("people", std::move(people));
  return json;
}

TaskNotice read_notice(const Json& json) {
  TaskNotice notice;
  const std::int64_t change = json.get("change").as_integer();
  if (change >= 0 && change <= static_cast<int>(TaskChange::Confirmed))
    notice.change = static_cast<TaskChange>(change);
  notice.full_time = json.get("fullTime").is_true();
  for (const NumberMember& row : kNumbers) notice.*row.member = json.get(row.name).as_integer();
  for (const OptionalMember& row : kOptionals) notice.*row.member = json.get(row.name).to_integer();
  for (const NoticeText& row : kNoticeTexts) notice.*row.member = json.get(row.name).as_string();
  const Json people = json.get("people");
  for (std::size_t i = 0; people.is_array() && i < people.size(); ++i)
    notice.people.push_back(read_user(people.at(i)));
  return notice;
}

}  // namespace gw::model::scheduling
