#include "model/calendar/zone_job.hpp"

#include "core/zone_names.hpp"
#include "writing_desk.hpp"

namespace gw::test {
namespace {

class ZoneJob : public WritingDesk {
 protected:
  void age(ObjectId event) {
    const sql::Lease lease = database.pool->acquire();
    lease->execute("UPDATE events SET tzdata='1999a',range_from=0,range_until=0 WHERE cid=? AND id=?",
                   kContext, event);
    lease->execute("UPDATE event_attendees SET range_from=0,range_until=0 WHERE cid=? AND event=?", kContext,
                   event);
    lease->execute("UPDATE event_triggers SET due_at=0 WHERE cid=? AND event=?", kContext, event);
  }
  std::int64_t run() {
    const auto report = runner.run_now().at(0);
    EXPECT_EQ(report.outcome, model::jobs::JobReport::Outcome::Done);
    return report.done;
  }
  std::string progress(std::string_view change = {}) {
    const sql::Lease lease = database.pool->acquire();
    if (!change.empty()) lease->execute("UPDATE job_leases SET progress=?", change);
    return model::jobs::store::find(*lease, "zones")->progress;
  }

  model::jobs::JobRunner runner{*database.environment, {{"zones", Milliseconds(1), calendar::renew_zones}}};
};

TEST_F(ZoneJob, NewZoneDataMakeTheIndexAnewOnce) {
  ASSERT_FALSE(tzdata_version().empty());
  const ObjectId id = create(kAnna, Draft("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000")
                                        .reminding({minutes_before(15)}));
  age(id);
  EXPECT_EQ(shown(kAnna, "20240701T000000Z", "20240702T000000Z"), Names{});
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(shown(kAnna, "20240701T000000Z", "20240702T000000Z").size(), 1U);
  EXPECT_EQ(due(kAnna), (Names{"20240701T064500Z"}));
  EXPECT_EQ(progress(), tzdata_version());
  // The round for this version is over.
  age(id);
  EXPECT_EQ(run(), 0);
  progress("1999a");
  EXPECT_EQ(run(), 1);
}

TEST_F(ZoneJob, ARoundGoesOnWhereItEndedAndOlderDataChangeNothing) {
  const ObjectId id = create(kAnna, Draft("Europe/Berlin:20240701T090000", "Europe/Berlin:20240701T100000"));
  age(id);
  run();
  age(id);
  progress(tzdata_version() + " 1");
  EXPECT_EQ(run(), 0);
  progress(tzdata_version() + " 0");
  EXPECT_EQ(run(), 1);
  age(id);
  progress("9999z");
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(progress(), "9999z");
}

}  // namespace
}  // namespace gw::test
