#include "ajax/mail/mail_search.hpp"

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

using Term = mail::SearchTerm;
using Kind = mail::SearchTerm::Kind;
using mail::joined_term;
using mail::leaf_term;

enum class Reading { Text, Header, Number, Received, Sent, Flag, Priority };

struct FieldRow {
  std::string_view name;
  Reading reading;
  Kind kind;
  std::string_view header;
};
constexpr FieldRow kFields[] = {
    {"from", Reading::Text, Kind::From, {}},
    {"to", Reading::Text, Kind::To, {}},
    {"cc", Reading::Text, Kind::Cc, {}},
    {"bcc", Reading::Text, Kind::Bcc, {}},
    {"subject", Reading::Text, Kind::Subject, {}},
    {"content", Reading::Text, Kind::Body, {}},
    {"content_type", Reading::Header, Kind::Header, "Content-Type"},
    {"disp", Reading::Header, Kind::Header, "Content-Disposition"},
    {"cid", Reading::Header, Kind::Header, "Content-ID"},
    {"disp_notification_to", Reading::Header, Kind::Header, "Disposition-Notification-To"},
    {"flags", Reading::Flag, Kind::HasFlag, {}},
    {"priority", Reading::Priority, Kind::Header, {}},
    {"received_date", Reading::Received, Kind::All, {}},
    {"sent_date", Reading::Sent, Kind::All, {}},
    {"size", Reading::Number, Kind::All, {}},
};

struct ColumnRow {
  std::int64_t number;
  Kind kind;
};
constexpr ColumnRow kColumns[] = {{603, Kind::From}, {604, Kind::To},      {605, Kind::Cc},
                                  {606, Kind::Bcc},  {607, Kind::Subject}, {-1, Kind::Text}};

constexpr std::int64_t kDay = 86'400'000;

[[noreturn]] void refuse_search(const Json& what) { throw ApiError(errors::msg::kBadSearch, {what.dump()}); }

Term at(Kind kind, std::int64_t millis) {
  Term term;
  term.kind = kind;
  term.at = {millis};
  return term;
}

Term sized(Kind kind, std::int64_t bytes) {
  Term term;
  term.kind = kind;
  term.number = bytes;
  return term;
}

void check_length(std::string_view pattern, int shortest) {
  if (count_characters(pattern) < static_cast<std::size_t>(std::max(shortest, 0)))
    throw ApiError(errors::msg::kPatternTooShort, {std::to_string(shortest)});
}

class FilterParser {
 public:
  explicit FilterParser(int shortest) : shortest_(shortest) {}

  Term parse(const Json& node, int depth = 0) {
    if (!node.is_array() || node.size() == 0 || depth > kMaxTermDepth || ++nodes_ > kMaxTermNodes)
      refuse_search(node);
    const std::string word = to_lower_ascii(node.at(0).as_string());
    if (word == "and" || word == "or") return parse_list(node, word == "and", depth);
    if (word == "not") {
      if (node.size() != 2) refuse_search(node);
      return negate(parse(node.at(1), depth + 1));
    }
    return parse_comparison(node, word);
  }

 private:
  Term parse_list(const Json& node, bool is_and, int depth) {
    if (node.size() == 1) return {};
    std::vector<Term> terms;
    for (std::size_t i = 1; i < node.size(); ++i) terms.push_back(parse(node.at(i), depth + 1));
    return joined_term(is_and ? Kind::And : Kind::Or, std::move(terms));
  }

  Term parse_comparison(const Json& node, std::string word) {
    if (node.size() != 3) refuse_search(node);
    Json subject = node.at(1), constant = node.at(2);
    if (!subject.is_object()) {
      std::swap(subject, constant);
      // `5 < size` is `size > 5`.
      for (char& c : word) c = c == '<' ? '>' : c == '>' ? '<' : c;
      if (word == "><") word = "<>";
    }
    if (!subject.is_object() || constant.is_object() || constant.is_array()) refuse_search(node);
    if (word == "<>") return negate(compare(node, subject, constant, "="));
    return compare(node, subject, constant, word);
  }

  Term compare(const Json& node, const Json& subject, const Json& constant, const std::string& word) {
    if (word != "=" && word != "<" && word != ">" && word != "<=" && word != ">=") refuse_search(node);
    if (!subject.get("attachment").is_missing())
      return leaf_term(Kind::AttachmentName, text_of(node, constant));
    const std::string name(subject.get("field").as_string());
    if (name.empty()) refuse_search(node);
    for (const FieldRow& row : kFields)
      if (row.name == name) return compare_field(node, row, constant, word);
    return {};  // unknown fields decide nothing
  }

  Term compare_field(const Json& node, const FieldRow& row, const Json& constant, const std::string& word) {
    switch (row.reading) {
      case Reading::Text:
        return leaf_term(row.kind, text_of(node, constant));
      case Reading::Header:
        return leaf_term(Kind::Header, text_of(node, constant), row.header);
      case Reading::Flag: {
        const auto flag = mail::single_flag(number_of(node, constant));
        if (!flag) throw ApiError(errors::msg::kFlagNotSingle, {constant.dump()});
        return mail::flag_term(*flag);
      }
      case Reading::Priority:
        return compare_priority(number_of(node, constant));
      case Reading::Number:
        return compare_size(number_of(node, constant), word);
      case Reading::Received:
        return compare_time(number_of(node, constant), word, Kind::ReceivedBefore, Kind::ReceivedSince);
      case Reading::Sent:
        return compare_time(number_of(node, constant), word, Kind::SentBefore, Kind::SentSince);
    }
    return {};
  }

  static Term compare_size(std::int64_t bytes, const std::string& word) {
    if (word == "<") return sized(Kind::Smaller, bytes);
    if (word == ">") return sized(Kind::Larger, bytes);
    if (word == "<=") return negate(sized(Kind::Larger, bytes));
    if (word == ">=") return negate(sized(Kind::Smaller, bytes));
    return both(negate(sized(Kind::Larger, bytes)), negate(sized(Kind::Smaller, bytes)));
  }

  /// Equal means: on that day (UTC).
  static Term compare_time(std::int64_t millis, const std::string& word, Kind before, Kind since) {
    if (word == "<") return at(before, millis);
    if (word == "<=") return at(before, millis + 1);
    if (word == ">") return at(since, millis + 1);
    if (word == ">=") return at(since, millis);
    const std::int64_t day = millis - ((millis % kDay) + kDay) % kDay;
    return both(at(since, day), at(before, day + kDay));
  }

  static Term compare_priority(std::int64_t number) {
    const char* importance = number <= 2 ? "High" : number >= 4 ? "Low" : "Normal";
    return either(leaf_term(Kind::Header, importance, "Importance"),
                  leaf_term(Kind::Header, std::to_string(number), "X-Priority"));
  }

  std::string text_of(const Json& node, const Json& constant) const {
    auto text = constant.to_text();
    if (!text) refuse_search(node);
    check_length(*text, shortest_);
    return std::move(*text);
  }
  static std::int64_t number_of(const Json& node, const Json& constant) {
    const auto number = constant.to_integer();
    if (!number || *number > INT64_MAX / 4 || *number < -(INT64_MAX / 4)) refuse_search(node);
    return *number;
  }

  int shortest_;
  int nodes_ = 0;
};

std::optional<Term> parse_columns_form(const Json& body, int shortest) {
  if (body.size() == 0) return std::nullopt;
  if (body.size() > static_cast<std::size_t>(kMaxTermNodes)) refuse_search(Json::integer(kMaxTermNodes));
  std::vector<Term> terms;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto column = body.at(i).get("col").to_integer();
    const auto pattern = body.at(i).get("pattern").to_text();
    if (!column || !pattern) refuse_search(body.at(i));
    check_length(*pattern, shortest);
    const auto* row = std::find_if(std::begin(kColumns), std::end(kColumns),
                                   [&](const ColumnRow& each) { return each.number == *column; });
    if (row == std::end(kColumns)) refuse_search(body.at(i));
    terms.push_back(leaf_term(row->kind, *pattern));
  }
  return joined_term(Kind::Or, std::move(terms));
}

}  // namespace

std::optional<mail::SearchTerm> parse_mail_search(const Json& body, int shortest) {
  if (body.is_array()) return parse_columns_form(body, shortest);
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an array or an object with filter"});
  const Json filter = body.get("filter");
  if (filter.is_missing() || filter.is_null()) return mail::SearchTerm{};
  return FilterParser(shortest).parse(filter);
}

}  // namespace gw::ajax
