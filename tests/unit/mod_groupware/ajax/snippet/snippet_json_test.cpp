// The text of snippets.
#include "ajax/snippet/snippet_json.hpp"

#include <gtest/gtest.h>

namespace gw::ajax {
namespace {

TEST(SnippetContent, IsHtmlWhereTheClientSaysSoOrItLooksSo) {
  const Json none, html = Json::object().set("content-type", Json::string("text/html")),
                   plain = Json::object().set("content-type", Json::string("text/plain"));
  EXPECT_TRUE(is_html_content("a", html));
  EXPECT_FALSE(is_html_content("<p>a</p>", plain));
  for (const char* text : {"<p>a</p>", "x <!-- y -->", "</b>"})
    EXPECT_TRUE(is_html_content(text, none)) << text;
  for (const char* text : {"", "a < b > c", "<3", "x <b", "--\nAnn"})
    EXPECT_FALSE(is_html_content(text, none)) << text;
}

}  // namespace
}  // namespace gw::ajax
