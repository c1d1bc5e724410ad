// The first line is the filter of an advanced search, the second a contact, both JSON. What narrows the
// search (fields, folders, pieces of text) must never lose a contact that matches.
#include <algorithm>
#include <cstdint>
#include <string>

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/search_term.hpp"

namespace {

using namespace gw;
using namespace gw::model::contacts;
using fuzz::is_taken;
using fuzz::require;

constexpr int kSortNameColumn = 607;

std::optional<SearchTerm> parse_term(const Json& filter) {
  std::optional<SearchTerm> term;
  is_taken({"SVL-0010"}, [&] { term = SearchTerm::parse(filter); });
  return term;
}

Contact read_contact(std::string_view text) {
  const auto source = Json::parse(text);
  try {
    if (source && source->is_object()) return parse_contact(*source, true).contact;
  } catch (const ApiError&) {
    // Not a contact: the fixed one below is as good.
  }
  Contact contact;
  contact.id = 17;
  contact.folder_id = 31;
  contact.first_name = "Zo\xC3\xAB";
  contact.last_name =
      "M\xC3\xBCller-L\xC3\xBC"
      "denscheidt";
  contact.email1 = "zoe@example.test";
  contact.birthday = Date{10'000};
  return contact;
}

/// The contact as a store delivers it that was asked for `fields` only; sort_name is computed from others.
Contact only(const model::FieldSet& fields, const Contact& contact) {
  const auto table = contact_fields();
  const int sort_name = model::find_column(table, kSortNameColumn);
  if (fields.test(static_cast<std::size_t>(sort_name))) return contact;
  Contact kept;
  for (std::size_t i = 0; i < table.size(); ++i)
    if (fields.test(i)) std::visit([&](auto member) { kept.*member = contact.*member; }, table[i].member);
  return kept;
}

bool is_in_searchable_text(const Contact& contact, const std::string& piece) {
  const auto table = contact_fields();
  return std::any_of(table.begin(), table.end(), [&](const auto& field) {
    if (!(field.flags & model::kSearchable)) return false;
    const auto& text = contact.*std::get<Text Contact::*>(field.member);
    return text && fold(*text).find(piece) != std::string::npos;
  });
}

void check_narrowing(const SearchTerm& term, const Contact& contact) {
  if (const auto folders = term.folders())
    require(std::find(folders->begin(), folders->end(), FolderId(contact.folder_id)) != folders->end());
  const auto pieces = term.pieces();
  const auto holds = [&](const std::string& piece) { return is_in_searchable_text(contact, piece); };
  if (pieces.texts.empty()) return;
  require(pieces.any ? std::any_of(pieces.texts.begin(), pieces.texts.end(), holds)
                     : std::all_of(pieces.texts.begin(), pieces.texts.end(), holds));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Collator collator("en_US");
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const auto filter = Json::parse(input.substr(0, end));
  if (!filter) return 0;
  const auto term = parse_term(*filter);
  if (!term) return 0;
  const Contact contact = read_contact(input.substr(std::min(end + 1, input.size())));
  const bool matches = term->matches(contact, collator);
  require(term->matches(only(term->fields(), contact), collator) == matches);
  if (matches) check_narrowing(*term, contact);
  for (const std::string& piece : term->pieces().texts)
    require(!piece.empty() && piece.size() <= 100 && is_valid_utf8(piece));
  if (!filter->is_array() || filter->size() == 0) return 0;
  // One level more may be one too many.
  if (const auto negated = parse_term(Json::array().append(Json::string("not")).append(*filter)))
    require(negated->matches(contact, collator) != matches);
  return 0;
}
