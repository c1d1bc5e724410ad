// A changed contact put back into the card it came from. What nobody changed keeps its bytes' meaning, known
// or not.
#include <algorithm>

#include "formats/vcard/card_writer.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"
#include "formats/vcard/vcard.hpp"

namespace gw::formats::vcard {
namespace {

constexpr int kPictureColumn = 570;
/// Dropping a property can move others to its place; each round marks what moved. More than a few rounds
/// never help.
constexpr int kMaxRounds = 4;

bool same_members(const Contact& a, const Contact& b) {
  return std::equal(a.distribution_list.begin(), a.distribution_list.end(), b.distribution_list.begin(),
                    b.distribution_list.end(), [](const auto& x, const auto& y) {
                      return x.mail == y.mail && x.display_name == y.display_name;
                    });
}

/// True when both contacts say the same in this column.
bool same(const Contact& a, const Contact& b, const Row& row) {
  if (row.member != nullptr) return a.*row.member == b.*row.member;
  switch (row.column) {
    case 101:
      return a.private_flag == b.private_flag;
    case 102:
      return a.color_label == b.color_label;
    case 511:
      return a.birthday == b.birthday;
    case 517:
      return a.anniversary == b.anniversary;
    case 605:
      return a.default_address == b.default_address;
    case 592:
      return same_members(a, b);
    case 602:
      return a.mark_as_distributionlist == b.mark_as_distributionlist;
    default:
      return true;
  }
}

/// Which columns are to be written anew. A property holds several columns, so one changed column takes the
/// others of its old and of its new property with it, until nothing more follows.
class Changes {
 public:
  /// Gives true when the column was not marked before.
  bool mark(int column) {
    if (is_marked(column)) return false;
    changed_.push_back(column);
    return true;
  }
  [[nodiscard]] bool is_empty() const { return changed_.empty(); }
  [[nodiscard]] bool touches(const std::vector<int>& columns) const {
    return std::any_of(columns.begin(), columns.end(), [&](int column) { return is_marked(column); });
  }
  void spread(const Provenance& old_columns, const std::vector<Generated>& generated) {
    for (bool grew = true; grew;) {
      grew = false;
      for (const std::vector<int>& columns : old_columns) grew |= take(columns);
      for (const Generated& entry : generated) grew |= take(entry.columns);
    }
  }

 private:
  [[nodiscard]] bool is_marked(int column) const {
    return std::find(changed_.begin(), changed_.end(), column) != changed_.end();
  }
  bool take(const std::vector<int>& columns) {
    if (!touches(columns)) return false;
    bool grew = false;
    for (const int column : columns) grew |= mark(column);
    return grew;
  }
  std::vector<int> changed_;
};

class Merge {
 public:
  Merge(const Card& original, const Contact& contact, const std::optional<Image>& image, Version version)
      : original_(original), contact_(contact), parked_(original.properties.size(), false) {
    ContactReading reading(original, before_);
    reading.run();
    provenance_ = reading.provenance();
    generated_ = ContactWriting(contact, image, version).run();
    for (const Row& row : contact_rows())
      if (!same(before_.contact, contact, row)) changes_.mark(row.column);
    // The stored picture may be scaled, and without one the inline one is no longer the contact's.
    if (image || before_.image) changes_.mark(kPictureColumn);
  }

  Card run() {
    Card merged = compose();
    for (int round = 0; round < kMaxRounds && !changes_.is_empty() && mark_moved(merged); ++round)
      merged = compose();
    return merged;
  }

 private:
  Card compose() {
    changes_.spread(provenance_, generated_);
    Card merged;
    merged.properties = frame_properties(contact_);
    first_kept_ = merged.properties.size();
    kept_.clear();
    std::vector<int> kept_columns;
    for (std::size_t i = 0; i < original_.properties.size(); ++i) {
      const Property& property = original_.properties[i];
      const bool is_frame = property.name == "PRODID" || property.name == "REV";
      if (is_frame || changes_.touches(provenance_[i])) continue;
      merged.properties.push_back(property);
      if (parked_[i]) {
        merged.properties.back().remove_parameter("X-GW-COLUMN");
        merged.properties.back().add_parameter("X-GW-COLUMN", "0");
      }
      kept_.push_back(i);
      kept_columns.insert(kept_columns.end(), provenance_[i].begin(), provenance_[i].end());
    }
    add_generated(merged, kept_columns);
    return merged;
  }

  void add_generated(Card& merged, const std::vector<int>& kept_columns) const {
    const auto is_kept = [&](int column) {
      return std::find(kept_columns.begin(), kept_columns.end(), column) != kept_columns.end();
    };
    const auto has_name = [&](std::string_view name) {
      return std::any_of(merged.properties.begin(), merged.properties.end(),
                         [&](const Property& property) { return property.name == name; });
    };
    for (const Generated& entry : generated_) {
      if (std::any_of(entry.columns.begin(), entry.columns.end(), is_kept)) continue;
      // FN and N are mandatory and generated even when nothing changed; they must not appear twice.
      if (!changes_.touches(entry.columns) && has_name(entry.property.name)) continue;
      merged.properties.push_back(entry.property);
    }
  }

  /// Reads the result back. Columns that came out wrong are marked; kept properties that fill a column they
  /// did not fill before are parked. Gives true when there is something to do again.
  bool mark_moved(const Card& merged) {
    ParsedCard after;
    ContactReading reading(merged, after);
    reading.run();
    bool again = false;
    for (const Row& row : contact_rows()) {
      if (same(after.contact, contact_, row)) continue;
      again |= changes_.mark(row.column);
      for (std::size_t k = 0; k < kept_.size(); ++k) {
        const std::vector<int>& columns = reading.provenance()[first_kept_ + k];
        const bool fills = std::find(columns.begin(), columns.end(), row.column) != columns.end();
        if (!fills || !provenance_[kept_[k]].empty() || parked_[kept_[k]]) continue;
        parked_[kept_[k]] = true;
        again = true;
      }
    }
    return again;
  }

  const Card& original_;
  const Contact& contact_;
  ParsedCard before_;
  Provenance provenance_;
  std::vector<Generated> generated_;
  Changes changes_;
  std::vector<bool> parked_;
  /// Original indexes of the kept properties, which stand in the merged card from first_kept_ on.
  std::vector<std::size_t> kept_;
  std::size_t first_kept_ = 0;
};

}  // namespace

namespace {

bool is_one_card(std::string_view text) {
  int cards = 0;
  bool is_fine = true;
  parse_cards(text, Limits{}, [&](ParsedCard&& card) {
    ++cards;
    is_fine = !card.error;
    return is_fine && cards < 2;
  });
  return is_fine && cards == 1;
}

}  // namespace

std::string merge_into_original(std::string_view original, const Contact& contact,
                                const std::optional<Image>& image, Version version) {
  const ReadCard read = read_card(original, Limits{});
  if (read.error != ReadError::None) return write_card(contact, image, version);
  std::string merged = format_card(Merge(read.card, contact, image, version).run(), version);
  // A property of the original that holds a whole card of its own (AGENT) may swallow or end ours.
  return is_one_card(merged) ? merged : write_card(contact, image, version);
}

}  // namespace gw::formats::vcard
