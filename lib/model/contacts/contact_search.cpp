// search and advancedSearch.
#include "model/contacts/contact_search.hpp"

#include <algorithm>
#include <array>

#include "core/errors/contact.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/folder_selection.hpp"
#include "model/contacts/search_limits.hpp"
#include "model/text_pattern.hpp"

namespace gw::model::contacts {
namespace {

/// The columns that search can be ordered by name with.
FieldSet name_fields() { return fields_of(std::array{607}); }

struct FieldPattern {
  std::size_t field;
  TextPattern pattern;
};

/// `startletter`: the first letter of the last name; `#` digits, `.` whatever is neither letter nor digit.
class StartLetter {
 public:
  explicit StartLetter(std::string_view text) : text_(trim(text)), pattern_(text, PatternKind::Prefix) {}
  [[nodiscard]] bool matches(const Contact& contact) const {
    const std::string folded = contact.last_name ? fold(*contact.last_name) : std::string();
    const unsigned char first = folded.empty() ? 0 : static_cast<unsigned char>(folded.front());
    if (text_ == "#") return std::isdigit(first) != 0;
    if (text_ == ".") return first < 0x80 && std::isalnum(first) == 0;
    return !folded.empty() && pattern_.matches_folded(folded);
  }

 private:
  std::string text_;
  TextPattern pattern_;
};

class Matcher {
 public:
  explicit Matcher(const SearchQuery& query)
      : any_(query.any_field || query.email_required), needs_address_(query.email_required) {
    const PatternKind kind = query.exact ? PatternKind::Literal
                             : any_      ? PatternKind::Prefix
                                         : PatternKind::Substring;
    if (query.pattern && query.start_letter)
      letter_.emplace(*query.pattern);
    else if (query.pattern && !trim(*query.pattern).empty())
      add(static_cast<std::size_t>(find_column(contact_fields(), 500)), *query.pattern, kind);
    for (const auto& [field, text] : query.patterns)
      if (!trim(text).empty()) add(field, text, kind);
  }

  [[nodiscard]] bool accepts(const Contact& contact) const {
    if (needs_address_ && !contact.email1 && !contact.email2 && !contact.email3) return false;
    if (letter_ && !letter_->matches(contact)) return false;
    if (patterns_.empty()) return true;
    const auto fits = [&](const FieldPattern& entry) {
      const auto member = std::get<Text Contact::*>(contact_fields()[entry.field].member);
      const Text& text = contact.*member;
      return entry.pattern.matches(text ? std::optional<std::string_view>(*text) : std::nullopt);
    };
    return any_ ? std::any_of(patterns_.begin(), patterns_.end(), fits)
                : std::all_of(patterns_.begin(), patterns_.end(), fits);
  }

  [[nodiscard]] FieldSet fields() const {
    FieldSet fields = fields_of(std::array{502, 555, 556, 557});
    for (const FieldPattern& entry : patterns_) fields.set(entry.field);
    return fields;
  }

  void narrow(store::Condition& condition) const {
    std::vector<std::string> pieces;
    for (const FieldPattern& entry : patterns_) {
      const bool searchable = (contact_fields()[entry.field].flags & kSearchable) != 0;
      std::string piece = searchable ? entry.pattern.piece() : std::string();
      if (!piece.empty())
        pieces.push_back(std::move(piece));
      else if (any_)
        return;
    }
    condition.pieces = std::move(pieces);
    condition.any_piece = any_;
  }

 private:
  void add(std::size_t field, const std::string& text, PatternKind kind) {
    patterns_.push_back({field, {text, kind}});
  }

  bool any_;
  bool needs_address_;
  std::optional<StartLetter> letter_;
  std::vector<FieldPattern> patterns_;
};

}  // namespace

void check_pattern(std::string_view text, const Settings& settings) {
  if (count_characters(text) > kMaxPatternLength)
    throw ApiError(errors::svl::kBadParameter, {"pattern", std::string(first_characters(text, 40)) + "…"});
  const auto minimum = static_cast<std::size_t>(std::max(0, settings.limits.minimum_search_characters));
  if (count_literal_characters(text) < minimum)
    throw ApiError(errors::con::kPatternTooShort, {std::to_string(minimum)});
}

ListResult search(UnitOfWork& work, const SearchQuery& query, const ListRequest& request,
                  const Visitor& visit) {
  if (query.pattern && !query.start_letter) check_pattern(*query.pattern, work.settings());
  for (const auto& [field, text] : query.patterns) check_pattern(text, work.settings());
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup lookup(connection, caller);
  const Matcher matcher(query);
  store::Condition condition;
  if (query.only_self)
    condition.users = {caller.user};
  else
    condition.folders = select_folders(connection, caller, lookup, query.folders, query.excluded_folders);
  matcher.narrow(condition);
  const SortKeys keys({}, caller);
  Listing listing(work, connection, request, visit, matcher.fields() | name_fields(),
                  [&](const Contact& contact) { return keys.name_key(contact); });
  scan_visible(listing, connection, caller, lookup, condition,
               [&](const Contact& contact) { return matcher.accepts(contact); });
  return with_timestamp(listing.finish(lookup), connection, caller);
}

ListResult advanced_search(UnitOfWork& work, const SearchTerm& term, std::span<const FolderId> folders,
                           const ListRequest& request, const Visitor& visit) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup lookup(connection, caller);
  store::Condition condition{.folders = select_folders(connection, caller, lookup, folders)};
  if (const auto narrowed = term.folders())
    std::erase_if(condition.folders, [&](FolderId id) {
      return std::find(narrowed->begin(), narrowed->end(), id) == narrowed->end();
    });
  SearchTerm::Pieces pieces = term.pieces();
  condition.pieces = std::move(pieces.texts);
  condition.any_piece = pieces.any;
  const SortKeys keys({}, caller);
  Listing listing(work, connection, request, visit, term.fields() | name_fields(),
                  [&](const Contact& contact) { return keys.name_key(contact); });
  scan_visible(listing, connection, caller, lookup, condition,
               [&](const Contact& contact) { return term.matches(contact, keys.collator()); });
  return with_timestamp(listing.finish(lookup), connection, caller);
}

}  // namespace gw::model::contacts
