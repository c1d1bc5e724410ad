// Text to HTML by one scan for addresses; HTML to text by one walk over the tree.
#include "mail/html/plain_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/text.hpp"
#include "mail/html/tree.hpp"
#include "mail/html/urls.hpp"

namespace gw::mail::html {
namespace {

bool is_html_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool begins_with(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && equal_ignoring_ascii_case(text.substr(0, word.size()), word);
}

/// Length of the web address at the start of `text`; 0: none. Punctuation at its end belongs to the sentence.
std::size_t link_length(std::string_view text) {
  std::size_t head = 0;
  for (const std::string_view start : {"http://", "https://", "ftp://", "mailto:", "www."})
    if (begins_with(text, start)) head = start.size();
  if (head == 0) return 0;
  std::size_t end = std::min(text.find_first_of(" \t\r\n<>\"{}|\\^`"), text.size());
  const std::string_view address = text.substr(0, end);
  while (end > head && std::string_view(".,;:!?'*_").find(text[end - 1]) != std::string_view::npos) --end;
  // A closing bracket is part of the address only if its opening one is.
  while (end > head && text[end - 1] == ')' &&
         std::count(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(end), '(') <
             std::count(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(end), ')') &&
         end > head + 1)
    --end;
  return end > head && is_word_character(text[head]) ? end : 0;
}

bool is_mailbox_character(char c) {
  return is_word_character(c) || std::string_view(".+-_").find(c) != std::string_view::npos;
}

/// The mail address around an `@` at `at`; `begin` is not crossed. False: none.
bool find_mailbox(std::string_view text, std::size_t begin, std::size_t at, std::size_t& first,
                  std::size_t& last) {
  constexpr std::size_t kLongest = 64;
  first = at;
  while (first > begin && at - first < kLongest && is_mailbox_character(text[first - 1])) --first;
  last = at + 1;
  while (last < text.size() && last - at < 4 * kLongest &&
         (is_word_character(text[last]) || text[last] == '.' || text[last] == '-'))
    ++last;
  while (last > at && (text[last - 1] == '.' || text[last - 1] == '-')) --last;
  return first < at && last > at + 1 && text.substr(at, last - at).find('.') != std::string_view::npos;
}

void append_link(std::string& out, std::string_view target, std::string_view shown) {
  const auto address = clean_link(target);
  if (!address) {
    out += escape_html(shown);
    return;
  }
  out += "<a href=\"" + escape_html(*address) + R"(" target="_blank" rel="noopener noreferrer">)" +
         escape_html(shown) + "</a>";
}

class TextToHtml {
 public:
  explicit TextToHtml(std::string_view text) : text_(text) {}
  std::string run() {
    out_.reserve(text_.size() + text_.size() / 4);
    while (at_ < text_.size()) next();
    flush(text_.size());
    return std::move(out_);
  }

 private:
  void flush(std::size_t end) {
    const std::string_view piece = text_.substr(begin_, end - begin_);
    if (!piece.empty()) out_ += escape_html(piece);
    begin_ = end;
  }
  void replace(std::size_t length, std::string_view with) {
    flush(at_);
    out_ += with;
    at_ += length;
    begin_ = at_;
  }
  void next() {
    const char c = text_[at_];
    if (c == '\r') return replace(1, "");
    if (c == '\n') return replace(1, "<br>\n");
    if (c == '\t') return replace(1, "&nbsp; &nbsp; ");
    const bool is_line_start = at_ == 0 || text_[at_ - 1] == '\n';
    if (c == ' ' && (is_line_start || text_[at_ - 1] == ' ')) return replace(1, "&nbsp;");
    const bool is_word_start = at_ == 0 || !is_word_character(text_[at_ - 1]);
    if (is_word_start && is_word_character(c))
      if (const std::size_t length = link_length(text_.substr(at_, 8'192)); length > 0) {
        const std::string_view shown = text_.substr(at_, length);
        flush(at_);
        append_link(out_, begins_with(shown, "www.") ? "http://" + std::string(shown) : std::string(shown),
                    shown);
        at_ += length;
        begin_ = at_;
        return;
      }
    if (c == '@') {
      std::size_t first = 0, last = 0;
      if (find_mailbox(text_, begin_, at_, first, last)) {
        flush(first);
        const std::string_view shown = text_.substr(first, last - first);
        append_link(out_, "mailto:" + std::string(shown), shown);
        at_ = last;
        begin_ = last;
        return;
      }
    }
    ++at_;
  }
  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0, begin_ = 0;
};

/// How an element shapes plain text.
struct BlockRow {
  GumboTag tag;
  int lines;  ///< line ends before and after: 1 begins a line, 2 leaves an empty one
};
constexpr std::array<BlockRow, 38> kBlocks{{
    {GUMBO_TAG_ADDRESS, 1}, {GUMBO_TAG_ARTICLE, 1},  {GUMBO_TAG_ASIDE, 1},   {GUMBO_TAG_BLOCKQUOTE, 2},
    {GUMBO_TAG_CENTER, 1},  {GUMBO_TAG_DD, 1},       {GUMBO_TAG_DETAILS, 1}, {GUMBO_TAG_DIV, 1},
    {GUMBO_TAG_DL, 2},      {GUMBO_TAG_DT, 1},       {GUMBO_TAG_FIGURE, 1},  {GUMBO_TAG_FIGCAPTION, 1},
    {GUMBO_TAG_FOOTER, 1},  {GUMBO_TAG_FORM, 1},     {GUMBO_TAG_H1, 2},      {GUMBO_TAG_H2, 2},
    {GUMBO_TAG_H3, 2},      {GUMBO_TAG_H4, 2},       {GUMBO_TAG_H5, 2},      {GUMBO_TAG_H6, 2},
    {GUMBO_TAG_HEADER, 1},  {GUMBO_TAG_HR, 1},       {GUMBO_TAG_LI, 1},      {GUMBO_TAG_MAIN, 1},
    {GUMBO_TAG_NAV, 1},     {GUMBO_TAG_OL, 1},       {GUMBO_TAG_P, 2},       {GUMBO_TAG_PRE, 1},
    {GUMBO_TAG_SECTION, 1}, {GUMBO_TAG_TABLE, 1},    {GUMBO_TAG_TBODY, 1},   {GUMBO_TAG_THEAD, 1},
    {GUMBO_TAG_TFOOT, 1},   {GUMBO_TAG_TR, 1},       {GUMBO_TAG_UL, 1},      {GUMBO_TAG_CAPTION, 1},
    {GUMBO_TAG_SUMMARY, 1}, {GUMBO_TAG_FIELDSET, 1},
}};

int block_lines(GumboTag tag) {
  for (const BlockRow& row : kBlocks)
    if (row.tag == tag) return row.lines;
  return 0;
}

bool is_invisible(const GumboElement& element) {
  switch (element.tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
      return true;
    default:
      return element.tag_namespace != GUMBO_NAMESPACE_HTML;
  }
}

class HtmlToText {
 public:
  std::string run(const GumboNode* root) {
    std::vector<Open> stack;
    enter(root, stack);
    while (!stack.empty()) {
      Open& top = stack.back();
      const GumboVector& children = top.node->v.element.children;
      if (top.next >= children.length) {
        const Open done = top;
        stack.pop_back();
        leave(done);
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children.data[top.next++]);
      if (child->type == GUMBO_NODE_ELEMENT)
        enter(child, stack);
      else if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE ||
               child->type == GUMBO_NODE_CDATA)
        add_text(child->v.text.text);
    }
    while (!out_.empty() && is_html_space(out_.back())) out_.pop_back();
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  struct Open {
    const GumboNode* node;
    unsigned next = 0;
    std::size_t text_begin = 0;
    int number = 0;  ///< of the next item of an ordered list
  };

  void enter(const GumboNode* node, std::vector<Open>& stack) {
    const GumboElement& element = node->v.element;
    if (is_invisible(element)) return;
    begin_block(block_lines(element.tag));
    switch (element.tag) {
      case GUMBO_TAG_BR:
        put_line_end();
        break;
      case GUMBO_TAG_HR:
        add_line("----------------------------------------");
        break;
      case GUMBO_TAG_IMG:
        add_text(attribute_value(element, "alt"));
        break;
      case GUMBO_TAG_LI:
        begin_item(stack);
        break;
      case GUMBO_TAG_BLOCKQUOTE:
        ++quotes_;
        break;
      case GUMBO_TAG_PRE:
        ++pre_;
        break;
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH:
        if (!is_at_line_start_) add_text(" ");
        break;
      default:
        break;
    }
    stack.push_back({node, 0, out_.size(), 1});
  }

  void begin_item(std::vector<Open>& stack) {
    if (stack.empty() || !is_element(stack.back().node, GUMBO_TAG_OL)) return add_line_start("* ");
    add_line_start(std::to_string(stack.back().number++) + ". ");
  }

  void leave(const Open& done) {
    const GumboElement& element = done.node->v.element;
    if (element.tag == GUMBO_TAG_A) add_link_target(element, done.text_begin);
    if (element.tag == GUMBO_TAG_PRE) --pre_;
    begin_block(block_lines(element.tag));
    if (element.tag == GUMBO_TAG_BLOCKQUOTE) --quotes_;
  }

  void add_link_target(const GumboElement& element, std::size_t text_begin) {
    const auto address = clean_link(attribute_value(element, "href"));
    if (!address || address->front() == '#') return;
    const std::string_view text = trim(std::string_view(out_).substr(std::min(text_begin, out_.size())));
    std::string_view bare = *address;
    for (const std::string_view scheme : {"mailto:", "http://", "https://", "tel:"})
      if (bare.starts_with(scheme)) bare.remove_prefix(scheme.size());
    if (bare.ends_with('/')) bare.remove_suffix(1);
    if (text.find(bare) != std::string_view::npos) return;
    add_text(text.empty() ? *address : " <" + *address + ">");
  }

  /// At least so many line ends stand before what comes next.
  void begin_block(int lines) {
    if (lines == 0) return;
    wanted_lines_ = std::max(wanted_lines_, lines);
    has_space_ = false;
  }
  void put_line_end() {
    flush_lines();
    out_ += '\n';
    is_at_line_start_ = true;
    ++line_ends_;
    has_space_ = false;
  }
  void flush_lines() {
    const bool is_start = out_.empty();
    while (!is_start && line_ends_ < wanted_lines_) {
      // An empty line inside a quote is quoted, one between quotes of different depth is not.
      if (line_ends_ > 0 && std::min(quotes_, last_quotes_) > 0) out_ += '>';
      out_ += '\n';
      ++line_ends_;
      is_at_line_start_ = true;
    }
    wanted_lines_ = 0;
  }
  [[nodiscard]] std::string quote_mark() const {
    std::string mark;
    for (int i = 0; i < std::min(quotes_, 20); ++i) mark += "> ";
    return mark;
  }
  void put(std::string_view text) {
    flush_lines();
    if (is_at_line_start_) out_ += quote_mark();
    last_quotes_ = quotes_;
    out_ += text;
    is_at_line_start_ = false;
    line_ends_ = 0;
  }
  void add_line_start(std::string_view mark) {
    put(mark);
    has_space_ = false;
    is_after_mark_ = true;
  }
  void add_line(std::string_view text) {
    begin_block(1);
    put(text);
    begin_block(1);
  }
  void add_text(std::string_view text) {
    if (pre_ > 0) return add_preformatted(text);
    std::string word;
    const auto flush = [&] {
      if (word.empty()) return;
      const bool is_line_start = is_at_line_start_ || wanted_lines_ > 0 || out_.empty() || is_after_mark_;
      put(has_space_ && !is_line_start ? " " + word : word);
      has_space_ = is_after_mark_ = false;
      word.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool is_nbsp = text.substr(i, 2) == "\xC2\xA0";
      if (is_nbsp || is_html_space(text[i])) {
        flush();
        has_space_ = true;
        if (is_nbsp) ++i;
      } else {
        word += text[i];
      }
    }
    flush();
  }
  void add_preformatted(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      if (end > 0) put(text.substr(0, end));
      if (end < text.size()) put_line_end();
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::string out_;
  int wanted_lines_ = 0, line_ends_ = 0, quotes_ = 0, last_quotes_ = 0, pre_ = 0;
  bool is_at_line_start_ = true, has_space_ = false, is_after_mark_ = false;
};

/// For what the parser refuses.
std::string cut_tags(std::string_view html) {
  std::string out;
  bool is_in_tag = false;
  for (const char c : html) {
    if (c == '<') is_in_tag = true;
    if (!is_in_tag) out += c;
    if (c == '>') {
      if (is_in_tag && !out.ends_with(' ')) out += ' ';
      is_in_tag = false;
    }
  }
  return out;
}

}  // namespace

std::string text_to_html(std::string_view utf8) { return TextToHtml(utf8).run(); }

std::string html_to_text(std::string_view utf8) {
  const auto tree = Tree::parse(utf8);
  if (!tree) return cut_tags(utf8);
  const GumboNode* body = find_body(*tree);
  return body == nullptr ? std::string() : HtmlToText().run(body);
}

bool is_empty_html(std::string_view utf8) {
  constexpr std::size_t kSmall = 1'024;
  if (utf8.size() > kSmall * 4 || count_characters(utf8) >= kSmall) return false;
  if (to_lower_ascii(utf8).find("<img") != std::string::npos) return false;
  return trim(html_to_text(utf8)).empty();
}

std::string wrap_text(std::string_view utf8, std::size_t width) {
  if (width == 0) return std::string(utf8);
  std::string out;
  while (!utf8.empty()) {
    const std::size_t end = std::min(utf8.find('\n'), utf8.size());
    std::string_view line = utf8.substr(0, end);
    const bool has_end = end < utf8.size();
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
    while (!line.starts_with('>') && count_characters(line) > width) {
      const std::string_view fitting = first_characters(line, width + 1);
      std::size_t cut = fitting.rfind(' ');
      if (cut == std::string_view::npos || cut == 0) cut = line.find(' ', fitting.size());
      if (cut == std::string_view::npos) break;
      out += trim_right(line.substr(0, cut));
      out += '\n';
      line.remove_prefix(std::min(cut + 1, line.size()));
    }
    out += line;
    if (has_end) out += '\n';
  }
  return out;
}

}  // namespace gw::mail::html
