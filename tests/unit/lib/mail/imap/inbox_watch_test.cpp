#include "mail/imap/inbox_watch.hpp"

#include <gtest/gtest.h>

namespace gw::mail::imap {
namespace {

using End = InboxWatch::End;

Server watched_server() {
  Server server;
  server.host = "mail.example.org";
  server.encryption = Encryption::None;
  server.login = "jo";
  server.secret = "secret";
  return server;
}

/// A server that is played by the test: what it says, and what it must get for it.
class Played {
 public:
  explicit Played(Server server = watched_server(), InboxWatch::Position seen = {})
      : server_(std::move(server)), watch(server_, seen) {}

  std::string say(std::string_view bytes) {
    watch.feed(bytes);
    return watch.take_output();
  }
  /// The tag of the last command.
  std::string tag;
  /// A command without its tag.
  std::string command(std::string_view bytes) {
    const std::string out = say(bytes);
    const std::size_t blank = out.find(' ');
    if (blank == std::string::npos) return out;
    tag = out.substr(0, blank);
    return out.substr(blank + 1);
  }
  std::string answer(const std::string& text) { return command(tag + " " + text + "\r\n"); }

  void open(const std::string& mailbox = "* 2 EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n* OK [UIDNEXT 10] x\r\n") {
    EXPECT_EQ(command("* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] hi\r\n"),
              "AUTHENTICATE PLAIN AGpvAHNlY3JldA==\r\n");
    EXPECT_EQ(answer("OK [CAPABILITY IMAP4rev1 IDLE] in"), "EXAMINE INBOX\r\n");
    EXPECT_EQ(command(mailbox + tag + " OK [READ-ONLY] done\r\n"), "IDLE\r\n");
    EXPECT_FALSE(watch.is_idle());
    EXPECT_EQ(say("+ idling\r\n"), "");
    EXPECT_TRUE(watch.is_idle());
  }

 private:
  Server server_;

 public:
  InboxWatch watch;
};

std::string fetch_of(int number, int uid, const std::string& flags = "", const std::string& subject = "Hi") {
  const std::string headers = "From: Jo <jo@example.org>\r\nSubject: " + subject + "\r\n\r\n";
  return "* " + std::to_string(number) + " FETCH (UID " + std::to_string(uid) + " FLAGS (" + flags +
         ") BODY[HEADER.FIELDS (FROM SUBJECT)]<0> {" + std::to_string(headers.size()) + "}\r\n" + headers +
         ")\r\n";
}

constexpr const char* kFetchThird =
    "FETCH 3:3 (UID FLAGS BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]<0.4096>)\r\n";

TEST(InboxWatch, AMailThatComesIsFetchedAndTold) {
  Played server;
  server.open();
  EXPECT_EQ(server.say("* OK Still here\r\n"), "");
  EXPECT_EQ(server.say("* 3 EXISTS\r\n* 1 RECENT\r\n"), "DONE\r\n");
  EXPECT_EQ(server.answer("OK done"), kFetchThird);
  EXPECT_EQ(server.command(fetch_of(3, 10) + server.tag + " OK done\r\n"), "IDLE\r\n");
  const std::vector<News> news = server.watch.take_news();
  ASSERT_EQ(news.size(), 1U);
  EXPECT_EQ(news[0].uid_validity, 5);
  EXPECT_EQ(news[0].uid, 10);
  EXPECT_EQ(news[0].from, "Jo <jo@example.org>");
  EXPECT_EQ(news[0].subject, "Hi");
  EXPECT_EQ(server.watch.position().uid_next, 11U);
  EXPECT_TRUE(server.watch.take_news().empty());
  EXPECT_EQ(server.say("+ idling\r\n"), "");
  EXPECT_TRUE(server.watch.is_idle());
}

TEST(InboxWatch, WhatIsReadOrOldIsNoNews) {
  Played server;
  server.open();
  server.say("* 6 EXISTS\r\n");
  EXPECT_EQ(server.answer("OK done").substr(0, 10), "FETCH 3:6 ");
  EXPECT_EQ(server.command(fetch_of(3, 9) + fetch_of(4, 10, "\\Seen") + fetch_of(5, 11, "\\Draft") +
                           "* 1 FETCH (FLAGS (\\Seen))\r\n" + fetch_of(6, 12, "\\Recent") + server.tag +
                           " OK done\r\n"),
            "IDLE\r\n");
  const std::vector<News> news = server.watch.take_news();
  ASSERT_EQ(news.size(), 1U);
  EXPECT_EQ(news[0].uid, 12);
}

TEST(InboxWatch, RemovedMailsMoveTheNumbers) {
  Played server;
  server.open();
  EXPECT_EQ(server.say("* 1 EXPUNGE\r\n"), "");
  EXPECT_EQ(server.say("* 2 EXISTS\r\n"), "DONE\r\n");
  EXPECT_EQ(server.answer("OK done").substr(0, 10), "FETCH 2:2 ");
}

TEST(InboxWatch, AMailThatCameAndWentIsNoReasonToFetch) {
  Played server;
  server.open();
  EXPECT_EQ(server.say("* 3 EXISTS\r\n"), "DONE\r\n");
  EXPECT_EQ(server.command("* 3 EXPUNGE\r\n" + server.tag + " OK done\r\n"), "IDLE\r\n");
}

TEST(InboxWatch, OfManyTheNewestAreTold) {
  Played server;
  server.open();
  server.say("* 1002 EXISTS\r\n");
  EXPECT_EQ(server.answer("OK done").substr(0, 16), "FETCH 983:1002 (");
}

TEST(InboxWatch, MoreThatComesMeanwhileIsFetchedNext) {
  Played server;
  server.open();
  server.say("* 3 EXISTS\r\n");
  server.answer("OK done");
  EXPECT_EQ(server.command(fetch_of(3, 10) + "* 4 EXISTS\r\n" + server.tag + " OK done\r\n").substr(0, 10),
            "FETCH 4:4 ");
  // Before the server takes up IDLE, too.
  EXPECT_EQ(server.command(fetch_of(4, 11) + server.tag + " OK done\r\n"), "IDLE\r\n");
  EXPECT_EQ(server.say("* 5 EXISTS\r\n"), "");
  EXPECT_EQ(server.say("+ idling\r\n"), "DONE\r\n");
}

TEST(InboxWatch, ARenewalIsAnIdleAnew) {
  Played server;
  server.open();
  server.watch.renew();
  EXPECT_EQ(server.watch.take_output(), "DONE\r\n");
  EXPECT_FALSE(server.watch.is_idle());
  server.watch.renew();
  EXPECT_EQ(server.watch.take_output(), "");
  EXPECT_EQ(server.answer("OK done"), "IDLE\r\n");
}

TEST(InboxWatch, WhatCameWhileNobodyListenedIsToldAtTheNextConnection) {
  Played server(watched_server(), {5, 8});
  server.command("* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR] hi\r\n");
  server.answer("OK [CAPABILITY IMAP4rev1 IDLE PREVIEW] in");
  EXPECT_EQ(server.command("* 4 EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n* OK [UIDNEXT 10] x\r\n" + server.tag +
                           " OK done\r\n"),
            "FETCH 3:4 (UID FLAGS BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]<0.4096> PREVIEW)\r\n");
  server.command(fetch_of(3, 8) + fetch_of(4, 9) + server.tag + " OK done\r\n");
  EXPECT_EQ(server.watch.take_news().size(), 2U);
  // Another mailbox of the name: what it holds is not new.
  Played other(watched_server(), {4, 8});
  other.open();
}

TEST(InboxWatch, WithoutSaslIrTheSecretWaitsForTheServer) {
  Played server;
  EXPECT_EQ(server.command("* OK hi\r\n"), "CAPABILITY\r\n");
  EXPECT_EQ(server.command("* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN\r\n" + server.tag + " OK done\r\n"),
            "AUTHENTICATE PLAIN\r\n");
  EXPECT_EQ(server.say("+ \r\n"), "AGpvAHNlY3JldA==\r\n");
  EXPECT_EQ(server.answer("OK in"), "CAPABILITY\r\n");
  EXPECT_EQ(server.command("* CAPABILITY IMAP4rev1 IDLE\r\n" + server.tag + " OK done\r\n"),
            "EXAMINE INBOX\r\n");
}

TEST(InboxWatch, WithoutSaslThereIsLogin) {
  Server account = watched_server();
  account.secret = "se\"c";
  Played server(account);
  EXPECT_EQ(server.command("* OK [CAPABILITY IMAP4rev1 IDLE] hi\r\n"), "LOGIN \"jo\" \"se\\\"c\"\r\n");
  for (const char* words : {"IMAP4rev1 IDLE LOGINDISABLED", "IMAP4rev1 IDLE"}) {
    account.secret = "größe";
    Played unable(account);
    EXPECT_EQ(unable.command("* OK [CAPABILITY " + std::string(words) + "] hi\r\n"), "");
    EXPECT_EQ(unable.watch.end(), End::Unable);
  }
}

TEST(InboxWatch, AMasterSignsInForTheUserOrNotAtAll) {
  Server account = watched_server();
  account.authorize_as = "jo";
  account.login = "master";
  Played server(account);
  EXPECT_EQ(server.command("* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR] hi\r\n"),
            "AUTHENTICATE PLAIN am8AbWFzdGVyAHNlY3JldA==\r\n");
  Played unable(account);
  EXPECT_EQ(unable.command("* OK [CAPABILITY IMAP4rev1 IDLE] hi\r\n"), "");
  EXPECT_EQ(unable.watch.end(), End::Unable);
}

TEST(InboxWatch, AWrongPasswordIsNoPassingTrouble) {
  const auto end_of = [](const std::string& refusal) {
    Played server;
    server.command("* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR] hi\r\n");
    EXPECT_EQ(server.answer(refusal), "");
    EXPECT_EQ(server.watch.reason().find("secret"), std::string::npos);
    return server.watch.end();
  };
  EXPECT_EQ(end_of("NO [AUTHENTICATIONFAILED] wrong"), End::Refused);
  EXPECT_EQ(end_of("NO wrong"), End::Refused);
  EXPECT_EQ(end_of("NO [UNAVAILABLE] later"), End::Broken);
  EXPECT_EQ(end_of("BAD what?"), End::Unable);
}

TEST(InboxWatch, EncryptionComesBeforeThePassword) {
  Server account = watched_server();
  account.encryption = Encryption::StartTls;
  Played server(account);
  EXPECT_EQ(server.command("* OK [CAPABILITY IMAP4rev1 IDLE STARTTLS AUTH=PLAIN] hi\r\n"), "STARTTLS\r\n");
  EXPECT_EQ(server.answer("OK go"), "");
  EXPECT_TRUE(server.watch.wants_tls());
  // Said by somebody between.
  EXPECT_EQ(server.say("* OK [CAPABILITY IMAP4rev1] plain\r\n"), "");
  server.watch.tls_started();
  EXPECT_FALSE(server.watch.wants_tls());
  EXPECT_EQ(server.command(""), "CAPABILITY\r\n");
  EXPECT_EQ(server.command("* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN\r\n" + server.tag + " OK done\r\n"),
            "AUTHENTICATE PLAIN\r\n");
}

TEST(InboxWatch, EncryptionThatIsRequiredIsNotGivenUp) {
  for (const Encryption wanted : {Encryption::StartTls, Encryption::Prefer}) {
    Server account = watched_server();
    account.encryption = wanted;
    const bool is_required = wanted == Encryption::StartTls;
    Played without(account);
    without.command("* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] hi\r\n");
    EXPECT_EQ(without.watch.end().has_value(), is_required);
    Played refused(account);
    refused.command("* OK [CAPABILITY IMAP4rev1 IDLE STARTTLS AUTH=PLAIN] hi\r\n");
    refused.answer("NO not now");
    EXPECT_EQ(refused.watch.end().has_value(), is_required);
    Played signed_in(account);
    signed_in.command("* PREAUTH [CAPABILITY IMAP4rev1 IDLE STARTTLS] hi\r\n");
    EXPECT_EQ(signed_in.watch.end().has_value(), is_required);
  }
}

TEST(InboxWatch, AServerThatCannotIdleIsLeft) {
  Played server;
  server.command("* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] hi\r\n");
  EXPECT_EQ(server.answer("OK [CAPABILITY IMAP4rev1] in"), "");
  EXPECT_EQ(server.watch.end(), End::Unable);
  Played refusing;
  refusing.command("* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] hi\r\n");
  refusing.answer("OK [CAPABILITY IMAP4rev1 IDLE] in");
  refusing.command("* 0 EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n* OK [UIDNEXT 1] x\r\n" + refusing.tag +
                   " OK x\r\n");
  refusing.answer("BAD no");
  EXPECT_EQ(refusing.watch.end(), End::Unable);
  Played silent;
  silent.command("* OK [CAPABILITY IMAP4rev1 IDLE SASL-IR AUTH=PLAIN] hi\r\n");
  silent.answer("OK [CAPABILITY IMAP4rev1 IDLE] in");
  silent.command("* 0 EXISTS\r\n" + silent.tag + " OK x\r\n");
  EXPECT_EQ(silent.watch.end(), End::Unable);
}

TEST(InboxWatch, WhatIsNoImapEndsTheConnection) {
  for (const char* bytes :
       {"SSH-2.0-x\r\n", "220 smtp\r\n", "* BYE full\r\n", "* NO x\r\n", "\r\n", "+ x\r\n"}) {
    Played server;
    EXPECT_EQ(server.say(bytes), "") << bytes;
    EXPECT_EQ(server.watch.end(), End::Broken) << bytes;
  }
  Played idle;
  idle.open();
  EXPECT_EQ(idle.say("* BYE shutting down\r\n* 3 EXISTS\r\n"), "");
  EXPECT_EQ(idle.watch.end(), End::Broken);
  EXPECT_EQ(idle.watch.reason(), "shutting down");
}

TEST(InboxWatch, AnAnswerThatCannotBeReadIsNotAskedForAgain) {
  Played server;
  server.open();
  server.say("* 3 EXISTS\r\n");
  server.answer("OK done");
  server.say("* 3 FETCH (UID 10 BODY[HEADER.FIELDS (FROM)] {70000}\r\n");
  EXPECT_EQ(server.watch.end(), End::Broken);
  EXPECT_EQ(server.watch.position().uid_next, 0U);
}

}  // namespace
}  // namespace gw::mail::imap
