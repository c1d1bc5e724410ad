#include "task_board.hpp"

namespace gw::test {
namespace {

TEST_F(TaskBoard, CreatingNeedsATaskFolderAndTheRightToCreate) {
  const FolderId home = this->home(kAnna);
  const FolderId closed = public_folder(kReadAll);
  share(home, kBerta, kReadAll);
  EXPECT_EQ(refusal([&] { tasks::create(as(kAnna), tasks::parse_task(json("{}"), TimeZone::utc())); }),
            "TSK-0027");
  EXPECT_EQ(refused(kAnna, FolderId(6), "{}"), "TSK-0006");
  EXPECT_EQ(refused(kAnna, closed, "{}"), "TSK-0025");
  EXPECT_EQ(refused(kBerta, home, "{}"), "TSK-0025");
  EXPECT_EQ(refused(kCarl, home, "{}"), "FLD-0003");
}

TEST_F(TaskBoard, OnlySentMembersChangeAndAnEmptyChangeChangesNothing) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'title':'t','note':'n','priority':2}");
  const Task before = get(kAnna, {home, id});
  database.events.events.clear();
  EXPECT_EQ(update(kAnna, {home, id}, "{'unknown':1,'id':7,'created_by':9}"), before.last_modified);
  EXPECT_TRUE(database.events.events.empty());
  update(kAnna, {home, id}, "{'note':'','priority':null}");
  const Task after = get(kAnna, {home, id});
  EXPECT_EQ(after.title, "t");
  EXPECT_EQ(after.note, std::nullopt);
  EXPECT_EQ(after.priority, std::nullopt);
  EXPECT_EQ(after.created_by, kAnna.value);
  ASSERT_EQ(database.events.events.size(), 1U);
  EXPECT_EQ(database.events.events[0].module, model::ObjectModule::Task);
  EXPECT_EQ(told(database.events.events[0], home), std::vector<UserId>{kAnna});
}

TEST_F(TaskBoard, ConflictsAreJudgedAgainstTheStoredStamp) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'title':'t'}");
  const Millis read = get(kAnna, {home, id}).last_modified;
  const Millis first = update(kAnna, {home, id}, "{'note':'1'}", read);
  EXPECT_GT(first, read);
  EXPECT_EQ(refusal([&] { update(kAnna, {home, id}, "{'note':'2'}", read); }), "TSK-0007");
  EXPECT_EQ(remove(kAnna, {home, id}, read), "TSK-0007");
  EXPECT_EQ(get(kAnna, {home, id}).note, "1");
  EXPECT_EQ(refusal([&] { update(kAnna, {home, id}, "{'note':'3'}", first); }), "");
}

TEST_F(TaskBoard, TheUidStays) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'uid':'mine'}");
  EXPECT_EQ(get(kAnna, {home, id}).uid, "mine");
  EXPECT_EQ(refusal([&] { update(kAnna, {home, id}, "{'uid':'other'}"); }), "TSK-0053");
  EXPECT_EQ(refusal([&] { update(kAnna, {home, id}, "{'uid':'mine','note':'n'}"); }), "");
  EXPECT_EQ(refusal([&] { update(kAnna, {home, id}, "{'uid':null,'note':'m'}"); }), "");
  EXPECT_EQ(get(kAnna, {home, id}).uid, "mine");
}

TEST_F(TaskBoard, RightsOnOwnAndOnAllDiffer) {
  const FolderId folder = public_folder(kOwnOnly);
  const ObjectId own = create(kAnna, folder, "{'title':'own'}");
  const ObjectId other = create(kBerta, folder, "{'title':'other'}");
  EXPECT_EQ(titles(kAnna, folder), Names{"own"});
  EXPECT_EQ(refusal([&] { get(kAnna, {folder, other}); }), "TSK-0019");
  EXPECT_EQ(refusal([&] { update(kAnna, {folder, other}, "{'note':'x'}"); }), "TSK-0019");
  EXPECT_EQ(remove(kAnna, {folder, other}), "TSK-0019");
  EXPECT_EQ(remove(kAnna, {folder, own}), "");
  const FolderId readers = public_folder({2, 2, 1, 1, false});
  const ObjectId seen = create(kBerta, readers, "{'title':'seen'}");
  EXPECT_EQ(refusal([&] { update(kAnna, {readers, seen}, "{'note':'x'}"); }), "TSK-0033");
  EXPECT_EQ(remove(kAnna, {readers, seen}), "TSK-0014");
  EXPECT_EQ(refusal([&] { update(kAnna, {readers, own}, "{'note':'x'}"); }), "TSK-0019");
  EXPECT_EQ(refusal([&] { update(kBerta, {folder, seen}, "{'note':'x'}"); }), "TSK-0048");
  const FolderId blind = public_folder({2, 0, 0, 0, false});
  EXPECT_EQ(refusal([&] { titles(kAnna, blind); }), "TSK-0023");
}

TEST_F(TaskBoard, PrivateTasksStayWithTheirCreatorInHisOwnFolder) {
  const FolderId home = this->home(kAnna);
  const FolderId open = public_folder(kAuthor);
  share(home, kBerta, kAuthor);
  EXPECT_EQ(refused(kAnna, open, "{'private_flag':true}"), "TSK-0008");
  EXPECT_EQ(refused(kBerta, home, "{'private_flag':true}"), "TSK-0008");
  EXPECT_EQ(refused(kAnna, home, "{'private_flag':true,'participants':[{'id':4,'type':1}]}"), "TSK-0028");
  const ObjectId secret = create(kAnna, home, "{'title':'secret','private_flag':true}");
  EXPECT_EQ(titles(kBerta, home), Names{});
  EXPECT_EQ(refusal([&] { get(kBerta, {home, secret}); }), "TSK-0019");
  EXPECT_EQ(refusal([&] {
              update(kAnna, {home, secret}, "{'participants':[{'id':4,'type':1}]}");
            }),
            "TSK-0028");
  const auto move = [&](FolderId to, const std::string& more) {
    return refusal([&] {
      update(kAnna, {home, secret}, "{'folder_id':" + std::to_string(to.value) + more + "}");
    });
  };
  EXPECT_EQ(move(open, ""), "TSK-0042");
  const ObjectId bertas = create(kBerta, home, "{'title':'of Berta'}");
  EXPECT_EQ(refusal([&] { update(kAnna, {home, bertas}, "{'private_flag':true}"); }), "TSK-0043");
  database.events.events.clear();
  update(kAnna, {home, secret}, "{'note':'n'}");
  EXPECT_EQ(told(database.events.events.at(0)), std::vector<UserId>{kAnna});
  update(kAnna, {home, secret}, "{'private_flag':false}");
  EXPECT_EQ(told(database.events.events.at(1)), (std::vector<UserId>{kAnna, kBerta}));
  EXPECT_EQ(move(open, ""), "");
}

TEST_F(TaskBoard, MovingNeedsDeleteHereAndCreateThere) {
  const FolderId home = this->home(kAnna), second = folder_of(kAnna);
  const FolderId open = public_folder(kAuthor), closed = public_folder(kReadAll);
  const FolderId no_delete = public_folder({2, 2, 2, 0, false});
  const FolderId bertas = this->home(kBerta);
  share(bertas, kAnna, kAuthor);
  const auto move = [&](TaskRef ref, FolderId to) {
    return refusal([&] { update(kAnna, ref, "{'folder_id':'" + std::to_string(to.value) + "'}"); });
  };
  const ObjectId id = create(kAnna, home, "{'title':'t','alarm':5000}");
  const Millis before = now();
  EXPECT_EQ(move({home, id}, closed), "TSK-0025");
  EXPECT_EQ(move({home, id}, bertas), "TSK-0034");
  EXPECT_EQ(move({home, id}, FolderId(6)), "TSK-0006");
  EXPECT_EQ(move({home, id}, second), "");
  EXPECT_EQ(removed_since(kAnna, home, before), std::vector<ObjectId>{id});
  EXPECT_EQ(get(kAnna, {second, id}).alarm, Millis{5'000});
  EXPECT_EQ(move({home, id}, open), "TSK-0048");
  database.events.events.clear();
  EXPECT_EQ(move({second, id}, open), "");
  EXPECT_EQ(get(kBerta, {open, id}).title, "t");
  EXPECT_EQ(get(kAnna, {open, id}).alarm, Millis{5'000});
  ASSERT_EQ(database.events.events.size(), 1U);
  EXPECT_EQ(database.events.events[0].kind, model::ChangeKind::Moved);
  EXPECT_EQ(database.events.events[0].source_folder, second);
  EXPECT_EQ(told(database.events.events[0], second), std::vector<UserId>{kAnna});
  EXPECT_EQ(move({open, id}, home), "");
  EXPECT_EQ(removed_since(kAnna, home, before), std::vector<ObjectId>{});
  const ObjectId theirs = create(kBerta, bertas, "{'title':'b'}");
  EXPECT_EQ(move({bertas, theirs}, home), "TSK-0034");
  const ObjectId stuck = create(kAnna, no_delete, "{'title':'s'}");
  EXPECT_EQ(move({no_delete, stuck}, home), "TSK-0014");
}

TEST_F(TaskBoard, OfManyNewOnesTheRefusedLeaveTheOthersAlone) {
  const FolderId home = this->home(kAnna);
  std::vector<tasks::TaskInput> inputs;
  for (const char* title : {"a", "b\x01", "c"}) {
    tasks::TaskInput& input = inputs.emplace_back();
    input.task.title = title;
    input.task.folder_id = home.value;
    input.task.alarm = {5'000};
    input.sent = tasks::fields_of(std::array{200, 204});
  }
  inputs.push_back(inputs.front());
  inputs.back().task.title = std::string(257, 'x');
  const auto outcomes = tasks::create_many(as(kAnna), inputs);
  ASSERT_EQ(outcomes.size(), 4U);
  EXPECT_FALSE(outcomes[0].error.has_value());
  EXPECT_EQ(format_code(outcomes[1].error->code()), "TSK-0058");
  EXPECT_EQ(format_code(outcomes[3].error->code()), "TSK-0041");
  EXPECT_EQ(titles(kAnna, home), (Names{"a", "c"}));
  EXPECT_EQ(get(kAnna, {home, outcomes[2].id}).alarm, Millis{5'000});
}

TEST_F(TaskBoard, TheQuotaOfTheContextHolds) {
  const FolderId home = this->home(kAnna);
  database.settings.limits.tasks_per_context = 1;
  EXPECT_EQ(refused(kAnna, home, "{}"), "");
  EXPECT_EQ(refused(kAnna, home, "{}"), "QUOTA-0003");
  database.settings.limits.tasks_per_context = -1;
  EXPECT_EQ(refused(kAnna, home, "{}"), "");
}

}  // namespace
}  // namespace gw::test
