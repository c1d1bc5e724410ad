// text/enriched and its forerunner text/richtext. Source: RFC 1896, RFC 1341 section 7.1.3.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "mail/html/css.hpp"
#include "mail/html/plain_text.hpp"

namespace gw::mail::html {
namespace {

struct CommandRow {
  std::string_view command, begin, end;
};
constexpr std::array<CommandRow, 15> kCommands{{
    {"bold", "<b>", "</b>"},
    {"italic", "<i>", "</i>"},
    {"underline", "<u>", "</u>"},
    {"fixed", "<tt>", "</tt>"},
    {"smaller", "<small>", "</small>"},
    {"bigger", "<big>", "</big>"},
    {"center", "<div align=\"center\">", "</div>"},
    {"flushleft", "<div align=\"left\">", "</div>"},
    {"flushright", "<div align=\"right\">", "</div>"},
    {"flushboth", "<div align=\"justify\">", "</div>"},
    {"indent", "<blockquote>", "</blockquote>"},
    {"indentright", "<div>", "</div>"},
    {"excerpt", "<blockquote type=\"cite\">", "</blockquote>"},
    {"paragraph", "<p>", "</p>"},
    {"color", "<font>", "</font>"},
}};
constexpr std::size_t kMaxOpen = 100;

class Writer {
 public:
  explicit Writer(std::string_view text) : text_(text) {}
  std::string run() {
    while (at_ < text_.size()) next();
    while (!open_.empty()) close_last();
    return std::move(out_);
  }

 private:
  void next() {
    const char c = text_[at_];
    if (c == '<') return take_command();
    ++at_;
    if (c == '\r') return;
    if (is_in_param_) {
      param_ += c;
    } else if (c == '\n') {
      take_line_ends();
    } else {
      out_ += escape_html(std::string_view(&c, 1));
    }
  }
  /// One line end is a blank, n of them are n - 1 breaks, except in <nofill>.
  void take_line_ends() {
    std::size_t count = 1;
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
      if (text_[at_] == '\n') ++count;
      ++at_;
    }
    if (nofill_ > 0) ++count;
    if (count == 1) out_ += ' ';
    for (std::size_t i = 1; i < count; ++i) out_ += "<br>\n";
  }
  void take_command() {
    if (text_.substr(at_, 2) == "<<") {
      out_ += "&lt;";
      at_ += 2;
      return;
    }
    constexpr std::size_t kLongest = 60;
    const std::size_t end = text_.substr(at_, kLongest + 3).find('>');
    if (end == std::string_view::npos) {
      out_ += "&lt;";
      ++at_;
      return;
    }
    const std::string name = to_lower_ascii(text_.substr(at_ + 1, end - 1));
    at_ += end + 1;
    if (name == "lt") {
      out_ += "&lt;";
    } else if (name == "nl" || name == "np") {
      out_ += "<br>\n";
    } else if (name == "param") {
      is_in_param_ = true;
      param_.clear();
    } else if (name == "/param") {
      is_in_param_ = false;
      apply_param();
    } else if (name == "nofill" || name == "/nofill") {
      nofill_ = std::max(0, nofill_ + (name == "nofill" ? 1 : -1));
    } else if (name.starts_with('/')) {
      close(std::string_view(name).substr(1));
    } else {
      open(name);
    }
  }
  void open(std::string_view name) {
    const auto* row =
        std::find_if(kCommands.begin(), kCommands.end(), [&](const auto& r) { return r.command == name; });
    if (row == kCommands.end() || open_.size() >= kMaxOpen) return;
    open_.push_back(row);
    last_begin_ = out_.size();
    out_ += row->begin;
  }
  /// Commands nest; what is still open inside ends with its surrounding.
  void close(std::string_view name) {
    if (std::none_of(open_.begin(), open_.end(), [&](const auto* row) { return row->command == name; }))
      return;
    while (open_.back()->command != name) close_last();
    close_last();
  }
  void close_last() {
    out_ += open_.back()->end;
    open_.pop_back();
  }
  void apply_param() {
    const std::string color = clean_color(trim(param_));
    if (color.empty() || open_.empty() || open_.back()->command != "color" || out_.size() != last_begin_ + 6)
      return;
    out_.resize(last_begin_);
    out_ += "<font color=\"" + color + "\">";
  }

  std::string_view text_;
  std::size_t at_ = 0, last_begin_ = 0;
  std::string out_, param_;
  std::vector<const CommandRow*> open_;
  int nofill_ = 0;
  bool is_in_param_ = false;
};

}  // namespace

std::string enriched_to_html(std::string_view utf8) { return Writer(utf8).run(); }

}  // namespace gw::mail::html
