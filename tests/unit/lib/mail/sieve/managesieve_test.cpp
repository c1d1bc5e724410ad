#include "mail/sieve/managesieve.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "support/mail_servers.hpp"
#include "support/scripted_server.hpp"
#include "unit/lib/mail/sieve/rule_samples.hpp"

using namespace gw;
using namespace gw::mail;
using namespace gw::mail::sieve;
using gw::test::MailServers;
using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;

namespace {

Server dovecot(Encryption encryption = Encryption::StartTls) {
  Server server;
  server.protocol = "sieve";
  server.host = "localhost";
  server.port = MailServers::shared().port("sieve");
  server.ca_file = MailServers::shared().value("ca");
  server.encryption = encryption;
  server.login = "user1";
  server.secret = "secret";
  return server;
}

Server scripted(const ScriptedServer& fake) {
  Server server;
  server.host = "127.0.0.1";
  server.port = fake.port();
  server.login = "user1";
  server.secret = "secret";
  server.read_timeout = std::chrono::milliseconds(300);
  return server;
}

std::string managesieve_code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

class ManageSieveOnDovecot : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!MailServers::shared().problem().empty()) GTEST_SKIP() << MailServers::shared().problem();
  }
};

constexpr std::string_view kGreeting =
    "\"SIEVE\" \"fileinto\"\r\n\"SASL\" \"PLAIN\"\r\n\"VERSION\" \"1.0\"\r\nOK\r\n";

/// Greets, takes any sign-in, and hands every command to `answer`.
std::function<void(ScriptedPeer&)> signed_in(std::function<void(ScriptedPeer&, const std::string&)> answer) {
  return [answer = std::move(answer)](ScriptedPeer& peer) {
    peer.send(kGreeting);
    if (!peer.line().starts_with("AUTHENTICATE")) return;
    peer.send("OK\r\n");
    peer.line();
    peer.send(kGreeting);
    for (std::string line = peer.line(); !line.empty() && line != "LOGOUT"; line = peer.line())
      answer(peer, line);
  };
}

}  // namespace

TEST_F(ManageSieveOnDovecot, StoresActivatesListsAndDeletesScripts) {
  ManageSieve server(dovecot());
  EXPECT_TRUE(server.extensions().contains("fileinto"));
  EXPECT_TRUE(server.capability("IMPLEMENTATION"));
  EXPECT_FALSE(server.get_script("none"));
  EXPECT_EQ(managesieve_code_of([&] { load_active_script(server); }), "MAIL_FILTER-0022");
  const std::string script = "# \"quoted\" \\ and ü\r\nkeep;\r\n";
  EXPECT_TRUE(server.has_space("a name", script.size()));
  EXPECT_FALSE(server.has_space("a name", 1U << 30U));
  EXPECT_EQ(server.put_script("a name", script), "");
  server.set_active("a name");
  EXPECT_EQ(load_active_script(server), script);
  server.rename_script("a name", "\"b\"");
  server.noop();
  ASSERT_EQ(server.list_scripts().size(), 1U);
  EXPECT_EQ(server.list_scripts()[0].name, "\"b\"");
  EXPECT_TRUE(server.list_scripts()[0].is_active);
  EXPECT_EQ(managesieve_code_of([&] { server.delete_script("\"b\""); }), "MAIL_FILTER-0005");
  server.set_active("");
  server.delete_script("\"b\"");
  EXPECT_TRUE(server.list_scripts().empty());
}

TEST_F(ManageSieveOnDovecot, ARefusedScriptCarriesTheServersWords) {
  ManageSieve server(dovecot());
  try {
    server.put_script("bad", "if nonsense {\r\n");
    FAIL();
  } catch (const ApiError& error) {
    EXPECT_EQ(format_code(error.code()), "MAIL_FILTER-0025");
    EXPECT_NE(std::string(error.what()).find("line"), std::string::npos) << error.what();
  }
  EXPECT_EQ(managesieve_code_of([&] { server.check_script("frobnicate;"); }), "MAIL_FILTER-0025");
  EXPECT_EQ(server.check_script("keep;"), "");
}

TEST_F(ManageSieveOnDovecot, ItTakesEveryGeneratedScript) {
  ManageSieve server(dovecot());
  const auto check = [&](std::string_view test, std::string_view action, Version version) {
    if (gw::mail::sieve::test::is_beyond_pigeonhole(action)) return;
    Script script;
    for (const bool is_active : {true, false}) {
      Rule rule;
      const Json json = Json::object()
                            .set("test", *Json::parse(test))
                            .set("actioncmds", Json::array().append(*Json::parse(action)));
      apply_json(rule, json, version, {});
      rule.is_active = is_active;
      insert_rule(script, rule, {});
    }
    const std::string text = write_script(script, server.extensions(), "today");
    EXPECT_EQ(managesieve_code_of([&] { server.check_script(text); }), "") << text;
  };
  for (const auto& sample : gw::mail::sieve::test::kTestSamples) {
    if (sample.in_v1) check(sample.json, R"({"id":"keep"})", Version::V1);
    if (sample.in_v2) check(sample.json, R"({"id":"keep"})", Version::V2);
  }
  for (const auto& sample : gw::mail::sieve::test::kActionSamples) {
    if (sample.in_v1) check(R"({"id":"true"})", sample.json, Version::V1);
    if (sample.in_v2) check(R"({"id":"true"})", sample.json, Version::V2);
  }
}

TEST_F(ManageSieveOnDovecot, ALongTextIsStoredByteForByte) {
  ManageSieve server(dovecot());
  std::string text;
  for (int i = 0; i < 1'000; ++i) text += "Zeile \"" + std::to_string(i) + "\" mit ü\r\n";
  Rule rule;
  rule.flags = {"vacation"};
  const Json action = Json::object().set("id", Json::string("vacation")).set("text", Json::string(text));
  apply_json(rule,
             Json::object()
                 .set("test", *Json::parse(R"({"id":"true"})"))
                 .set("actioncmds", Json::array().append(action)),
             Version::V2, {});
  Script script;
  insert_rule(script, rule, {});
  const std::string written = write_script(script, server.extensions(), "today");
  server.put_script("long", written);
  EXPECT_EQ(server.get_script("long"), written);
  const Json back = to_json(read_script(*server.get_script("long")).rules.at(0), 0, Version::V2, {});
  EXPECT_EQ(back.get("actioncmds").at(0).get("text").as_string(), text);
  server.delete_script("long");
}

TEST_F(ManageSieveOnDovecot, SignsInWithTokensAndForOthers) {
  Server server = dovecot(Encryption::Prefer);
  server.secret = MailServers::shared().value("token_user1");
  for (const Mechanism mechanism : {Mechanism::XOAuth2, Mechanism::OAuthBearer}) {
    server.mechanism = mechanism;
    EXPECT_EQ(managesieve_code_of([&] { ManageSieve{server}.noop(); }), "");
    Server over = server;
    over.secret = MailServers::shared().value("token_over");
    EXPECT_EQ(managesieve_code_of([&] { ManageSieve{over}; }), "MAIL_FILTER-0002");
  }
  Server master = dovecot();
  master.login = "master";
  master.secret = "msecret";
  master.authorize_as = "user2";
  ManageSieve session(master);
  session.put_script("by master", "keep;\r\n");
  Server user = dovecot();
  user.login = "user2";
  EXPECT_EQ(ManageSieve(user).list_scripts().size(), 1U);
}

TEST_F(ManageSieveOnDovecot, WrongCredentialsAndCertificatesAreRefused) {
  Server server = dovecot();
  server.secret = "wrong";
  EXPECT_EQ(managesieve_code_of([&] { ManageSieve{server}; }), "MAIL_FILTER-0002");
  server = dovecot();
  server.ca_file = MailServers::shared().value("exim_ca");
  EXPECT_EQ(managesieve_code_of([&] { ManageSieve{server}; }), "MAIL_FILTER-0014");
  server.verifies_certificate = false;
  EXPECT_EQ(managesieve_code_of([&] { ManageSieve{server}; }), "");
}

TEST(ManageSieve, ReadsLiteralsAndCodes) {
  const ScriptedServer fake(
      ScriptedServer::Repeat::Always, signed_in([](ScriptedPeer& peer, const std::string& line) {
        if (line == "LISTSCRIPTS")
          peer.send("{5}\r\na \"b\" ACTIVE\r\n\"c\\\"\\\\\"\r\nOK (TAG \"x\") {4}\r\ndone\r\n");
        else if (line.starts_with("GETSCRIPT"))
          peer.send("{8+}\r\n# \r\nOK\r\n\r\nOK \"fine\"\r\n");
        else if (line.starts_with("PUTSCRIPT"))
          peer.send("OK (WARNINGS) \"line 1: odd\"\r\n");
        else
          peer.send("NO (QUOTA/MAXSIZE) \"too much\"\r\n");
      }));
  ManageSieve server(scripted(fake));
  const auto scripts = server.list_scripts();
  ASSERT_EQ(scripts.size(), 2U);
  EXPECT_EQ(scripts[0].name, "a \"b\"");
  EXPECT_TRUE(scripts[0].is_active);
  EXPECT_EQ(scripts[1].name, "c\"\\");
  EXPECT_EQ(server.get_script("x"), "# \r\nOK\r\n");
  EXPECT_EQ(server.put_script("x", "keep;"), "line 1: odd");
  EXPECT_FALSE(server.has_space("x", 5));
  EXPECT_EQ(managesieve_code_of([&] { server.check_script("keep;"); }), "MAIL_FILTER-0005");
}

TEST(ManageSieve, ACutASlowAndAGarbledAnswerEndInTheirError) {
  for (const std::string_view answer :
       {"", "\"half", "{9999999999}\r\n", "{90000000}\r\n", "{3}x\r\n", "BYE \"closing\"\r\n", "wait"}) {
    SCOPED_TRACE(answer);
    const ScriptedServer fake(ScriptedServer::Repeat::Always,
                              signed_in([&](ScriptedPeer& peer, const std::string&) {
                                if (answer == "wait") {
                                  peer.wait_for_end();
                                } else if (answer.ends_with('\n')) {
                                  peer.send(answer);
                                } else {
                                  peer.send(answer);
                                  peer.reset();
                                }
                              }));
    ManageSieve server(scripted(fake));
    EXPECT_EQ(managesieve_code_of([&] { server.list_scripts(); }), "MAIL_FILTER-0015");
  }
}

TEST(ManageSieve, EveryStepOfTheBeginningMayFail) {
  const auto begin = [](std::string_view greeting, std::string_view answer, Encryption encryption) {
    const ScriptedServer fake(ScriptedServer::Repeat::Always, [&](ScriptedPeer& peer) {
      peer.send(greeting);
      peer.line();
      peer.send(answer);
    });
    Server server = scripted(fake);
    server.encryption = encryption;
    return managesieve_code_of([&] { ManageSieve{server}; });
  };
  EXPECT_EQ(begin("BYE \"full\"\r\n", "", Encryption::Prefer), "MAIL_FILTER-0015");
  EXPECT_EQ(begin("NO \"full\"\r\n", "", Encryption::Prefer), "MAIL_FILTER-0014");
  EXPECT_EQ(begin("SSH-2.0 hello\r\n", "", Encryption::Prefer), "MAIL_FILTER-0015");
  EXPECT_EQ(begin(kGreeting, "", Encryption::StartTls), "MAIL_FILTER-0014");
  EXPECT_EQ(begin("\"SASL\" \"LOGIN\"\r\nOK\r\n", "", Encryption::None), "MAIL_FILTER-0014");
  EXPECT_EQ(begin(kGreeting, "NO \"wrong\"\r\n", Encryption::None), "MAIL_FILTER-0002");
  EXPECT_EQ(begin(kGreeting, "NO (ENCRYPT-NEEDED) \"no\"\r\n", Encryption::None), "MAIL_FILTER-0014");
  EXPECT_EQ(begin(kGreeting, "BYE \"no\"\r\n", Encryption::None), "MAIL_FILTER-0014");
  EXPECT_EQ(begin(kGreeting, "\"more\"\r\n\"more\"\r\n", Encryption::None), "MAIL_FILTER-0015");
  EXPECT_EQ(begin("\"STARTTLS\"\r\nOK\r\n", "NO\r\n", Encryption::Prefer), "MAIL_FILTER-0014");
  EXPECT_EQ(begin("\"STARTTLS\"\r\nOK\r\n", "OK\r\nno handshake\r\n", Encryption::Prefer),
            "MAIL_FILTER-0014");
  Server nobody;
  nobody.host = "127.0.0.1";
  nobody.port = 1;
  EXPECT_EQ(managesieve_code_of([&] { ManageSieve{nobody}; }), "MAIL_FILTER-0014");
}

TEST(ManageSieve, WhatWasSaidBeforeTheHandshakeDoesNotCount) {
  const ScriptedServer fake(ScriptedServer::Repeat::Always, [](ScriptedPeer& peer) {
    peer.send("\"STARTTLS\"\r\n\"SASL\" \"PLAIN\"\r\nOK\r\n");
    peer.line();
    peer.send("OK\r\n\"SIEVE\" \"injected\"\r\nOK\r\n");
    peer.wait_for_end();
  });
  EXPECT_EQ(managesieve_code_of([&] { ManageSieve{scripted(fake)}; }), "MAIL_FILTER-0014");
}
