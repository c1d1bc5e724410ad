#include "mail/mime/reply.hpp"

#include <gtest/gtest.h>

#include "mail/mime/receipt.hpp"
#include "mail/mime/structure.hpp"

namespace gw::mail::mime {
namespace {

std::string emails(const AddressList& list) {
  std::string out;
  for (const Address& entry : list) out += (out.empty() ? "" : " ") + entry.address;
  return out;
}
std::string shown(const Recipients& recipients) {
  return emails(recipients.to) + " | " + emails(recipients.cc) + " | " + emails(recipients.bcc);
}
AddressList people(std::initializer_list<const char*> addresses) {
  AddressList out;
  for (const char* address : addresses) out.push_back({std::nullopt, address});
  return out;
}
const std::vector<std::string> kOwn{"me@x.org", "alias@x.org"};

Message original() {
  Message mail;
  mail.from = people({"bob@y.org"});
  mail.to = people({"ME@x.org", "carol@y.org", "bob@y.org"});
  mail.cc = people({"dave@y.org", "alias@x.org", "carol@y.org"});
  mail.subject = "Plan";
  mail.message_id = "<m@y.org>";
  mail.sent = Millis{1'735'649'110'000};
  return mail;
}

TEST(ReplyRecipients, FollowTheTable) {
  Message mail = original();
  EXPECT_EQ(shown(reply_recipients(mail, {}, kOwn)), "bob@y.org |  | ");
  EXPECT_EQ(shown(reply_recipients(mail, {.is_to_all = true}, kOwn)),
            "bob@y.org carol@y.org | dave@y.org | ");
  EXPECT_EQ(shown(reply_recipients(mail, {.is_to_all = true, .moves_others_to_cc = true}, kOwn)),
            "bob@y.org | carol@y.org dave@y.org | ");
  mail.reply_to = people({"list@y.org"});
  EXPECT_EQ(shown(reply_recipients(mail, {}, kOwn)), "list@y.org |  | ");
  EXPECT_EQ(shown(reply_recipients(mail, {.is_to_all = true}, kOwn)),
            "list@y.org bob@y.org carol@y.org | dave@y.org | ");
  mail.bcc = people({"eve@y.org", "me@x.org"});
  EXPECT_EQ(shown(reply_recipients(mail, {.is_to_all = true, .shows_bcc = true}, kOwn)),
            "list@y.org bob@y.org carol@y.org | dave@y.org | eve@y.org");
}

TEST(ReplyRecipients, OwnMailsGoToTheirRecipients) {
  Message mail;
  mail.from = people({"me@x.org"});
  mail.to = people({"bob@y.org", "carol@y.org"});
  mail.cc = people({"dave@y.org"});
  EXPECT_EQ(shown(reply_recipients(mail, {.is_own_mail = true}, kOwn)), "bob@y.org carol@y.org |  | ");
  EXPECT_EQ(shown(reply_recipients(mail, {.is_to_all = true, .is_own_mail = true}, kOwn)),
            "bob@y.org carol@y.org | dave@y.org | ");
}

TEST(ReplyRecipients, AMailToOneselfKeepsTheOwnAddress) {
  Message mail;
  mail.from = people({"me@x.org"});
  mail.to = people({"alias@x.org"});
  EXPECT_EQ(shown(reply_recipients(mail, {.is_to_all = true}, kOwn)), "me@x.org |  | ");
  EXPECT_EQ(shown(reply_recipients(mail, {}, kOwn)), "me@x.org |  | ");
  EXPECT_EQ(find_own_recipient(mail, kOwn)->address, "alias@x.org");
  EXPECT_EQ(find_own_recipient(Message{}, kOwn), std::nullopt);
}

TEST(Subjects, GetTheirPrefixOnce) {
  EXPECT_EQ(reply_subject("Plan"), "Re: Plan");
  EXPECT_EQ(reply_subject("RE: Plan"), "RE: Plan");
  EXPECT_EQ(reply_subject("Plan", false), "Plan");
  EXPECT_EQ(forward_subject("Plan"), "Fwd: Plan");
  EXPECT_EQ(forward_subject("fwd: Plan"), "fwd: Plan");
}

TEST(Threading, AppendsTheMessageId) {
  Message mail = original();
  mail.in_reply_to = "<p@y.org>";
  EXPECT_EQ(reply_threading(mail).references, (std::vector<std::string>{"<p@y.org>", "<m@y.org>"}));
  for (int i = 0; i < 500; ++i) mail.references.push_back("<" + std::to_string(i) + "@y>");
  const Threading threading = reply_threading(mail);
  EXPECT_EQ(threading.in_reply_to, "<m@y.org>");
  EXPECT_EQ(threading.references.size(), kMaxReferences);
  EXPECT_EQ(threading.references.front(), "<0@y>");
  EXPECT_EQ(threading.references.back(), "<m@y.org>");
}

TEST(Quotes, AreInTheUsersLanguageAndZone) {
  Message mail = original();
  mail.from.front().personal = "Bob <B>";
  const QuoteStyle english{"en_US", *TimeZone::find("Europe/Berlin")},
      german{"de_DE", *TimeZone::find("Europe/Berlin")};
  EXPECT_EQ(quote_reply(mail, "a\n> b\n\n", english),
            "\n\nOn 31 Dec 2024 13:45, \"Bob <B>\" <bob@y.org> wrote:\n\n> a\n>> b\n>\n");
  EXPECT_NE(quote_reply(mail, "a", german).find("Am 31.12.2024 13:45 schrieb"), std::string::npos);
  EXPECT_NE(quote_reply_html(mail, "<p>x</p>", english).find("&quot;Bob &lt;B&gt;&quot;"), std::string::npos);
  EXPECT_NE(quote_forward(mail, "text", german).find("Betreff: Plan\n"), std::string::npos);
  EXPECT_NE(quote_forward_html(mail, "<p>x</p>", english).find("<b>Subject:</b> Plan"), std::string::npos);
}

TEST(Receipt, IsAReportOfThreeFields) {
  Message mail = original();
  mail.headers = {{"Disposition-Notification-To", "Bob <bob@y.org>"}, {"Return-Path", "<other@y.org>"}};
  const auto request = find_receipt_request(mail);
  ASSERT_TRUE(request);
  EXPECT_TRUE(request->asks_again);
  const std::string report =
      build_receipt(mail, {.from = {"Me", "me@x.org"}, .to = request->to, .locale = "de_DE"});
  const Structure structure = parse_structure(report);
  EXPECT_EQ(structure.root.media_type(), "multipart/report");
  ASSERT_EQ(structure.root.children.size(), 2U);
  EXPECT_EQ(structure.root.children[1].media_type(), "message/disposition-notification");
  EXPECT_NE(report.find("Final-Recipient: rfc822;me@x.org\r\nOriginal-Message-ID: <m@y.org>\r\n"
                        "Disposition: manual-action/MDN-sent-manually; displayed\r\n"),
            std::string::npos);
  EXPECT_THROW(build_receipt(mail, {.from = {std::nullopt, "x"}, .to = request->to}), std::invalid_argument);
}

}  // namespace
}  // namespace gw::mail::mime
