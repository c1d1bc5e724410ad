#include "mail/mime/composition.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "mail/mime/display.hpp"
#include "mail/mime/headers.hpp"
#include "mail/mime/structure.hpp"

namespace gw::mail::mime {
namespace {

class FixedClock : public Clock {
 public:
  [[nodiscard]] Millis now() const override { return {1'735'649'110'000}; }
};

std::string read_all(const ByteSource& source, std::size_t most = 1'000) {
  std::string out;
  for (std::string piece = source(most); !piece.empty(); piece = source(most)) out += piece;
  return out;
}

std::function<ByteSource()> bytes(std::string text) {
  return [text = std::move(text)] {
    return [text, at = std::size_t{0}](std::size_t most) mutable {
      std::string piece = text.substr(std::min(at, text.size()), most);
      at += piece.size();
      return piece;
    };
  };
}

Composition simple() {
  Composition mail;
  mail.from = {{"Jörg", "joerg@x.org"}};
  mail.to = {{"Bob", "bob@y.org"}};
  mail.bcc = {{std::nullopt, "secret@z.org"}};
  mail.subject = "Grüße";
  mail.text = "Hällo\nWelt\n";
  return mail;
}

std::string build(const Composition& mail) { return read_all(build_message(mail, FixedClock()).open()); }

std::string decoded(const std::string& message, std::string_view id) {
  const Structure structure = parse_structure(message);
  const Part* part = find_part(structure.root, id);
  std::string out;
  if (part != nullptr)
    read_part(read_from(message), structure, *part, [&](std::string_view piece) {
      out += piece;
      return true;
    });
  return out;
}

TEST(BuildMessage, WritesHeadersAndText) {
  Composition mail = simple();
  mail.zone = "Europe/Berlin";
  mail.priority = Priority::High;
  mail.receipt_to = mail.from.front();
  mail.in_reply_to = "<a@b>";
  mail.references = {"<r@b>", "<a@b>"};
  mail.custom_headers = {{"X-Custom", "wört"}};
  const std::string message = build(mail);
  Message read;
  apply_headers(read, parse_headers(message));
  EXPECT_EQ(read.subject, "Grüße");
  EXPECT_EQ(read.from, mail.from);
  EXPECT_EQ(read.to, mail.to);
  EXPECT_TRUE(read.bcc.empty());
  EXPECT_EQ(read.sent, FixedClock().now());
  EXPECT_EQ(read.references, mail.references);
  EXPECT_EQ(find_value(read.headers, "X-Priority"), "1");
  EXPECT_EQ(find_value(read.headers, "Importance"), "High");
  EXPECT_EQ(find_value(read.headers, "Date"), "Tue, 31 Dec 2024 13:45:10 +0100");
  EXPECT_TRUE(read.message_id.ends_with("@x.org>"));
  EXPECT_EQ(decoded(message, "1"), "Hällo\r\nWelt\r\n");
  EXPECT_EQ(message.find("\n"), message.find("\r\n") + 1);
  for (std::size_t at = 0; (at = message.find('\n', at)) != std::string::npos; ++at)
    EXPECT_EQ(message[at - 1], '\r');
}

TEST(BuildMessage, NestsOnlyWhatIsNeeded) {
  Composition mail = simple();
  mail.html = "<p>Hi <img src=\"cid:pic\"></p>";
  mail.attachments = {
      {.open = bytes("PNG"), .name = "a.png", .type = "image/png", .content_id = "pic", .is_inline = true},
      {.open = bytes(std::string(100'000, '\xFF')), .name = "Überlänge.bin"},
      {.open = bytes("Subject: in\n\nbody\n"), .name = "in.eml", .is_message = true}};
  const std::string message = build(mail);
  const Structure structure = parse_structure(message);
  EXPECT_EQ(structure.root.media_type(), "multipart/mixed");
  EXPECT_EQ(find_part(structure.root, "1")->media_type(), "multipart/related");
  EXPECT_EQ(find_part(structure.root, "1.1")->media_type(), "multipart/alternative");
  EXPECT_EQ(find_part(structure.root, "1.1.1")->media_type(), "text/plain");
  EXPECT_EQ(find_part(structure.root, "1.2")->content_id, "pic");
  EXPECT_EQ(find_part(structure.root, "2")->filename, "Überlänge.bin");
  EXPECT_EQ(decoded(message, "2"), std::string(100'000, '\xFF'));
  EXPECT_EQ(find_part(structure.root, "3")->media_type(), "message/rfc822");
  EXPECT_EQ(decoded(message, "3.1"), "body\r\n");
  mail.attachments.clear();
  EXPECT_EQ(parse_structure(build(mail)).root.media_type(), "multipart/alternative");
  mail.text.reset();
  EXPECT_EQ(parse_structure(build(mail)).root.media_type(), "text/html");
}

TEST(BuildMessage, BccIsKeptForDraftsAndLeftOutForTheWire) {
  Composition mail = simple();
  mail.keeps_bcc = true;
  const BuiltMessage message = build_message(mail, FixedClock());
  const std::string all = read_all(message.open()), wire = read_all(message.open_without_bcc(), 7);
  EXPECT_EQ(static_cast<std::int64_t>(all.size()), message.size());
  EXPECT_EQ(static_cast<std::int64_t>(wire.size()), message.size_without_bcc());
  EXPECT_NE(all.find("Bcc: secret@z.org\r\n"), std::string::npos);
  EXPECT_EQ(wire.find("secret"), std::string::npos);
  std::string expected = all;
  expected.erase(expected.find("Bcc: "), std::string_view("Bcc: secret@z.org\r\n").size());
  EXPECT_EQ(wire, expected);
}

TEST(BuildMessage, SpoolsLargeOnesAndReadsThemTwice) {
  Composition mail = simple();
  mail.attachments = {{.open =
                           [] {
                             return [left = std::size_t{20'000'000}](std::size_t most) mutable {
                               const std::size_t now = std::min(left, most);
                               left -= now;
                               return std::string(now, 'x');
                             };
                           },
                       .name = "big"}};
  const BuiltMessage message = build_message(mail, FixedClock());
  EXPECT_GT(message.size(), 26'000'000);
  for (int round = 0; round < 2; ++round) {
    std::int64_t size = 0;
    const ByteSource source = message.open();
    for (std::string piece = source(65'536); !piece.empty(); piece = source(65'536))
      size += static_cast<std::int64_t>(piece.size());
    EXPECT_EQ(size, message.size());
  }
}

TEST(BuildMessage, RefusesLineBreaksAndBadNames) {
  const auto refused = [](const auto& change) {
    Composition mail = simple();
    change(mail);
    EXPECT_TRUE(check_composition(mail));
    EXPECT_THROW(build(mail), std::invalid_argument);
  };
  EXPECT_FALSE(check_composition(simple()));
  refused([](Composition& mail) { mail.subject = "a\r\nBcc: x@y"; });
  refused([](Composition& mail) { mail.to.push_back({"a\nb", "x@y"}); });
  refused([](Composition& mail) { mail.cc.push_back({std::nullopt, "x@y\r\nX: z"}); });
  refused([](Composition& mail) { mail.custom_headers = {{"X-A\r\nB", "c"}}; });
  refused([](Composition& mail) { mail.custom_headers = {{"X-A", "c\nd"}}; });
  refused([](Composition& mail) { mail.custom_headers = {{"Bcc", "x@y"}}; });
  refused([](Composition& mail) { mail.references = {"<a@b>\r\nX: y"}; });
  refused([](Composition& mail) { mail.attachments = {{.open = bytes(""), .name = "a\r\nb"}}; });
  refused([](Composition& mail) { mail.attachments = {{.open = bytes(""), .type = "text/plain\r\nX: y"}}; });
}

TEST(MakeEnvelope, HasEachRecipientOnce) {
  Composition mail = simple();
  mail.cc = {{std::nullopt, "BOB@y.org"}, {std::nullopt, "c@müller.example"}};
  const Envelope envelope = make_envelope(mail);
  EXPECT_EQ(envelope.sender, "joerg@x.org");
  EXPECT_EQ(envelope.recipients,
            (std::vector<std::string>{"bob@y.org", "c@xn--mller-kva.example", "secret@z.org"}));
  EXPECT_FALSE(envelope.needs_smtputf8);
  mail.to = {{std::nullopt, "jö@x.org"}};
  EXPECT_TRUE(make_envelope(mail).needs_smtputf8);
}

TEST(MessageFileName, IsSafe) {
  EXPECT_EQ(message_file_name("Re: a/b c"), "Re__a_b_c.eml");
  EXPECT_EQ(message_file_name(""), "part.eml");
}

}  // namespace
}  // namespace gw::mail::mime
