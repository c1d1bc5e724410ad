#include <gtest/gtest.h>

#include <string>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using gw::test::code_of;
using gw::test::TestApi;

TEST(Messaging, ThereAreNoServicesAndNoAccounts) {
  TestApi api;
  auto user = api.user("user1");
  for (const char* list : {"messaging/service?action=all", "messaging/account?action=all"})
    EXPECT_EQ(user.get(list).get("data").dump(), "[]") << list;
  EXPECT_EQ(user.put("messaging/message?action=list&columns=id", "[]").get("data").dump(), "[]");
}

TEST(Messaging, WhoeverNamesAServiceIsToldSo) {
  TestApi api;
  auto user = api.user("user1");
  for (const char* url :
       {"messaging/service?action=get&id=x", "messaging/account?action=all&messagingService=x",
        "messaging/account?action=get&messagingService=x&id=1",
        "messaging/account?action=delete&messagingService=x&id=1",
        "messaging/message?action=all&columns=id&folder=x://1/INBOX",
        "messaging/message?action=get&id=1&folder=x://1/INBOX"})
    EXPECT_EQ(code_of(user.get(url)), "MESSAGING-0001") << url;
  for (const char* action : {"new", "update"})
    EXPECT_EQ(
        code_of(user.put(std::string("messaging/account?action=") + action, R"({"messagingService":"x"})")),
        "MESSAGING-0001");
  EXPECT_EQ(code_of(user.put("messaging/message?action=list&columns=id", R"([["x://1/a","2"]])")),
            "MESSAGING-0001");
  EXPECT_EQ(code_of(user.put("messaging/message?action=send", R"({"folder":"x://1/a"})")), "MESSAGING-0001");
  EXPECT_EQ(code_of(user.put("messaging/message?action=perform&messageAction=a&id=1&folder=x://1/a", "{}")),
            "MESSAGING-0001");
  EXPECT_EQ(code_of(user.put("messaging/message?action=perform&messageAction=a&account=1", "{}")),
            "MESSAGING-0001");
}

TEST(Messaging, WrongRequestsAreToldWhatIsWrong) {
  TestApi api;
  auto user = api.user("user1");
  for (const char* folder : {"INBOX", "x://", "x://a/b", "://1/a"})
    EXPECT_EQ(code_of(user.get(std::string("messaging/message?action=all&columns=id&folder=") + folder)),
              "MESSAGING-0002")
        << folder;
  EXPECT_EQ(code_of(user.put("messaging/account?action=new", "{}")), "SVL-0002");
  EXPECT_EQ(code_of(user.put("messaging/account?action=new", "[]")), "SVL-0028");
  EXPECT_EQ(code_of(user.put("messaging/message?action=list&columns=id", "{}")), "SVL-0028");
  EXPECT_EQ(code_of(user.put("messaging/message?action=send", R"({"folder":"a"})")), "MESSAGING-0002");
}

}  // namespace
}  // namespace gw::ajax
