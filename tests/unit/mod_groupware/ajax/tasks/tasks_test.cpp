// The modules tasks and reminder through dispatch: what only the API layer decides.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class TasksApi : public ::testing::Test {
 protected:
  TasksApi() : client(api.user("user1")) {
    folder = client.get("config/folder/tasks").get("data").to_text().value_or("");
    EXPECT_FALSE(folder.empty());
  }
  Json put(const std::string& url, std::string body) {
    for (char& c : body)
      if (c == '\'') c = '"';
    return client.put(url, body);
  }
  std::string create(const std::string& members) {
    const Json answer = put("tasks?action=new", "{'folder_id':'" + folder + "'," + members + "}");
    EXPECT_TRUE(answer.get("error").is_missing()) << answer.dump();
    return std::string(answer.get("data").get("id").as_string());
  }
  std::string data(const Json& answer) { return answer.get("data").dump(); }

  TestApi api;
  ApiClient client;
  std::string folder;
};

TEST_F(TasksApi, RowsHoldTheCellsOfTheColumnsInTheZoneOfTheRequest) {
  const std::string id = create("'title':'a','start_time':3600000,'alarm':7200000");
  const std::string columns = "&columns=1,20,200,316,201,204,99,302";
  EXPECT_EQ(data(client.get("tasks?action=all&timezone=UTC&folder=" + folder + columns)),
            fmt::format(R"([["{}","{}","a",3600000,0,7200000,null,null]])", id, folder));
  EXPECT_EQ(data(client.get("tasks?action=all&timezone=Asia/Tokyo&folder=" + folder + columns)),
            fmt::format(R"([["{}","{}","a",36000000,0,39600000,null,null]])", id, folder));
}

TEST_F(TasksApi, MissingParametersArePagesAndBadOnesErrors) {
  EXPECT_EQ(client.send(ajax::Method::Get, "tasks?action=all&columns=1").status, 400);
  EXPECT_EQ(code_of(client.get("tasks?action=all&columns=1&folder=x")), "TSK-0006");
  EXPECT_EQ(code_of(client.get("tasks?action=get&id=x&folder=" + folder)), "TSK-0019");
  EXPECT_EQ(code_of(client.get("tasks?action=all&columns=1&sort=x&folder=" + folder)), "SVL-0010");
  EXPECT_EQ(code_of(put("tasks?action=list&columns=1", "'x'")), "SVL-0028");
  EXPECT_EQ(code_of(put("tasks?action=list&columns=1", "[{'id':1}]")), "SVL-0002");
  EXPECT_EQ(code_of(put("tasks?action=confirm&id=1&folder=" + folder, "{'confirmation':'x'}")), "SVL-0010");
  EXPECT_EQ(code_of(put("reminder?action=delete", "3")), "SVL-0028");
  EXPECT_EQ(code_of(put("reminder?action=delete", "[{'id':'x'}]")), "SVL-0010");
  EXPECT_EQ(code_of(put("reminder?action=remindAgain&id=1", "{'alarm':'x'}")), "SVL-0010");
}

TEST_F(TasksApi, OneTaskThatMayNotBeDeletedIsAnErrorAndOneOfSeveralIsLeft) {
  const std::string id = create("'title':'a'");
  const std::string foreign = fmt::format("{{'id':'{}','folder':'6'}}", id);
  EXPECT_EQ(code_of(put("tasks?action=delete&timestamp=9223372036854775807", "[" + foreign + "]")),
            "TSK-0006");
  EXPECT_EQ(data(put("tasks?action=delete&timestamp=9223372036854775807",
                     fmt::format("[{},{{'id':{},'folder':{}}}]", foreign, id, folder))),
            fmt::format(R"(["{}"])", id));
}

TEST_F(TasksApi, RemindersAreObjectsWithNumbers) {
  const std::string id = create("'title':'a','alarm':3600000");
  const Json answer = client.get("reminder?action=range&end=3600000&modules=4&timezone=UTC");
  const Json reminder = answer.get("data").at(0);
  EXPECT_TRUE(reminder.get("id").is_integer()) << answer.dump();
  EXPECT_EQ(std::to_string(reminder.get("target_id").as_integer()), id);
  EXPECT_EQ(reminder.get("alarm").as_integer(), 3'600'000);
  EXPECT_EQ(reminder.get("recurrence_position").as_integer(), 0);
  EXPECT_EQ(client.get("reminder?action=range&timezone=UTC").get("data").size(), 1U);
}

}  // namespace
}  // namespace gw::test
