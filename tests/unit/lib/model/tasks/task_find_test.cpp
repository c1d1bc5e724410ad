// Finding tasks by several conditions.
#include "model/attachments/attachment_store.hpp"
#include "model/tasks/task_attachments.hpp"
#include "model/tasks/task_query.hpp"
#include "task_board.hpp"

namespace gw::test {
namespace {

using tasks::TaskQuery;
using tasks::TaskText;

class TaskFind : public TaskBoard {
 protected:
  Names found(UserId user, const TaskQuery& query) {
    tasks::TaskCollector collector;
    const tasks::ListRequest request{tasks::all_fields(), {200, false}};
    Names names;
    for (const Task& task : collector.take(tasks::find(as(user), query, request, collector.visitor())))
      names.push_back(task.title.value_or("-"));
    return names;
  }
  static TaskQuery words(std::vector<TaskText> in, const std::string& pattern) {
    return {.words = {{std::move(in), pattern}}};
  }
  void attach(ObjectId task, const std::string& name) {
    as(kAdmin).write([&](model::Transaction& transaction) {
      model::attachments::Attachment file;
      file.id = transaction.next_id();
      file.attached = task.value;
      file.module = static_cast<std::int64_t>(model::attachments::ParentModule::Task);
      file.filename = name;
      file.file_mimetype = "text/plain";
      file.file_id = "x";
      model::attachments::store::insert(transaction.connection(), kContext, file);
      transaction.stamp();
      tasks::task_attachment_parent().set_counters(transaction, task, {1, {}});
    });
  }
};

TEST_F(TaskFind, EachConditionNarrows) {
  const FolderId mine = home(kAnna);
  create(kAnna, mine, "{'title':'Move','note':'the Caf\xC3\xA9','status':1}");
  create(kAnna, mine, "{'title':'cafe','status':3,'participants':[{'id':4,'type':1}]}");
  create(kAnna, mine,
         "{'title':'outside','categories':'Cafe','participants':[{'type':5,'mail':'Jo@Elsewhere.test',"
         "'display_name':'Jo O`Neill'}]}");
  create(kAnna, mine,
         "{'title':'weekly','start_date':1719792000000,'end_date':1719792000000,'recurrence_type':1,'"
         "interval':1}");
  EXPECT_EQ(found(kAnna, words({TaskText::Title}, "cafe")), (Names{"cafe"}));
  EXPECT_EQ(found(kAnna, words({TaskText::Note}, "CAFE")), (Names{"Move"}));
  EXPECT_EQ(found(kAnna, words({TaskText::Title, TaskText::Note, TaskText::Categories}, "cafe")),
            (Names{"cafe", "Move", "outside"}));
  TaskQuery both = words({TaskText::Note}, "cafe");
  both.words.push_back({{TaskText::Title}, "move"});
  EXPECT_EQ(found(kAnna, both), (Names{"Move"}));
  EXPECT_EQ(found(kAnna, words({TaskText::Title}, "%")), Names());

  TaskQuery berta, jo, piece;
  berta.participants.emplace_back().users = {kBerta.value};
  jo.participants.emplace_back().add_address("jo@elsewhere.test");
  piece.participants.emplace_back().add_piece("O`NEILL");
  EXPECT_EQ(found(kAnna, berta), (Names{"cafe"}));
  EXPECT_EQ(found(kBerta, berta), (Names{"cafe"}));
  EXPECT_EQ(found(kAnna, jo), (Names{"outside"}));
  EXPECT_EQ(found(kAnna, piece), (Names{"outside"}));
  EXPECT_EQ(found(kAnna, {.statuses = {3}}), (Names{"cafe"}));
  EXPECT_EQ(found(kAnna, {.statuses = {2, 3, 4}}), (Names{"cafe"}));
  EXPECT_EQ(found(kAnna, {.is_series = true}), (Names{"weekly"}));
  EXPECT_EQ(found(kAnna, {.is_series = false}).size(), 3U);
  EXPECT_EQ(found(kAnna, {.folders = std::vector{mine}}).size(), 4U);
  EXPECT_EQ(found(kAnna, {.folders = std::vector<FolderId>()}), Names());
  EXPECT_EQ(refusal([&] { found(kBerta, {.folders = std::vector{mine}}); }), "FLD-0003");
}

TEST_F(TaskFind, PrivateTasksAreFoundByNobodyElse) {
  const FolderId mine = home(kAnna);
  create(kAnna, mine, "{'title':'secret','private_flag':true}");
  create(kAnna, mine, "{'title':'open'}");
  share(mine, kBerta, kReadAll);
  EXPECT_EQ(found(kAnna, {.folders = std::vector{mine}}), (Names{"open", "secret"}));
  EXPECT_EQ(found(kBerta, {.folders = std::vector{mine}}), (Names{"open"}));
  EXPECT_EQ(found(kBerta, words({TaskText::Title}, "secret")), Names());
}

TEST_F(TaskFind, NamesOfFilesAreSearchedWhereTheTaskIsSeen) {
  const FolderId mine = home(kAnna);
  attach(create(kAnna, mine, "{'title':'plan'}"), "Budg\xC3\xA9t 2024.ods");
  attach(create(kAnna, mine, "{'title':'secret','private_flag':true}"), "budget.txt");
  create(kAnna, mine, "{'title':'budget talk'}");
  const auto named = [](const std::string& pattern) { return words({TaskText::Attachments}, pattern); };
  const auto anywhere = [](const std::string& pattern) {
    return words({TaskText::Title, TaskText::Attachments}, pattern);
  };
  EXPECT_EQ(found(kAnna, named("BUDGET")), (Names{"plan", "secret"}));
  EXPECT_EQ(found(kAnna, anywhere("budget")), (Names{"budget talk", "plan", "secret"}));
  EXPECT_EQ(found(kAnna, words({TaskText::Title}, "budget")), (Names{"budget talk"}));
  EXPECT_EQ(found(kAnna, named("2%4")), Names());
  TaskQuery both = named("budget");
  both.words.push_back({{TaskText::Title}, "pla"});
  EXPECT_EQ(found(kAnna, both), (Names{"plan"}));
  share(mine, kBerta, kReadAll);
  EXPECT_EQ(found(kBerta, named("budget")), (Names{"plan"}));
  // Rows of before the names were kept folded.
  database.pool->acquire()->execute("UPDATE attachments SET filename_fold=NULL WHERE cid=?", kContext);
  EXPECT_EQ(found(kAnna, named("budget")), (Names{"plan", "secret"}));
  EXPECT_EQ(found(kAnna, named("nothing")), Names());
}

}  // namespace
}  // namespace gw::test
