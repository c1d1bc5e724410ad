#include "model/tasks/task_attachments.hpp"

#include "task_board.hpp"

namespace gw::test {
namespace {

TEST_F(TaskBoard, FilesOfATaskAreReadAndWrittenByTheRightsOnIt) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kReadAll);
  const ObjectId id = create(kAnna, home, "{'title':'t'}");
  const auto& parent = tasks::task_attachment_parent();
  EXPECT_EQ(parent.check_readable(as(kBerta), home, id), get(kAnna, {home, id}).last_modified);
  EXPECT_EQ(refusal([&] { parent.check_writable(as(kBerta), home, id); }), "TSK-0033");
  EXPECT_EQ(refusal([&] { parent.check_readable(as(kCarl), home, id); }), "FLD-0003");
  EXPECT_EQ(refusal([&] { parent.check_writable(as(kAnna), home, id); }), "");
  EXPECT_EQ(refusal([&] { parent.check_readable(as(kAnna), home, ObjectId(9'999)); }), "TSK-0019");
}

TEST_F(TaskBoard, CountersOfFilesMoveTheStampAndRaiseAnEvent) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'title':'t','participants':[{'id':4,'type':1}]}");
  const Millis before = get(kAnna, {home, id}).last_modified;
  database.events.events.clear();
  as(kAnna).write([&](model::Transaction& transaction) {
    transaction.stamp();
    tasks::task_attachment_parent().set_counters(transaction, id, {2, {5'000}});
  });
  const Task task = get(kBerta, {this->home(kBerta), id});
  EXPECT_EQ(task.number_of_attachments, 2);
  EXPECT_EQ(task.newest_attachment, Millis{5'000});
  EXPECT_GT(task.last_modified, before);
  EXPECT_EQ(told(database.events.events.at(0)), (std::vector<UserId>{kAnna, kBerta}));
}

}  // namespace
}  // namespace gw::test
