// The search box in tasks.
#include "ajax/find/persons.hpp"
#include "ajax/find/result_page.hpp"
#include "core/text.hpp"
#include "model/tasks/task_query.hpp"

namespace gw::ajax {
namespace {

namespace tasks = model::tasks;
using tasks::TaskText;

constexpr std::string_view kTaskColumns = "1,20,101,200,202,203,220,300,301,309";

constexpr FacetChoice kTaskStatuses[] = {
    {"1", "Not started"}, {"2", "In progress"}, {"3", "Done"}, {"4", "Waiting"}, {"5", "Deferred"}};
constexpr FacetChoice kTaskTypes[] = {{"single_task", "Single task"}, {"series", "Series"}};

constexpr FacetRow kTaskFacets[] = {
    {"global", FacetKind::Text, "global"},
    {"task_title", FacetKind::Text, "title", "in title"},
    {"task_description", FacetKind::Text, "description", "in description"},
    {"task_attachment_name", FacetKind::Text, "attachment_name", "in names of attachments"},
    {"task_participants", FacetKind::Person, "participant", "Participant"},
    {"task_status", FacetKind::Choice, "status", "Status", kTaskStatuses},
    {"task_type", FacetKind::Choice, "type", "Type", kTaskTypes},
    {"folder_type", FacetKind::FolderType, "folder_type", "Folder type"},
    {"folder", FacetKind::Folder, "folder"},
};

struct TaskTextRow {
  std::string_view field;
  TaskText text;
};
constexpr TaskTextRow kTaskTexts[] = {{"global", TaskText::Title},
                                      {"global", TaskText::Note},
                                      {"global", TaskText::Categories},
                                      {"global", TaskText::Attachments},
                                      {"title", TaskText::Title},
                                      {"description", TaskText::Note},
                                      {"attachment_name", TaskText::Attachments}};

struct TaskChoiceRow {
  std::string_view facet;
  void (*apply)(tasks::TaskQuery& query, const std::vector<std::string>& queries);
};
constexpr TaskChoiceRow kTaskChoices[] = {
    {"task_status",
     [](tasks::TaskQuery& query, const std::vector<std::string>& queries) {
       for (const std::string& status : queries) query.statuses.push_back(parse_integer(status).value_or(0));
     }},
    {"task_type",
     [](tasks::TaskQuery& query, const std::vector<std::string>& queries) {
       if (queries.size() == 1) query.is_series = queries.front() == "series";
     }},
};

tasks::TaskQuery make_task_query(Invocation& invocation, const FindQuery& asked) {
  tasks::TaskQuery query;
  for (const FindCriterion& criterion : asked.criteria) {
    if (criterion.facet->kind == FacetKind::Text) {
      std::vector<TaskText> in;
      for (const std::string& field : criterion.fields)
        for (const TaskTextRow& row : kTaskTexts)
          if (row.field == field) in.push_back(row.text);
      for (const std::string& text : criterion.queries) query.words.push_back({in, pattern_anywhere(text)});
    } else if (criterion.facet->kind == FacetKind::Person) {
      query.participants.push_back(participants_of(invocation, criterion));
    }
    for (const TaskChoiceRow& row : kTaskChoices)
      if (row.facet == criterion.facet->id) row.apply(query, criterion.queries);
  }
  query.folders = asked_folders(invocation, asked, kTasksSearch, model::ObjectModule::Task);
  return query;
}

FindResults search_tasks_by_facets(Invocation& invocation, const FindQuery& asked) {
  const auto columns = asked_columns(invocation, kTaskColumns);
  const tasks::TaskQuery query = make_task_query(invocation, asked);
  constexpr int kTitleColumn = 200;
  const tasks::ListRequest request{rows_of(tasks::task_fields(), columns), {kTitleColumn, false}};
  ArrivedObjects objects;
  const auto found =
      tasks::find(invocation.work, query, request, [&](std::size_t arrival, const tasks::Task& task) {
        objects.add(arrival, write_members(task, tasks::task_fields(), columns, invocation.format));
      });
  return objects.page(found.order, asked);
}

}  // namespace

const SearchModule kTasksSearch{"tasks",     {},    model::Module::Tasks,
                                kTaskFacets, false, search_tasks_by_facets};

}  // namespace gw::ajax
