#include "mail/mime/headers.hpp"

#include <gtest/gtest.h>

#include "mail/mime/words.hpp"

namespace gw::mail::mime {
namespace {

std::string utc(std::string_view date) {
  const auto instant = parse_date(date);
  return instant ? format_utc(*instant) : "(none)";
}

TEST(ParseDate, ReadsTheForms) {
  for (const char* date :
       {"Tue, 31 Dec 2024 13:45:10 +0100", "31 Dec 2024 13:45:10 +01:00", "Tue, 31 Dec 2024 12:45:10 GMT",
        "Tue,31 Dec 2024 07:45:10 EST", "31-Dec-2024 12:45:10 UT", "Tue, 31 Dec 24 14:45:10 +0200 (CEST)",
        "Tue Dec 31 12:45:10 2024", "2024-12-31T13:45:10+01:00", "2024-12-31 12:45:10Z",
        "Tue, 31 Dec 2024 14:45:10 GMT+0200", "Tuesday, December 31, 2024 12:45:10 (no zone)",
        "Tue Dec 31 12:45:10 +0000 2024"})
    EXPECT_EQ(utc(date), "2024-12-31T12:45:10Z") << date;
  EXPECT_EQ(utc("Tue, 31 Dec 2024 12:45"), "2024-12-31T12:45:00Z");
  EXPECT_EQ(utc("1 Jan 70 00:00:00 +0000"), "1970-01-01T00:00:00Z");
  EXPECT_EQ(utc("1 Jan 100 00:00:00 +0000"), "2000-01-01T00:00:00Z");
  EXPECT_EQ(utc("29 Feb 2024 23:59:60 -0000"), "2024-03-01T00:00:00Z");
}

TEST(ParseDate, RefusesWhatIsNone) {
  for (const char* date :
       {"", "yesterday", "31 Feb 2024 00:00:00 +0000", "12:00", "99 Xyz 2024", "1 Jan 99999"})
    EXPECT_EQ(utc(date), "(none)") << date;
}

TEST(FormatDate, UsesTheZoneAndReadsBackTheSame) {
  const Millis instant{1'735'649'110'000};
  EXPECT_EQ(format_date(instant, TimeZone::utc()), "Tue, 31 Dec 2024 12:45:10 +0000");
  EXPECT_EQ(format_date(instant, *TimeZone::find("Asia/Kolkata")), "Tue, 31 Dec 2024 18:15:10 +0530");
  EXPECT_EQ(format_date(instant, *TimeZone::find("America/St_Johns")), "Tue, 31 Dec 2024 09:15:10 -0330");
  EXPECT_EQ(format_date(Millis{0}, TimeZone::utc()), "Thu, 1 Jan 1970 00:00:00 +0000");
  for (const std::int64_t value :
       {std::int64_t{-86'400'000}, std::int64_t{0}, std::int64_t{951'782'400'000}}) {
    const auto zone = *TimeZone::find("Pacific/Auckland");
    EXPECT_EQ(parse_date(format_date(Millis{value}, zone)), Millis{value});
  }
}

TEST(ParseDate, ReadsTheUsualFormAsAnyOther) {
  // A second blank takes the way of unusual dates.
  for (const char* date :
       {"Fri, 21 Nov 1997 09:55:06 -0600", "Sat, 1 Feb 2025 23:59:60 +0530", "3 dec 2024 24:00:00 +0000",
        "Mon, 31 Feb 2024 10:00:00 +0000", "Mon, 12 Foo 2024 10:00:00 +0000",
        "Mon, 12 Jan 0024 10:00:00 +0000", "Mon, 12 Jan 2024 10:00:00 +9999",
        "Mon, 12 Jan 2024 10:61:00 +0000", "Mon, 12 Jan 2024 10:00:00 x0100"}) {
    std::string unusual(date);
    unusual.insert(unusual.find(' '), " ");
    EXPECT_EQ(parse_date(date), parse_date(unusual)) << date;
  }
  EXPECT_EQ(parse_date("Fri, 21 Nov 1997 09:55:06 -0600"), Millis{880'127'706'000});
}

TEST(ParseMessageIds, FindsThemInAnyText) {
  using Ids = std::vector<std::string>;
  EXPECT_EQ(parse_message_ids("<a@b> <c@d>\r\n <e@f>"), (Ids{"<a@b>", "<c@d>", "<e@f>"}));
  EXPECT_EQ(parse_message_ids("Your message of Monday <a@b>"), (Ids{"<a@b>"}));
  EXPECT_EQ(parse_message_ids("a@b"), (Ids{"<a@b>"}));
  EXPECT_EQ(parse_message_ids("<x <a@b>"), (Ids{"<a@b>"}));
  EXPECT_EQ(parse_message_ids("none"), Ids{});
}

TEST(ParseHeaders, UnfoldsAndStopsAtTheBody) {
  const auto headers = parse_headers("From x Mon\r\nA: 1\r\n 2\r\nb : 3\nnot a header\nC: 4\n");
  EXPECT_EQ(headers, (HeaderList{{"A", "1 2"}, {"b", "3"}}));
  EXPECT_EQ(find_value(headers, "B"), "3");
}

TEST(FoldHeader, KeepsLinesShortAndReadsBackTheSame) {
  std::string value;
  for (int i = 0; i < 30; ++i) value += (i > 0 ? " word" : "word") + std::to_string(i);
  const std::string folded = fold_header("Subject", value);
  const auto headers = parse_headers(folded + "\r\n\r\n");
  EXPECT_EQ(headers.front().second, value);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find("\r\n", at), folded.size());
    EXPECT_LE(end - at, 76U);
    at = end + 2;
  }
}

TEST(ApplyHeaders, FillsTheMessage) {
  Message message;
  apply_headers(
      message,
      parse_headers("From: A <a@x>\r\nTo: b@x, c@x\r\nTo: d@x\r\nSubject: =?utf-8?Q?=C3=A4?=\r\n"
                    "Date: 1 Jan 2024 00:00:00 +0000\r\nMessage-ID: <m@x>\r\nReferences: <p@x> <q@x>\r\n"));
  EXPECT_EQ(message.subject, "ä");
  EXPECT_EQ(message.to.size(), 3U);
  EXPECT_EQ(message.message_id, "<m@x>");
  EXPECT_EQ(message.references.size(), 2U);
  EXPECT_EQ(message.sent, Millis{1'704'067'200'000});
}

}  // namespace
}  // namespace gw::mail::mime
