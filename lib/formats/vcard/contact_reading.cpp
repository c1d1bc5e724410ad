#include "formats/vcard/contact_reading.hpp"

#include <algorithm>

#include "core/errors/transfer.hpp"
#include "core/text.hpp"
#include "formats/lines/text_value.hpp"

namespace gw::formats::vcard {
const Row* named_row(const Property& property) {
  const auto column = parse_integer(property.parameter("X-GW-COLUMN"));
  if (!column || *column <= 0 || *column > 9'999) return nullptr;
  const Row* row = find_row(static_cast<int>(*column));
  return row != nullptr && row->property == property.name ? row : nullptr;
}

ContactReading::ContactReading(const Card& card, ParsedCard& out)
    : card_(card), out_(out), provenance_(card.properties.size()) {}

bool ContactReading::set_text(std::size_t index, const Row& row, std::string_view text) {
  Text& target = contact().*row.member;
  if (target) return false;
  std::string kept = clean_text(text);
  if (kept.empty()) return false;
  target = std::move(kept);
  record(index, row.column);
  return true;
}

std::string ContactReading::label_of(std::size_t index) const {
  const std::string& group = property(index).group;
  if (group.empty()) return {};
  for (const Property& other : card_.properties) {
    if (other.name != "X-ABLABEL" || !equal_ignoring_ascii_case(other.group, group)) continue;
    std::string label = unescape_text(other.value);
    if (label.starts_with("_$!<") && label.ends_with(">!$_") && label.size() >= 8)
      label = label.substr(4, label.size() - 8);
    std::transform(label.begin(), label.end(), label.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return label;
  }
  return {};
}

void ContactReading::warn_ignored(const Property& property) {
  constexpr std::size_t kMaxWarnings = 20;
  constexpr std::size_t kMaxShown = 100;
  if (out_.warnings.size() >= kMaxWarnings) return;
  out_.warnings.push_back(problem(errors::ie::kValueIgnored,
                                  {property.name, std::string(first_characters(property.value, kMaxShown))}));
}

void ContactReading::run() {
  for (std::size_t i = 0; i < card_.properties.size(); ++i) {
    const Row* row = claiming_row(card_.properties[i].name);
    const bool is_parked = card_.properties[i].parameter("X-GW-COLUMN") == "0";
    if (row == nullptr || is_parked) continue;
    if (row->codec != nullptr)
      row->codec->read(*this, i, *row);
    else if (!card_.properties[i].is_base64)
      set_text(i, *row, unescape_text(card_.properties[i].value));
  }
  resolve_phones(*this);
  resolve_emails(*this);
  resolve_messengers(*this);
  resolve_urls(*this);
}

}  // namespace gw::formats::vcard
