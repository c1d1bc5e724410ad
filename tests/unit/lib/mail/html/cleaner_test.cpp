// What the cleaner lets through and what not. The classes of attack are public knowledge (OWASP's cheat sheet
// of XSS filter evasion, reports on mutation XSS); the texts here are our own.
#include "mail/html/cleaner.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"
#include "support/html_judge.hpp"

namespace gw::mail::html {
namespace {

std::string clean(std::string_view html, const CleanOptions& options = {}) {
  const CleanResult result = clean_html(html, options);
  EXPECT_EQ(clean_html(result.html, options).html, result.html) << html;
  return result.html;
}

/// Without the wrapper.
std::string inner(std::string_view html, const CleanOptions& options = {}) {
  const std::string all = clean(html, options);
  const std::string begin = "<div class=\"gw-mail\">";
  EXPECT_TRUE(all.starts_with(begin) && all.ends_with("</div>")) << all;
  return all.substr(begin.size(), all.size() - begin.size() - 6);
}

CleanOptions without_images() {
  CleanOptions options;
  options.images.blocks_remote = true;
  options.images.address_of = [](std::string_view cid) -> std::optional<std::string> {
    if (cid == "missing") return std::nullopt;
    return "/ajax/image/mail/picture?uid=" + percent_encode(cid);
  };
  return options;
}

TEST(Cleaner, KeepsOrdinaryMail) {
  EXPECT_EQ(inner("<p align=center>Hello <b>you</b> &amp; me</p>"),
            "<p align=\"center\">Hello <b>you</b> &amp; me</p>");
  EXPECT_EQ(inner("<table width='100%' cellpadding=0><tr><td bgcolor='ff0000'>x</table>"),
            "<table width=\"100%\" cellpadding=\"0\"><tbody><tr><td "
            "bgcolor=\"#ff0000\">x</td></tr></tbody></table>");
  EXPECT_EQ(inner("<pre>\n\n a\n</pre>"), "<pre>\n\n a\n</pre>");
  EXPECT_EQ(inner("<unknown>text <blink>stays</blink></unknown>"), "text stays");
  EXPECT_EQ(inner("<p>a<br>b<hr><img alt=x>"), "<p>a<br>b</p><hr><img alt=\"x\">");
}

TEST(Cleaner, LinksOpenElsewhere) {
  EXPECT_EQ(inner("<a href='https://x.org/?a=1&b=2' onclick=alert(1)>x</a>"),
            "<a href=\"https://x.org/?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer\">x</a>");
  EXPECT_EQ(inner("<a href='#top' target=_top>x</a><a name=top id=top></a>"),
            "<a href=\"#m-top\">x</a><a name=\"m-top\" id=\"m-top\"></a>");
}

TEST(Cleaner, ImagesGoThroughThePolicy) {
  CleanOptions options = without_images();
  EXPECT_EQ(inner("<img src='cid:a@b' alt=''>", options),
            "<img src=\"/ajax/image/mail/picture?uid=a%40b\" alt=\"\">");
  EXPECT_EQ(inner("<img src=cid:missing>", options), "<img>");
  EXPECT_FALSE(clean_html("<img src=cid:a>", options).has_blocked_images);
  for (const char* html :
       {"<img src=http://x/a.png>", "<img src=//x/a.png>", "<img srcset='https://x/a.png 2x'>",
        "<td background=http://x/a.png>", "<p style='background:url(http://x/a.png)'>x",
        "<table background=\"http://x/a.png\">", "<style>p{background-image:url( 'http://x/a' )}</style><p>x",
        "<p style='list-style:url(\"http://x/a\")'>x", "<body style='background:red url(http://x/)'>"}) {
    const CleanResult result = clean_html(std::string("<table><tr>") + html, options);
    const CleanResult plain = clean_html(html, options);
    EXPECT_TRUE(result.has_blocked_images || plain.has_blocked_images) << html;
    EXPECT_EQ(plain.html.find("x/"), std::string::npos) << plain.html;
  }
  EXPECT_EQ(inner("<img src=http://x/a.png>"), "<img src=\"http://x/a.png\">");
  EXPECT_EQ(inner("<img src='data:image/png;base64,AAAA'>", options),
            "<img src=\"data:image/png;base64,AAAA\">");
  EXPECT_EQ(inner("<img src='data:image/svg+xml;base64,AAAA'>"), "<img>");
}

TEST(Cleaner, StylesAreScopedAndNamesPrefixed) {
  EXPECT_EQ(
      inner("<style>p.x, #y { color: red } body { margin: 0 } @import url(x); a:hover{color:blue}</style>"
            "<p class='x z' id=y>t"),
      "<style>\n.gw-mail p.m-x, .gw-mail #m-y { color: red }\n.gw-mail { margin: 0 }\n.gw-mail a:hover { "
      "color: blue }\n"
      "</style><p class=\"m-x m-z\" id=\"m-y\">t</p>");
  EXPECT_EQ(
      inner("<style>@media screen and (max-width:600px){p{width:100%!important}}</style>x"),
      "<style>\n@media screen and (max-width:600px) {\n.gw-mail p { width: 100%!important }\n}\n</style>x");
  CleanOptions document;
  document.is_embedded = false;
  EXPECT_EQ(clean("<style>p{color:red}</style><body bgcolor=white><p class=x>t", document),
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><style>\np { color: red }\n</style></head>"
            "<body style=\"background-color: white\"><p class=\"x\">t</p></body></html>");
  EXPECT_EQ(clean("<body bgcolor=white text='#111'>x"),
            "<div class=\"gw-mail\" style=\"color: #111; background-color: white\">x</div>");
}

TEST(Cleaner, CutsVisibleTextAndClosesElements) {
  CleanOptions options;
  options.max_visible = 7;
  const CleanResult result = clean_html("<p>Hello <b>wörld</b> and more<p>x", options);
  EXPECT_TRUE(result.is_truncated);
  EXPECT_EQ(result.html, "<div class=\"gw-mail\"><p>Hello <b>w</b></p></div>");
  EXPECT_FALSE(clean_html("<p>short", options).is_truncated);
}

TEST(Cleaner, HasLimits) {
  EXPECT_TRUE(clean_html(std::string(kMaxInput + 1, 'x'), {}).is_refused);
  std::string deep, fonts, lists;
  for (int i = 0; i < 20'000; ++i) {
    deep += "<div>";
    fonts += "<p><font color=red size=" + std::to_string(i) + ">";
    lists += "<b><i><table><tr><td>";
  }
  for (const std::string& html :
       {deep + "text", fonts, lists, std::string(100'000, '<'), std::string(100'000, '&')}) {
    const CleanResult result = clean_html(html, {});
    EXPECT_TRUE(result.is_refused || result.html.size() < html.size() * 8 + 200);
  }
  const std::string text = clean_html(deep + "text", {}).html;
  EXPECT_TRUE(text.find("text") != std::string::npos || text.find("too large") != std::string::npos);
}

const char* const kAttacks[] = {
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x/a.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=\"x` `\"onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href=' &#1; javascript:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)'>x</a>",
    "<a href='&#x6A;avascript&colon;alert(1)'>x</a>",
    "<a href='JaVaScRiPt&Tab;:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a xlink:href='javascript:alert(1)'>x</a>",
    "<img src='javascript:alert(1)'>",
    "<img dynsrc='javascript:alert(1)'>",
    "<img lowsrc='javascript:alert(1)'>",
    "<table background='javascript:alert(1)'><tr><td>x",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,x'></object>",
    "<embed src='x.swf'>",
    "<applet code=x></applet>",
    "<base href='javascript:alert(1)//'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=x>",
    "<form action='javascript:alert(1)'><input type=submit formaction=javascript:alert(1)>",
    "<button formaction=javascript:x>y</button>",
    "<isindex action=javascript:alert(1) type=image>",
    "<input type=image src=x onerror=alert(1)>",
    "<p style='width:expression(alert(1))'>x",
    "<p style='width:\\65 xpression(alert(1))'>x",
    "<p style='width:ex/**/pression(alert(1))'>x",
    "<p style='-moz-binding:url(x#y)'>x",
    "<p style='behavior:url(x.htc)'>x",
    "<p style=\"background:url('javascript:alert(1)')\">x",
    "<p style='background:url(\\6a avascript:alert(1))'>x",
    "<p style='position:fixed;top:0;left:0'>x",
    "<p style='position:abs\\6flute'>x",
    "<style>@import 'javascript:alert(1)';</style>",
    "<style>@im\\port'\\ja\\vasc\\ript:alert(1)';</style>",
    "<style>p{width:expression(alert(1))}</style><p>x",
    "<style></style ><script>alert(1)</script>",
    "<style><!--</style><script>alert(1)//--></script>",
    "<style>a{font-family:'</style><img src=x onerror=alert(1)>'}</style>",
    "<style>.a::before{content:'<img src=x onerror=alert(1)>'}</style>",
    "<div style='font-family:&quot;;}</style><script>x&quot;'>x",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding=text/html><style><img src=x "
    "onerror=alert(1)></style></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) "
    "src>'>",
    "<svg><foreignObject><iframe onload=alert(1)></foreignObject></svg>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x><text>x",
    "<template><script>alert(1)</script></template>",
    "<template><img src=x onerror=alert(1)></template>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title></title><img src=x onerror=alert(1)>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<noembed><img title='</noembed><img src onerror=alert(1)>'></noembed>",
    "<noframes><img title='</noframes><img src onerror=alert(1)>'></noframes>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<!-- --!><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<svg><![CDATA[<img src=x onerror=alert(1)>]]></svg>",
    "<?xml version='1.0'?><img src=x onerror=alert(1)>",
    "<img src='x' title='&quot; onerror=alert(1) x=&quot;'>",
    "<img alt=\"`><script>alert(1)</script>\">",
    "<a title='x' href='ja\x01vascript:alert(1)'>x",
    "<div\x0bonclick=alert(1)>x",
    "<img src=x:x onerror\n=alert(1)>",
    "<<script>alert(1)//<</script>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x",
    "<marquee onstart=alert(1)>x</marquee>",
    "<xml><i><b>&lt;img src=x onerror=alert(1)&gt;</b></i></xml>",
    "<xss style='xss:expression(alert(1))'>",
    "<layer src=x></layer>",
    "<bgsound src=javascript:x>",
    "<frameset onload=alert(1)><frame src=javascript:x></frameset>",
    "<a href=//x onmouseover=alert(1)>x",
    "<math href='javascript:alert(1)'>x</math>",
    "<p onbogus\xC3\xA9=x onclick&#61;y>z",
    "<body background=javascript:alert(1)>",
    "<a href='feed:javascript:alert(1)'>x",
    "<a href='jar:x'>x",
    "<a href='file:///etc/passwd'>x",
};

TEST(Cleaner, ForeignContentIsDroppedAndTakesNothingWithIt) {
  EXPECT_EQ(inner("a<svg><p>x</p><text>y</text></svg>b"), "ab");
  EXPECT_EQ(inner("a<SVG width=1 />b<math/>c<svg\n>x</sVg >d"), "abcd");
  EXPECT_EQ(inner("<b title='<svg>'>a</b><svgx>b</svgx>"), "<b title=\"&lt;canvas&gt;\">a</b>b");
  EXPECT_EQ(inner("a<svg"), "a");
}

TEST(Cleaner, WhatEndedTheParserByAnAssertionIsHarmless) {
  for (const char* html :
       {"<table><math><select><mi><select></table>x", "<table><math><th><mo><select></table>x",
        "<table><svg><th><desc><select></table>x"})
    EXPECT_NE(clean_html(html, {}).html.find('x'), std::string::npos) << html;
}

TEST(Cleaner, NoKnownClassOfAttackSurvives) {
  for (const char* attack : kAttacks)
    for (const bool embedded : {true, false}) {
      CleanOptions options;
      options.is_embedded = embedded;
      const std::string html = clean(attack, options);
      if (embedded) {
        EXPECT_FALSE(test::is_dangerous(html)) << attack << "\n -> " << html;
      }
      // The document has meta and head of its own.
      EXPECT_EQ(to_lower_ascii(html).find("<script"), std::string::npos) << html;
    }
}

}  // namespace
}  // namespace gw::mail::html
