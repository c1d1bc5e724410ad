#include "mailbox/drive_mail_text.hpp"

#include <gtest/gtest.h>

namespace gw::mailbox {
namespace {

DriveMailNote note() {
  DriveMailNote note;
  note.url = "https://example.org/ajax/share/abc";
  note.files = {{"a.txt", 12}, {"<b> & c.pdf", 1'572'864}};
  return note;
}

TEST(DriveMailText, NamesTheLinkAndTheFiles) {
  EXPECT_EQ(write_note(note()),
            "The files of this mail:\nhttps://example.org/ajax/share/abc\n\n- a.txt (12 B)\n"
            "- <b> & c.pdf (1.5 MB)\n\n");
  DriveMailNote german = note();
  german.locale = "de_AT";
  german.last_day = "2024-12-31";
  german.has_password = true;
  const std::string text = write_note(german);
  EXPECT_NE(text.find("(1,5 MB)\n\nDer Link gilt bis 2024-12-31.\nZum Öffnen"), std::string::npos);
  EXPECT_TRUE(text.ends_with(".\n\n"));
}

TEST(DriveMailText, StandsBeforeWhatTheMailSays) {
  mail::mime::Composition mail;
  mail.text = "original";
  put_note(mail, note());
  EXPECT_TRUE(mail.text->ends_with("\n\noriginal"));
  EXPECT_FALSE(mail.html.has_value());
  mail.html = "<html><body class=\"x\"><p>original</p></body></html>";
  mail.text.reset();
  put_note(mail, note());
  EXPECT_FALSE(mail.text.has_value());
  EXPECT_TRUE(mail.html->starts_with("<html><body class=\"x\"><div>"));
  EXPECT_NE(mail.html->find("href=\"https://example.org/ajax/share/abc\""), std::string::npos);
  EXPECT_NE(mail.html->find("&lt;b&gt; &amp; c.pdf"), std::string::npos);
  mail.html = "<p>piece</p>";
  put_note(mail, note());
  EXPECT_TRUE(mail.html->starts_with("<div>") && mail.html->ends_with("<p>piece</p>"));
  mail::mime::Composition empty;
  put_note(empty, note());
  EXPECT_EQ(empty.text, write_note(note()));
}

TEST(DriveMailText, SizesHaveOneDecimal) {
  EXPECT_EQ(format_file_size(0, '.'), "0 B");
  EXPECT_EQ(format_file_size(1'023, '.'), "1023 B");
  EXPECT_EQ(format_file_size(1'024, ','), "1,0 KB");
  EXPECT_EQ(format_file_size(5LL << 30, '.'), "5.0 GB");
  EXPECT_EQ(format_file_size(5LL << 50, '.'), "5120.0 TB");
}

TEST(DriveMailText, AFolderHasANameThatFilesMayHave) {
  EXPECT_EQ(folder_title("Re: a/b\t\"c\"", "x"), "Re_ a_b__c_");
  EXPECT_EQ(folder_title(" Grüße ", "x"), "Grüße");
  for (const char* nothing : {"", "  ", "/", "..", "?? ??"}) EXPECT_EQ(folder_title(nothing, "day"), "day");
  EXPECT_EQ(folder_title(std::string(300, 'x'), "x").size(), 120U);
}

}  // namespace
}  // namespace gw::mailbox
