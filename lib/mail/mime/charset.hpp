// Bytes of mails to UTF-8: the names senders use for charsets, and the guess where the name is missing or
// wrong. The answer is always valid UTF-8 without NUL.
#pragma once

#include <string>
#include <string_view>

namespace gw::mail::mime {

/// How a text ends: whole, or cut by a limit (then a broken last character is left out instead of replaced).
enum class Ends { Whole, Cut };

/// The charset that texts with this label are really written in (`latin1` -> `windows-1252`, `gb2312` ->
/// `gb18030`). Errors: empty when the label tells nothing or names no known charset.
std::string real_charset(std::string_view label);

/// Errors: none; broken sequences become U+FFFD. An unknown label, and 8 bit under `us-ascii`, are guessed:
/// UTF-8 if valid, else ICU's detector, else windows-1252. Threads: any. Cost: linear.
std::string to_utf8(std::string_view bytes, std::string_view label, Ends ends = Ends::Whole);

/// Controls become blanks, NUL and byte order marks are dropped: for values of headers, which are one line.
std::string clean_line(std::string_view utf8);

}  // namespace gw::mail::mime
