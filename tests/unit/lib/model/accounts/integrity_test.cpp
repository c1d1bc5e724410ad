#include "model/contexts/integrity.hpp"

#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::test {
namespace {

class Integrity : public AccountTest {
 protected:
  void SetUp() override {
    make_context();
    make_user("user1");
  }
  std::vector<std::string> checks() {
    std::vector<std::string> names;
    for (const auto& finding : model::contexts::check_context(*administration()))
      names.emplace_back(finding.check);
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(Integrity, AFreshContextIsInOrder) {
  EXPECT_TRUE(checks().empty());
  sql::Scope scope(*database.pool);
  EXPECT_TRUE(model::contexts::check_orphaned_contexts(scope, false).empty());
}

TEST_F(Integrity, WhatIsBrokenIsFoundAndMended) {
  run("DELETE FROM contacts WHERE cid=1 AND user_id=3");
  run("DELETE FROM folder_permissions WHERE cid=1 AND folder=(SELECT contacts_folder FROM users WHERE cid=1 "
      "AND id=3)");
  run("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (1,9999,0,3,257)");
  run("INSERT INTO group_members (cid,group_id,user_id) VALUES (1,1,77)");
  run("INSERT INTO contact_images (cid,contact,mime_type,content,last_modified) VALUES "
      "(1,9999,'image/png','x',1)");
  EXPECT_EQ(checks(), (std::vector<std::string>{"addresses-without-contact", "folders-without-admin",
                                                "members-without-user", "permissions-without-folder",
                                                "pictures-without-contact", "users-without-contact"}));
  model::contexts::repair_context(*administration());
  EXPECT_TRUE(checks().empty());
  EXPECT_EQ(number("SELECT COUNT(*) FROM contacts WHERE cid=1 AND user_id=3 AND folder_id=6"), 1);
  EXPECT_EQ(number("SELECT bits FROM folder_permissions WHERE cid=1 AND entity=3 AND folder="
                   "(SELECT contacts_folder FROM users WHERE cid=1 AND id=3)"),
            403710016);
}

TEST_F(Integrity, RowsOfContextsThatAreGoneAreFoundAndDeleted) {
  run("INSERT INTO user_attributes (cid,user_id,name,value) VALUES (42,3,'a','b')");
  sql::Scope scope(*database.pool);
  const auto findings = model::contexts::check_orphaned_contexts(scope, true);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].check, "user_attributes");
  EXPECT_TRUE(model::contexts::check_orphaned_contexts(scope, false).empty());
  EXPECT_EQ(number("SELECT COUNT(*) FROM users WHERE cid=1"), 2);
}

}  // namespace
}  // namespace gw::test
