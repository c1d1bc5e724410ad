#include "model/scheduling/outbox.hpp"
#include "task_board.hpp"

namespace gw::test {
namespace {

namespace outbox = model::scheduling;
using outbox::TaskChange;

class WaitingLetters final : public model::calendar::SchedulingSink {
 public:
  void take(const model::calendar::SchedulingEvent&) const noexcept override {}
  void letters_wait() const noexcept override { ++waiting; }
  mutable int waiting = 0;
};

class NoticeBoard : public TaskBoard {
 protected:
  NoticeBoard() { database.environment->scheduling = &sink; }
  /// `change to whom`, of all that waits for this user's session.
  Names told(UserId actor) {
    Names names;
    for (const outbox::Letter& letter : outbox::claim_due(as(actor), 50)) {
      EXPECT_TRUE(letter.task.has_value());
      const char* changes[] = {"new", "changed", "deleted", "confirmed"};
      const std::string whom =
          letter.recipient.entity != 0 ? std::to_string(letter.recipient.entity) : letter.recipient.email;
      names.push_back(std::string(changes[static_cast<int>(letter.task->change)]) + " " + whom);
      last = *letter.task;
      outbox::drop_sent(as(actor), letter);
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  WaitingLetters sink;
  outbox::TaskNotice last;
};

TEST_F(NoticeBoard, ParticipantsAreToldWhereTheClientWantsIt) {
  const std::string people =
      "'participants':[{'id':4,'type':1},{'type':5,'mail':'x@far.test','display_name':'X'}]";
  create(kAnna, home(kAnna), "{'title':'Quiet'," + people + "}");
  EXPECT_EQ(told(kAnna), Names{});
  EXPECT_EQ(sink.waiting, 0);
  const ObjectId id =
      create(kAnna, home(kAnna), "{'title':'Loud','notification':true,'note':'n'," + people + "}");
  EXPECT_EQ(told(kAnna), (Names{"new 4", "new x@far.test"}));
  EXPECT_EQ(sink.waiting, 1);
  EXPECT_EQ(last.title, "Loud");
  EXPECT_EQ(last.note, "n");
  EXPECT_EQ(last.people.size(), 2U);
  const TaskRef ref{home(kAnna), id};
  update(kAnna, ref, "{'note':'other'}");
  update(kAnna, ref, "{'alarm':1719792000000,'notification':true}");
  EXPECT_EQ(told(kAnna), Names{});
  update(kAnna, ref, "{'status':2,'notification':true,'participants':[{'id':4,'type':1},{'id':5,'type':1}]}");
  EXPECT_EQ(told(kAnna), (Names{"changed 4", "deleted x@far.test", "new 5"}));
  // She made it, and hears of what others do with it.
  tasks::confirm(as(kBerta), {home(kBerta), id}, {1, "gladly"}, tasks::kAnyVersion);
  EXPECT_EQ(told(kBerta), (Names{"confirmed 3", "confirmed 5"}));
  EXPECT_EQ(last.confirmation, 1);
  EXPECT_EQ(last.message, "gladly");
  tasks::confirm(as(kBerta), {home(kBerta), id}, {1, "gladly"}, tasks::kAnyVersion);
  EXPECT_EQ(told(kBerta), Names{});
  // A participant who leaves takes it from nobody.
  EXPECT_EQ(remove(kBerta, {home(kBerta), id}), "");
  EXPECT_EQ(told(kBerta), Names{});
  EXPECT_EQ(remove(kAnna, ref), "");
  EXPECT_EQ(told(kAnna), Names{"deleted 5"});
}

TEST_F(NoticeBoard, NobodyIsToldWhereNobodySends) {
  database.environment->scheduling = nullptr;
  create(kAnna, home(kAnna), "{'notification':true,'participants':[{'id':4,'type':1}]}");
  EXPECT_EQ(told(kAnna), Names{});
}

TEST(TaskNotice, NothingIsLost) {
  outbox::TaskNotice notice;
  notice.change = TaskChange::Confirmed;
  notice.id = 7;
  notice.uid = "u";
  notice.title = "T";
  notice.note = "N";
  notice.created_by = 3;
  notice.start = 5;
  notice.priority = 2;
  notice.full_time = true;
  notice.status = 4;
  notice.percent_completed = 10;
  notice.people.emplace_back().entity = 4;
  notice.confirmation = 2;
  notice.message = "no";
  const auto back = outbox::read_notice(*Json::parse(outbox::write_notice(notice).dump()));
  EXPECT_EQ(outbox::write_notice(back).dump(), outbox::write_notice(notice).dump());
  EXPECT_FALSE(back.due.has_value());
  EXPECT_EQ(back.people, notice.people);
  EXPECT_EQ(outbox::read_notice(Json()).title, "");
}

}  // namespace
}  // namespace gw::test
