#include "mailbox/filters/filters.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "core/errors/mail_filter.hpp"
#include "session/mail_password.hpp"
#include "support/memory_sieve.hpp"
#include "unit/lib/model/sample_context.hpp"

namespace gw::mailbox::filters {
namespace {

namespace sieve = mail::sieve;
using gw::test::kAdmin;
using gw::test::kAnna;

constexpr std::string_view kSecret = "cookie";

class FiltersTest : public gw::test::SampleContext {
 protected:
  FiltersTest() : SampleContext({}) {
    Settings& settings = database.settings;
    settings.mail.store.host = "mail.test";
    settings.sieve.server = {"sieve", "127.0.0.1", server.port(), MailEncryption::Prefer};
    settings.sieve.read_timeout = Milliseconds(2'000);
    session.id = "s";
    session.sealed_password = session::seal_mail_password(session, kSecret, "secret");
  }

  Filters filters(UserId user = kAnna, std::string_view username = {}) {
    return Filters(as(user), session, {{kSecret}, username});
  }
  static sieve::Rule keep(const std::string& name) {
    sieve::Rule rule;
    rule.name = name;
    sieve::apply_json(rule, gw::test::json("{'test':{'id':'true'},'actioncmds':[{'id':'keep'}]}"),
                      sieve::Version::V2, {});
    return rule;
  }
  void add(const std::string& name) {
    filters().change([&](sieve::Script& script) { sieve::insert_rule(script, keep(name), {}); });
  }
  std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const sieve::Rule& rule : filters().load().rules) names.push_back(rule.name);
    return names;
  }
  template <class Act>
  static std::string code_of(const Act& act) {
    try {
      act();
    } catch (const ApiError& error) {
      return format_code(error.code());
    }
    return "";
  }

  gw::test::MemorySieve server;
  session::Session session;
};

TEST_F(FiltersTest, WithoutAScriptThereAreNoRules) {
  EXPECT_TRUE(names().empty());
  EXPECT_EQ(code_of([&] { filters().load_text(); }), "MAIL_FILTER-0022");
  EXPECT_TRUE(server.scripts.empty());
}

TEST_F(FiltersTest, AChangeIsStoredAndActive) {
  add("one");
  add("two");
  EXPECT_EQ(names(), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(server.active, "Open-Xchange");
  EXPECT_EQ(filters().load_text(), server.scripts["Open-Xchange"]);
  EXPECT_EQ(server.logins.back(), "/anna");
}

TEST_F(FiltersTest, AScriptOfAnotherNameIsTakenOverAndStaysAsItIs) {
  const std::string foreign = "require \"include\";\r\ninclude :personal \"x\";\r\nkeep;\r\n";
  server.scripts["mine"] = foreign;
  server.active = "mine";
  add("added");
  EXPECT_EQ(server.scripts["mine"], foreign);
  EXPECT_EQ(server.active, "Open-Xchange");
  EXPECT_NE(server.scripts["Open-Xchange"].find("include :personal \"x\";"), std::string::npos);
}

TEST_F(FiltersTest, RulesThatWereSwitchedOffOnTheServerAreNotLost) {
  add("old");
  server.active.clear();
  EXPECT_TRUE(names().empty());
  add("new");
  EXPECT_EQ(names(), (std::vector<std::string>{"old", "new"}));
  const sieve::Script script = filters().load();
  EXPECT_FALSE(script.rules[0].is_active);
  EXPECT_TRUE(script.rules[1].is_active);
}

TEST_F(FiltersTest, OurRulesSurviveAScriptThatWasActiveMeanwhile) {
  add("ours");
  filters().change([&](sieve::Script& script) {
    sieve::Rule notice = keep("notice");
    notice.flags = {"vacation"};
    notice.source = "vacation \"x\";\n";
    sieve::insert_rule(script, notice, {});
  });
  server.scripts["mine"] =
      "# their own\r\n## Flag: vacation|UniqueId:0|Rulename: theirs\r\nvacation \"y\";\r\n";
  for (std::size_t round = 0; round < 2; ++round) {
    server.active = "mine";
    add("added");
    const sieve::Script script = filters().load();
    ASSERT_EQ(script.rules.size(), 4U + round);
    EXPECT_EQ(script.rules[0].name, "theirs");
    EXPECT_TRUE(script.rules[0].has_flag("vacation"));
    EXPECT_FALSE(script.rules[1].is_active);
    EXPECT_FALSE(script.rules[2].is_active);
    EXPECT_TRUE(script.rules.back().is_active);
  }
}

TEST_F(FiltersTest, NothingIsStoredWhenTheChangeOrTheServerSaysNo) {
  add("one");
  const std::string before = server.scripts["Open-Xchange"];
  EXPECT_EQ(code_of([&] { filters().change([](sieve::Script& script) { sieve::remove_rule(script, 7); }); }),
            "MAIL_FILTER-0008");
  server.refusal = "NO \"line 3: error\"";
  EXPECT_EQ(code_of([&] { add("two"); }), "MAIL_FILTER-0025");
  server.refusal = "NO (QUOTA/MAXSIZE) \"too large\"";
  EXPECT_EQ(code_of([&] { add("two"); }), "MAIL_FILTER-0005");
  EXPECT_EQ(server.scripts["Open-Xchange"], before);
  server.refusal.clear();
  add("two");
  EXPECT_EQ(names(), (std::vector<std::string>{"one", "two"}));
}

TEST_F(FiltersTest, AServerThatBreaksOffEndsInAnErrorAndTheNextChangeGoes) {
  for (const char* command : {"LISTSCRIPTS", "GETSCRIPT", "PUTSCRIPT", "SETACTIVE", "AUTHENTICATE"}) {
    if (std::string(command) == "GETSCRIPT") add("first");
    server.cut_at = command;
    EXPECT_EQ(code_of([&] { add("x"); }), "MAIL_FILTER-0015") << command;
    server.cut_at = "";
  }
  add("last");
  EXPECT_EQ(names().back(), "last");
}

TEST_F(FiltersTest, ClearingWorksForScriptsThatCannotBeRead) {
  server.scripts["Open-Xchange"] = "if {";
  server.active = "Open-Xchange";
  EXPECT_EQ(code_of([&] { names(); }), "MAIL_FILTER-0016");
  EXPECT_EQ(code_of([&] { add("x"); }), "MAIL_FILTER-0016");
  EXPECT_EQ(filters().load_text(), "if {");
  server.scripts["other"] = "keep;";
  filters().clear();
  EXPECT_EQ(server.active, "");
  EXPECT_FALSE(server.scripts.contains("Open-Xchange"));
  EXPECT_TRUE(server.scripts.contains("other"));
  filters().clear();
  EXPECT_TRUE(names().empty());
}

TEST_F(FiltersTest, ManyWritersLoseNothing) {
  constexpr int kWriters = 4, kRules = 5;
  const model::Caller anna = as(kAnna).caller();
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer)
    writers.emplace_back([&, writer] {
      model::UnitOfWork work(*database.environment, anna);
      for (int i = 0; i < kRules; ++i) {
        Filters own(work, session, {{kSecret}, {}});
        own.change([&](sieve::Script& script) {
          sieve::insert_rule(script, keep(std::to_string(writer) + std::to_string(i)), {});
        });
      }
    });
  for (std::thread& writer : writers) writer.join();
  std::vector<std::string> found = names();
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found.size(), static_cast<std::size_t>(kWriters * kRules));
  EXPECT_EQ(std::unique(found.begin(), found.end()), found.end());
}

TEST_F(FiltersTest, OnlyWhoHasMailAndAServerMayFilter) {
  database.settings.sieve.server.host.clear();
  EXPECT_EQ(code_of([&] { filters(); }), "MAIL_FILTER-0027");
  database.settings.sieve.server.host = "127.0.0.1";
  database.settings.mail.store.host.clear();
  EXPECT_EQ(code_of([&] { filters(); }), "MAIL_FILTER-0027");
}

TEST_F(FiltersTest, WrongOrMissingPasswordsAreTold) {
  session.sealed_password = session::seal_mail_password(session, kSecret, "wrong");
  EXPECT_EQ(code_of([&] { names(); }), "MAIL_FILTER-0002");
  session.sealed_password.clear();
  EXPECT_EQ(code_of([&] { names(); }), "MAIL_FILTER-0002");
  EXPECT_EQ(code_of([&] { add("x"); }), "MAIL_FILTER-0002");
}

TEST_F(FiltersTest, AnAdministratorActsForAUserOfHisContextWhereAMasterSignsIn) {
  EXPECT_EQ(code_of([&] { filters(kAdmin, "anna"); }), "MAIL_FILTER-0027");
  database.settings.sieve.master = "master";
  database.settings.sieve.master_secret = "secret";
  database.settings.sieve.login = "%u@x";
  EXPECT_EQ(code_of([&] { filters(kAnna, "berta"); }), "MAIL_FILTER-0027");
  EXPECT_EQ(code_of([&] { filters(kAdmin, "nobody"); }), "MAIL_FILTER-0002");
  filters(kAdmin, "Anna").change([&](sieve::Script& script) {
    sieve::insert_rule(script, keep("for anna"), {});
  });
  EXPECT_EQ(server.logins.back(), "anna@x/master");
  filters(kAnna, "anna").load();
  EXPECT_EQ(server.logins.back(), "anna@x/master");
}

TEST_F(FiltersTest, TheServersLimitOfRedirectsHoldsForARule) {
  EXPECT_EQ(filters().max_redirects(), 2U);
  sieve::Rule rule;
  sieve::apply_json(rule,
                    gw::test::json("{'test':{'id':'true'},'actioncmds':[{'id':'redirect','to':'a@x.test'},"
                                   "{'id':'redirect','to':'b@x.test'},{'id':'redirect','to':'c@x.test'}]}"),
                    sieve::Version::V2, {});
  EXPECT_EQ(code_of([&] {
              filters().change([&](sieve::Script& script) { sieve::insert_rule(script, rule, {}); });
            }),
            "MAIL_FILTER-0024");
  EXPECT_TRUE(server.scripts.empty());
}

TEST_F(FiltersTest, AHolderThatDiedStopsOthersForALimitedTime) {
  model::UnitOfWork other(*database.environment, as(kAnna).caller());
  const auto held =
      model::UserLease::acquire(other, {kAnna, "mailfilter", Milliseconds(60'000), Milliseconds(0)});
  database.clock.advance(60'000);
  add("after its end");
  EXPECT_EQ(names(), std::vector<std::string>{"after its end"});
}

}  // namespace
}  // namespace gw::mailbox::filters
