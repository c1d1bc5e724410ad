// What no real server says at will: refusals, cuts, garbage, silence, tricks.
#include <gtest/gtest.h>

#include <thread>

#include "mail/imap/imap_provider.hpp"
#include "unit/lib/mail/imap/support/scripts.hpp"

namespace gw::mail::imap::test {
namespace {

using Texts = std::vector<std::string>;

/// Answers what the search for default folders asks; all are there.
void let_find_defaults(ScriptedPeer& peer) {
  peer.expect_command("LIST \"\" \"*\"");
  for (const char* name : {"INBOX", "Drafts", "Sent", "Spam", "Trash", "Other"})
    peer.data("LIST (\\HasNoChildren) \"/\" " + std::string(name));
  peer.ok();
  peer.expect_command("LSUB \"\" \"*\"");
  peer.ok();
}

std::string login_code(
    const Script& script, const std::function<void(Account&)>& change = [](Account&) {}) {
  ScriptedServer server({script});
  Account account = account_at(server.port());
  change(account);
  ImapProvider provider{ImapSettings{}};
  return code_of([&] { provider.ping(account); });
}

TEST(ImapLogin, RefusalsHaveTheCodesOfTheirReasons) {
  const auto refuse = [](const std::string& text) {
    return [text](ScriptedPeer& peer) {
      peer.send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi\r\n");
      peer.expect_command("AUTHENTICATE PLAIN AGFubmEAc2VjcmV0");
      peer.no(text);
    };
  };
  EXPECT_EQ(login_code(refuse("[AUTHENTICATIONFAILED] wrong")), "MSG-1000");
  EXPECT_EQ(login_code(refuse("wrong"), [](Account& account) { account.id = 3; }), "MSG-1001");
  EXPECT_EQ(login_code(refuse("[UNAVAILABLE] later")), "MSG-1016");
  EXPECT_EQ(login_code(refuse("[PRIVACYREQUIRED] no")), "MSG-0111");
  EXPECT_EQ(login_code([](ScriptedPeer& peer) { peer.send("* BYE too many\r\n"); }), "MSG-1016");
  EXPECT_EQ(login_code([](ScriptedPeer& peer) { peer.send("220 smtp here\r\n"); }), "MSG-1027");
  EXPECT_EQ(login_code([](ScriptedPeer& peer) { peer.send("\x01\x02\x03\r\n"); }), "MSG-1027");
  EXPECT_EQ(login_code([](ScriptedPeer&) {}), "MSG-1014");
  EXPECT_EQ(login_code([](ScriptedPeer& peer) {
              peer.send("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n");
              peer.wait_for_end();
            }),
            "MSG-0111");
  EXPECT_EQ(login_code(
                [](ScriptedPeer& peer) {
                  peer.send("* OK [CAPABILITY IMAP4rev1] hi\r\n");
                  peer.wait_for_end();
                },
                [](Account& account) { account.store.mechanism = Mechanism::XOAuth2; }),
            "MSG-0108");
  EXPECT_EQ(login_code([](ScriptedPeer& peer) { peer.wait_for_end(); },
                       [](Account& account) { account.store.read_timeout = std::chrono::milliseconds(50); }),
            "MSG-1014");
  Account incomplete = account_at(143);
  incomplete.store.login.clear();
  EXPECT_EQ(code_of([&] { ImapProvider(ImapSettings{}).ping(incomplete); }), "MSG-0004");
}

TEST(ImapLogin, EveryWayInWorks) {
  EXPECT_EQ(login_code([](ScriptedPeer& peer) {
              let_in(peer);
              peer.wait_for_end();
            }),
            "");
  // Without SASL-IR the secret waits for the server; capabilities are asked for when nobody tells them.
  EXPECT_EQ(login_code([](ScriptedPeer& peer) {
              peer.send("* OK hi\r\n");
              peer.expect_command("CAPABILITY");
              peer.data("CAPABILITY IMAP4rev1 AUTH=PLAIN");
              peer.ok();
              peer.expect_command("AUTHENTICATE PLAIN");
              peer.send("+ \r\n");
              peer.expect("AGFubmEAc2VjcmV0");
              peer.ok();
              peer.expect_command("CAPABILITY");
              peer.data("CAPABILITY IMAP4rev1");
              peer.ok();
              peer.wait_for_end();
            }),
            "");
  EXPECT_EQ(login_code([](ScriptedPeer& peer) {
              peer.send("* OK [CAPABILITY IMAP4rev1] hi\r\n");
              peer.expect_command("LOGIN \"anna\" \"secret\"");
              peer.ok("[CAPABILITY IMAP4rev1] in");
              peer.wait_for_end();
            }),
            "");
  // A token that is refused comes back as a challenge, and the NO is what counts.
  EXPECT_EQ(login_code(
                [](ScriptedPeer& peer) {
                  peer.send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=OAUTHBEARER] hi\r\n");
                  peer.line();
                  peer.send("+ eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\r\n");
                  peer.expect("AQ==");
                  peer.send("A1 NO [AUTHENTICATIONFAILED] bad token\r\n");
                },
                [](Account& account) { account.store.mechanism = Mechanism::OAuthBearer; }),
            "MSG-1000");
}

TEST(ImapLogin, StartTlsIsDemandedAndNothingSaidBeforeItCounts) {
  const auto starttls = [](Account& account) { account.store.encryption = Encryption::StartTls; };
  EXPECT_EQ(login_code(
                [](ScriptedPeer& peer) {
                  peer.send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n");
                  peer.wait_for_end();
                },
                starttls),
            "MSG-0092");
  // Signed in before anything was encrypted: somebody between could have said that.
  EXPECT_EQ(login_code(
                [](ScriptedPeer& peer) {
                  peer.send("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n");
                  peer.wait_for_end();
                },
                starttls),
            "MSG-0092");
  EXPECT_EQ(login_code(
                [](ScriptedPeer& peer) {
                  peer.send("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi\r\n");
                  peer.expect_command("STARTTLS");
                  peer.send(peer.tag() + " OK go\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n");
                  peer.start_tls();
                  peer.expect_command("CAPABILITY");
                  peer.data("CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR");
                  peer.ok();
                  peer.expect_command("AUTHENTICATE PLAIN AGFubmEAc2VjcmV0");
                  peer.ok("[CAPABILITY IMAP4rev1] in");
                  peer.wait_for_end();
                },
                starttls),
            "");
}

const Query kNewest{{}, SortField::Id, true, {}};

void list(Access& access) { access.messages().search("INBOX", kNewest, FetchSet{}.add(Fetch::Flags)); }

TEST(ImapFaults, AReadIsRepeatedOnceOnANewConnection) {
  std::size_t count = 0;
  const auto cut = [](ScriptedPeer& peer) {
    let_in(peer);
    let_open(peer, "EXAMINE", 2);
    peer.expect_command("UID SEARCH ALL");
  };
  const auto whole = [](ScriptedPeer& peer) {
    let_in(peer);
    let_open(peer, "EXAMINE", 2);
    peer.expect_command("UID SEARCH ALL");
    peer.data("SEARCH 1 2");
    peer.ok();
    peer.expect_command("UID FETCH 1:2 (UID FLAGS)");
    peer.data("1 FETCH (UID 1 FLAGS ())");
    peer.data("2 FETCH (UID 2 FLAGS ())");
    peer.ok();
    peer.wait_for_end();
  };
  EXPECT_EQ(
      code_with(
          {cut, whole},
          [&](Access& access) {
            count = access.messages().search("INBOX", kNewest, FetchSet{}.add(Fetch::Flags)).messages.size();
          }),
      "");
  EXPECT_EQ(count, 2U);
  EXPECT_EQ(code_with({cut, cut}, list), "MSG-1014");
}

TEST(ImapFaults, ALiteralCutInTheMiddleGoesOnWhereItStopped) {
  std::string bytes;
  const auto first = [](ScriptedPeer& peer) {
    let_in(peer);
    let_open(peer, "EXAMINE", 1);
    peer.expect_command("UID FETCH 5 BODY.PEEK[]");
    peer.send("* 1 FETCH (UID 5 BODY[] {10}\r\nabcd");
  };
  const auto rest = [](ScriptedPeer& peer) {
    let_in(peer);
    let_open(peer, "EXAMINE", 1);
    peer.expect_command("UID FETCH 5 BODY.PEEK[]<4.4294967295>");
    peer.send("* 1 FETCH (UID 5 BODY[]<4> {6}\r\nefghij)\r\n");
    peer.ok();
    peer.wait_for_end();
  };
  const auto read = [&](Access& access) {
    bytes.clear();
    access.messages().read_raw("INBOX", 5, [&](std::string_view piece) {
      bytes += piece;
      return true;
    });
  };
  EXPECT_EQ(code_with({first, rest}, read), "");
  EXPECT_EQ(bytes, "abcdefghij");
  const auto other_mailbox = [](ScriptedPeer& peer) {
    let_in(peer);
    let_open(peer, "EXAMINE", 1, 8);
    peer.wait_for_end();
  };
  EXPECT_EQ(code_with({first, other_mailbox}, read), "MSG-1003");
}

TEST(ImapFaults, NothingIsStoredOrMovedTwice) {
  EXPECT_EQ(code_with({[](ScriptedPeer& peer) {
                        let_in(peer, "IMAP4rev1 UIDPLUS LITERAL+");
                        peer.expect_command("APPEND \"INBOX\" {5+}");
                        peer.bytes(7);
                      }},
                      [](Access& access) {
                        std::vector<Deposit> deposits(1);
                        deposits[0].size = 5;
                        deposits[0].bytes = [](std::size_t) { return "hello"; };
                        access.messages().append("INBOX", deposits);
                      }),
            "MSG-1014");
  for (const std::string verb : {"MOVE", "COPY"}) {
    EXPECT_EQ(code_with({[verb](ScriptedPeer& peer) {
                          let_in(peer, "IMAP4rev1 UIDPLUS MOVE");
                          let_find_defaults(peer);
                          let_open(peer, verb == "MOVE" ? "SELECT" : "EXAMINE", 1);
                          peer.expect_command("UID " + verb + " 1 \"Other\"");
                        }},
                        [verb](Access& access) {
                          const std::vector<Uid> uids{1};
                          verb == "MOVE" ? access.messages().move("INBOX", "Other", uids)
                                         : access.messages().copy("INBOX", "Other", uids);
                        }),
              "MSG-1014");
  }
}

TEST(ImapFaults, ALiteralWaitsForTheServerAndMayBeRefused) {
  EXPECT_EQ(code_with({[](ScriptedPeer& peer) {
                        let_in(peer, "IMAP4rev1 UIDPLUS");
                        peer.expect_command("APPEND \"INBOX\" {5}");
                        peer.no("[OVERQUOTA] full");
                        peer.wait_for_end();
                      }},
                      [](Access& access) {
                        std::vector<Deposit> deposits(1);
                        deposits[0].size = 5;
                        deposits[0].bytes = [](std::size_t) { return "hello"; };
                        access.messages().append("INBOX", deposits);
                      }),
            "MSG-1024");
}

TEST(ImapFaults, GarbageAndEndlessThingsEndTheConnection) {
  const auto with_answer = [](const std::string& bytes) {
    return code_with({[bytes](ScriptedPeer& peer) {
                       let_in(peer);
                       let_open(peer, "EXAMINE", 2);
                       peer.expect_command("UID SEARCH ALL");
                       peer.send(bytes);
                       peer.wait_for_end();
                     }},
                     list);
  };
  EXPECT_EQ(with_answer("rubbish\r\n"), "MSG-1027");
  EXPECT_EQ(with_answer("* SEARCH 0\r\n"), "MSG-1027");
  EXPECT_EQ(with_answer("* 1 FETCH (UID 1 BODY[] {99999999999}\r\n"), "MSG-1027");
  EXPECT_EQ(with_answer("* X {999999999}\r\n"), "MSG-1027");
  EXPECT_EQ(with_answer("A3 BAD what\r\n"), "MSG-1026");
}

TEST(ImapFaults, RefusalsOfCommandsHaveTheirCodes) {
  const auto refuse = [](const std::string& text) {
    return code_with({[text](ScriptedPeer& peer) {
                       let_in(peer);
                       peer.expect_command("EXAMINE \"INBOX\"");
                       peer.no(text);
                       peer.wait_for_end();
                     }},
                     list);
  };
  EXPECT_EQ(refuse("no such mailbox"), "MSG-1002");
  EXPECT_EQ(refuse("[NONEXISTENT] gone"), "MSG-1002");
  EXPECT_EQ(refuse("[NOPERM] no"), "IMAP-2005");
  EXPECT_EQ(refuse("[INUSE] locked"), "MSG-1031");
  EXPECT_EQ(refuse("[SERVERBUG] sorry"), "MSG-1025");
  EXPECT_EQ(refuse("[UNKNOWN-CODE] sorry"), "MSG-1025");
}

TEST(ImapFaults, UnknownCharsetsAreSearchedHere) {
  std::size_t count = 0;
  EXPECT_EQ(
      code_with(
          {[](ScriptedPeer& peer) {
            let_in(peer);
            let_open(peer, "EXAMINE", 2);
            peer.expect_command("UID SEARCH CHARSET UTF-8 SUBJECT {2}");
            peer.no("[BADCHARSET (US-ASCII)] no");
            peer.expect_command("UID SEARCH ALL");
            peer.data("SEARCH 1 2");
            peer.ok();
            peer.expect_command("UID FETCH 1:2 (UID ENVELOPE)");
            peer.data("1 FETCH (UID 1 ENVELOPE (NIL \"other\" NIL NIL NIL NIL NIL NIL NIL NIL))");
            peer.data(
                "2 FETCH (UID 2 ENVELOPE (NIL \"=?utf-8?q?=C3=9C?=ber\" NIL NIL NIL NIL NIL NIL NIL NIL))");
            peer.ok();
            peer.expect_command("UID FETCH 2 (UID)");
            peer.data("2 FETCH (UID 2)");
            peer.ok();
            peer.wait_for_end();
          }},
          [&](Access& access) {
            Query query = kNewest;
            query.term.kind = SearchTerm::Kind::Subject;
            query.term.text = "\xC3\xBC";
            count = access.messages().search("INBOX", query, {}).messages.size();
          }),
      "");
  EXPECT_EQ(count, 1U);
}

TEST(ImapOldServer, CopiesAreFoundAgainByTheirMessageIds) {
  std::vector<std::optional<Uid>> copied;
  const auto script = [](ScriptedPeer& peer) {
    let_in(peer);
    let_find_defaults(peer);
    let_open(peer, "EXAMINE", 2);
    peer.expect_command("UID FETCH 1:2 (UID ENVELOPE)");
    peer.data("1 FETCH (UID 1 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<a@x>\"))");
    peer.data("2 FETCH (UID 2 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<b@x>\"))");
    peer.ok();
    peer.expect_command("STATUS \"Other\" (UIDNEXT)");
    peer.data("STATUS Other (UIDNEXT 40)");
    peer.ok();
    peer.expect_command("UID COPY 1:2 \"Other\"");
    peer.ok();
    peer.expect_command("EXAMINE \"Other\"");
    peer.ok();
    peer.expect_command("UID FETCH 40:* (UID ENVELOPE)");
    peer.data("8 FETCH (UID 41 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<a@x>\"))");
    peer.data("9 FETCH (UID 42 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL \"<c@x>\"))");
    peer.ok();
    peer.wait_for_end();
  };
  EXPECT_EQ(code_with({script},
                      [&](Access& access) {
                        copied = access.messages().copy("INBOX", "Other", std::vector<Uid>{1, 2});
                      }),
            "");
  EXPECT_EQ(copied, (std::vector<std::optional<Uid>>{41, std::nullopt}));
}

TEST(ImapOldServer, RemovingUnmarksWhatOthersMarked) {
  const auto script = [](ScriptedPeer& peer) {
    let_in(peer);
    let_open(peer, "SELECT", 3);
    peer.expect_command("UID STORE 2 +FLAGS.SILENT (\\Deleted)");
    peer.ok();
    peer.expect_command("UID SEARCH DELETED");
    peer.data("SEARCH 1 2");
    peer.ok();
    peer.expect_command("UID STORE 1 -FLAGS.SILENT (\\Deleted)");
    peer.ok();
    peer.expect_command("EXPUNGE");
    peer.data("2 EXPUNGE");
    peer.ok();
    peer.expect_command("UID STORE 1 +FLAGS.SILENT (\\Deleted)");
    peer.ok();
    peer.wait_for_end();
  };
  EXPECT_EQ(
      code_with({script}, [](Access& access) { access.messages().remove("INBOX", std::vector<Uid>{2}); }),
      "");
}

TEST(ImapOldServer, AFolderRefusedAtTheRootIsMadeBelowInbox) {
  std::string trash;
  const auto script = [](ScriptedPeer& peer) {
    let_in(peer);
    peer.expect_command("LIST \"\" \"*\"");
    peer.data("LIST (\\HasNoChildren) \".\" INBOX");
    peer.ok();
    peer.expect_command("LSUB \"\" \"*\"");
    peer.ok();
    for (const std::string name : {"Drafts", "Sent", "Spam", "Trash"}) {
      peer.expect_command("CREATE \"" + name + "\"");
      peer.no("not here");
      peer.expect_command("LIST \"\" \"" + name + "\"");
      peer.ok();
      peer.expect_command("LSUB \"\" \"" + name + "\"");
      peer.ok();
      peer.expect_command("LIST \"\" \"\"");
      peer.data("LIST (\\Noselect) \".\" \"\"");
      peer.ok();
      peer.expect_command("CREATE \"INBOX." + name + "\"");
      peer.ok();
      peer.expect_command("SUBSCRIBE \"INBOX." + name + "\"");
      peer.ok();
    }
    peer.wait_for_end();
  };
  EXPECT_EQ(code_with({script},
                      [&](Access& access) { trash = access.folders().default_folder(DefaultFolder::Trash); }),
            "");
  EXPECT_EQ(trash, "INBOX.Trash");
}

TEST(ImapFaults, AFolderThatWasMadeAnewIsNotTakenForTheOldOne) {
  Texts subjects;
  const auto script = [](ScriptedPeer& peer) {
    let_in(peer, "IMAP4rev1 SORT");
    let_open(peer, "EXAMINE", 2);
    peer.expect_command("UID SORT (ARRIVAL) UTF-8 ALL");
    peer.data("SORT 1 2");
    peer.ok();
    peer.expect_command("UID FETCH 2 (UID INTERNALDATE)");
    peer.data("2 FETCH (UID 2 INTERNALDATE \" 1-Jan-2026 09:01:01 +0000\")");
    peer.ok();
    peer.expect_command("UID FETCH 2 (UID ENVELOPE)");
    peer.data("2 FETCH (UID 2 ENVELOPE (NIL \"old\" NIL NIL NIL NIL NIL NIL NIL NIL))");
    peer.ok();
  };
  const auto renewed = [](ScriptedPeer& peer) {
    let_in(peer, "IMAP4rev1 SORT");
    let_open(peer, "EXAMINE", 2, 8);
    peer.expect_command("UID SORT (ARRIVAL) UTF-8 ALL");
    peer.data("SORT 2 1");
    peer.ok();
    peer.expect_command("UID FETCH 1 (UID ENVELOPE)");
    peer.data("1 FETCH (UID 1 ENVELOPE (NIL \"new\" NIL NIL NIL NIL NIL NIL NIL NIL))");
    peer.ok();
    peer.wait_for_end();
  };
  ScriptedServer server({script, renewed});
  ImapProvider provider{ImapSettings{}};
  const Query newest{{}, SortField::Received, true, {0, 1}};
  for (int round = 0; round < 2; ++round) {
    const auto access = provider.connect(account_at(server.port()), "key");
    for (const Message& each :
         access->messages().search("INBOX", newest, FetchSet{}.add(Fetch::Envelope)).messages)
      subjects.push_back(each.subject.value_or(""));
  }
  EXPECT_EQ(subjects, (Texts{"old", "new"}));
}

TEST(ImapPool, AConnectionIsReusedByItsKeyOnlyAndForgottenWithIt) {
  const auto serve = [](ScriptedPeer& peer) {
    let_in(peer);
    peer.wait_for_end();
  };
  ScriptedServer server({serve, serve, serve});
  ImapProvider provider{ImapSettings{}};
  const Account account = account_at(server.port());
  provider.connect(account, "a");
  EXPECT_EQ(provider.pool().idle_count(), 1U);
  provider.connect(account, "a");
  EXPECT_EQ(provider.pool().idle_count(), 1U);
  // The scripts serve one connection after the other, so the first must go.
  provider.forget("a");
  EXPECT_EQ(provider.pool().idle_count(), 0U);
  provider.connect(account, "b");
  EXPECT_EQ(provider.pool().idle_count(), 1U);
  provider.forget("a");
  EXPECT_EQ(provider.pool().idle_count(), 1U);
  provider.forget("b");
  auto access = provider.connect(account, "b");
  provider.forget("b");
  access.reset();
  EXPECT_EQ(provider.pool().idle_count(), 0U);
}

TEST(ImapPool, AnotherSecretIsAnotherIdentity) {
  Server one = account_at(143).store, two = one;
  two.secret = "other";
  EXPECT_NE(pool_identity(one), pool_identity(two));
  two = one;
  two.login = "ann";
  two.authorize_as = "a";
  EXPECT_NE(pool_identity(one), pool_identity(two));
  EXPECT_EQ(pool_identity(one).find("secret"), std::string::npos);
}

TEST(ImapPool, WhoFindsAllConnectionsInUseWaitsAndThenIsTold) {
  PoolLimits limits;
  limits.per_login = 1;
  limits.longest_wait = std::chrono::milliseconds(30);
  Pool pool(limits);
  auto lease = pool.take("a", "x");
  EXPECT_EQ(code_of([&] { pool.take("a", "x"); }), "MSG-0112");
  EXPECT_EQ(code_of([&] { pool.take("b", "x"); }), "");
  lease.reset();
  EXPECT_EQ(code_of([&] { pool.take("a", "x"); }), "");
}

TEST(FolderMemory, KeepsOneOrderPerFolder) {
  FolderMemory memory;
  EXPECT_FALSE(memory.arrival_order("INBOX"));
  memory.remember("INBOX", ArrivalOrder{1, 5, Millis{9}});
  EXPECT_EQ(memory.arrival_order("INBOX")->next_uid, 5U);
  memory.forget("INBOX");
  EXPECT_FALSE(memory.arrival_order("INBOX"));
}

}  // namespace
}  // namespace gw::mail::imap::test
