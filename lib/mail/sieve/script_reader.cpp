// Reads a script in our layout, or a foreign one. Comments of the top level are what carries the layout:
// header lines, and the lines of inactive rules.
#include <algorithm>
#include <utility>

#include "core/errors/mail_filter.hpp"
#include "core/text.hpp"
#include "mail/sieve/layout.hpp"
#include "mail/sieve/rule.hpp"

namespace gw::mail::sieve {
namespace {

namespace errors = gw::errors::mail_filter;

/// Larger ones are somebody's mistake; the next ids must fit, too.
constexpr std::int64_t kMaxId = INT32_MAX;

/// Carriage returns before a line feed go.
std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\n')
      while (out.ends_with('\r')) out.pop_back();
    out += c;
  }
  return out;
}

std::optional<Rule> read_header(std::string_view line) {
  if (!line.starts_with(kHeader)) return std::nullopt;
  line.remove_prefix(kHeader.size());
  const auto id_at = line.find(kHeaderId), name_at = line.find(kHeaderName, id_at == line.npos ? 0 : id_at);
  if (id_at == line.npos || name_at == line.npos) return std::nullopt;
  Rule rule;
  for (const std::string_view flag : split(line.substr(0, id_at), ','))
    if (!flag.empty()) rule.flags.emplace_back(flag);
  const std::size_t digits = id_at + kHeaderId.size();
  rule.id = parse_integer(line.substr(digits, name_at - digits)).value_or(-1);
  rule.name = trim(line.substr(name_at + kHeaderName.size()));
  return rule;
}

/// A comment inside an inactive rule, so that at the top level it is no more than a comment.
std::string as_remark(std::string_view comment) {
  if (!comment.starts_with(kInactive) && !read_header(comment)) return std::string(comment);
  while (comment.starts_with('#')) comment.remove_prefix(1);
  return "# " + std::string(comment);
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Script read() {
    for (const Item& item : parse(text_)) {
      const std::string_view source = std::string_view(text_).substr(item.begin, item.end - item.begin);
      if (item.is_comment) {
        read_comment(source, item.line);
      } else {
        end_inactive();
        if (item.command.name == "require")
          read_require(item.command);
        else
          add_command(item, text_, true);
      }
    }
    end_inactive();
    script_.remarks = std::move(remarks_);
    return std::move(script_);
  }

 private:
  void read_comment(std::string_view text, int line) {
    if (text.starts_with(kInactive)) {
      // Twice commented is commented.
      while (text.starts_with(kInactive)) text.remove_prefix(kInactive.size());
      // A line between two of them ends a rule's text only when it is none of them.
      if (line != inactive_line_ + 1 && !inactive_.empty()) end_inactive();
      inactive_line_ = line;
      if (read_header(text)) {
        end_inactive();
        header_ = read_header(text);
      } else {
        inactive_ += std::string(text) + "\n";
      }
      return;
    }
    end_inactive();
    if (auto header = read_header(text)) {
      header_ = std::move(header);
      is_open_ = false;
    } else if (!text.starts_with(kFirstLine)) {
      remarks_ += std::string(text) + "\n";
    }
  }

  void read_require(const Command& command) {
    is_open_ = false;
    for (const Argument& argument : command.arguments) {
      if (argument.kind == Argument::Kind::String) script_.extensions.push_back(argument.text);
      script_.extensions.insert(script_.extensions.end(), argument.list.begin(), argument.list.end());
    }
  }

  /// A header begins a rule, and so does an `if`; bare actions gather in one rule, with what stands between
  /// them.
  void add_command(const Item& item, std::string_view text, bool is_active) {
    const Command& command = item.command;
    const bool is_else = command.name == "elsif" || command.name == "else";
    const bool joins = is_open_ && !header_ && script_.rules.back().is_active == is_active &&
                       (is_else ? open_is_if_ : !command.has_block && !open_is_if_);
    std::size_t begin = item.begin;
    if (joins) {
      begin = open_end_;
      script_.rules.back().source.pop_back();  // the line end
    } else {
      Rule rule = header_.value_or(Rule{});
      header_.reset();
      rule.is_active = is_active;
      rule.remarks = std::move(remarks_);
      script_.rules.push_back(std::move(rule));
      commands_.clear();
    }
    remarks_.clear();
    Rule& rule = script_.rules.back();
    rule.source += std::string(text.substr(begin, item.end - begin)) + "\n";
    commands_.push_back(command);
    rule.problem.clear();
    rule.body = to_body(commands_, rule.problem);
    is_open_ = true;
    open_is_if_ = command.has_block;
    open_end_ = item.end;
  }

  /// The lines of inactive rules, gathered until something else stands there.
  void end_inactive() {
    if (inactive_.empty()) return;
    const std::string text = std::exchange(inactive_, {});
    is_open_ = false;
    try {
      for (const Item& item : parse(text)) {
        const std::string_view source = std::string_view(text).substr(item.begin, item.end - item.begin);
        if (item.is_comment)
          remarks_ += as_remark(source) + "\n";
        else
          add_command(item, text, false);
      }
    } catch (const SyntaxError& error) {
      Rule rule = header_.value_or(Rule{});
      header_.reset();
      rule.is_active = false;
      rule.source = text;
      rule.problem = error.what();
      script_.rules.push_back(std::move(rule));
    }
    is_open_ = false;
  }

  std::string text_;
  Script script_;
  std::optional<Rule> header_;
  std::vector<Command> commands_;  // of the rule that is open
  std::string remarks_, inactive_;
  int inactive_line_ = 0;
  std::size_t open_end_ = 0;
  bool is_open_ = false, open_is_if_ = false;
};

void give_ids(Script& script) {
  std::set<std::int64_t> used;
  for (Rule& rule : script.rules)
    if (rule.id < 0 || rule.id > kMaxId || !used.insert(rule.id).second) rule.id = -1;
  std::int64_t next = used.empty() ? 0 : *used.rbegin() + 1;
  for (Rule& rule : script.rules)
    if (rule.id < 0) rule.id = next++;
}

}  // namespace

Script read_script(std::string_view text) {
  try {
    Script script = Reader(with_plain_line_ends(text)).read();
    give_ids(script);
    return script;
  } catch (const SyntaxError& error) {
    throw ApiError(errors::kLexical, {std::to_string(error.line()), error.what()});
  }
}

}  // namespace gw::mail::sieve
