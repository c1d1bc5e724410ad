#include "model/contacts/search_term.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "core/error.hpp"
#include "core/errors/servlet.hpp"
#include "model/contacts/contact_codecs.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/text_pattern.hpp"

namespace gw::model::contacts {
namespace {

constexpr int kMaxLevels = 50;
constexpr int kMaxOperators = 1'000;
/// Matching wildcards costs pattern times text, and a note has up to 65,000 characters.
constexpr std::size_t kMaxWildcardText = 10'000;

enum class Operator { Equal, NotEqual, Less, Greater, LessOrEqual, GreaterOrEqual, And, Or, Not };
constexpr std::pair<std::string_view, Operator> kOperators[] = {
    {"=", Operator::Equal},   {"<>", Operator::NotEqual},    {"<", Operator::Less},
    {">", Operator::Greater}, {"<=", Operator::LessOrEqual}, {">=", Operator::GreaterOrEqual},
    {"and", Operator::And},   {"or", Operator::Or},          {"not", Operator::Not},
};
bool is_logic(Operator op) { return op == Operator::And || op == Operator::Or || op == Operator::Not; }

/// Null, number (dates in milliseconds, booleans as 0 and 1) or text.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string>;

struct Operand {
  int field = -1;  ///< row of contact_fields(); -1 = constant
  Value constant = nullptr;
  std::optional<TextPattern> pattern;  ///< of a text constant
};

[[noreturn]] void refuse_filter(const std::string& what) {
  throw ApiError(errors::svl::kBadParameter, {"filter", what});
}

Value value_of(const Contact& contact, const Operand& operand) {
  if (operand.field < 0) return operand.constant;
  const Field<Contact>& field = contact_fields()[static_cast<std::size_t>(operand.field)];
  if (field.codec != nullptr) {
    const std::string_view name = sort_name(contact);
    return name.empty() ? Value(nullptr) : Value(std::string(name));
  }
  return std::visit(
      [&](auto member) -> Value {
        const auto& value = contact.*member;
        using V = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<V, Text>)
          return value ? Value(*value) : Value(nullptr);
        else if constexpr (std::is_same_v<V, std::optional<Date>>)
          return value ? Value(value->to_millis()) : Value(nullptr);
        else if constexpr (std::is_same_v<V, std::optional<std::int64_t>>)
          return value ? Value(*value) : Value(nullptr);
        else if constexpr (std::is_same_v<V, Millis>)
          return value.value == 0 ? Value(nullptr) : Value(value.value);
        else
          return static_cast<std::int64_t>(value);
      },
      field.member);
}

std::string to_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return std::to_string(std::get<std::int64_t>(value));
}

/// Order of two values that are not null: as numbers when one of them is one and the other can be read as
/// one.
int compare(const Value& a, const Value& b, const Collator& collator) {
  const auto number = [](const Value& value) {
    const auto* integer = std::get_if<std::int64_t>(&value);
    return integer != nullptr ? std::optional(*integer) : parse_integer(std::get<std::string>(value));
  };
  const bool has_number = std::holds_alternative<std::int64_t>(a) || std::holds_alternative<std::int64_t>(b);
  if (has_number) {
    const auto left = number(a);
    const auto right = number(b);
    if (left && right) return *left < *right ? -1 : *left > *right ? 1 : 0;
  }
  return collator.compare(to_text(a), to_text(b));
}

/// The contact that is asked about. A text is folded once, however many operators look at it.
class Subject {
 public:
  Subject(const Contact& contact, const Collator& collator) : contact_(contact), collator_(collator) {}
  [[nodiscard]] const Collator& collator() const { return collator_; }
  [[nodiscard]] Value value(const Operand& operand) const { return value_of(contact_, operand); }
  /// `text` is the operand's value.
  const std::string& folded(const Operand& operand, const std::string& text) {
    const auto [entry, is_new] = folded_.try_emplace(operand.field);
    const bool is_constant = operand.field < 0;
    if (is_new || is_constant) entry->second = fold(text);
    return entry->second;
  }

 private:
  const Contact& contact_;
  const Collator& collator_;
  std::map<int, std::string> folded_;  ///< by row of contact_fields(); -1: the constant of the last call
};

bool is_equal(Subject& subject, const Operand& a, const Operand& b) {
  const Value left = subject.value(a);
  const Value right = subject.value(b);
  const bool left_null = std::holds_alternative<std::nullptr_t>(left);
  const bool right_null = std::holds_alternative<std::nullptr_t>(right);
  if (left_null || right_null) return left_null && right_null;
  const auto* left_text = std::get_if<std::string>(&left);
  const auto* right_text = std::get_if<std::string>(&right);
  if (left_text == nullptr || right_text == nullptr) return compare(left, right, subject.collator()) == 0;
  if (b.pattern) return b.pattern->matches_folded(subject.folded(a, *left_text));
  if (a.pattern) return a.pattern->matches_folded(subject.folded(b, *right_text));
  return subject.folded(a, *left_text) == subject.folded(b, *right_text);  // two fields
}

}  // namespace

struct SearchTerm::Node {
  Operator op = Operator::And;
  std::vector<Node> terms;        ///< of and, or, not
  std::vector<Operand> operands;  ///< the two of a comparison
};

namespace {

using Node = SearchTerm::Node;

/// What the parts of a term have used up together.
struct Spent {
  int operators = 0;
  std::size_t wildcard_text = 0;
};

Operand parse_operand(const Json& source, Spent& spent) {
  if (source.is_array()) refuse_filter("an array is no operand");
  Operand operand;
  if (source.is_object()) {
    const Json field = source.get("field");
    const Json attachment = source.get("attachment");
    if (field.is_string()) {
      const std::string name(field.as_string() == "folder" ? "folder_id" : field.as_string());
      operand.field = find_json(contact_fields(), name);
      const bool is_known =
          operand.field >= 0 &&
          (contact_fields()[static_cast<std::size_t>(operand.field)].codec == nullptr || name == "sort_name");
      if (!is_known) refuse_filter("unknown field " + name);
    } else if (!attachment.is_string()) {
      refuse_filter("unknown operand " + source.dump());
    }
    return operand;  // the name of an attachment is not searched for (unconfirmed in the spec): null, which
                     // nothing equals
  }
  if (source.is_string()) {
    if (count_characters(source.as_string()) > kMaxPatternLength) refuse_filter("a constant is too long");
    if (source.as_string().find_first_of("*?") != std::string_view::npos)
      spent.wildcard_text += source.as_string().size();
    if (spent.wildcard_text > kMaxWildcardText) refuse_filter("too many constants with wildcards");
    operand.constant = std::string(source.as_string());
    operand.pattern.emplace(source.as_string(), PatternKind::Whole);
  } else if (source.is_boolean()) {
    operand.constant = std::int64_t{source.is_true()};
  } else if (const auto number = source.to_integer()) {
    operand.constant = *number;
  } else if (!source.is_null()) {
    refuse_filter("unknown operand " + source.dump());
  }
  return operand;
}

Node parse_node(const Json& source, int level, Spent& spent) {
  if (!source.is_array() || source.size() == 0 || !source.at(0).is_string())
    refuse_filter("a term is [operator, operand, …]");
  if (level > kMaxLevels || ++spent.operators > kMaxOperators) refuse_filter("the term is too large");
  const std::string name = to_lower_ascii(source.at(0).as_string());
  const auto* known = std::find_if(std::begin(kOperators), std::end(kOperators),
                                   [&](const auto& entry) { return entry.first == name; });
  if (known == std::end(kOperators)) refuse_filter("unknown operator " + name);
  const std::size_t count = source.size() - 1;
  Node node{known->second, {}, {}};
  if (!is_logic(node.op)) {
    if (count != 2) refuse_filter(name + " needs two operands");
    for (std::size_t i = 1; i <= 2; ++i) node.operands.push_back(parse_operand(source.at(i), spent));
    return node;
  }
  if (count == 0 || (node.op == Operator::Not && count != 1))
    refuse_filter(name + " has a wrong number of operands");
  for (std::size_t i = 1; i <= count; ++i) node.terms.push_back(parse_node(source.at(i), level + 1, spent));
  return node;
}

bool holds(const Node& node, Subject& subject) {
  const auto each = [&](const Node& term) { return holds(term, subject); };
  switch (node.op) {
    case Operator::And:
      return std::all_of(node.terms.begin(), node.terms.end(), each);
    case Operator::Or:
      return std::any_of(node.terms.begin(), node.terms.end(), each);
    case Operator::Not:
      return !each(node.terms.front());
    case Operator::Equal:
      return is_equal(subject, node.operands[0], node.operands[1]);
    case Operator::NotEqual:
      return !is_equal(subject, node.operands[0], node.operands[1]);
    default:
      break;
  }
  const Value left = subject.value(node.operands[0]);
  const Value right = subject.value(node.operands[1]);
  if (std::holds_alternative<std::nullptr_t>(left) || std::holds_alternative<std::nullptr_t>(right))
    return false;
  const int order = compare(left, right, subject.collator());
  switch (node.op) {
    case Operator::Less:
      return order < 0;
    case Operator::Greater:
      return order > 0;
    case Operator::LessOrEqual:
      return order <= 0;
    default:
      return order >= 0;
  }
}

void collect_fields(const Node& node, FieldSet& fields) {
  for (const Node& term : node.terms) collect_fields(term, fields);
  for (const Operand& operand : node.operands)
    if (operand.field >= 0) fields.set(static_cast<std::size_t>(operand.field));
}

/// Field and constant of an equality, in either order.
std::optional<std::pair<const Field<Contact>*, const Operand*>> equality_of(const Node& node) {
  if (node.op != Operator::Equal) return std::nullopt;
  for (const auto& [a, b] : {std::pair{0, 1}, std::pair{1, 0}}) {
    const Operand& left = node.operands[static_cast<std::size_t>(a)];
    const Operand& right = node.operands[static_cast<std::size_t>(b)];
    if (left.field >= 0 && right.field < 0)
      return std::pair{&contact_fields()[static_cast<std::size_t>(left.field)], &right};
  }
  return std::nullopt;
}

using Folders = std::optional<std::vector<FolderId>>;

Folders folders_of(const Node& node) {
  if (const auto equality = equality_of(node); equality && equality->first->column == 20) {
    const Value& value = equality->second->constant;
    const auto* text = std::get_if<std::string>(&value);
    const auto* number = std::get_if<std::int64_t>(&value);
    const auto id = number != nullptr ? std::optional(*number)
                    : text != nullptr ? parse_integer(*text)
                                      : std::nullopt;
    return id ? Folders({FolderId(*id)}) : Folders();
  }
  Folders result;
  if (node.op == Operator::And) {
    for (const Node& term : node.terms) {
      const Folders part = folders_of(term);
      if (!part) continue;
      if (!result) {
        result = part;
        continue;
      }
      std::erase_if(*result,
                    [&](FolderId id) { return std::find(part->begin(), part->end(), id) == part->end(); });
    }
  } else if (node.op == Operator::Or) {
    result.emplace();
    for (const Node& term : node.terms) {
      const Folders part = folders_of(term);
      if (!part) return std::nullopt;
      result->insert(result->end(), part->begin(), part->end());
    }
  }
  return result;
}

/// The piece of one equality on a searchable text; empty when it gives none.
std::string piece_of(const Node& node) {
  const auto equality = equality_of(node);
  if (!equality || !(equality->first->flags & kSearchable) || !equality->second->pattern) return {};
  return equality->second->pattern->piece();
}

}  // namespace

SearchTerm::SearchTerm() = default;
SearchTerm::SearchTerm(SearchTerm&&) noexcept = default;
SearchTerm& SearchTerm::operator=(SearchTerm&&) noexcept = default;
SearchTerm::~SearchTerm() = default;

SearchTerm SearchTerm::parse(const Json& filter) {
  SearchTerm term;
  if (filter.is_missing() || filter.is_null() || (filter.is_array() && filter.size() == 0)) return term;
  Spent spent;
  term.root_ = std::make_unique<Node>(parse_node(filter, 1, spent));
  return term;
}

bool SearchTerm::matches(const Contact& contact, const Collator& collator) const {
  if (!root_) return true;
  Subject subject(contact, collator);
  return holds(*root_, subject);
}

FieldSet SearchTerm::fields() const {
  FieldSet fields;
  if (root_) collect_fields(*root_, fields);
  return fields;
}

std::optional<std::vector<FolderId>> SearchTerm::folders() const {
  return root_ ? folders_of(*root_) : std::nullopt;
}

SearchTerm::Pieces SearchTerm::pieces() const {
  constexpr std::size_t kMaxPieces = 16;
  Pieces pieces;
  if (!root_) return pieces;
  if (std::string piece = piece_of(*root_); !piece.empty()) pieces.texts.push_back(std::move(piece));
  pieces.any = root_->op == Operator::Or;
  if (root_->op != Operator::And && root_->op != Operator::Or) return pieces;
  for (const Node& term : root_->terms) {
    std::string piece = piece_of(term);
    if (!piece.empty())
      pieces.texts.push_back(std::move(piece));
    else if (pieces.any)
      return {};  // this branch may match without any piece
  }
  if (pieces.texts.size() > kMaxPieces) {
    if (pieces.any) return {};
    pieces.texts.resize(kMaxPieces);
  }
  return pieces;
}

}  // namespace gw::model::contacts
