#include "mail/search_term.hpp"

#include <utility>

namespace gw::mail {
namespace {

using TermKind = SearchTerm::Kind;

std::vector<SearchTerm> pair_of(SearchTerm a, SearchTerm b) {
  std::vector<SearchTerm> terms;
  terms.push_back(std::move(a));
  terms.push_back(std::move(b));
  return terms;
}

}  // namespace

SearchTerm leaf_term(TermKind kind, std::string text, std::string_view name) {
  SearchTerm term;
  term.kind = kind;
  term.text = std::move(text);
  term.name = name;
  return term;
}

SearchTerm flag_term(Flag flag, bool is_set) {
  SearchTerm term;
  term.kind = TermKind::HasFlag;
  term.flag = flag;
  return is_set ? term : negate(std::move(term));
}

SearchTerm joined_term(TermKind kind, std::vector<SearchTerm> terms) {
  if (terms.empty()) return {};
  if (terms.size() == 1) return std::move(terms.front());
  SearchTerm term;
  term.kind = kind;
  term.children = std::move(terms);
  return term;
}

SearchTerm negate(SearchTerm term) {
  SearchTerm negated;
  negated.kind = TermKind::Not;
  negated.children.push_back(std::move(term));
  return negated;
}

SearchTerm both(SearchTerm a, SearchTerm b) {
  if (a.kind == TermKind::All) return b;
  if (b.kind == TermKind::All) return a;
  return joined_term(TermKind::And, pair_of(std::move(a), std::move(b)));
}

SearchTerm either(SearchTerm a, SearchTerm b) {
  return joined_term(TermKind::Or, pair_of(std::move(a), std::move(b)));
}

}  // namespace gw::mail
