#include "mail/sieve/managesieve_reply.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/text.hpp"

namespace gw::mail::sieve {
namespace {

constexpr std::size_t kMaxLines = 10'000, kMaxLiterals = 8U << 20U, kMaxWords = 1'000, kMaxQuoted = 1'024;

/// `{12}` or `{12+}` at the end of a line.
std::optional<std::size_t> literal_size(std::string_view word) {
  if (!word.starts_with('{') || !word.ends_with('}')) return std::nullopt;
  word = word.substr(1, word.size() - 2);
  if (word.ends_with('+')) word.remove_suffix(1);
  const bool is_number = !word.empty() && word.size() < 10 &&
                         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!is_number) throw std::runtime_error("a literal has no length");
  return static_cast<std::size_t>(*parse_integer(word));
}

class LineReader {
 public:
  explicit LineReader(const LineSource& source) : source_(source) {}

  std::vector<Word> read() {
    std::vector<Word> words;
    line_ = source_.line();
    position_ = 0;
    while (skip_blanks()) {
      if (words.size() == kMaxWords) throw std::runtime_error("a line has too many words");
      words.push_back(take_word());
    }
    return words;
  }

 private:
  bool skip_blanks() {
    while (position_ < line_.size() && line_[position_] == ' ') ++position_;
    return position_ < line_.size();
  }

  Word take_word() {
    const char c = line_[position_];
    if (c == '"') return {Word::Kind::String, take_quoted()};
    if (c == '(' || c == ')') {
      ++position_;
      return {Word::Kind::Mark, std::string(1, c)};
    }
    const std::size_t end = std::min(line_.find_first_of(" ()\"", position_), line_.size());
    std::string atom = line_.substr(position_, end - position_);
    position_ = end;
    const auto size = literal_size(atom);
    if (!size) return {Word::Kind::Atom, std::move(atom)};
    if (position_ != line_.size()) throw std::runtime_error("a literal does not begin on its own line");
    literals_ += *size;
    if (literals_ > kMaxLiterals) throw std::runtime_error("the answer is too long");
    std::string bytes = source_.bytes(*size);
    line_ = source_.line();
    position_ = 0;
    return {Word::Kind::String, std::move(bytes)};
  }

  std::string take_quoted() {
    std::string text;
    for (++position_; position_ < line_.size(); ++position_) {
      if (line_[position_] == '"') {
        ++position_;
        return text;
      }
      if (line_[position_] == '\\' && ++position_ == line_.size()) break;
      text += line_[position_];
    }
    throw std::runtime_error("a text has no end");
  }

  const LineSource& source_;
  std::string line_;
  std::size_t position_ = 0, literals_ = 0;
};

std::optional<Reply::Kind> kind_of(const std::vector<Word>& words) {
  if (words.empty() || words[0].kind != Word::Kind::Atom) return std::nullopt;
  for (const auto& [name, kind] : {std::pair{"OK", Reply::Kind::Ok}, std::pair{"NO", Reply::Kind::No},
                                   std::pair{"BYE", Reply::Kind::Bye}})
    if (equal_ignoring_ascii_case(words[0].text, name)) return kind;
  return std::nullopt;
}

void read_rest(const std::vector<Word>& words, Reply& reply) {
  std::size_t place = 1;
  if (words.size() > 2 && words[1].is_mark('(')) {
    for (place = 2; place < words.size() && !words[place].is_mark(')'); ++place)
      if (reply.code.empty() && words[place].kind == Word::Kind::Atom) {
        reply.code = words[place].text;
        std::transform(reply.code.begin(), reply.code.end(), reply.code.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
      }
    ++place;
  }
  if (place < words.size() && words[place].kind == Word::Kind::String) reply.text = words[place].text;
}

}  // namespace

Reply read_reply(const LineSource& source, const std::function<void(const std::vector<Word>&)>& challenged) {
  Reply reply;
  LineReader reader(source);
  for (std::size_t count = 0; count < kMaxLines; ++count) {
    std::vector<Word> words = reader.read();
    if (const auto kind = kind_of(words)) {
      reply.kind = *kind;
      read_rest(words, reply);
      return reply;
    }
    if (challenged)
      challenged(words);
    else
      reply.lines.push_back(std::move(words));
  }
  throw std::runtime_error("the answer is too long");
}

std::string write_string(std::string_view text) {
  const bool may_be_quoted = text.size() <= kMaxQuoted &&
                             text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
  if (!may_be_quoted) return "{" + std::to_string(text.size()) + "+}\r\n" + std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace gw::mail::sieve
