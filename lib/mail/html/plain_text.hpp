// Plain text and HTML into each other, and text/enriched to HTML. What comes out as HTML is safe by itself:
// it holds only what these functions write.
#pragma once

#include <string>
#include <string_view>

namespace gw::mail::html {

/// Escaped, web and mail addresses as links, line ends as `<br>`, runs of blanks kept. Cost: linear.
std::string text_to_html(std::string_view utf8);

/// What a reader of the HTML sees: blocks as lines, lists with marks, quotes with `> `, the address of a link
/// behind its text where they differ, images as their text. Lines are not wrapped.
/// Errors: over the limits of Tree the tags are cut out by a plain scan.
std::string html_to_text(std::string_view utf8);

/// text/enriched (RFC 1896) and text/richtext (RFC 1341).
std::string enriched_to_html(std::string_view utf8);

/// Lines of at most `width` characters where they have blanks, quoted lines (`>`) untouched; 0: as it is.
std::string wrap_text(std::string_view utf8, std::size_t width);

/// True when HTML shows nothing: below 1,024 characters, no image, no text. Source: spec mail section 3.2.
bool is_empty_html(std::string_view utf8);

}  // namespace gw::mail::html
