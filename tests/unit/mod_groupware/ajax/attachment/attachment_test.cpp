#include <gtest/gtest.h>

#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class AttachmentApi : public testing::Test {
 protected:
  TestApi api;
  ApiClient user = api.user("user1");

  /// The parameters that name a contact of the user.
  std::string contact() {
    const std::string folder(user.get("config/folder/contacts").get("data").dump());
    const Json made = user.put("contacts?action=new", R"({"folder_id":)" + folder + R"(,"last_name":"x"})");
    const Json id = made.get("data").get("id");
    return "&module=7&folder=" + folder + "&attached=" + id.to_text().value_or("");
  }
};

TEST_F(AttachmentApi, AContactBeginsWithoutFiles) {
  const std::string parent = contact();
  const Json all = user.get("attachment?action=all&columns=1,803" + parent);
  EXPECT_EQ(all.get("data").dump(), "[]") << all.dump();
  EXPECT_EQ(code_of(user.get("attachment?action=get&id=5" + parent)), "ATT-0405");
  EXPECT_EQ(user.put("attachment?action=list&columns=1" + parent, "[5]").get("data").dump(), "[]");
}

TEST_F(AttachmentApi, IdsAreNumbersInAnArray) {
  const std::string parent = contact();
  EXPECT_EQ(code_of(user.put("attachment?action=list&columns=1" + parent, "{}")), "SVL-0028");
  EXPECT_EQ(code_of(user.put("attachment?action=detach" + parent, R"(["x"])")), "ATT-0701");
  EXPECT_EQ(code_of(user.get("attachment?action=all&columns=1&folder=1&attached=1&module=x")), "SVL-0010");
}

}  // namespace
}  // namespace gw::test
