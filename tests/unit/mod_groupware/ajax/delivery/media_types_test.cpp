#include <gtest/gtest.h>

#include "ajax/delivery/content_disposition.hpp"
#include "ajax/delivery/media_types.hpp"

namespace gw::ajax {
namespace {

std::string delivered(std::string_view stored, std::string_view name, std::string_view bytes) {
  return delivered_media_type(stored, name, [&] { return std::string(bytes); });
}

TEST(MediaTypes, AgreeingTypeAndNameAreBelieved) {
  EXPECT_EQ(delivered("image/png", "a.PNG", "not looked at <html>"), "image/png");
  EXPECT_EQ(delivered("Application/PDF; x=y", "a.pdf", ""), "application/pdf");
}

TEST(MediaTypes, OtherwiseTheBytesDecide) {
  EXPECT_EQ(delivered("image/png", "a.gif", "GIF89a..."), "image/gif");
  EXPECT_EQ(delivered("text/plain", "a.pdf", "%PDF-1.7"), "application/pdf");
  EXPECT_EQ(delivered("", "a.docx", "PK\x03\x04..."),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(delivered("", "noname", std::string_view("\0\1\2", 3)), "application/octet-stream");
  EXPECT_EQ(delivered("", "notes.csv", "a,b"), "text/csv");
}

TEST(MediaTypes, TextThatABrowserWouldTakeForHtmlIsHtml) {
  for (const char* page : {"<html>", "<!DOCTYPE html><p>", "  \n<ScRiPt>alert(1)</script>", "x<svg onload=a>",
                           "<?xml version='1.0'?>", "hello <img src=x>"})
    EXPECT_EQ(delivered("text/plain", "a.txt", page), "text/html") << page;
  EXPECT_EQ(delivered("text/plain", "a.txt", "1 < 2 and <b2>"), "text/plain");
  EXPECT_EQ(delivered("image/png", "a.txt", "<html>"), "text/html");
}

TEST(MediaTypes, OnlyHarmlessOnesAreShown) {
  for (const char* type : {"image/png", "application/pdf", "text/plain", "video/mp4"})
    EXPECT_TRUE(may_be_shown_inline(type)) << type;
  for (const char* type : {"text/html", "image/svg+xml", "application/xml", "application/xhtml+xml",
                           "text/javascript", "application/octet-stream", "text/css", "text/calendar", ""})
    EXPECT_FALSE(may_be_shown_inline(type)) << type;
}

TEST(MediaTypes, BrokenOnesAreNone) {
  for (const char* type : {"", "image", "image/", "/png", "a/b/c", "text/pl ain", "text/plain\r\nX: y"})
    EXPECT_EQ(bare_media_type(type), "") << type;
}

TEST(ContentDisposition, NamesCannotLeaveTheirQuotes) {
  const std::string header = content_disposition(Disposition::Attachment,
                                                 "a\"; filename=\"b.exe\r\nX: y\\%41.t\xC3\xA4"
                                                 "t");
  EXPECT_EQ(header,
            "attachment; filename=\"a_; filename=_b.exe__X: y__41.t__t\"; filename*=UTF-8''"
            "a%22%3B%20filename%3D%22b.exe%0D%0AX%3A%20y%5C%2541.t%C3%A4t");
}

}  // namespace
}  // namespace gw::ajax
