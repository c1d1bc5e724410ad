// Responses as servers write them, and as broken ones do.
#include <gtest/gtest.h>

#include "mail/imap/acl.hpp"
#include "mail/imap/body_structure.hpp"
#include "mail/imap/capabilities.hpp"
#include "mail/imap/command.hpp"
#include "mail/imap/fetch_data.hpp"
#include "mail/imap/mailbox_data.hpp"
#include "mail/imap/mailbox_name.hpp"
#include "mail/imap/new_uids.hpp"
#include "mail/imap/number_set.hpp"
#include "mail/imap/response.hpp"
#include "mail/imap/search_keys.hpp"
#include "mail/imap/thread_data.hpp"
#include "mail/net/sasl.hpp"

namespace gw::mail::imap {
namespace {

using Uids = std::vector<std::uint32_t>;

TEST(Value, AtomsStringsLiteralsAndListsAreRead) {
  Cursor cursor("(A \"q\\\"u\\\\\" NIL {5}\r\na) \"b ()) 7 ~{1}\r\nx");
  const Value list = cursor.next();
  ASSERT_EQ(list.items.size(), 5U);
  EXPECT_EQ(list.at(1).string(), "q\"u\\");
  EXPECT_TRUE(list.at(2).is_nil());
  EXPECT_EQ(list.at(3).string(), "a) \"b");
  EXPECT_TRUE(list.at(4).is_list());
  EXPECT_TRUE(list.at(99).is_nil());
  EXPECT_EQ(cursor.next().number(), 7U);
  EXPECT_EQ(cursor.next().text, "x");
  EXPECT_TRUE(cursor.at_end());
}

TEST(Value, BrokenOnesAreRefused) {
  for (const char* text :
       {"", "(", "(a", ")", "\"a", "\"a\\", "{9}\r\nabc", "{99999999999999999999}", "BODY[x"})
    EXPECT_THROW(Cursor(text).next(), BadResponse) << text;
}

TEST(Value, DeepListsAreCutAndEndlessOnesRefused) {
  const std::string deep = std::string(100'000, '(') + "x" + std::string(100'000, ')') + " after";
  Cursor cursor(deep);
  EXPECT_TRUE(cursor.next().is_list());
  EXPECT_EQ(cursor.next().text, "after");
  std::string wide = "(";
  for (std::size_t i = 0; i <= kMaxValues; ++i) wide += "() ";
  EXPECT_THROW(Cursor(wide + ")").next(), BadResponse);
}

TEST(Response, StatusDataAndContinuationDiffer) {
  const Response ok = parse_response("A1 OK [COPYUID 1 2 3] done [x]");
  EXPECT_EQ(ok.kind, Response::Kind::Tagged);
  EXPECT_EQ(ok.code, "COPYUID");
  EXPECT_EQ(ok.arguments, "1 2 3");
  EXPECT_EQ(ok.text, "done [x]");
  const Response exists = parse_response("* 12 exists");
  EXPECT_EQ(exists.number, 12U);
  EXPECT_EQ(exists.word, "EXISTS");
  EXPECT_EQ(parse_response("+ go on").kind, Response::Kind::Continue);
  EXPECT_EQ(parse_response("+").kind, Response::Kind::Continue);
  EXPECT_EQ(parse_response("* SEARCH").text, "");
  for (const char* line : {"", " ", "A1", "A1 FETCH x", "*"})
    EXPECT_THROW(parse_response(line), BadResponse) << line;
}

TEST(NumberSet, SetsAreShortAndKeepTheirLimit) {
  EXPECT_EQ(format_sets(Uids{5, 1, 2, 3, 5, 9}, 100), std::vector<std::string>{"1:3,5,9"});
  EXPECT_TRUE(format_sets({}, 100).empty());
  Uids odd;
  for (std::uint32_t i = 1; i < 20'000; i += 2) odd.push_back(i);
  std::size_t count = 0;
  for (const std::string& set : format_sets(odd, 7'500)) {
    EXPECT_LE(set.size(), 7'500U);
    count += parse_set(set).size();
  }
  EXPECT_EQ(count, odd.size());
}

TEST(NumberSet, OrderIsKeptAndBombsAreRefused) {
  EXPECT_EQ(parse_set("7,1:3,9:8"), (Uids{7, 1, 2, 3, 9, 8}));
  EXPECT_TRUE(parse_set("").empty());
  for (const char* set : {"1:4294967295", "0", "*", "1:", ",", "a", "4294967296"})
    EXPECT_THROW(parse_set(set), BadResponse) << set;
  EXPECT_EQ(parse_numbers("4 2 (MODSEQ 9)"), (Uids{4, 2}));
  EXPECT_THROW(parse_numbers("0"), BadResponse);
}

TEST(MailboxName, ModifiedUtf7GoesBothWays) {
  const std::pair<const char*, const char*> names[] = {
      {"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
      {"a&b", "a&-b"},
      {"Entwürfe", "Entw&APw-rfe"},
      {"😀", "&2D3eAA-"},
      {"x ", "x "},
      {"", ""},
      {"ü&ö", "&APw-&-&APY-"}};
  for (const auto& [name, wire] : names) {
    EXPECT_EQ(encode_mailbox(name), wire);
    EXPECT_EQ(decode_mailbox(wire), name);
  }
  for (const char* broken : {"a&b", "&AAA", "&A-", "&2D0-", "&!!!-", "&3gA-"})
    EXPECT_EQ(decode_mailbox(broken), broken);
  EXPECT_EQ(decode_mailbox("\xff"), "\xEF\xBF\xBD");
  EXPECT_EQ(normalize_mailbox("iNbOx"), "INBOX");
}

TEST(Capabilities, Rev2MeansItsParts) {
  const CapabilityList list("imap4rev2 auth=plain");
  EXPECT_TRUE(list.has("MOVE"));
  EXPECT_TRUE(list.has("AUTH=PLAIN"));
  EXPECT_FALSE(list.has("SORT"));
  EXPECT_TRUE(CapabilityList("").empty());
}

TEST(Command, TextIsQuotedOrBecomesALiteral) {
  EXPECT_EQ(quote("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(quote("a\r\nb"), "");
  EXPECT_EQ(quote("\xC3\xBC"), "");
  Command command("LOGIN");
  command.add_string("user").add_string("\xC3\xBC");
  ASSERT_EQ(command.pieces().size(), 2U);
  EXPECT_EQ(command.pieces()[0].bytes, "LOGIN \"user\" ");
  EXPECT_EQ(command.pieces()[1].bytes, "\xC3\xBC");
  EXPECT_EQ(format_internal_date(1'767'258'061'000), "\" 1-Jan-2026 09:01:01 +0000\"");
  EXPECT_EQ(parse_internal_date(" 1-Jan-2026 10:01:01 +0100"), Millis{1'767'258'061'000});
  EXPECT_EQ(parse_internal_date("1-Jan-2026 09:01:01 +0000"), Millis{1'767'258'061'000});
  for (const char* text :
       {"", "1-Xxx-2026 09:01:01 +0000", " 1-Jan-2026 09:01:01 +000", "31-Feb-2026 09:01:01 +0000"})
    EXPECT_FALSE(parse_internal_date(text)) << text;
}

std::string keys_of(const SearchTerm& term) {
  Command command("S");
  add_keys(command, term, true);
  std::string text;
  for (const auto& piece : command.pieces()) text += piece.bytes;
  return text;
}

TEST(SearchKeys, TermsNestWithoutLosingTheirMeaning) {
  using Kind = SearchTerm::Kind;
  SearchTerm subject{Kind::Subject}, seen{Kind::HasFlag}, date{Kind::ReceivedSince};
  subject.text = "a";
  date.at = Millis{1'767'258'061'000};
  SearchTerm both{Kind::And}, any{Kind::Or}, none{Kind::Not};
  both.children = {subject, seen};
  any.children = {subject, seen, both};
  none.children = {any};
  EXPECT_EQ(keys_of(both), "S (SUBJECT \"a\" SEEN)");
  EXPECT_EQ(keys_of(any), "S OR SUBJECT \"a\" OR SEEN (SUBJECT \"a\" SEEN)");
  EXPECT_EQ(keys_of(none), "S NOT OR SUBJECT \"a\" OR SEEN (SUBJECT \"a\" SEEN)");
  EXPECT_EQ(keys_of(date), "S SINCE 31-Dec-2025");
  SearchTerm not_date{Kind::Not};
  not_date.children = {date};
  EXPECT_FALSE(is_exact(not_date, true));
  EXPECT_EQ(keys_of(not_date), "S ALL");
  SearchTerm keyword{Kind::Keyword};
  keyword.text = "a) EXPUNGE (";
  EXPECT_EQ(keys_of(keyword), "S NOT ALL");
  subject.text = "\xC3\xBC";
  EXPECT_TRUE(is_exact(subject, true));
  EXPECT_FALSE(is_exact(subject, false));
}

TEST(FetchData, ItemsFillAMessage) {
  const FetchData data = parse_fetch(3,
                                     "(UID 7 FLAGS (\\Seen $cl_2) INTERNALDATE \"17-Jul-1996 02:44:25 "
                                     "-0700\" RFC822.SIZE 4286 ENVELOPE (\"Wed, 17 Jul 1996 "
                                     "02:23:25 -0700\" \"=?utf-8?q?=C3=BC?=\" ((\"Terry \\\"T\\\"\" NIL "
                                     "\"gray\" \"cac.washington.edu\")) NIL NIL ((NIL NIL "
                                     "\"group\" NIL)(NIL NIL \"imap\" \"cac.washington.edu\")(NIL NIL NIL "
                                     "NIL)) NIL NIL \"<parent@x>\" \"<B27397@x>\") "
                                     "BODY[HEADER.FIELDS (REFERENCES)] {32}\r\nReferences: <a@x>\r\n "
                                     "<parent@x>\r\n MODSEQ (12) EMAILID (M1) UNKNOWN (a (b)) "
                                     "BODY[1]<0> \"hi\" BINARY[2] NIL)");
  const Message& mail = data.message;
  EXPECT_EQ(mail.uid, 7U);
  EXPECT_EQ(mail.flags.color, 2);
  EXPECT_EQ(mail.received, Millis{837'596'665'000});
  EXPECT_EQ(mail.subject, "\xC3\xBC");
  EXPECT_EQ(mail.from.at(0).address, "gray@cac.washington.edu");
  ASSERT_EQ(mail.to.size(), 1U);
  EXPECT_EQ(mail.in_reply_to, "<parent@x>");
  EXPECT_EQ(mail.message_id, "<B27397@x>");
  EXPECT_EQ(mail.references, (std::vector<std::string>{"<a@x>", "<parent@x>"}));
  EXPECT_EQ(data.modseq, 12U);
  EXPECT_EQ(mail.email_id, "M1");
  ASSERT_NE(data.find_section("BODY[1]"), nullptr);
  EXPECT_EQ(*data.find_section("BODY[1]"), "hi");
  EXPECT_EQ(data.find_section("BINARY[2]"), nullptr);
  for (const char* items : {"", "UID 7", "(UID", "(UID 7", "((a) b)"})
    EXPECT_THROW(parse_fetch(1, items), BadResponse) << items;
}

Part structure_of(const std::string& text) { return parse_body_structure(Cursor(text).next()); }

TEST(BodyStructure, PartsHaveTheNumbersOfImap) {
  const std::string text =
      "(\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7BIT\" 10 1 NIL NIL NIL NIL)";
  const std::string image =
      "(\"IMAGE\" \"PNG\" (\"NAME\" \"a.png\") \"<cid@x>\" NIL \"base64\" 99 NIL (\"inline\" (\"filename*\" "
      "\"utf-8''%C3%BC.png\")) NIL NIL)";
  const std::string nested =
      "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 300 (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL NIL) (" +
      text + text + " \"mixed\") 20 NIL (\"attachment\" NIL) NIL NIL)";
  const Part root = structure_of("((" + text + image + " \"related\")" + nested +
                                 " \"MIXED\" (\"boundary\" \"b\") NIL NIL)");
  EXPECT_EQ(root.id, "");
  EXPECT_TRUE(root.is("multipart", "mixed"));
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(root.children[0].id, "1");
  EXPECT_EQ(root.children[0].children.at(1).id, "1.2");
  EXPECT_EQ(root.children[0].children.at(1).filename, "\xC3\xBC.png");
  EXPECT_EQ(root.children[0].children.at(1).content_id, "cid@x");
  EXPECT_EQ(root.children[0].children.at(0).charset, "utf-8");
  const Part& message = root.children[1];
  EXPECT_EQ(message.disposition, "attachment");
  ASSERT_EQ(message.children.size(), 1U);
  EXPECT_EQ(message.children[0].id, "2.TEXT");
  EXPECT_EQ(message.children[0].children.at(1).id, "2.2");
  EXPECT_EQ(structure_of(text).id, "1");
}

bool has_attachment_in_list(const std::string& structure) {
  const FetchData data = parse_fetch(1, "(UID 7 BODYSTRUCTURE " + structure + ")", Detail::List);
  return has_attachment(data.message);
}

TEST(BodyStructure, ListsLearnOfAttachmentsAsReadersDo) {
  const std::string text = R"(("TEXT" "plain" ("charset" "utf-8") NIL NIL "7BIT" 10 1 NIL NIL NIL NIL))";
  const std::string named =
      R"(("text" "x-log" ("name" "a.log") NIL NIL "7bit" 10 1 NIL ("attachment" NIL) NIL))";
  const std::string image = R"(("image" "png" ("name" "a.png") NIL NIL "base64" 99 NIL NIL NIL NIL))";
  const std::string html = R"(("text" "html" NIL NIL NIL "8bit" 10 1 "md5" NIL "de" NIL))";
  const std::string cut = R"(("text" "plain" NIL NIL NIL "8bit" 12))";
  const std::string no_lines = R"(("text" "plain" NIL NIL NIL "8bit" 12 "md5" "attachment" NIL NIL))";
  const std::string inner =
      R"(("message" "rfc822" NIL NIL NIL "7bit" 9 (NIL "s" NIL NIL NIL NIL NIL NIL NIL NIL) )" + text +
      R"( 1 NIL NIL NIL NIL))";
  const auto mixed = [](const std::string& parts) { return "(" + parts + R"( "mixed" NIL NIL NIL NIL))"; };
  for (const std::string& body :
       {text, named, image, html, cut, no_lines, inner, mixed(text + html), mixed(text + image),
        mixed(named + text), mixed(mixed(text + html) + html), mixed(mixed(text + image) + html),
        mixed(text + inner), std::string("NIL"), std::string("()"), std::string("(())")})
    EXPECT_EQ(has_attachment_in_list(body),
              has_attachment(parse_fetch(1, "(UID 7 BODYSTRUCTURE " + body + ")").message))
        << body;
  EXPECT_TRUE(has_attachment_in_list(mixed(text + image)));
  EXPECT_FALSE(
      parse_fetch(1, "(UID 7 BODYSTRUCTURE " + mixed(text + html) + ")", Detail::List).message.structure);
}

TEST(BodyStructure, BrokenOnesGiveWhatCanBeRead) {
  for (const char* text :
       {"()", "NIL", "(())", "(NIL NIL)", "(\"text\")", "(\"message\" \"rfc822\" NIL NIL NIL NIL 3 NIL NIL)",
        "(\"text\" \"plain\" NIL NIL NIL \"8bit\" 12 NIL \"attachment\")", "(() \"mixed\" (\"x\"))"})
    EXPECT_NO_THROW(structure_of(text)) << text;
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "(";
  deep += "\"text\" \"plain\"";
  for (int i = 0; i < 200; ++i) deep += " NIL)";
  int depth = 0;
  const Part root = structure_of(deep);
  for (const Part* part = &root; !part->children.empty(); part = &part->children.front()) ++depth;
  EXPECT_LE(depth, kMaxPartDepth);
}

TEST(MailboxData, ListStatusNamespaceQuotaAndAclAreRead) {
  const ListEntry entry =
      parse_list("(\\HasNoChildren \\Sent) \"/\" {5}\r\nA \"b\" (\"CHILDINFO\" (\"SUBSCRIBED\"))");
  EXPECT_TRUE(entry.has("\\sent"));
  EXPECT_EQ(entry.separator, '/');
  EXPECT_EQ(entry.name, "A \"b\"");
  EXPECT_TRUE(entry.has_subscribed_children);
  EXPECT_EQ(parse_list("() NIL NIL").name, "NIL");
  EXPECT_EQ(parse_status("INBOX (MESSAGES 231 UIDNEXT 44292)").value("UIDNEXT"), 44'292U);
  const Namespaces spaces = parse_namespaces("((\"INBOX.\" \".\")) ((\"user.\" \".\" \"X\" (\"a\"))) NIL");
  EXPECT_EQ(spaces.personal.at(0).prefix, "INBOX.");
  EXPECT_EQ(spaces.others.at(0).separator, '.');
  EXPECT_TRUE(spaces.shared.empty());
  EXPECT_EQ(parse_quota("\"\" (STORAGE 10 512 MESSAGE 3 9)").resources.at("MESSAGE").second, 9U);
  EXPECT_EQ(parse_acl("INBOX anna lrs -bert w").rights.at(1).first, "-bert");
  EXPECT_EQ(parse_my_rights("INBOX rwi").second, "rwi");
  EXPECT_EQ(find_esearch("(TAG \"A1\") UID COUNT 3 ALL 1:3", "ALL"), "1:3");
  EXPECT_EQ(find_esearch("(TAG \"A1\") UID", "ALL"), "");
}

TEST(ThreadData, TreesKeepTheirLevels) {
  std::string text;
  for (const ThreadedUid& each : parse_threads("(2)()(3 6 (4 23)(44 7 96))((8)(9))(10)"))
    text += (each.is_first ? "/ " : "") + std::to_string(each.uid) + "@" + std::to_string(each.level) + " ";
  EXPECT_EQ(text, "/ 2@0 / 3@0 6@1 4@2 23@3 44@2 7@3 96@4 / 8@1 9@1 / 10@0 ");
  EXPECT_TRUE(parse_threads("").empty());
  EXPECT_EQ(parse_threads(std::string(100'000, '(') + "1" + std::string(100'000, ')')).size(), 1U);
  for (const char* text_of : {"(1", "1)", "(0)", "(a)", "1", "(4294967296)"})
    EXPECT_THROW(parse_threads(text_of), BadResponse) << text_of;
}

TEST(Acl, LevelsAndLettersGoBothWays) {
  const FolderPermission all{"anna", 8, 4, 4, 4, true}, reader{"bert", 2, 4, 0, 0, false},
      author{"c", 4, 4, 0, 4, false};
  for (const bool is_new : {true, false}) {
    for (const FolderPermission& each : {all, reader, author}) {
      const FolderPermission back = permission_of(each.identifier, rights_of(each, is_new));
      EXPECT_EQ(back.folder, each.folder);
      EXPECT_EQ(back.read, each.read);
      EXPECT_EQ(back.write, each.write);
      EXPECT_EQ(back.remove, each.remove);
      EXPECT_EQ(back.admin, each.admin);
    }
  }
  EXPECT_EQ(rights_of({"x", 0, 2, 2, 2, false}, true), "");
  EXPECT_EQ(rights_of(reader, true), "lrsp");
  EXPECT_TRUE(has_right("c", 'k'));
  EXPECT_FALSE(is_login_identifier("-anna"));
  EXPECT_TRUE(is_login_identifier("anyone"));
}

TEST(NewUids, CopyUidNeedsSetsOfOneSize) {
  std::map<Uid, Uid> copied;
  add_copied_uids("38505 304,319:320 3956:3958", copied);
  EXPECT_EQ(copied, (std::map<Uid, Uid>{{304, 3956}, {319, 3957}, {320, 3958}}));
  copied.clear();
  add_copied_uids("1 1:3 5", copied);
  EXPECT_TRUE(copied.empty());
  HeaderSniffer sniffer;
  sniffer.take("Subject: x\r\nmessage-id:\r\n <a");
  sniffer.take("@b>\r\n\r\nMessage-ID: <no>");
  EXPECT_EQ(sniffer.message_id(), "<a@b>");
}

TEST(Sasl, ResponsesHaveTheFormOfTheirMechanism) {
  Server server;
  server.host = "h";
  server.port = 143;
  server.login = "a,=b";
  server.secret = "s";
  using namespace std::string_literals;
  EXPECT_EQ(sasl_initial_response(server), "\0a,=b\0s"s);
  server.mechanism = Mechanism::OAuthBearer;
  EXPECT_EQ(sasl_initial_response(server), "n,a=a=2C=3Db,\1host=h\1port=143\1auth=Bearer s\1\1");
  server.mechanism = Mechanism::XOAuth2;
  EXPECT_EQ(sasl_initial_response(server), "user=a,=b\1auth=Bearer s\1\1");
}

}  // namespace
}  // namespace gw::mail::imap
