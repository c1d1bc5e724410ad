// Answers of a ManageSieve server. Source: RFC 5804 section 4.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mail::sieve {

/// One word of a line: an atom, a string, or a parenthesis.
struct Word {
  enum class Kind { Atom, String, Mark } kind = Kind::Atom;
  std::string text;  ///< strings without quotes and escapes; atoms as sent
  [[nodiscard]] bool is_mark(char mark) const { return kind == Kind::Mark && text[0] == mark; }
};

struct Reply {
  enum class Kind { Ok, No, Bye } kind = Kind::Ok;
  std::string code;                      ///< of the parentheses, upper case: "QUOTA/MAXSIZE"
  std::string text;                      ///< for people
  std::vector<std::vector<Word>> lines;  ///< data before it
};

/// Where bytes come from.
struct LineSource {
  std::function<std::string()> line;                    ///< without its end
  std::function<std::string(std::size_t count)> bytes;  ///< exactly so many
};

/// Limits: 10,000 lines, 8 MiB of literals a reply, 1,000 words a line.
/// Errors: std::runtime_error when the answer breaks the protocol.
Reply read_reply(const LineSource& source,
                 const std::function<void(const std::vector<Word>& challenge)>& challenged = {});

/// Quoted when that is allowed (up to 1,024 bytes without line breaks), else a literal that needs no consent.
std::string write_string(std::string_view text);

}  // namespace gw::mail::sieve
