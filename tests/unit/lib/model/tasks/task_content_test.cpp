#include "model/tasks/task_account.hpp"
#include "task_board.hpp"

namespace gw::test {
namespace {

class TaskContents : public TaskBoard {
 protected:
  template <class Question>
  bool ask(UserId user, const Question& question) {
    bool answer = false;
    as(user).write([&](model::Transaction& transaction) { answer = question(transaction); });
    return answer;
  }
  bool may_delete(UserId user, FolderId folder, const model::Rights& rights) {
    return ask(user, [&](model::Transaction& t) { return content.may_delete_all(t, folder, rights); });
  }
  void delete_user(UserId user) {
    as(kAdmin).write([&](model::Transaction& transaction) {
      tasks::delete_user_data(transaction, kContext, user, kAdmin);
    });
  }
  const model::folders::FolderContent& content = tasks::task_folder_content();
};

TEST_F(TaskContents, CountsWhatTheCallerMayRead) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kAuthor);
  create(kAnna, home, "{}");
  create(kAnna, home, "{'private_flag':true}");
  create(kBerta, home, "{}");
  EXPECT_EQ(content.count_readable(as(kAnna), home, kAuthor), 3);
  EXPECT_EQ(content.count_readable(as(kBerta), home, kAuthor), 2);
  EXPECT_EQ(content.count_readable(as(kBerta), home, kOwnOnly), 1);
  EXPECT_EQ(content.count_readable(as(kBerta), home, {1, 0, 0, 0, false}), 0);
  EXPECT_TRUE(may_delete(kAnna, home, kAuthor));
  EXPECT_FALSE(may_delete(kBerta, home, kAuthor));
  EXPECT_FALSE(may_delete(kAnna, home, kOwnOnly));
}

TEST_F(TaskContents, AFoldersEndTakesItsTasksAndThePartInThoseOfOthers) {
  const FolderId home = this->home(kAnna), bertas = this->home(kBerta);
  const ObjectId own = create(kAnna, home, "{'participants':[{'id':4,'type':1}]}");
  const ObjectId plain = create(kAnna, home, "{'alarm':5000}");
  const ObjectId foreign = create(kBerta, bertas, "{'participants':[{'id':3,'type':1}]}");
  const Millis before = now();
  database.events.events.clear();
  as(kAnna).write([&](model::Transaction& transaction) { content.delete_all(transaction, home); });
  EXPECT_TRUE(ask(kAnna, [&](model::Transaction& t) { return content.is_empty(t, home); }));
  EXPECT_EQ(removed_since(kAnna, home, before), (std::vector<ObjectId>{own, plain, foreign}));
  EXPECT_EQ(removed_since(kBerta, bertas, before), std::vector<ObjectId>{own});
  EXPECT_TRUE(get(kBerta, {bertas, foreign}).participants.empty());
  EXPECT_EQ(count("reminders"), 0);
  // Two that others see, and one for the folder.
  EXPECT_EQ(database.events.events.size(), 3U);
}

TEST_F(TaskContents, WhoGoesLeavesTheTasksOfOthersAndHisOwnToThoseWhoTakePart) {
  const FolderId home = this->home(kAnna), bertas = this->home(kBerta), open = public_folder(kAuthor);
  create(kAnna, home, "{'title':'secret','private_flag':true}");
  create(kAnna, home, "{'title':'alone'}");
  const ObjectId given = create(kAnna, home, "{'title':'given','participants':[{'id':4,'type':1}]}");
  const ObjectId shared = create(kAnna, open, "{'title':'public'}");
  const ObjectId foreign = create(kBerta, bertas, "{'title':'f','participants':[{'id':3,'type':1}]}");
  const Millis before = now();
  delete_user(kAnna);
  EXPECT_EQ(count("tasks"), 3);
  EXPECT_EQ(titles(kAnna, home), Names{});
  const Task inherited = get(kBerta, {bertas, given});
  EXPECT_TRUE(inherited.is_home);
  EXPECT_EQ(inherited.created_by, kAdmin.value);
  EXPECT_EQ(get(kBerta, {open, shared}).created_by, kAdmin.value);
  EXPECT_GT(get(kBerta, {open, shared}).last_modified, before);
  EXPECT_TRUE(get(kBerta, {bertas, foreign}).participants.empty());
  EXPECT_EQ(remove(kBerta, {bertas, given}), "");
  EXPECT_EQ(tasks::count_in_context(*database.pool->acquire(), kContext), 2);
}

}  // namespace
}  // namespace gw::test
