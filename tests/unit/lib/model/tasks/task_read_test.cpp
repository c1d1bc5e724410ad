#include "model/text_pattern.hpp"
#include "task_board.hpp"

namespace gw::test {
namespace {

class TaskLists : public TaskBoard {
 protected:
  Names search(UserId user, tasks::SearchQuery query) {
    tasks::TaskCollector collector;
    const tasks::ListRequest request{tasks::all_fields(), {200, false}};
    Names found;
    for (const Task& task : collector.take(tasks::search(as(user), query, request, collector.visitor())))
      found.push_back(task.title.value_or("-"));
    return found;
  }
  Names search(UserId user, const std::string& pattern, std::optional<FolderId> folder = {}) {
    return search(user, tasks::SearchQuery{.pattern = pattern, .folder = folder});
  }
};

TEST_F(TaskLists, SortByAnyColumnWithMissingValuesLast) {
  const FolderId home = this->home(kAnna);
  create(kAnna, home, "{'title':'b10','end_date':" + std::to_string(kMonday) + ",'alarm':7000}");
  create(kAnna, home, "{'title':'B9','priority':1,'alarm':6000}");
  create(kAnna, home, "{'title':'a','end_date':" + std::to_string(kMonday - kDay) + ",'priority':3}");
  EXPECT_EQ(titles(kAnna, home), (Names{"b10", "B9", "a"}));
  EXPECT_EQ(titles(kAnna, home, {200, false}), (Names{"a", "B9", "b10"}));
  EXPECT_EQ(titles(kAnna, home, {200, true}), (Names{"b10", "B9", "a"}));
  EXPECT_EQ(titles(kAnna, home, {202, false}), (Names{"a", "b10", "B9"}));
  EXPECT_EQ(titles(kAnna, home, {317, false}), (Names{"a", "b10", "B9"}));
  EXPECT_EQ(titles(kAnna, home, {309, false}), (Names{"B9", "a", "b10"}));
  EXPECT_EQ(titles(kAnna, home, {204, false}), (Names{"B9", "b10", "a"}));
  EXPECT_EQ(titles(kAnna, home, {221, false}), (Names{"b10", "B9", "a"}));
}

TEST_F(TaskLists, ListsAnswerInTheOrderAskedForAndLeaveOutWhatIsNotThere) {
  const FolderId home = this->home(kAnna);
  const ObjectId a = create(kAnna, home, "{'title':'a'}"), b = create(kAnna, home, "{'title':'b'}");
  const std::array refs{TaskRef{home, b}, TaskRef{home, ObjectId(9'999)}, TaskRef{FolderId(9'999), a},
                        TaskRef{home, a}, TaskRef{home, b}};
  tasks::TaskCollector collector;
  Names found;
  for (const Task& task :
       collector.take(tasks::list_refs(as(kAnna), refs, {tasks::all_fields(), {}}, collector.visitor())))
    found.push_back(*task.title);
  EXPECT_EQ(found, (Names{"b", "a", "b"}));
}

TEST_F(TaskLists, UpdatesTellChangesAndWhatIsGone) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kReadAll);
  const ObjectId a = create(kAnna, home, "{'title':'a'}"), b = create(kAnna, home, "{'title':'b'}");
  const ObjectId hidden = create(kAnna, home, "{'title':'c'}");
  const Millis since = now();
  remove(kAnna, {home, a});
  update(kAnna, {home, b}, "{'note':'n'}");
  update(kAnna, {home, hidden}, "{'private_flag':true}");
  tasks::TaskCollector collector;
  const auto updates =
      tasks::updates(as(kBerta), home, since, true, {tasks::all_fields(), {}}, collector.visitor());
  ASSERT_EQ(collector.take(updates.changed).size(), 1U);
  EXPECT_EQ(collector.take(updates.changed)[0].note, "n");
  EXPECT_EQ(updates.removed, (std::vector<ObjectId>{a, hidden}));
  EXPECT_EQ(updates.timestamp, now());
  EXPECT_TRUE(tasks::updates(as(kBerta), home, since, false, {}, collector.visitor()).removed.empty());
  {
    const sql::Lease lease = database.pool->acquire();
    model::prune_tombstones(*lease, kContext, {since.value + 1});
  }
  EXPECT_EQ(refusal([&] { removed_since(kBerta, home, since); }), "SVL-0017");
}

TEST_F(TaskLists, AnEmptyListTellsTheContextsLastStamp) {
  const FolderId home = this->home(kAnna);
  EXPECT_EQ(tasks::list_folder(as(kAnna), home, {}, [](std::size_t, const Task&) {}).timestamp, now());
}

TEST_F(TaskLists, SearchLooksIntoTitleNoteAndCategories) {
  const FolderId home = this->home(kAnna), other = folder_of(kAnna), open = public_folder(kAuthor);
  create(kAnna, home, "{'title':'M\xC3\xBCller','note':'call'}");
  create(kAnna, other, "{'title':'b','categories':'Muller'}");
  create(kBerta, open, "{'title':'c','note':'a muller b'}");
  create(kBerta, this->home(kBerta), "{'title':'muller of Berta'}");
  EXPECT_EQ(search(kAnna, "muller"), (Names{"b", "c", "M\xC3\xBCller"}));
  EXPECT_EQ(search(kAnna, "mul*"), (Names{"b", "M\xC3\xBCller"}));
  EXPECT_EQ(search(kAnna, "muller", home), (Names{"M\xC3\xBCller"}));
  EXPECT_EQ(search(kAnna, "").size(), 3U);
  EXPECT_EQ(search(kAnna, "*").size(), 3U);
  EXPECT_EQ(search(kAnna, "nothing"), Names{});
  EXPECT_EQ(refusal([&] { search(kAnna, "x", this->home(kBerta)); }), "FLD-0003");
  database.settings.limits.minimum_search_characters = 3;
  EXPECT_EQ(refusal([&] { search(kAnna, "m*u"); }), "TSK-0051");
  EXPECT_EQ(refusal([&] { search(kAnna, std::string(300, 'x')); }), "SVL-0010");
}

TEST_F(TaskLists, SearchByTheEndTakesTheStartInAndTheEndOut) {
  const FolderId home = this->home(kAnna);
  for (const int day : {0, 1, 2})
    create(kAnna, home,
           "{'title':'" + std::to_string(day) + "','end_date':" + std::to_string(kMonday + day * kDay) + "}");
  create(kAnna, home, "{'title':'open'}");
  EXPECT_EQ(search(kAnna, tasks::SearchQuery{.start = kMonday, .end = kMonday + 2 * kDay}),
            (Names{"0", "1"}));
  EXPECT_EQ(search(kAnna, tasks::SearchQuery{.start = kMonday + kDay}), (Names{"1", "2"}));
  EXPECT_EQ(refusal([&] { search(kAnna, tasks::SearchQuery{.start = 2, .end = 1}); }), "TSK-0021");
}

TEST_F(TaskLists, ATaskThatTwoFoldersShowIsFoundOnceInOnesOwn) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kReadAll);
  create(kAnna, home, "{'title':'t','participants':[{'id':4,'type':1}]}");
  tasks::TaskCollector collector;
  const auto found = collector.take(
      tasks::search(as(kBerta), {.pattern = "t"}, {tasks::all_fields(), {}}, collector.visitor()));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].folder_id, this->home(kBerta).value);
  EXPECT_EQ(found[0].users.at(0).id, kBerta.value);
}

}  // namespace
}  // namespace gw::test
