// Who is let in: a small model of the rules against every kind of caller.
#include <vector>

#include "core/log.hpp"
#include "provisioning_fixture.hpp"

namespace gw::provisioning {
namespace {

using test::ProvisioningTest;

class AdministratorTest : public ProvisioningTest {};

struct Somebody {
  const char* login;
  const char* password;
  bool is_master;
  int context;  ///< that he administers; 0: none
};
constexpr Somebody kPeople[] = {{"oxadminmaster", "secret", true, 0}, {"admin", "secret", false, 1},
                                {"admin2", "secret", false, 2},       {"anna", "secret", false, 0},
                                {"admin", "wrong", false, 0},         {"", "", false, 0},
                                {"nobody", "secret", false, 0},       {"oxadminmaster", "wrong", false, 0}};

TEST_F(AdministratorTest, OnlyWhoMayIsLetIn) {
  make_context(1);
  as_master("Context", "create", "{'ctx':{'id':2,'name':'second'},'admin_user':" + user_data("admin2") + "}");
  make_user(1, "anna");
  struct Attempt {
    const char* service;
    const char* operation;
    const char* arguments;
    int context;  ///< 0: of the installation
  };
  const Attempt attempts[] = {
      {"Context", "listAll", "{}", 0},
      {"Context", "getData", "{'ctx':{'id':1}}", 0},
      {"Util", "listAllServer", "{}", 0},
      {"User", "listAll", "{'ctx':{'id':1}}", 1},
      {"User", "listAll", "{'ctx':{'id':2}}", 2},
      {"Group", "listAll", "{'ctx':{'name':'c1'}}", 1},
      {"Resource", "listAll", "{'ctx':{'id':2}}", 2},
      {"User", "exists", "{'ctx':{'id':9},'user':{'id':1}}", 9},
  };
  for (const bool has_override : {false, true}) {
    database.settings.provisioning.master_override = has_override;
    for (const Somebody& who : kPeople)
      for (const Attempt& what : attempts) {
        std::string expected = "invalid_credentials";
        if (who.is_master && (what.context == 0 || has_override))
          expected = what.context == 9 ? "no_such_context" : "none";
        if (what.context != 0 && who.context == what.context) expected = "none";
        // A fresh address each: failures are counted by it, and that is another test.
        static int address = 0;
        const Login login{who.login, who.password, "192.0.2." + std::to_string(++address), "test"};
        EXPECT_EQ(fault_of([&] { call_as(login, what.service, what.operation, what.arguments); }), expected)
            << who.login << "/" << who.password << " " << what.service << "." << what.operation
            << what.arguments;
      }
  }
}

TEST_F(AdministratorTest, ADisabledContextHasNoAdministrator) {
  make_context(1);
  as_master("Context", "disable", "{'ctx':{'id':1}}");
  EXPECT_EQ(fault_of([&] { as_admin("User", "listAll", "{'ctx':{'id':1}}"); }), "invalid_credentials");
  as_master("Context", "enable", "{'ctx':{'name':'c1'}}");
  EXPECT_EQ(fault_of([&] { as_admin("User", "listAll", "{'ctx':{'id':1}}"); }), "none");
}

TEST_F(AdministratorTest, GuessingIsSlowedDownByAddress) {
  const auto attempt = [&](const char* password, const char* address) {
    return fault_of([&] { call_as({"oxadminmaster", password, address, "x"}, "Context", "listAll", "{}"); });
  };
  for (int i = 0; i < 10; ++i) EXPECT_EQ(attempt("wrong", "198.51.100.7"), "invalid_credentials");
  EXPECT_EQ(attempt("wrong", "198.51.100.7"), "too_many_attempts");
  EXPECT_EQ(attempt("secret", "198.51.100.7"), "too_many_attempts");
  EXPECT_EQ(attempt("secret", "198.51.100.8"), "none");
  // What this process has seen to be right needs no counting.
  EXPECT_EQ(attempt("secret", "198.51.100.7"), "none");
}

TEST_F(AdministratorTest, AChangedPasswordHoldsAtOnce) {
  make_context(1);
  as_admin("User", "listAll", "{'ctx':{'id':1}}");
  as_admin("User", "change", "{'ctx':{'id':1},'usrdata':{'name':'admin','password':'another1'}}");
  EXPECT_EQ(fault_of([&] { as_admin("User", "listAll", "{'ctx':{'id':1}}"); }), "invalid_credentials");
  const Login renewed{"admin", "another1", "192.0.2.9", ""};
  EXPECT_EQ(fault_of([&] { call_as(renewed, "User", "listAll", "{'ctx':{'id':1}}"); }), "none");
}

TEST_F(AdministratorTest, EveryChangeHasALineWithoutSecretsInTheLog) {
  static std::vector<std::string> lines;
  lines.clear();
  set_log_sink([](LogLevel, std::string_view line) { lines.emplace_back(line); });
  make_context(1);
  as_admin("User", "listAll", "{'ctx':{'id':1}}");
  make_user(1, "anna");
  fault_of([&] { as_admin("User", "delete", "{'ctx':{'id':1},'user':{'name':'nob\\nody'}}"); });
  set_log_sink({});
  std::vector<std::string> audit;
  for (const std::string& line : lines)
    if (line.find("audit:") != std::string::npos) audit.push_back(line);
  ASSERT_EQ(audit.size(), 3U);
  EXPECT_NE(audit[0].find("actor=\"oxadminmaster\" from=192.0.2.1 operation=createModuleAccessByName"),
            std::string::npos)
      << audit[0];
  EXPECT_NE(audit[1].find("operation=create object=\"ctx=1 usrdata=anna\" result=ok"), std::string::npos)
      << audit[1];
  EXPECT_NE(audit[2].find("result=invalid_data"), std::string::npos) << audit[2];
  for (const std::string& line : lines) {
    EXPECT_EQ(line.find("secret"), std::string::npos) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace gw::provisioning
