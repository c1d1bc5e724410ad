#include "model/tasks/task_delegation.hpp"

#include "model/groups/group_service.hpp"
#include "task_board.hpp"

namespace gw::test {
namespace {

class Delegation : public TaskBoard {
 protected:
  const std::string berta = "{'participants':[{'id':4,'type':1}]}";
  const std::string both = "{'participants':[{'id':4,'type':1},{'id':5,'type':1}]}";
  ObjectId give(const std::string& members) { return create(kAnna, home(kAnna), members); }
  std::string people(UserId user, TaskRef ref) {
    std::string text;
    for (const tasks::TaskUser& one : get(user, ref).users)
      if (!one.is_removed) text += std::to_string(one.id) + ":" + std::to_string(one.confirmation) + " ";
    return text;
  }
  GroupId group(const std::string& members) {
    const auto input =
        model::groups::parse_group(json("{'name':'g','display_name':'G','members':" + members + "}"), true);
    return GroupId(model::groups::create_group(as(kAdmin), input).id);
  }
};

TEST_F(Delegation, EachParticipantHasTheTaskInHisOwnFolder) {
  const Millis before = now();
  database.events.events.clear();
  const ObjectId id = give(both);
  EXPECT_EQ(get(kBerta, {home(kBerta), id}).folder_id, home(kBerta).value);
  EXPECT_EQ(list(kCarl, home(kCarl)).size(), 1U);
  EXPECT_EQ(people(kCarl, {home(kCarl), id}), "4:0 5:0 ");
  EXPECT_EQ(get(kCarl, {home(kCarl), id}).users.at(0).display_name, "Beta, Berta");
  ASSERT_EQ(database.events.events.size(), 1U);
  EXPECT_EQ(told(database.events.events[0]), (std::vector<UserId>{kAnna, kBerta, kCarl}));
  const Millis given = now();
  update(kAnna, {home(kAnna), id}, berta);
  EXPECT_EQ(refusal([&] { get(kCarl, {home(kCarl), id}); }), "TSK-0019");
  EXPECT_EQ(removed_since(kCarl, home(kCarl), given), std::vector<ObjectId>{id});
  EXPECT_EQ(told(database.events.events.at(1), home(kCarl)), std::vector<UserId>{kCarl});
  update(kAnna, {home(kAnna), id}, both);
  EXPECT_EQ(removed_since(kCarl, home(kCarl), before), std::vector<ObjectId>{});
  update(kAnna, {home(kAnna), id}, "{'participants':null}");
  EXPECT_EQ(people(kAnna, {home(kAnna), id}), "");
  EXPECT_EQ(refusal([&] { get(kBerta, {home(kBerta), id}); }), "TSK-0019");
}

TEST_F(Delegation, InAPublicFolderItLiesOnceAndComesBackToParticipants) {
  const FolderId open = public_folder(kAuthor);
  const ObjectId id = create(kAnna, open, berta);
  EXPECT_EQ(refusal([&] { get(kBerta, {home(kBerta), id}); }), "TSK-0019");
  EXPECT_EQ(people(kBerta, {open, id}), "4:0 ");
  update(kAnna, {open, id}, "{'folder_id':" + std::to_string(home(kAnna).value) + "}");
  EXPECT_EQ(people(kBerta, {home(kBerta), id}), "4:0 ");
  update(kAnna, {home(kAnna), id}, "{'folder_id':" + std::to_string(open.value) + "}");
  EXPECT_EQ(refusal([&] { get(kBerta, {home(kBerta), id}); }), "TSK-0019");
  EXPECT_EQ(remove(kBerta, {home(kBerta), id}), "TSK-0048");
}

TEST_F(Delegation, OnlyWhoMayDelegateDoes) {
  auto caller = as(kAnna).caller();
  caller.modules.set(model::Module::DelegateTasks, false);
  caller.marks = {};
  as(kAnna).replace_caller(caller);
  EXPECT_EQ(refusal([&] { give(berta); }), "TSK-0026");
  EXPECT_EQ(refusal([&] { give("{'participants':[]}"); }), "");
}

TEST_F(Delegation, NobodyUnknownAndNoEmptyGroupTakesPart) {
  EXPECT_EQ(refusal([&] { give("{'participants':[{'id':99,'type':1}]}"); }), "TSK-0018");
  EXPECT_EQ(refusal([&] { give("{'participants':[{'id':99,'type':2}]}"); }), "TSK-0018");
  EXPECT_EQ(refusal([&] { give("{'participants':[{'id':2147483647,'type':2}]}"); }), "TSK-0018");
  const GroupId empty = group("[]");
  EXPECT_EQ(refusal([&] { give("{'participants':[{'id':" + std::to_string(empty.value) + ",'type':2}]}"); }),
            "TSK-0052");
}

TEST_F(Delegation, AGroupIsKeptAndExpandedAndWhoLeftItsTaskStaysAway) {
  const GroupId group = this->group("[4,5]");
  const std::string named = "{'id':" + std::to_string(group.value) + ",'type':2}";
  const ObjectId id = give("{'participants':[" + named + "]}");
  EXPECT_EQ(get(kAnna, {home(kAnna), id}).participants.at(0).type, tasks::ParticipantType::Group);
  EXPECT_EQ(people(kAnna, {home(kAnna), id}), "4:0 5:0 ");
  tasks::confirm(as(kCarl), {home(kCarl), id}, {1, "fine"}, tasks::kAnyVersion);
  EXPECT_EQ(remove(kBerta, {home(kBerta), id}), "");
  EXPECT_EQ(people(kAnna, {home(kAnna), id}), "5:1 ");
  // The whole object comes back from a client, as it was read.
  update(kAnna, {home(kAnna), id}, "{'note':'n','participants':[" + named + "]}");
  EXPECT_EQ(people(kAnna, {home(kAnna), id}), "5:1 ");
  update(kAnna, {home(kAnna), id}, "{'participants':[" + named + ",{'id':4,'type':1}]}");
  EXPECT_EQ(people(kAnna, {home(kAnna), id}), "4:0 5:1 ");
}

TEST_F(Delegation, AParticipantWhoDeletesLeavesAndTheOwnerEndsItForAll) {
  const ObjectId id = give(both);
  const Millis before = now();
  database.events.events.clear();
  EXPECT_EQ(remove(kBerta, {home(kBerta), id}), "");
  EXPECT_EQ(removed_since(kBerta, home(kBerta), before), std::vector<ObjectId>{id});
  EXPECT_EQ(people(kAnna, {home(kAnna), id}), "5:0 ");
  EXPECT_EQ(get(kAnna, {home(kAnna), id}).participants.size(), 1U);
  EXPECT_EQ(told(database.events.events.at(0)), (std::vector<UserId>{kAnna, kBerta, kCarl}));
  EXPECT_EQ(remove(kAnna, {home(kAnna), id}), "");
  EXPECT_EQ(removed_since(kCarl, home(kCarl), before), std::vector<ObjectId>{id});
  EXPECT_EQ(refusal([&] { get(kCarl, {home(kCarl), id}); }), "TSK-0019");
  for (const char* table : {"tasks", "task_folders", "task_participants", "task_users"})
    EXPECT_EQ(count(table), 0) << table;
}

TEST_F(Delegation, AParticipantSortsItAmongHisOwnFoldersOnly) {
  const ObjectId id = give(both);
  const FolderId other = folder_of(kBerta), open = public_folder(kAuthor);
  update(kBerta, {home(kBerta), id}, "{'folder_id':" + std::to_string(other.value) + "}");
  EXPECT_EQ(get(kBerta, {other, id}).folder_id, other.value);
  EXPECT_EQ(get(kAnna, {home(kAnna), id}).folder_id, home(kAnna).value);
  update(kAnna, {home(kAnna), id}, "{'participants':[{'id':4,'type':1}]}");
  EXPECT_EQ(get(kBerta, {other, id}).folder_id, other.value);
  EXPECT_EQ(refusal([&] {
              update(kBerta, {other, id}, "{'folder_id':" + std::to_string(open.value) + "}");
            }),
            "TSK-0014");
  EXPECT_EQ(get(kBerta, {other, id}).folder_id, other.value);
}

TEST_F(Delegation, ConfirmingIsForOneselfAndMovesTheStamp) {
  const ObjectId id = give(berta);
  const Millis before = get(kAnna, {home(kAnna), id}).last_modified;
  const auto stored = tasks::confirm(as(kBerta), {home(kBerta), id}, {2, "no time"}, before);
  EXPECT_GT(stored.timestamp, before);
  const Task seen = get(kAnna, {home(kAnna), id});
  EXPECT_EQ(seen.users.at(0).confirmation, 2);
  EXPECT_EQ(seen.users.at(0).message, "no time");
  EXPECT_EQ(seen.last_modified, stored.timestamp);
  const auto confirm = [&](UserId user, std::int64_t status, const tasks::Text& message = {}) {
    return refusal([&] {
      tasks::confirm(as(user), {home(user), id}, {status, message}, tasks::kAnyVersion);
    });
  };
  EXPECT_EQ(confirm(kAnna, 1), "TSK-0018");
  EXPECT_EQ(confirm(kCarl, 1), "TSK-0019");
  EXPECT_EQ(confirm(kBerta, 4), "SVL-0010");
  EXPECT_EQ(confirm(kBerta, 1, std::string(1'001, 'x')), "TSK-0041");
  EXPECT_EQ(refusal([&] { tasks::confirm(as(kBerta), {home(kBerta), id}, {1, {}}, before); }), "TSK-0007");
  update(kAnna, {home(kAnna), id}, "{'title':'new'}");
  EXPECT_EQ(people(kBerta, {home(kBerta), id}), "4:2 ");
}

TEST_F(Delegation, ManyParticipantsGetTheirFoldersToo) {
  const ObjectId id = give("{'participants':[{'id':0,'type':2}]}");
  EXPECT_EQ(people(kAnna, {home(kAnna), id}), "2:0 3:0 4:0 5:0 ");
  EXPECT_EQ(titles(kAdmin, home(kAdmin)).size(), 1U);
  EXPECT_EQ(titles(kAnna, home(kAnna)).size(), 1U);
}

}  // namespace
}  // namespace gw::test
