#include "mail/html/css.hpp"

#include <gtest/gtest.h>

namespace gw::mail::html {
namespace {

std::string declarations(std::string_view css) {
  bool blocked = false;
  const std::string once = clean_declarations(css, {}, blocked);
  EXPECT_EQ(clean_declarations(once, {}, blocked), once);
  return once;
}

TEST(Declarations, KeepWhatIsUnderstood) {
  EXPECT_EQ(declarations("COLOR: Red; width:10PX ;; margin : 0 auto"),
            "color: Red; width: 10px; margin: 0 auto");
  EXPECT_EQ(declarations("font: bold 12px/1.5 'Open Sans', \"Arial\", sans-serif"),
            "font: bold 12px/1.5 'Open Sans', 'Arial', sans-serif");
  EXPECT_EQ(declarations("color: rgb(1, 2,3); width: calc(100% - 10px) !important"),
            "color: rgb(1, 2,3); width: calc(100% - 10px) !important");
  EXPECT_EQ(declarations("background: #fff url('https://x/a.png') no-repeat"),
            "background: #fff url(\"https://x/a.png\") no-repeat");
}

TEST(Declarations, DropWhatIsNot) {
  for (const char* css :
       {"behavior: url(x)", "width: expression(1)", "color: red\\9", "position: fixed", "position: absolute",
        "-moz-binding: url(x)", "content: 'x'", "margin-left: -500px", "background: url(javascript:x)",
        "color: var(--x)", "width: 1qq", "--x: 1", "color", ":red", "width: calc(1px",
        "font-family: 'a</style>'", "background: url(x", "z-index: 9"})
    EXPECT_EQ(declarations(css), "") << css;
  EXPECT_EQ(declarations("background: red url(javascript:x)"), "background: red");
  EXPECT_EQ(declarations("bad: {a;b}; color: red"), "color: red");
  EXPECT_EQ(declarations("/* x */ co/**/lor: red; color: blue"), "color: blue");
}

TEST(Sheet, ScopesSelectors) {
  bool blocked = false;
  const CssPolicy policy{{}, ".s", "m-"};
  EXPECT_EQ(clean_sheet("a, .b > c { color: red } d[x=y] { color: red } e:nth-child(2){color:red}", policy,
                        blocked),
            ".s a, .s .m-b>c { color: red }\n");
  EXPECT_EQ(
      clean_sheet("html body p { color: red } @font-face { src: url(x) } q { color: blue }", policy, blocked),
      ".s p { color: red }\n.s q { color: blue }\n");
  EXPECT_EQ(clean_sheet("p { color: red", policy, blocked), ".s p { color: red }\n");
  EXPECT_EQ(clean_sheet("<!-- p { color: red } -->", policy, blocked), ".s p { color: red }\n");
}

TEST(Attributes, TakeLengthsAndColours) {
  EXPECT_EQ(clean_length("100%"), "100%");
  EXPECT_EQ(clean_length(" 10 px"), "10px");
  EXPECT_EQ(clean_length("x"), "");
  EXPECT_EQ(clean_color("ABCDEF"), "#ABCDEF");
  EXPECT_EQ(clean_color("red;x"), "");
}

}  // namespace
}  // namespace gw::mail::html
