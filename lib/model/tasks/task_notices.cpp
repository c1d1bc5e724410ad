// Mails about tasks: who is told of what. They are sent as those about events are
// (model/scheduling/outbox.hpp), and whoever gets them may have switched them off. Source: spec settings
// (modules/tasks/notify*).
#include <algorithm>

#include "model/scheduling/outbox.hpp"
#include "model/tasks/task_writer.hpp"

namespace gw::model::tasks {
namespace {

using calendar::CalendarUser;
using scheduling::TaskChange;

bool holds_person(const std::vector<CalendarUser>& list, const CalendarUser& person) {
  return std::any_of(list.begin(), list.end(), [&](const CalendarUser& each) {
    return each.entity == person.entity && each.email == person.email;
  });
}

std::vector<CalendarUser> with_creator(const Task& task) {
  std::vector<CalendarUser> people = scheduling::people_of(task);
  CalendarUser creator;
  creator.entity = task.created_by;
  if (!people.empty() && !holds_person(people, creator)) people.push_back(std::move(creator));
  return people;
}

}  // namespace

void TaskWriter::tell(TaskChange change, const Task& task) {
  scheduling::enqueue(transaction_, scheduling::make_notice(change, task), with_creator(task));
}

void TaskWriter::tell_change(const Task& before, const Task& after) {
  const std::vector<CalendarUser> was = scheduling::people_of(before), is = with_creator(after);
  std::vector<CalendarUser> come, stay, gone;
  for (const CalendarUser& person : is) {
    const bool is_known = holds_person(was, person) || person.entity == after.created_by;
    (is_known ? stay : come).push_back(person);
  }
  for (const CalendarUser& person : was)
    if (!holds_person(is, person)) gone.push_back(person);
  scheduling::enqueue(transaction_, scheduling::make_notice(TaskChange::New, after), come);
  scheduling::enqueue(transaction_, scheduling::make_notice(TaskChange::Changed, after), stay);
  scheduling::enqueue(transaction_, scheduling::make_notice(TaskChange::Deleted, before), gone);
}

void TaskWriter::tell_confirmation(const Task& task, const Confirmation& confirmation) {
  scheduling::TaskNotice notice = scheduling::make_notice(TaskChange::Confirmed, task);
  notice.confirmation = confirmation.status;
  notice.message = confirmation.message.value_or("");
  // Users choose whether they hear of it; people elsewhere hear of the task alone.
  std::vector<CalendarUser> people = with_creator(task);
  std::erase_if(people, [](const CalendarUser& person) { return person.entity == 0; });
  scheduling::enqueue(transaction_, notice, people);
}

}  // namespace gw::model::tasks
