// What lists ask of a server, and how often they wait for it.
#include <gtest/gtest.h>

#include "unit/lib/mail/imap/support/scripts.hpp"

namespace gw::mail::imap::test {
namespace {

using Words = std::vector<std::string>;

/// The first list of a folder of two mails, uids 1 and 2: sorts, and finds that they are in order of arrival.
void let_list_first(ScriptedPeer& peer) {
  let_in(peer, "IMAP4rev1 SORT");
  let_open(peer, "EXAMINE", 2);
  peer.expect_command("UID SORT (ARRIVAL) UTF-8 ALL");
  peer.data("SORT 1 2");
  peer.ok();
  peer.expect_command("UID FETCH 2 (UID INTERNALDATE)");
  peer.data("2 FETCH (UID 2 INTERNALDATE \" 2-Jan-2026 09:00:00 +0000\")");
  peer.ok();
  peer.expect_command("UID FETCH 2 (UID FLAGS)");
  peer.data("2 FETCH (UID 2 FLAGS ())");
  peer.ok();
}

/// Reads all these commands before it answers any; gives their tags.
Words expect_together(ScriptedPeer& peer, const Words& commands) {
  Words tags;
  for (const std::string& command : commands) {
    peer.expect_command(command);
    tags.push_back(peer.tag());
  }
  return tags;
}

void answer(ScriptedPeer& peer, const std::string& tag, const Words& lines = {}) {
  for (const std::string& line : lines) peer.data(line);
  peer.send(tag + " OK done\r\n");
}

/// Uids of the page and flags of its first mail, each time with an access of its own.
class Lists {
 public:
  explicit Lists(std::vector<Script> scripts) : server_(std::move(scripts)) {}
  Words page(Range range) {
    const auto access = provider_.connect(account_at(server_.port()), "key");
    const Query query{{}, SortField::Received, true, range};
    const Page page = access->messages().search("INBOX", query, FetchSet{}.add(Fetch::Flags));
    Words found{std::to_string(page.total)};
    for (const Message& each : page.messages)
      found.push_back(std::to_string(each.uid) + (each.flags.flags.has(Flag::Seen) ? " seen" : ""));
    return found;
  }

 private:
  ScriptedServer server_;
  ImapProvider provider_{ImapSettings{}};
};

TEST(ImapLists, APageIsOneExchangeUntilTheMailboxChanges) {
  const auto fetched = [](int number, int day, const std::string& flags = "") {
    const std::string text = std::to_string(number);
    return text + " FETCH (UID " + text + " FLAGS (" + flags + ") INTERNALDATE \" " + std::to_string(day) +
           "-Jan-2026 09:00:00 +0000\")";
  };
  const std::string items = " (UID FLAGS INTERNALDATE)";
  Lists lists({[&](ScriptedPeer& peer) {
    let_list_first(peer);
    // Nothing is new. What NOOP tells of flags counts.
    Words tags = expect_together(peer, {"FETCH 2:2" + items, "NOOP"});
    answer(peer, tags[0], {fetched(2, 2)});
    answer(peer, tags[1], {"2 FETCH (FLAGS (\\Seen))", "1 FETCH (FLAGS (\\Seen))"});
    // One mail is new: the page is fetched again, and now nothing needs to be asked.
    tags = expect_together(peer, {"FETCH 1:2" + items, "NOOP"});
    answer(peer, tags[0], {fetched(1, 1), fetched(2, 2)});
    answer(peer, tags[1], {"3 EXISTS"});
    answer(peer, expect_together(peer, {"FETCH 2:3" + items})[0], {fetched(2, 2), fetched(3, 3)});
    // Another page asks for the dates of what came since.
    tags = expect_together(peer, {"FETCH 2:2" + items, "UID FETCH 4:* (UID INTERNALDATE)", "NOOP"});
    answer(peer, tags[0], {fetched(2, 2)});
    answer(peer, tags[1], {"3 FETCH (UID 3 INTERNALDATE \" 3-Jan-2026 09:00:00 +0000\")"});
    answer(peer, tags[2]);
    // One mail is gone, and another came: as many as before, and other numbers.
    tags = expect_together(peer, {"FETCH 2:2" + items, "UID FETCH 4:* (UID INTERNALDATE)", "NOOP"});
    answer(peer, tags[0], {fetched(2, 2)});
    answer(peer, tags[1], {"3 FETCH (UID 3 INTERNALDATE \" 3-Jan-2026 09:00:00 +0000\")"});
    answer(peer, tags[2], {"1 EXPUNGE", "3 EXISTS"});
    tags = expect_together(peer, {"FETCH 2:2" + items, "UID FETCH 4:* (UID INTERNALDATE)"});
    answer(peer, tags[0], {"2 FETCH (UID 3 FLAGS () INTERNALDATE \" 3-Jan-2026 09:00:00 +0000\")"});
    answer(peer, tags[1], {"3 FETCH (UID 4 INTERNALDATE \" 4-Jan-2026 09:00:00 +0000\")"});
    // Beyond the end there is nothing to fetch, but the end may have moved.
    answer(peer, expect_together(peer, {"NOOP"})[0]);
    peer.wait_for_end();
  }});
  EXPECT_EQ(lists.page({0, 1}), (Words{"2", "2"}));
  EXPECT_EQ(lists.page({0, 1}), (Words{"2", "2 seen"}));
  EXPECT_EQ(lists.page({0, 2}), (Words{"3", "3", "2"}));
  EXPECT_EQ(lists.page({1, 2}), (Words{"3", "2"}));
  EXPECT_EQ(lists.page({1, 2}), (Words{"3", "3"}));
  EXPECT_EQ(lists.page({9, 10}), (Words{"3"}));
}

TEST(ImapLists, AMailThatCameOutOfOrderIsSortedAgain) {
  Lists lists({[](ScriptedPeer& peer) {
    let_list_first(peer);
    Words tags = expect_together(peer, {"FETCH 1:2 (UID FLAGS INTERNALDATE)", "NOOP"});
    answer(peer, tags[0], {"2 FETCH (UID 2 FLAGS () INTERNALDATE \" 2-Jan-2026 09:00:00 +0000\")"});
    answer(peer, tags[1], {"3 EXISTS"});
    answer(peer, expect_together(peer, {"FETCH 2:3 (UID FLAGS INTERNALDATE)"})[0],
           {"2 FETCH (UID 2 FLAGS () INTERNALDATE \" 2-Jan-2026 09:00:00 +0000\")",
            "3 FETCH (UID 3 FLAGS () INTERNALDATE \" 1-Jan-2026 09:00:00 +0000\")"});
    answer(peer, expect_together(peer, {"UID SORT (ARRIVAL) UTF-8 ALL"})[0], {"SORT 3 1 2"});
    answer(peer, expect_together(peer, {"UID FETCH 1:2 (UID FLAGS)"})[0],
           {"1 FETCH (UID 1 FLAGS ())", "2 FETCH (UID 2 FLAGS ())"});
    peer.wait_for_end();
  }});
  lists.page({0, 1});
  EXPECT_EQ(lists.page({0, 2}), (Words{"3", "2", "1"}));
}

TEST(ImapLists, ALineThatDiedMeanwhileIsNoticedByTheListItself) {
  Lists lists({[](ScriptedPeer& peer) {
                 let_list_first(peer);
                 expect_together(peer, {"FETCH 2:2 (UID FLAGS INTERNALDATE)", "NOOP"});
               },
               [](ScriptedPeer& peer) {
                 let_in(peer, "IMAP4rev1 SORT");
                 let_open(peer, "EXAMINE", 2);
                 peer.expect_command("FETCH 2:2 (UID FLAGS INTERNALDATE)");
                 answer(peer, peer.tag(),
                        {"2 FETCH (UID 2 FLAGS () INTERNALDATE \" 2-Jan-2026 09:00:00 +0000\")"});
                 peer.wait_for_end();
               }});
  lists.page({0, 1});
  EXPECT_EQ(lists.page({0, 1}), (Words{"2", "2"}));
}

TEST(ImapLists, NewsOfFlagsAreNotTakenForMails) {
  std::vector<std::optional<Message>> mails;
  const auto script = [](ScriptedPeer& peer) {
    const std::string envelope = " ENVELOPE (NIL \"hi\" NIL NIL NIL NIL NIL NIL NIL NIL)";
    let_in(peer);
    let_open(peer, "EXAMINE", 2);
    answer(peer, expect_together(peer, {"UID FETCH 1 (UID FLAGS ENVELOPE)"})[0],
           {"1 FETCH (UID 1 FLAGS ())", "1 FETCH (UID 1 FLAGS ()" + envelope + ")",
            "1 FETCH (UID 1 FLAGS (\\Seen))"});
    peer.wait_for_end();
  };
  EXPECT_EQ(code_with({script},
                      [&](Access& access) {
                        mails = access.messages().get("INBOX", std::vector<Uid>{1},
                                                      FetchSet{}.add(Fetch::Flags).add(Fetch::Envelope));
                      }),
            "");
  ASSERT_TRUE(mails.size() == 1 && mails[0]);
  EXPECT_EQ(mails[0]->subject, "hi");
  EXPECT_TRUE(mails[0]->flags.flags.has(Flag::Seen));
}

}  // namespace
}  // namespace gw::mail::imap::test
