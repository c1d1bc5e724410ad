// Any JSON as a search for mails: refused with a promised code, or a term within its limits whose search keys
// an IMAP server reads as it was meant: nothing that clients write gets out of its string.
#include <cstdint>
#include <string>

#include "ajax/mail/mail_search.hpp"
#include "core/json.hpp"
#include "fuzz/require.hpp"
#include "mail/imap/search_keys.hpp"

namespace {

using namespace gw;
using fuzz::is_taken;
using fuzz::require;
using mail::SearchTerm;

// A comparison of the grammar becomes at most four terms (a day: and, since, before).
constexpr int kTermsOfComparison = 5;
constexpr int kShortest = 2;

int count_terms(const SearchTerm& term, int depth) {
  require(depth <= ajax::kMaxTermDepth + 3);
  require(term.kind != SearchTerm::Kind::Not || term.children.size() == 1);
  int count = 1;
  for (const SearchTerm& child : term.children) count += count_terms(child, depth + 1);
  return count;
}

/// What stands outside of strings is ours: printable, and its brackets are closed.
void check_keys(const SearchTerm& term, bool takes_utf8) {
  mail::imap::Command command("UID SEARCH");
  mail::imap::add_keys(command, term, takes_utf8);
  int open = 0;
  bool is_quoted = false;
  for (const auto& piece : command.pieces()) {
    require(piece.kind != mail::imap::Command::Piece::Kind::Streamed);
    if (piece.kind == mail::imap::Command::Piece::Kind::Literal) {
      require(!is_quoted && piece.bytes.find('\0') == std::string::npos);
      require(takes_utf8 || std::string_view(piece.bytes).find_first_of("\x80\xC3") == std::string::npos);
      continue;
    }
    for (std::size_t i = 0; i < piece.bytes.size(); ++i) {
      const char c = piece.bytes[i];
      require(c >= ' ' && c <= '~');
      if (is_quoted && c == '\\') {
        ++i;
      } else if (c == '"') {
        is_quoted = !is_quoted;
      } else if (!is_quoted) {
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
        require(open >= 0);
      }
    }
  }
  require(open == 0 && !is_quoted);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto body = Json::parse({reinterpret_cast<const char*>(data), size});
  if (!body) return 0;
  for (const int shortest : {0, kShortest}) {
    is_taken({"MSG-0048", "MSG-0068", "MSG-1011", "SVL-0028"}, [&] {
      const auto term = ajax::parse_mail_search(*body, shortest);
      if (!term) return;
      require(count_terms(*term, 0) <= ajax::kMaxTermNodes * kTermsOfComparison);
      for (const bool takes_utf8 : {true, false}) {
        check_keys(*term, takes_utf8);
        check_keys(mail::negate(*term), takes_utf8);
      }
    });
  }
  return 0;
}
