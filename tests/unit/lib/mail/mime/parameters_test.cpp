#include "mail/mime/parameters.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"

namespace gw::mail::mime {
namespace {

std::string filename_of(std::string_view header) {
  return find_parameter(parse_value(header).parameters, "filename").value_or("(none)");
}

TEST(ParseValue, ReadsTokensQuotesAndComments) {
  const auto value = parse_value("text/plain (really); Charset=\"utf-8\" ; format=flowed; x=\"a\\\"b\"");
  EXPECT_EQ(value.value, "text/plain");
  EXPECT_EQ(value.parameters, (Parameters{{"charset", "utf-8"}, {"format", "flowed"}, {"x", "a\"b"}}));
  EXPECT_EQ(parse_value("text/plain; charset=us-ascii (Plain text)").parameters,
            (Parameters{{"charset", "us-ascii"}}));
  EXPECT_EQ(parse_value("text/html charset=utf-8;;").parameters, (Parameters{{"charset", "utf-8"}}));
}

TEST(ParseValue, JoinsContinuationsOfRfc2231) {
  EXPECT_EQ(filename_of("attachment; filename*=UTF-8''J%C3%B6rg.pdf"), "Jörg.pdf");
  EXPECT_EQ(filename_of("attachment; filename*1*=rg.pdf; filename*0*=iso-8859-1'de'J%F6"), "Jörg.pdf");
  EXPECT_EQ(filename_of("attachment; filename*0=\"long \"; filename*1=name.txt"), "long name.txt");
  EXPECT_EQ(filename_of("attachment; filename*0*=utf-8''%C3; filename*1*=%A4; filename*2=\"%41.txt\""),
            "ä%41.txt");
  EXPECT_EQ(filename_of("attachment; filename*0*=utf-8''a; filename*2*=c"), "a");
}

TEST(ParseValue, UnderstandsBrokenFileNames) {
  EXPECT_EQ(filename_of("attachment; filename=\"=?utf-8?Q?J=C3=B6rg.pdf?=\""), "Jörg.pdf");
  EXPECT_EQ(filename_of("attachment; filename==?utf-8?B?SsO2cmcucGRm?="), "Jörg.pdf");
  EXPECT_EQ(filename_of("attachment; filename=\"J\xC3\xB6rg.pdf\""), "Jörg.pdf");
  EXPECT_EQ(filename_of("attachment; filename=\"J\xF6rg.pdf\""), "Jörg.pdf");
  EXPECT_EQ(filename_of("attachment; filename=my file (1).doc; size=3"), "my file (1).doc");
  EXPECT_EQ(filename_of("attachment; filename=\"open; size=3"), "open");
  EXPECT_EQ(filename_of("attachment; filename*=J%C3%B6rg.pdf"), "Jörg.pdf");
  EXPECT_EQ(filename_of("attachment; filename*=\"utf-8''J%C3%B6rg.pdf\""), "Jörg.pdf");
  EXPECT_EQ(filename_of("attachment; filename=plain.txt; filename*=utf-8''better.txt"), "better.txt");
  EXPECT_EQ(filename_of("attachment; filename*0*==?utf-8?Q?J=C3=B6rg?=; filename*1*=.pdf"), "Jörg.pdf");
}

TEST(CleanFilename, TakesFoldersAndControlsAway) {
  EXPECT_EQ(clean_filename("C:\\temp\\a.txt"), "a.txt");
  EXPECT_EQ(clean_filename("../../etc/passwd"), "passwd");
  EXPECT_EQ(clean_filename("a\r\nb.txt"), "a b.txt");
  EXPECT_EQ(clean_filename(".."), std::nullopt);
}

TEST(EncodeParameter, ReadsBackTheSame) {
  for (const std::string name :
       {"a.txt", "two words.txt", "quote\"d.txt", "Jörg.pdf",
        "ein sehr langer Dateiname mit Umlauten äöüß und noch mehr Text damit er nicht passt.pdf",
        "日本語日本語日本語日本語日本語日本語日本語日本語.txt"}) {
    std::string header = "attachment";
    for (const std::string& piece : encode_parameter("filename", name)) {
      EXPECT_LE(piece.size(), 76U);
      header += "; " + piece;
    }
    EXPECT_EQ(filename_of(header), name);
  }
}

}  // namespace
}  // namespace gw::mail::mime
