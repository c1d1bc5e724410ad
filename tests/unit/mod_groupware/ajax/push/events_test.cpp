#include "ajax/push/events.hpp"

#include <gtest/gtest.h>

#include "ajax/push/event_streams.hpp"
#include "ajax/push/mail_watch.hpp"
#include "mail/store/provider.hpp"
#include "mailbox/providers.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

/// Keeps what was asked for.
class RecordedStreams final : public ajax::EventStreams {
 public:
  std::optional<push::StreamId> open(push::StreamRequest request, const session::Session& session) override {
    asked = std::move(request);
    session_id = session.id;
    return is_full ? std::nullopt : std::optional<push::StreamId>(17);
  }
  [[nodiscard]] bool listens_to_mail() const override { return wants_mail; }
  void listen_to_mail(push::StreamId stream, push::MailWatch&& watch) override {
    listening = stream;
    mail = std::move(watch);
  }
  push::StreamRequest asked;
  bool wants_mail = false;
  push::StreamId listening = 0;
  push::MailWatch mail;
  std::string session_id;
  bool is_full = false;
};

class Events : public ::testing::Test {
 protected:
  Events() : client(api.user("user1")) { api.runtime->events = &streams; }

  ajax::Answer get(const std::string& url) { return client.send(ajax::Method::Get, url); }

  TestApi api;
  RecordedStreams streams;
  ApiClient client;
};

TEST_F(Events, AStreamIsOpenedForTheCallerAndHisSession) {
  ajax::Request request = client.request(ajax::Method::Get, "events?topics=ox:mail:*&connection=tab-1");
  request.may_suspend = true;
  request.last_event_id = "e-00000000000000ff";
  const ajax::Answer answer = client.dispatch(request);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "text/event-stream; charset=utf-8");
  ASSERT_TRUE(answer.events);
  EXPECT_EQ(answer.events->stream, 17U);
  EXPECT_EQ(streams.asked.user, (push::UserKey{1, 3}));
  EXPECT_EQ(streams.asked.connection, "tab-1");
  EXPECT_EQ(streams.asked.last_id, "e-00000000000000ff");
  EXPECT_EQ(streams.asked.life, std::chrono::minutes(15));
  EXPECT_TRUE(streams.asked.interests.match("ox:mail:new"));
  EXPECT_FALSE(streams.asked.interests.match("ox:files:changed"));
  EXPECT_EQ(streams.session_id, client.session);
  const std::vector<std::pair<std::string, std::string>> headers{{"Cache-Control", "no-store"},
                                                                 {"X-Accel-Buffering", "no"}};
  EXPECT_EQ(answer.headers, headers);
}

TEST_F(Events, WithoutMailNobodyListensToAnInbox) {
  streams.wants_mail = true;
  EXPECT_TRUE(get("events?topics=ox:mail:*").events);
  EXPECT_EQ(streams.listening, 0U);
}

/// With a mail server, which is never connected to here.
class MailEvents : public Events {
 protected:
  MailEvents() {
    MailSettings& mail = api.database.settings.mail;
    mail.store = {"imap", "127.0.0.1", 143, MailEncryption::StartTls};
    mail.login = "%u.%c";
    api.runtime->mail_protocols = &protocols;
    streams.wants_mail = true;
  }
  mail::Registry protocols = mailbox::make_registry(api.database.settings, 0);
};

TEST_F(MailEvents, TheChildIsToldHowToGetAtTheInbox) {
  EXPECT_TRUE(get("events?topics=ox:mail:*&action=poll&timeout=10").events);
  EXPECT_EQ(streams.listening, 17U);
  const push::MailWatch expected{.context = 1,
                                 .user = 3,
                                 .listener = "",
                                 .life = 42,
                                 .host = "127.0.0.1",
                                 .addresses = "127.0.0.1",
                                 .port = 143,
                                 .encryption = "starttls",
                                 .verifies_certificate = true,
                                 .ca_file = "",
                                 .mechanism = "PLAIN",
                                 .login = "user1.1",
                                 .authorize_as = "",
                                 .secret = "secret"};
  EXPECT_EQ(streams.mail, expected);
}

TEST_F(MailEvents, AMasterSignsInEvenForThoseWithoutASession) {
  EXPECT_FALSE(ajax::find_master_watch(*api.runtime, ContextId(1), UserId(3))) << "nobody knows his password";
  api.database.settings.mail.master = "master";
  api.database.settings.mail.master_secret = "msecret";
  const auto watch = ajax::find_master_watch(*api.runtime, ContextId(1), UserId(3));
  ASSERT_TRUE(watch);
  EXPECT_EQ(watch->login, "master");
  EXPECT_EQ(watch->authorize_as, "user1.1");
  EXPECT_EQ(watch->secret, "msecret");
  EXPECT_FALSE(ajax::find_master_watch(*api.runtime, ContextId(1), UserId(999)));
  EXPECT_FALSE(ajax::find_master_watch(*api.runtime, ContextId(99), UserId(3)));
  EXPECT_TRUE(get("events?topics=*").events);
  EXPECT_EQ(streams.mail.secret, "msecret");
}

TEST_F(MailEvents, NoPasswordLeavesTheRequestWhereNobodyIsToListen) {
  const auto is_told = [&](const std::string& topics) {
    streams.listening = 0;
    EXPECT_TRUE(get("events?topics=" + topics).events);
    return streams.listening != 0;
  };
  EXPECT_TRUE(is_told("ox:mail:new"));
  EXPECT_FALSE(is_told("ox:calendar:*"));
  api.database.settings.mail.notify_login = "dovecot";
  EXPECT_FALSE(is_told("ox:mail:new")) << "mail servers tell";
  api.database.settings.mail.notify_login.clear();
  api.database.settings.mail.store.host = "no-such-host.invalid";
  EXPECT_FALSE(is_told("ox:mail:new"));
  streams.wants_mail = false;
  EXPECT_FALSE(is_told("ox:mail:new"));
}

TEST_F(Events, WhereAThreadIsHeldAStreamIsShort) {
  EXPECT_TRUE(get("events").events);
  EXPECT_EQ(streams.asked.life, std::chrono::seconds(20));
  EXPECT_FALSE(streams.asked.connection.empty());
  EXPECT_TRUE(get("events?action=poll&timeout=60&since=x").events);
  EXPECT_EQ(streams.asked.life, std::chrono::seconds(25));
  EXPECT_EQ(streams.asked.transport, push::Transport::Poll);
  EXPECT_EQ(streams.asked.last_id, "x");
  get("events?action=poll&timeout=3");
  EXPECT_EQ(streams.asked.life, std::chrono::seconds(3));
}

TEST_F(Events, RefusalsOfAStreamArePagesWithAStatusThatEndsIt) {
  const auto status = [&](const std::string& url) {
    const ajax::Answer answer = get(url);
    EXPECT_FALSE(answer.events) << url;
    EXPECT_EQ(answer.body.find("\"error\""), std::string::npos) << answer.body;
    return answer.status;
  };
  EXPECT_EQ(status("events?session=00000000000000000000000000000000"), 401);
  EXPECT_EQ(status("events?session="), 401);
  EXPECT_EQ(status("events?topics=a%20b"), 400);
  EXPECT_EQ(status("events?connection=a%0ab"), 400);
  streams.is_full = true;
  EXPECT_EQ(status("events"), 503);
  api.runtime->events = nullptr;
  EXPECT_EQ(status("events"), 403);
  auto stolen = api.client();
  stolen.session = client.session;
  EXPECT_EQ(stolen.send(ajax::Method::Get, "events").status, 401);
}

TEST_F(Events, RefusalsOfAPollAreEnvelopes) {
  EXPECT_EQ(client.get("events?action=poll&topics=a%20b").get("code").as_string(), "SVL-0010");
  EXPECT_EQ(client.get("events?action=poll&timeout=x").get("code").as_string(), "SVL-0010");
  EXPECT_EQ(client.get("events?action=other").get("code").as_string(), "SVL-0021");
  api.runtime->events = nullptr;
  EXPECT_EQ(client.get("events?action=poll").get("code").as_string(), "SVL-0015");
}

TEST_F(Events, TheTokenOfTheRequestIsInItsEvents) {
  const auto token = [&](const std::string& parameter) {
    api.database.events.events.clear();
    client.put("folders?action=new&folder_id=1" + parameter,
               R"({"title":")" + parameter + R"(x","module":"contacts"})");
    EXPECT_FALSE(api.database.events.events.empty());
    return api.database.events.events.empty() ? "?" : api.database.events.events.back().source_token;
  };
  EXPECT_EQ(token("&pushToken=tab-1"), "tab-1");
  EXPECT_EQ(token(""), "");
  EXPECT_EQ(token("&pushToken=" + std::string(65, 'a')), "");
}

TEST_F(Events, AListenedSessionIsNotKeptAlive) {
  EXPECT_TRUE(client.get("system?action=ping").is_object());
  const auto before =
      api.sessions->list_of_user(*std::make_unique<sql::Scope>(*api.database.pool), ContextId(1), UserId(3));
  ASSERT_EQ(before.size(), 1U);
  api.database.clock.advance(10 * 60'000);
  sql::Scope scope(*api.database.pool);
  ASSERT_TRUE(api.sessions->look(scope, client.session));
  EXPECT_EQ(api.sessions->list_of_user(scope, ContextId(1), UserId(3))[0].last_active, before[0].last_active);
  ASSERT_TRUE(api.sessions->find(scope, client.session));
  EXPECT_GT(api.sessions->list_of_user(scope, ContextId(1), UserId(3))[0].last_active, before[0].last_active);
}

}  // namespace
}  // namespace gw::test
