#include <gtest/gtest.h>

#include "core/error.hpp"
#include "mail/pop3/provider.hpp"
#include "mail/smtp/transport.hpp"
#include "support/mail_servers.hpp"
#include "support/scripted_server.hpp"

using namespace gw;
using namespace gw::mail;
using namespace gw::mail::pop3;
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

const std::string kFirst =
    "From: \"Bo\" <bo@example.test>\r\nTo: user3@example.test\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
    "Date: Mon, 12 Jan 2026 09:00:00 +0000\r\nMessage-ID: <first@example.test>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nSMO8bGxl\r\n--b\r\nContent-Type: text/csv\r\n"
    "Content-Disposition: attachment; filename=a.csv\r\n\r\n.a,b\r\n..\r\n--b--\r\n";
const std::string kSecond =
    "From: ann@example.test\r\nTo: user3@example.test\r\nSubject: Alpha\r\nMessage-ID: "
    "<second@example.test>\r\n"
    "Date: Tue, 13 Jan 2026 09:00:00 +0000\r\n\r\nHello\r\n";

FetchSet everything() {
  FetchSet fetch;
  return fetch.add(Fetch::Envelope)
      .add(Fetch::Flags)
      .add(Fetch::Received)
      .add(Fetch::Size)
      .add(Fetch::Structure);
}

/// A maildrop that is served from memory and keeps what is deleted at QUIT.
class FakeMaildrop {
 public:
  FakeMaildrop() : server_(ScriptedServer::Repeat::Always, [this](ScriptedPeer& peer) { serve(peer); }) {
    account_.id = 7;
    account_.name = "Old mail";
    account_.store.host = "127.0.0.1";
    account_.store.port = server_.port();
    account_.store.login = "user3";
    account_.store.secret = "secret";
    account_.store.read_timeout = std::chrono::milliseconds(300);
  }
  Account& account() { return account_; }
  std::vector<std::pair<std::string, std::string>> mails{{"id1", kFirst}, {"id2", kSecond}};
  std::string capabilities = "USER\r\nUIDL\r\nTOP\r\n", cut_at, password_answer = "+OK\r\n";
  std::vector<std::string> log;

 private:
  static std::string stuffed(const std::string& text) {
    std::string out;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find("\r\n", begin) + 2;
      out += (text[begin] == '.' ? "." : "") + text.substr(begin, end - begin);
      begin = end;
    }
    return out + ".\r\n";
  }

  void serve(ScriptedPeer& peer) {
    std::vector<std::string> deleted;
    peer.send("+OK <x@y>\r\n");
    for (std::string line = peer.line(); !line.empty(); line = peer.line()) {
      log.push_back(line);
      const std::string verb = line.substr(0, 4);
      if (!cut_at.empty() && line.starts_with(cut_at)) return peer.reset();
      const std::size_t number =
          line.find(' ') == std::string::npos ? 0 : std::strtoul(line.c_str() + line.find(' '), nullptr, 10);
      if (verb == "CAPA" && capabilities.empty()) {
        peer.send("-ERR\r\n");
      } else if (verb == "CAPA") {
        peer.send("+OK\r\n" + capabilities + ".\r\n");
      } else if (verb == "PASS") {
        peer.send(password_answer);
      } else if (verb == "UIDL" || verb == "LIST") {
        std::string list = "+OK\r\n";
        for (std::size_t i = 0; i < mails.size(); ++i)
          list += std::to_string(i + 1) + " " +
                  (verb == "UIDL" ? mails[i].first : std::to_string(mails[i].second.size())) + "\r\n";
        peer.send(list + ".\r\n");
      } else if (verb == "TOP " && capabilities.find("TOP") != std::string::npos) {
        peer.send(
            "+OK\r\n" +
            stuffed(mails.at(number - 1).second.substr(0, mails.at(number - 1).second.find("\r\n\r\n") + 4)));
      } else if (verb == "RETR") {
        peer.send("+OK\r\n" + stuffed(mails.at(number - 1).second));
      } else if (verb == "DELE") {
        deleted.push_back(mails.at(number - 1).first);
        peer.send("+OK\r\n");
      } else if (verb == "QUIT") {
        std::erase_if(mails, [&](const auto& mail) {
          return std::find(deleted.begin(), deleted.end(), mail.first) != deleted.end();
        });
        peer.send("+OK\r\n");
        return;
      } else {
        peer.send(verb == "USER" ? "+OK\r\n" : "-ERR what\r\n");
      }
    }
  }

  Account account_;
  ScriptedServer server_;
};

std::vector<std::string> subjects(const Page& page) {
  std::vector<std::string> out;
  for (const Message& message : page.messages) out.push_back(message.subject.value_or("?"));
  return out;
}

}  // namespace

TEST(Pop3, ListsSortsAndSearches) {
  FakeMaildrop fake;
  const auto access = Pop3Provider().connect(fake.account(), "key");
  MessageStorage& messages = access->messages();
  Query query;
  EXPECT_EQ(subjects(messages.search("INBOX", query, everything())),
            (std::vector<std::string>{"Grüße", "Alpha"}));
  query.sort = SortField::Subject;
  EXPECT_EQ(subjects(messages.search("INBOX", query, everything())),
            (std::vector<std::string>{"Alpha", "Grüße"}));
  query.sort = SortField::Sent;
  query.descending = true;
  query.range = {0, 1};
  const Page page = messages.search("INBOX", query, everything());
  EXPECT_EQ(page.total, 2U);
  EXPECT_EQ(subjects(page), std::vector<std::string>{"Alpha"});
  query = {};
  query.term.kind = SearchTerm::Kind::From;
  query.term.text = "BO";
  EXPECT_EQ(subjects(messages.search("INBOX", query, everything())), std::vector<std::string>{"Grüße"});
  query.term.kind = SearchTerm::Kind::Body;
  EXPECT_EQ(code_of([&] { messages.search("INBOX", query, everything()); }), "MSG-0087");
  EXPECT_EQ(messages.find_by_message_id("INBOX", "<second@example.test>", true)->first, "INBOX");
  EXPECT_FALSE(messages.find_by_message_id("INBOX", "<third@example.test>", true));
  // Nothing was fetched twice.
  EXPECT_EQ(std::count(fake.log.begin(), fake.log.end(), "TOP 1 0"), 1);
}

TEST(Pop3, ReadsPartsAndKeepsItsUids) {
  FakeMaildrop fake;
  Uid uid = 0;
  {
    const auto access = Pop3Provider().connect(fake.account(), "key");
    const Page page = access->messages().search("INBOX", {}, everything());
    const Message& mail = page.messages.at(0);
    uid = mail.uid;
    EXPECT_TRUE(mail.flags.flags.has(Flag::Seen));
    ASSERT_TRUE(mail.structure);
    ASSERT_EQ(mail.structure->children.size(), 2U);
    const auto texts =
        access->messages().read_texts("INBOX", uid, std::span(mail.structure->children).first(1), 4);
    EXPECT_EQ(texts, std::vector<std::string>{"Hül"});
    std::string file, raw;
    EXPECT_TRUE(
        access->messages().read_part("INBOX", uid, mail.structure->children[1], [&](std::string_view piece) {
          file += piece;
          return true;
        }));
    EXPECT_EQ(file, ".a,b\r\n..");
    EXPECT_TRUE(access->messages().read_raw("INBOX", uid, [&](std::string_view piece) {
      raw += piece;
      return true;
    }));
    EXPECT_EQ(raw, kFirst);
    EXPECT_EQ(access->messages().read_headers("INBOX", uid), kFirst.substr(0, kFirst.find("\r\n\r\n") + 4));
    EXPECT_FALSE(access->messages().read_raw("INBOX", uid + 1, [](std::string_view) { return true; }));
  }
  fake.mails.insert(fake.mails.begin(), {"id0", kSecond});
  const auto access = Pop3Provider().connect(fake.account(), "key");
  EXPECT_EQ(access->messages().get("INBOX", std::vector<Uid>{uid}, everything()).at(0)->subject, "Grüße");
}

TEST(Pop3, DeletesAtOnceAndOnlyThose) {
  FakeMaildrop fake;
  const auto access = Pop3Provider().connect(fake.account(), "key");
  const Page page = access->messages().search("INBOX", {}, everything());
  access->messages().remove("INBOX", std::vector<Uid>{page.messages.at(0).uid, 4'711});
  EXPECT_EQ(fake.mails.size(), 1U);
  EXPECT_EQ(subjects(access->messages().search("INBOX", {}, everything())),
            std::vector<std::string>{"Alpha"});
  EXPECT_EQ(code_of([&] { access->folders().clear("INBOX", false); }), "MSG-0087");
  access->folders().clear("INBOX", true);
  EXPECT_TRUE(fake.mails.empty());
}

TEST(Pop3, ServersWithoutTopAndCapaDo) {
  FakeMaildrop fake;
  fake.capabilities = "";
  const auto access = Pop3Provider().connect(fake.account(), "key");
  EXPECT_EQ(subjects(access->messages().search("INBOX", {}, everything())),
            (std::vector<std::string>{"Grüße", "Alpha"}));
}

TEST(Pop3, HasOneFolderAndSaysWhatItCannot) {
  FakeMaildrop fake;
  const auto access = Pop3Provider().connect(fake.account(), "key");
  FolderStorage& folders = access->folders();
  EXPECT_TRUE(folders.exists("") && folders.exists("inbox") && !folders.exists("Sent"));
  EXPECT_EQ(folders.list_all({.counters = true}).at(0).counters->total, 2);
  EXPECT_EQ(folders.get("", false).name, "Old mail");
  EXPECT_EQ(folders.default_folder(DefaultFolder::Inbox), "INBOX");
  EXPECT_EQ(folders.default_folder(DefaultFolder::Trash), "");
  EXPECT_FALSE(access->capabilities().threads || access->capabilities().keywords ||
               access->capabilities().move);
  EXPECT_EQ(code_of([&] { folders.get("Sent", false); }), "MSG-1002");
  EXPECT_EQ(code_of([&] { folders.counters(""); }), "MSG-0050");
  EXPECT_EQ(code_of([&] { folders.create("", "x", {}); }), "MSG-0087");
  EXPECT_EQ(code_of([&] { folders.remove("INBOX", true); }), "MSG-0087");
  MessageStorage& messages = access->messages();
  EXPECT_EQ(code_of([&] { messages.append("INBOX", {}); }), "MSG-0087");
  EXPECT_EQ(code_of([&] { messages.move("INBOX", "x", {}); }), "MSG-0087");
  EXPECT_EQ(code_of([&] { messages.change_flags("INBOX", {}, {}, {}, true); }), "MSG-0087");
  std::size_t total = 0;
  EXPECT_EQ(code_of([&] { messages.conversations("INBOX", {}, {}, total); }), "MSG-0087");
  messages.set_color("INBOX", {}, 3);
}

TEST(Pop3, FaultsBecomeTheirErrors) {
  const auto begin = [](const std::function<void(FakeMaildrop&)>& spoil) {
    FakeMaildrop fake;
    spoil(fake);
    return code_of(
        [&] { Pop3Provider().connect(fake.account(), "key")->messages().search("INBOX", {}, everything()); });
  };
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.password_answer = "-ERR no\r\n"; }), "MSG-1001");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.password_answer = "-ERR no\r\n", fake.account().id = 0; }),
            "MSG-1000");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.password_answer = "-ERR [IN-USE] locked\r\n"; }), "MSG-1031");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.password_answer = "-ERR [SYS/TEMP] later\r\n"; }),
            "MSG-1025");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.password_answer = "HTTP/1.1 400\r\n"; }), "MSG-1027");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.password_answer = ""; }), "MSG-1014");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.capabilities = "USER\r\n"; }), "MSG-0087");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.capabilities = "UIDL\r\n"; }), "MSG-0111");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.account().store.encryption = Encryption::StartTls; }),
            "MSG-0092");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.account().store.mechanism = Mechanism::XOAuth2; }),
            "MSG-0108");
  EXPECT_EQ(begin([](FakeMaildrop& fake) { fake.account().store.login = "a\r\nDELE 1"; }), "MSG-1001");
  // What nobody wants in such numbers is not gathered.
  EXPECT_EQ(begin([](FakeMaildrop& fake) {
              for (int i = 0; i < 300; ++i) fake.capabilities += "X-" + std::to_string(i) + "\r\n";
            }),
            "MSG-1027");
  for (const char* verb : {"CAPA", "USER", "PASS", "UIDL", "LIST", "TOP", "RETR"}) {
    const std::string code = begin([&](FakeMaildrop& fake) { fake.cut_at = verb; });
    EXPECT_TRUE(code == "MSG-1014" || code == "MSG-1017") << verb << code;
  }
}

TEST(Pop3, AnEndlessHeaderIsCutAndItsMailIsListed) {
  FakeMaildrop fake;
  const std::string endless(1U << 20U, 'x');
  fake.mails = {
      {"id1", "Subject: Early\r\nX-Long: " + endless + "\r\nFrom: late@example.test\r\n\r\ntext\r\n"}};
  const auto session = Pop3Provider().connect(fake.account(), "key");
  const Page page = session->messages().search("INBOX", {}, everything());
  EXPECT_EQ(subjects(page), std::vector<std::string>{"Early"});
  EXPECT_TRUE(page.messages.at(0).from.empty());
}

TEST(Pop3, DovecotGivesWhatWasSent) {
  const MailServers& servers = MailServers::shared();
  if (!servers.problem().empty()) GTEST_SKIP() << servers.problem();
  Server smtp;
  smtp.host = "localhost";
  smtp.port = servers.port("smtp");
  smtp.ca_file = servers.value("exim_ca");
  smtp.login = "user1";
  smtp.secret = "secret";
  std::size_t at = 0;
  smtp::SmtpTransport(smtp, {}).send(
      {"user1@example.test", {"user3@example.test"}, false},
      [&](std::size_t most) {
        const std::string piece = kFirst.substr(at, most);
        at += piece.size();
        return piece;
      },
      static_cast<std::int64_t>(kFirst.size()));
  Account account;
  account.store.host = "localhost";
  account.store.ca_file = servers.value("ca");
  account.store.login = "user3";
  account.store.secret = "secret";
  const auto connect = [&](const char* port, Encryption encryption) {
    account.store.port = servers.port(port);
    account.store.encryption = encryption;
    return Pop3Provider().connect(account, "key");
  };
  // The delivery takes a moment after the sending.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (connect("pop3", Encryption::None)->folders().counters("INBOX").total == 0)
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
  for (const auto& [port, encryption] :
       {std::pair{"pop3", Encryption::StartTls}, std::pair{"pop3s", Encryption::Tls}})
    EXPECT_EQ(subjects(connect(port, encryption)->messages().search("INBOX", {}, everything())),
              std::vector<std::string>{"Grüße"});
  account.store.mechanism = Mechanism::XOAuth2;
  account.store.secret = servers.value("token_user3");
  connect("pop3", Encryption::Prefer)->folders().clear("INBOX", true);
  account.store.secret = servers.value("token_over");
  EXPECT_EQ(code_of([&] { connect("pop3", Encryption::Prefer); }), "MSG-1000");
  account.store.mechanism = Mechanism::Password;
  account.store.secret = "secret";
  EXPECT_EQ(connect("pop3", Encryption::Prefer)->folders().counters("INBOX").total, 0);
  EXPECT_EQ(code_of([&] { Pop3Provider().ping(account); }), "");
}
