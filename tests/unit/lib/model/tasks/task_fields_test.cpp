#include <fstream>
#include <sstream>

#include "model/field_sql.hpp"
#include "support/source_folder.hpp"
#include "task_board.hpp"

namespace gw::test {
namespace {

using tasks::task_fields;

TEST(TaskFields, HoldEveryMemberOfTheContractButThoseOfAppointments) {
  std::ifstream file(source_folder() / "tests/data/http-api.json");
  std::stringstream text;
  text << file.rdbuf();
  const Names elsewhere{"after_complete",  // accepted, never stored
                        "notification",   "organizer", "sequence",   "confirmations",
                        "organizerId",    "principal", "principalId"};
  int members = 0;
  Json::parse(text.str())
      .value_or(Json())
      .get("objects")
      .get("TaskData")
      .get("fields")
      .for_each_member([&](std::string_view name, const Json&) {
        ++members;
        const bool is_elsewhere = std::find(elsewhere.begin(), elsewhere.end(), name) != elsewhere.end();
        EXPECT_EQ(model::find_json(task_fields(), name) < 0, is_elsewhere) << name;
      });
  EXPECT_GT(members, 40);
}

TEST(TaskFields, AreColumnsOfTheTable) {
  TestDatabase database;
  const sql::Lease lease = database.pool->acquire();
  const auto all = model::stored_fields(task_fields());
  EXPECT_FALSE(
      lease->query("SELECT " + model::select_list(task_fields(), all) + " FROM tasks WHERE cid=?", 1).next());
}

struct Sample {
  const char* member;
  const char* sent;
  const char* shown;  ///< nullptr: as sent
};
constexpr Sample kSamples[] = {
    {"title", "'Ein \xC3\xBC'", nullptr},
    {"note", "'a\\nb'", nullptr},
    {"categories", "'x,y'", nullptr},
    {"color_label", "7", nullptr},
    {"start_date", "1719792000000", nullptr},
    {"end_date", "1719878400000", nullptr},
    {"start_time", "1719835200000", nullptr},
    {"end_time", "'1719878400000'", "1719878400000"},
    {"full_time", "true", nullptr},
    {"alarm", "1719835200000", nullptr},
    {"status", "4", nullptr},
    {"percent_completed", "25", nullptr},
    {"priority", "3", nullptr},
    {"date_completed", "1719835200000", nullptr},
    {"actual_costs", "12.5", nullptr},
    {"target_costs", "'-0.256'", "-0.26"},
    {"actual_duration", "'90'", nullptr},
    {"target_duration", "120", "'120'"},
    {"billing_information", "'b'", nullptr},
    {"currency", "'EUR'", nullptr},
    {"trip_meter", "'5 km'", nullptr},
    {"companies", "'A & B'", nullptr},
    {"participants", "[{'id':4,'type':1},{'type':5,'mail':'x@y.test','display_name':'X'}]", nullptr},
};

class TaskRoundTrip : public TaskBoard {};

TEST_F(TaskRoundTrip, EveryWritableFieldComesBackAsItWasSentThroughCreateAndUpdate) {
  const FolderId home = this->home(kAnna);
  for (const Sample& sample : kSamples) {
    SCOPED_TRACE(sample.member);
    const std::string body = std::string("{'") + sample.member + "':" + sample.sent + "}";
    const Json wanted = json(std::string("[") + (sample.shown ? sample.shown : sample.sent) + "]").at(0);
    const ObjectId created = create(kAnna, home, body);
    EXPECT_TRUE(shown(kAnna, {home, created}).get(sample.member).equals(wanted))
        << shown(kAnna, {home, created}).dump();
    const ObjectId changed = create(kAnna, home, "{'title':'t'}");
    update(kAnna, {home, changed}, body);
    EXPECT_TRUE(shown(kAnna, {home, changed}).get(sample.member).equals(wanted))
        << shown(kAnna, {home, changed}).dump();
    update(kAnna, {home, changed}, std::string("{'") + sample.member + "':null}");
    EXPECT_FALSE(shown(kAnna, {home, changed}).get(sample.member).equals(wanted));
  }
}

TEST_F(TaskRoundTrip, AbsentValuesAreLeftOutAndDefaultsAreThere) {
  const FolderId home = this->home(kAnna);
  const Json task = shown(kAnna, {home, create(kAnna, home, "{}")});
  EXPECT_EQ(task.get("status").as_integer(), 1);
  EXPECT_EQ(task.get("percent_completed").as_integer(), 0);
  EXPECT_EQ(task.get("recurrence_type").as_integer(), 0);
  EXPECT_TRUE(task.get("full_time").is_boolean());
  EXPECT_TRUE(task.get("uid").is_string());
  for (const char* absent : {"title", "start_time", "start_date", "alarm", "priority", "participants",
                             "users", "until", "days", "date_completed", "actual_costs"})
    EXPECT_TRUE(task.get(absent).is_missing()) << absent;
}

}  // namespace
}  // namespace gw::test
