#include "mail/smtp/transport.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "mail/smtp/failure.hpp"
#include "support/mail_servers.hpp"
#include "support/scripted_server.hpp"

using namespace gw;
using namespace gw::mail;
using namespace gw::mail::smtp;
using gw::test::MailServers;
using gw::test::ScriptedPeer;
using gw::test::ScriptedServer;

namespace {

std::string code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

ByteSource source_of(std::string text) {
  return [text = std::move(text), at = std::size_t{0}](std::size_t most) mutable {
    std::string piece = text.substr(at, most);
    at += piece.size();
    return piece;
  };
}

const std::string kMail = "From: user1@example.test\r\nSubject: A mail\r\n\r\nHello\r\n.\r\n.dots\r\n";

SendOutcome send(const Server& server, std::vector<std::string> recipients, const std::string& mail = kMail,
                 std::int64_t size = -2, std::string sender = "user1@example.test") {
  const Envelope envelope{std::move(sender), std::move(recipients), false};
  return SmtpTransport(server, {"client.test"})
      .send(envelope, source_of(mail), size == -2 ? static_cast<std::int64_t>(mail.size()) : size);
}

class SmtpOnExim : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!MailServers::shared().problem().empty()) GTEST_SKIP() << MailServers::shared().problem();
    server_.host = "localhost";
    server_.port = MailServers::shared().port("smtp");
    server_.ca_file = MailServers::shared().value("exim_ca");
    server_.encryption = Encryption::StartTls;
    server_.login = "user1";
    server_.secret = "secret";
  }

  /// A fault switch of Exim, for the life of the object.
  class Fault {
   public:
    Fault(const std::string& name, const std::string& content)
        : file_(MailServers::shared().value("exim_folder") + "/ctl/" + name) {
      std::ofstream(file_) << content;
    }
    ~Fault() { std::filesystem::remove(file_); }
    Fault(const Fault&) = delete;
    Fault& operator=(const Fault&) = delete;

   private:
    std::filesystem::path file_;
  };

  /// Messages that Exim accepted.
  static int accepted() {
    std::ifstream log(MailServers::shared().value("exim_folder") + "/log/mainlog");
    int count = 0;
    for (std::string line; std::getline(log, line);) count += line.find(" <= ") != std::string::npos ? 1 : 0;
    return count;
  }

  Server server_;
};

/// Talks SMTP; `failing_verb` ("" is the greeting, "." the end of the content, "text" its middle) it answers
/// with `answer`: text to send, "cut" or "wait".
class Fake {
 public:
  explicit Fake(std::string failing_verb = "none", std::string answer = "",
                std::string offers = "250 SIZE 1000000\r\n")
      : failing_verb_(std::move(failing_verb)),
        answer_(std::move(answer)),
        offers_(std::move(offers)),
        server_(ScriptedServer::Repeat::Always, [this](ScriptedPeer& peer) { serve(peer); }) {
    settings_.host = "127.0.0.1";
    settings_.port = server_.port();
    settings_.encryption = Encryption::None;
    settings_.mechanism = Mechanism::None;
    settings_.read_timeout = std::chrono::milliseconds(900);
    settings_.connect_timeout = std::chrono::milliseconds(900);
  }
  Server& settings() { return settings_; }
  [[nodiscard]] int connections() const { return server_.connections(); }
  [[nodiscard]] int contents() const { return contents_; }
  std::string log;  ///< what the client said; read it after the sending

 private:
  /// False: the talk is over.
  bool answer(ScriptedPeer& peer, std::string_view verb, std::string_view normal) {
    if (verb != failing_verb_) {
      peer.send(normal);
      return true;
    }
    if (answer_ == "wait") {
      peer.wait_for_end();
      return false;
    }
    if (answer_ == "cut") {
      peer.reset();
      return false;
    }
    peer.send(answer_);
    return true;
  }

  void serve(ScriptedPeer& peer) {
    if (!answer(peer, "", "220 fake\r\n")) return;
    for (std::string line = peer.line(); !line.empty(); line = peer.line()) {
      log += line + "\n";
      const std::string verb = line.substr(0, 4);
      if (verb == "EHLO") {
        if (!answer(peer, verb, "250-fake\r\n" + offers_)) return;
      } else if (verb == "DATA") {
        if (!answer(peer, verb, "354 go on\r\n")) return;
        if (failing_verb_ == "DATA") continue;
        if (failing_verb_ == "text") {
          peer.bytes(1'000);
          peer.reset();
          return;
        }
        for (line = peer.line(); line != "." && !peer.has_ended(); line = peer.line()) log += line + "\n";
        if (line != ".") return;
        ++contents_;
        if (!answer(peer, ".", "250 taken\r\n")) return;
      } else if (!answer(peer, verb, verb == "QUIT" ? "221 bye\r\n" : "250 fine\r\n")) {
        return;
      }
    }
  }

  std::string failing_verb_, answer_, offers_;
  std::atomic<int> contents_{0};
  Server settings_;
  ScriptedServer server_;
};

TEST(Smtp, DeniedAddressesAreNotConnectedTo) {
  ScriptedServer listener(ScriptedServer::Repeat::Always, [](ScriptedPeer&) {});
  Server server;
  server.host = "localhost";
  server.port = listener.port();
  server.denied = std::make_shared<const net::NetworkList>(net::NetworkList::internal());
  EXPECT_EQ(code_of([&] { SmtpTransport(server, {}).ping(); }), "ACC-0025");
  EXPECT_EQ(listener.connections(), 0);
}

}  // namespace

TEST_F(SmtpOnExim, SendsOverEveryKindOfConnection) {
  const int before = accepted();
  EXPECT_TRUE(send(server_, {"user2@example.test"}).refused.empty());
  server_.encryption = Encryption::Prefer;
  EXPECT_TRUE(send(server_, {"user2@example.test", "user3@example.test"}, kMail, -1).refused.empty());
  server_.encryption = Encryption::None;
  EXPECT_TRUE(send(server_, {"user2@example.test"}, kMail, -2, "").refused.empty());
  server_.encryption = Encryption::Tls;
  server_.port = MailServers::shared().port("smtps");
  EXPECT_TRUE(send(server_, {"user2@example.test"}).refused.empty());
  SmtpTransport(server_, {}).ping();
  EXPECT_EQ(accepted() - before, 4);
}

TEST_F(SmtpOnExim, SignsInWithTokensOrNotAtAll) {
  Server token = server_;
  token.secret = MailServers::shared().value("token_user1");
  Server over = server_;
  over.secret = MailServers::shared().value("token_over");
  for (const Mechanism mechanism : {Mechanism::XOAuth2, Mechanism::OAuthBearer}) {
    token.mechanism = over.mechanism = mechanism;
    EXPECT_EQ(code_of([&] { send(token, {"user2@example.test"}); }), "");
    EXPECT_EQ(code_of([&] { send(over, {"user2@example.test"}); }), "MSG-1030");
  }
  Server nobody = server_;
  nobody.mechanism = Mechanism::None;
  EXPECT_EQ(code_of([&] { send(nobody, {"user2@example.test"}); }), "MSG-1030");
  const Fault open("open", "");
  EXPECT_EQ(code_of([&] { send(nobody, {"user2@example.test"}); }), "");
}

TEST_F(SmtpOnExim, RefusedRecipientsAreNamed) {
  const SendOutcome outcome =
      send(server_, {"user2@example.test", "reject@example.test", "defer@example.test"});
  ASSERT_EQ(outcome.refused.size(), 2U);
  EXPECT_EQ(outcome.refused[0].first, "reject@example.test");
  EXPECT_EQ(outcome.refused[0].second, "550 5.1.1 rejected by rule");
  EXPECT_EQ(outcome.refused[1].first, "defer@example.test");
  const int before = accepted();
  try {
    send(server_, {"reject@example.test", "defer@example.test"});
    FAIL();
  } catch (const ApiError& error) {
    EXPECT_EQ(format_code(error.code()), "MSG-1013");
    EXPECT_NE(std::string(error.what()).find("defer@example.test"), std::string::npos);
  }
  EXPECT_EQ(accepted(), before);
}

TEST_F(SmtpOnExim, FaultsOfTheServerBecomeTheirErrors) {
  const auto attempt = [&] { return code_of([&] { send(server_, {"user2@example.test"}); }); };
  const int before = accepted();
  {
    const Fault fault("reject", "not today");
    EXPECT_EQ(attempt(), "MSG-1013");
  }
  {
    const Fault fault("reject-data", "spam");
    EXPECT_EQ(attempt(), "MSG-1028");
  }
  {
    const Fault fault("defer-data", "later");
    EXPECT_EQ(attempt(), "MSG-1028");
  }
  EXPECT_EQ(accepted(), before);
  {
    const Fault fault("slow", "1");
    EXPECT_EQ(attempt(), "");
  }
  {
    const Fault fault("slow", "5");
    server_.read_timeout = std::chrono::milliseconds(900);
    EXPECT_EQ(attempt(), "MSG-1020");
  }
  EXPECT_EQ(accepted(), before + 1);
}

TEST_F(SmtpOnExim, SizeAndCredentialsAndCertificates) {
  const std::string large(2'000'000, 'x');
  int asked = 0;
  const ByteSource counted = [&](std::size_t) {
    ++asked;
    return std::string();
  };
  const Envelope envelope{"user1@example.test", {"user2@example.test"}, false};
  EXPECT_EQ(code_of([&] { SmtpTransport(server_, {}).send(envelope, counted, 2'000'000); }), "MSG-1012");
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(code_of([&] { send(server_, {"user2@example.test"}, large, -1); }), "MSG-1012");
  Server wrong = server_;
  wrong.secret = "wrong";
  EXPECT_EQ(code_of([&] { send(wrong, {"user2@example.test"}); }), "MSG-1030");
  EXPECT_EQ(code_of([&] { SmtpTransport(wrong, {}).ping(); }), "MSG-1030");
  wrong = server_;
  wrong.ca_file = MailServers::shared().value("ca");
  EXPECT_EQ(code_of([&] { SmtpTransport(wrong, {}).ping(); }), "MSG-1016");
  wrong.verifies_certificate = false;
  EXPECT_EQ(code_of([&] { SmtpTransport(wrong, {}).ping(); }), "");
}

TEST(Smtp, GreetsByNameAndStuffsDots) {
  Fake fake;
  send(fake.settings(), {"a@b.test"}, kMail, -2, "");
  EXPECT_NE(fake.log.find("EHLO client.test\nMAIL FROM:<> SIZE="), std::string::npos) << fake.log;
  EXPECT_NE(fake.log.find("RCPT TO:<a@b.test>\nDATA\n"), std::string::npos) << fake.log;
  EXPECT_NE(fake.log.find("\n..\n..dots\n"), std::string::npos) << fake.log;
}

TEST(Smtp, EveryCommandMayBeRefused) {
  const auto attempt = [](const std::string& verb, const std::string& answer) {
    Fake fake(verb, answer);
    const std::string code = code_of([&] { send(fake.settings(), {"a@b.test"}); });
    EXPECT_EQ(fake.connections(), 1) << verb << answer;
    return code;
  };
  EXPECT_EQ(attempt("", "554 no\r\n"), "MSG-1016");
  EXPECT_EQ(attempt("", "421 busy\r\n"), "MSG-1016");
  EXPECT_EQ(attempt("EHLO", "502 old server\r\n"), "");
  EXPECT_EQ(attempt("MAIL", "451 later\r\n"), "MSG-1028");
  EXPECT_EQ(attempt("MAIL", "552 too large\r\n"), "MSG-1012");
  EXPECT_EQ(attempt("MAIL", "530 sign in\r\n"), "MSG-1030");
  EXPECT_EQ(attempt("RCPT", "450 later\r\n"), "MSG-1013");
  EXPECT_EQ(attempt("RCPT", "550-no\r\n550 never\r\n"), "MSG-1013");
  EXPECT_EQ(attempt("DATA", "451 later\r\n"), "MSG-1028");
  EXPECT_EQ(attempt("DATA", "554 no\r\n"), "MSG-1028");
  EXPECT_EQ(attempt(".", "451 later\r\n"), "MSG-1028");
  EXPECT_EQ(attempt(".", "554 no\r\n"), "MSG-1028");
  EXPECT_EQ(attempt(".", "552 too large\r\n"), "MSG-1012");
}

TEST(Smtp, ACutOrSilentServerIsAnErrorAndNothingIsRepeated) {
  for (const std::string verb : {"", "EHLO", "MAIL", "RCPT", "DATA"}) {
    for (const std::string answer : {"cut", "wait", "garbage\r\n"}) {
      Fake fake(verb, answer);
      const std::string code = code_of([&] { send(fake.settings(), {"a@b.test"}); });
      const bool is_early = verb.empty() || verb == "EHLO";
      EXPECT_EQ(code, is_early ? "MSG-1016" : "MSG-1020") << verb << " " << answer;
      EXPECT_EQ(fake.connections(), 1);
      EXPECT_EQ(fake.contents(), 0);
    }
  }
}

TEST(Smtp, AMissingAnswerToTheContentIsAnUnknownOutcome) {
  for (const std::string answer : {"cut", "wait"}) {
    Fake fake(".", answer);
    EXPECT_THROW(send(fake.settings(), {"a@b.test"}), UnknownOutcome) << answer;
    EXPECT_EQ(fake.connections(), 1);
    EXPECT_EQ(fake.contents(), 1);
  }
}

TEST(Smtp, ACutInTheMiddleOfTheContentIsNoUnknownOutcome) {
  Fake fake("text", "");
  const std::string large = "Subject: x\r\n\r\n" + std::string(20'000'000, 'x') + "\r\n";
  try {
    send(fake.settings(), {"a@b.test"}, large, -1);
    FAIL();
  } catch (const UnknownOutcome&) {
    FAIL() << "the dot was never sent";
  } catch (const ApiError& error) {
    EXPECT_EQ(format_code(error.code()), "MSG-1020");
  }
}

TEST(Smtp, ATroubleWithTheGoodbyeIsNone) {
  for (const std::string answer : {"cut", "wait", "500 what\r\n"}) {
    Fake fake("QUIT", answer);
    EXPECT_EQ(code_of([&] { send(fake.settings(), {"a@b.test"}); }), "") << answer;
  }
}

TEST(Smtp, ABrokenSourceSendsNothing) {
  Fake fake;
  const Envelope envelope{"a@b.test", {"c@d.test"}, false};
  const ByteSource broken = [](std::size_t) -> std::string { throw std::runtime_error("no disk"); };
  EXPECT_THROW(SmtpTransport(fake.settings(), {}).send(envelope, broken, -1), std::runtime_error);
  EXPECT_THROW(send(fake.settings(), {"c@d.test"}, kMail, 10'000), std::runtime_error);
  EXPECT_THROW(send(fake.settings(), {"c@d.test"}, kMail, 3), std::runtime_error);
  EXPECT_EQ(fake.contents(), 0);
}

TEST(Smtp, AddressesCannotSmuggleCommands) {
  Fake fake;
  for (const char* address : {"a@b.test>\r\nRCPT TO:<c@d.test", "a b@c.test", "<a@b.test>", "\xff@b.test"})
    EXPECT_EQ(code_of([&] { send(fake.settings(), {address}); }), "MSG-1008") << address;
  EXPECT_EQ(code_of([&] { send(fake.settings(), {}); }), "MSG-0037");
  EXPECT_EQ(fake.connections(), 0);
}

TEST(Smtp, InternationalAddressesNeedTheServersConsent) {
  const Envelope envelope{"a@b.test", {"jörg@b.test"}, true};
  Fake without;
  EXPECT_EQ(code_of([&] { SmtpTransport(without.settings(), {}).send(envelope, source_of(kMail), -1); }),
            "MSG-1028");
  EXPECT_EQ(without.log.find("MAIL"), std::string::npos);
  Fake with("none", "", "250-8BITMIME\r\n250 SMTPUTF8\r\n");
  EXPECT_EQ(code_of([&] { SmtpTransport(with.settings(), {}).send(envelope, source_of(kMail), -1); }), "");
  EXPECT_NE(with.log.find("SMTPUTF8\nRCPT TO:<jörg@b.test>"), std::string::npos) << with.log;
}

TEST(Smtp, EncryptionIsAskedForAndMissed) {
  Fake fake;
  fake.settings().encryption = Encryption::StartTls;
  EXPECT_EQ(code_of([&] { send(fake.settings(), {"a@b.test"}); }), "MSG-0092");
  Fake plain("none", "", "250 STARTTLS\r\n");
  plain.settings().mechanism = Mechanism::Password;
  plain.settings().login = "a";
  EXPECT_EQ(code_of([&] { send(plain.settings(), {"a@b.test"}); }), "MSG-0111");
  Fake without;
  without.settings().mechanism = Mechanism::Password;
  EXPECT_EQ(code_of([&] { send(without.settings(), {"a@b.test"}); }), "MSG-0108");
}

TEST(Smtp, NobodyThere) {
  Server server;
  server.host = "127.0.0.1";
  server.port = 1;
  EXPECT_EQ(code_of([&] { send(server, {"a@b.test"}); }), "MSG-1016");
  server.host = "no-such-host.invalid";
  EXPECT_EQ(code_of([&] { send(server, {"a@b.test"}); }), "MSG-1022");
}
