// Mails of a real server, with every extension missing once.
#include <algorithm>

#include "unit/lib/mail/imap/support/world.hpp"

namespace gw::mail::imap::test {
namespace {

constexpr Millis kMorning{1'767'258'000'000};  // 2026-01-01 09:00 UTC

std::vector<std::string> subjects_of(const std::vector<Message>& messages) {
  std::vector<std::string> subjects;
  for (const Message& each : messages) subjects.push_back(each.subject.value_or("?"));
  return subjects;
}

using Texts = std::vector<std::string>;

Texts found(const World& world, const SearchTerm& term, SortField sort = SortField::Received,
            bool descending = false, Range range = {}) {
  Query query{term, sort, descending, range};
  return subjects_of(world.messages().search("INBOX", query, FetchSet{}.add(Fetch::Envelope)).messages);
}

SearchTerm term(SearchTerm::Kind kind, const std::string& text = "", std::vector<SearchTerm> children = {}) {
  SearchTerm made{kind};
  made.text = text;
  made.children = std::move(children);
  return made;
}

using Kind = SearchTerm::Kind;

constexpr const char* kMultipart =
    "From: =?utf-8?q?J=C3=BCrgen?= <j@example.test>\r\nTo: b@example.test\r\nSubject: "
    "=?utf-8?B?R3LDvMOfZQ==?=\r\n"
    "Message-ID: <m@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "
    "quoted-printable\r\n\r\nGr=FC=DFe\r\n"
    "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
    "filename*=utf-8''B%C3%A4r.pdf\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8gV29ybGQ=\r\n--b--\r\n";

TEST(ImapMessages, WhatIsStoredIsReadBack) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    MessageFlags flags;
    flags.flags.set(Flag::Seen);
    flags.flags.set(Flag::Forwarded);
    flags.color = 3;
    flags.keywords = {"Work"};
    const Uid uid = world.put("INBOX", kMultipart, flags, kMorning);
    ASSERT_EQ(uid, 1U);
    FetchSet all;
    all.add(Fetch::Envelope)
        .add(Fetch::Flags)
        .add(Fetch::Received)
        .add(Fetch::Size)
        .add(Fetch::Structure)
        .add(Fetch::Headers)
        .add(Fetch::Preview);
    const Uid uids[] = {uid, 99, uid};
    const auto got = world.messages().get("INBOX", uids, all);
    ASSERT_EQ(got.size(), 3U);
    EXPECT_FALSE(got[1]);
    ASSERT_TRUE(got[0] && got[2]);
    const Message& mail = *got[0];
    EXPECT_EQ(mail.subject, "Grüße");
    EXPECT_EQ(mail.from.at(0).personal, "Jürgen");
    EXPECT_EQ(mail.received, kMorning);
    EXPECT_TRUE(mail.flags.flags.has(Flag::Forwarded));
    EXPECT_EQ(mail.flags.color, 3);
    EXPECT_EQ(mail.flags.keywords, Texts{"Work"});
    EXPECT_EQ(mail.size, static_cast<std::int64_t>(std::string(kMultipart).size()));
    EXPECT_EQ(find_header(mail, "mime-version"), "1.0");
    EXPECT_EQ(mail.preview, "Grüße");
    ASSERT_TRUE(mail.structure);
    ASSERT_EQ(mail.structure->children.size(), 2U);
    const Part& file = mail.structure->children[1];
    EXPECT_EQ(file.id, "2");
    EXPECT_EQ(file.filename, "Bär.pdf");
    std::string bytes;
    const ByteSink sink = [&](std::string_view piece) {
      bytes += piece;
      return true;
    };
    EXPECT_TRUE(world.messages().read_part("INBOX", uid, file, sink));
    EXPECT_EQ(bytes, "Hello World");
    bytes.clear();
    EXPECT_TRUE(world.messages().read_raw("INBOX", uid, sink));
    EXPECT_EQ(bytes, kMultipart);
    EXPECT_FALSE(world.messages().read_raw("INBOX", 99, sink));
    EXPECT_NE(world.messages().read_headers("INBOX", uid).value_or("").find("Message-ID: <m@x>"),
              std::string::npos);
    EXPECT_EQ(world.messages().read_texts("INBOX", uid, std::span(mail.structure->children).first(1), 100),
              Texts{"Grüße"});
    EXPECT_EQ(world.messages().read_texts("INBOX", uid, std::span(mail.structure->children).first(1), 3),
              Texts{"Grü"});
  });
}

TEST(ImapMessages, ReadingLeavesAMailUnseen) {
  GW_NEEDS_DOVECOT();
  const World world("all");
  const Uid uids[] = {world.put("INBOX", kMultipart)};
  world.messages().get("INBOX", uids, FetchSet{}.add(Fetch::Headers).add(Fetch::Preview));
  world.messages().read_raw("INBOX", uids[0], [](std::string_view) { return true; });
  EXPECT_EQ(world.folders().counters("INBOX").unread, 1);
}

TEST(ImapMessages, CopiesAndMovesTellTheirNewUids) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    world.folders().create("", "Other", std::nullopt);
    const Uid uids[] = {world.put("INBOX", message("a", "1")), world.put("INBOX", message("b", "2")), 77};
    using Uids = std::vector<std::optional<Uid>>;
    EXPECT_EQ(world.messages().copy("INBOX", "Other", uids), (Uids{1, 2, std::nullopt}));
    EXPECT_EQ(world.messages().move("INBOX", "Other", uids), (Uids{3, 4, std::nullopt}));
    EXPECT_EQ(world.folders().counters("INBOX").total, 0);
    EXPECT_EQ(code_of([&] { world.messages().move("INBOX", "INBOX", uids); }), "IMAP-2036");
    EXPECT_EQ(code_of([&] { world.messages().copy("Other", "Nowhere", std::vector<Uid>{1}); }), "MSG-1002");
    EXPECT_EQ(code_of([&] { world.messages().copy("Nowhere", "Other", std::vector<Uid>{1}); }), "MSG-1002");
    EXPECT_EQ(world.folders().counters("Other").total, 4);
  });
}

TEST(ImapMessages, DraftsAreMarkedOnTheirWayInAndOut) {
  GW_NEEDS_DOVECOT();
  for (const char* variant : {"all", "none"}) {
    const World world(variant);
    const std::string drafts = world.folders().default_folder(DefaultFolder::Drafts);
    const Uid uids[] = {world.put("INBOX", message("a", "1"))};
    const auto in = world.messages().move("INBOX", drafts, uids);
    const auto is_draft = [&](const std::string& folder, Uid uid) {
      const auto got = world.messages().get(folder, std::vector<Uid>{uid}, FetchSet{}.add(Fetch::Flags));
      return got[0] && got[0]->flags.flags.has(Flag::Draft);
    };
    ASSERT_TRUE(in[0]);
    EXPECT_TRUE(is_draft(drafts, *in[0]));
    const auto copied = world.messages().copy(drafts, "INBOX", std::vector<Uid>{*in[0]});
    ASSERT_TRUE(copied[0]);
    EXPECT_FALSE(is_draft("INBOX", *copied[0]));
    EXPECT_TRUE(is_draft(drafts, *in[0]));
  }
}

TEST(ImapMessages, RemovingTakesOnlyWhatWasNamed) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    MessageFlags deleted;
    deleted.flags.set(Flag::Deleted);
    world.put("INBOX", message("marked by another", "1"), deleted);
    const Uid uids[] = {world.put("INBOX", message("b", "2")), 99};
    world.put("INBOX", message("c", "3"));
    world.messages().remove("INBOX", uids);
    EXPECT_EQ(found(world, {}), (Texts{"marked by another", "c"}));
    const auto got = world.messages().get("INBOX", std::vector<Uid>{1}, FetchSet{}.add(Fetch::Flags));
    EXPECT_TRUE(got[0] && got[0]->flags.flags.has(Flag::Deleted));
  });
}

TEST(ImapMessages, FlagsKeywordsAndColoursChange) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    const Uid uids[] = {world.put("INBOX", message("a", "1")), world.put("INBOX", message("b", "2"))};
    const auto flags = [&] { return world.messages().get("INBOX", uids, FetchSet{}.add(Fetch::Flags)); };
    FlagSet seen;
    seen.set(Flag::Seen);
    seen.set(Flag::ReadAcknowledged);
    seen.set(Flag::Spam);
    world.messages().change_flags("INBOX", std::span(uids).first(1), seen, {"Work"}, true);
    world.messages().set_color("INBOX", std::nullopt, 2);
    world.messages().set_color("INBOX", std::span(uids).first(1), 7);
    auto now = flags();
    EXPECT_TRUE(now[0]->flags.flags.has(Flag::Seen) && now[0]->flags.flags.has(Flag::ReadAcknowledged));
    EXPECT_EQ(now[0]->flags.keywords, Texts{"Work"});
    EXPECT_EQ(now[0]->flags.color, 7);
    EXPECT_FALSE(now[1]->flags.flags.has(Flag::Seen));
    EXPECT_EQ(now[1]->flags.color, 2);
    world.messages().change_flags("INBOX", std::nullopt, seen, {"Work"}, false);
    world.messages().set_color("INBOX", std::nullopt, 0);
    now = flags();
    EXPECT_FALSE(now[0]->flags.flags.has(Flag::Seen));
    EXPECT_TRUE(now[0]->flags.keywords.empty());
    EXPECT_EQ(now[0]->flags.color + now[1]->flags.color, 0);
    EXPECT_EQ(code_of([&] { world.messages().change_flags("INBOX", std::nullopt, {}, {"two words"}, true); }),
              "IMAP-2025");
  });
}

TEST(ImapMessages, EveryTermFindsWhatItSays) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    MessageFlags flagged;
    flagged.flags.set(Flag::Flagged);
    flagged.keywords = {"Work"};
    world.put("INBOX", message("=?utf-8?q?=C3=84rger?=", "1", "X-Test: \"quoted\\\"\r\n"), flagged, kMorning);
    world.put("INBOX", message("plain", "2"), {}, Millis{kMorning.value + 3'600'000});
    world.put("INBOX", kMultipart, {}, Millis{kMorning.value + 7'200'000});
    EXPECT_EQ(found(world, term(Kind::Subject, "ärger")), Texts{"Ärger"});
    EXPECT_EQ(found(world, term(Kind::From, "Jürgen")), Texts{"Grüße"});
    EXPECT_EQ(found(world, term(Kind::Body, "hello")).size(), 2U);
    SearchTerm header = term(Kind::Header, "\"quoted\\\"");
    header.name = "X-Test";
    EXPECT_EQ(found(world, header), Texts{"Ärger"});
    SearchTerm flag{Kind::HasFlag};
    flag.flag = Flag::Flagged;
    EXPECT_EQ(found(world, flag), Texts{"Ärger"});
    EXPECT_EQ(found(world, term(Kind::Not, "", {flag})), (Texts{"plain", "Grüße"}));
    EXPECT_EQ(found(world, term(Kind::Keyword, "work")), Texts{"Ärger"});
    EXPECT_EQ(found(world, term(Kind::HasAttachment)), Texts{"Grüße"});
    EXPECT_EQ(found(world, term(Kind::Not, "", {term(Kind::HasAttachment)})), (Texts{"Ärger", "plain"}));
    EXPECT_EQ(found(world, term(Kind::AttachmentName, "bar")), Texts{"Grüße"});
    SearchTerm since{Kind::ReceivedSince}, before{Kind::ReceivedBefore};
    since.at = Millis{kMorning.value + 1};
    before.at = Millis{kMorning.value + 7'200'000};
    EXPECT_EQ(found(world, term(Kind::And, "", {since, before})), Texts{"plain"});
    EXPECT_EQ(
        found(world, term(Kind::Or, "", {term(Kind::HasAttachment), term(Kind::Subject, "plain"), flag})),
        (Texts{"Ärger", "plain", "Grüße"}));
    EXPECT_EQ(found(world, term(Kind::Not, "", {term(Kind::And, "", {since, before})})),
              (Texts{"Ärger", "Grüße"}));
    EXPECT_EQ(found(world, term(Kind::And)).size(), 3U);
    SearchTerm uids{Kind::UidIn};
    uids.uids = {2, 9};
    EXPECT_EQ(found(world, uids), Texts{"plain"});
    EXPECT_TRUE(found(world, term(Kind::Subject, "nothing has this")).empty());
  });
}

/// An account of another kind at the same server.
void adapt(World& world, int color_of_flagged, bool has_marker) {
  world.account.color_of_flagged = color_of_flagged;
  world.account.has_attachment_marker = has_marker;
  world.access = world.provider.connect(world.account, "key");
}

TEST(ImapMessages, MarkersOfAttachmentsCountBeforeTheStructure) {
  GW_NEEDS_DOVECOT();
  for (const char* variant : {"all", "none"}) {
    World world(variant);
    MessageFlags with, without;
    with.keywords = {"$HasAttachment"};
    without.keywords = {"$HasNoAttachment"};
    world.put("INBOX", message("marked", "1"), with, kMorning);
    world.put("INBOX", kMultipart, without, Millis{kMorning.value + 1'000});
    world.put("INBOX", message("plain", "2"), {}, Millis{kMorning.value + 2'000});
    EXPECT_EQ(found(world, term(Kind::HasAttachment)), Texts{"Grüße"});
    adapt(world, 0, true);
    EXPECT_EQ(found(world, term(Kind::HasAttachment)), Texts{"marked"});
    EXPECT_EQ(found(world, term(Kind::Not, "", {term(Kind::HasAttachment)})), (Texts{"Grüße", "plain"}));
    world.put("INBOX", kMultipart, {}, Millis{kMorning.value + 3'000});
    EXPECT_EQ(found(world, term(Kind::HasAttachment)), (Texts{"marked", "Grüße"}));
    EXPECT_EQ(found(world, {}, SortField::Attachment), (Texts{"Grüße", "plain", "marked", "Grüße"}));
    EXPECT_EQ(found(world, {}, SortField::Attachment, true, {0, 1}), Texts{"Grüße"});
    EXPECT_EQ(found(world, term(Kind::Subject, "marked"), SortField::Attachment), Texts{"marked"});
  }
}

TEST(ImapMessages, ColoursAndFlaggedStandForEachOtherWhereTheAccountSaysSo) {
  GW_NEEDS_DOVECOT();
  for (const char* variant : {"all", "none"}) {
    World world(variant);
    adapt(world, 5, false);
    const Uid uids[] = {world.put("INBOX", message("a", "1")), world.put("INBOX", message("b", "2"))};
    const auto flags = [&](std::size_t i) {
      const auto got = world.messages().get("INBOX", uids, FetchSet{}.add(Fetch::Flags));
      return std::pair(got[i]->flags.color, got[i]->flags.flags.has(Flag::Flagged));
    };
    FlagSet flagged;
    flagged.set(Flag::Flagged);
    world.messages().change_flags("INBOX", std::span(uids).first(1), flagged, {}, true);
    world.messages().set_color("INBOX", std::span(uids).last(1), 2);
    EXPECT_EQ(flags(0), std::pair(5, true));
    EXPECT_EQ(flags(1), std::pair(2, true));
    EXPECT_EQ(found(world, {}, SortField::Color), (Texts{"b", "a"}));
    world.messages().set_color("INBOX", std::span(uids).first(1), 0);
    world.messages().change_flags("INBOX", std::span(uids).last(1), flagged, {}, false);
    adapt(world, 0, false);
    EXPECT_EQ(flags(0), std::pair(0, false));
    EXPECT_EQ(flags(1), std::pair(0, false));
  }
}

TEST(ImapMessages, PagesAreTheSameWhoeverSorts) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    const auto put = [&](const std::string& subject, std::int64_t minutes, const std::string& more = "") {
      world.put("INBOX", message(subject, subject, more), {}, Millis{kMorning.value + minutes * 60'000});
    };
    put("first", 10);
    put("second", 20);
    put("third", 30);
    EXPECT_EQ(found(world, {}, SortField::Received, true, {0, 2}), (Texts{"third", "second"}));
    // Twice: the second time the order of arrival is known.
    EXPECT_EQ(found(world, {}, SortField::Received, true, {0, 2}), (Texts{"third", "second"}));
    put("fourth", 40);
    EXPECT_EQ(found(world, {}, SortField::Received, true, {0, 1}), (Texts{"fourth"}));
    EXPECT_EQ(found(world, {}, SortField::Received, true, {1, 3}), (Texts{"third", "second"}));
    EXPECT_EQ(found(world, {}, SortField::Received, false, {0, 9}),
              (Texts{"first", "second", "third", "fourth"}));
    put("imported", 15, "X-Long: " + std::string(500, 'x') + "\r\n");
    EXPECT_EQ(found(world, {}, SortField::Received, true, {0, 2}), (Texts{"fourth", "third"}));
    EXPECT_EQ(found(world, {}, SortField::Received),
              (Texts{"first", "imported", "second", "third", "fourth"}));
    EXPECT_EQ(found(world, {}, SortField::Id, true, {0, 1}), Texts{"imported"});
    EXPECT_EQ(found(world, {}, SortField::Subject),
              (Texts{"first", "fourth", "imported", "second", "third"}));
    EXPECT_EQ(found(world, {}, SortField::Size, true, {0, 1}), Texts{"imported"});
    FlagSet flagged;
    flagged.set(Flag::Flagged);
    world.messages().change_flags("INBOX", std::vector<Uid>{2}, flagged, {}, true);
    EXPECT_EQ(found(world, {}, SortField::Flagged, true, {0, 1}), Texts{"second"});
    EXPECT_TRUE(found(world, {}, SortField::Received, true, {9, 12}).empty());
    Query beyond;
    beyond.range = {3, 3};
    EXPECT_TRUE(world.messages().search("INBOX", beyond, {}).messages.empty());
    beyond.range = {4, 50};
    EXPECT_EQ(world.messages().search("INBOX", beyond, {}).total, 5U);
    EXPECT_EQ(code_of([&] { world.messages().search("Nowhere", {}, {}); }), "MSG-1002");
  });
}

TEST(ImapMessages, NamesAreSortedAsPeopleReadThem) {
  GW_NEEDS_DOVECOT();
  for (const char* variant : {"all", "no-SORT=DISPLAY", "no-SORT"}) {
    const World world(variant);
    const auto put = [&](const std::string& from, const std::string& subject) {
      world.put("INBOX", "From: " + from + "\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject +
                             ">\r\n\r\nx\r\n");
    };
    put("Zoe <a@example.test>", "z");
    put("anton <z@example.test>", "a");
    put("m@example.test", "m");
    EXPECT_EQ(found(world, {}, SortField::From), (Texts{"a", "m", "z"})) << variant;
  }
}

TEST(ImapMessages, ConversationsAreTheSameWhoeverThreads) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    const auto put = [&](const std::string& folder, const std::string& id, const std::string& references,
                         std::int64_t minutes) {
      world.put(folder,
                message("topic " + id, id + "@x.test",
                        references.empty() ? "" : "References: " + references + "\r\n"),
                {}, Millis{kMorning.value + minutes * 60'000});
    };
    put("INBOX", "1", "", 1);
    put("INBOX", "3", "<1@x.test> <2@x.test>", 3);
    put("INBOX", "9", "", 4);
    put("INBOX", "5", "<lost@x.test>", 5);
    put("INBOX", "6", "<lost@x.test>", 6);
    put("Sent", "2", "<1@x.test>", 2);
    put("Sent", "8", "", 8);
    put("Sent", "7", "<6@x.test>", 7);
    const auto shape = [&](const ConversationQuery& query, std::size_t& total) {
      std::vector<Texts> groups;
      for (const Conversation& each :
           world.messages().conversations("INBOX", query, FetchSet{}.add(Fetch::Envelope), total))
        groups.push_back(subjects_of(each.messages));
      return groups;
    };
    std::size_t total = 0;
    ConversationQuery query;
    EXPECT_EQ(shape(query, total),
              (std::vector<Texts>{{"topic 6", "topic 5"}, {"topic 9"}, {"topic 3", "topic 1"}}));
    EXPECT_EQ(total, 3U);
    query.sent_folder = "Sent";
    EXPECT_EQ(shape(query, total),
              (std::vector<Texts>{
                  {"topic 7", "topic 6", "topic 5"}, {"topic 9"}, {"topic 3", "topic 2", "topic 1"}}));
    query.range = {1, 2};
    EXPECT_EQ(shape(query, total), (std::vector<Texts>{{"topic 9"}}));
    EXPECT_EQ(total, 3U);
    query = {};
    query.newest = 2;
    query.descending = false;
    EXPECT_EQ(shape(query, total), (std::vector<Texts>{{"topic 6", "topic 5"}}));
  });
}

TEST(ImapMessages, AMailIsFoundByItsMessageIdAnywhere) {
  GW_NEEDS_DOVECOT();
  for (const char* variant : {"all", "none"}) {
    const World world(variant);
    world.folders().create("", "Deep", std::nullopt);
    const Uid uid = world.put("Deep", message("a", "needle@x"));
    EXPECT_FALSE(world.messages().find_by_message_id("INBOX", "<needle@x>", false));
    const auto at = world.messages().find_by_message_id("INBOX", "<needle@x>", true);
    ASSERT_TRUE(at);
    EXPECT_EQ(*at, (std::pair<std::string, Uid>("Deep", uid)));
  }
}

TEST(ImapMessages, AMessageOfManyMegabytesIsStreamed) {
  GW_NEEDS_DOVECOT();
  for (const char* variant : {"all", "none"}) {
    const World world(variant);
    std::string big = message("big", "1");
    while (big.size() < 1'500'000) big += std::string(76, 'x') + "\r\n";
    const Uid uid = world.put("INBOX", big);
    std::size_t largest = 0, total = 0;
    EXPECT_TRUE(world.messages().read_raw("INBOX", uid, [&](std::string_view piece) {
      largest = std::max(largest, piece.size());
      total += piece.size();
      return true;
    }));
    EXPECT_EQ(total, big.size());
    EXPECT_LE(largest, 65'536U);
    // Half of it is enough for some readers; the next command works on a new connection.
    EXPECT_TRUE(world.messages().read_raw("INBOX", uid, [](std::string_view) { return false; }));
    EXPECT_EQ(found(world, {}), Texts{"big"});
  }
}

}  // namespace
}  // namespace gw::mail::imap::test
