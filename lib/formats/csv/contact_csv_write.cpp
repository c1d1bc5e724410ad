// Contacts to rows.
#include <algorithm>

#include "core/text.hpp"
#include "formats/csv/contact_csv.hpp"
#include "formats/csv/titles.hpp"
#include "formats/csv/values.hpp"
#include "model/contacts/contact_fields.hpp"

namespace gw::formats::csv {
namespace {

using model::contacts::Contact;

// Source: spec export-import section 2, in this order.
constexpr int kDefaultColumns[] = {
    500, 502, 501, 503, 504, 505, 506, 507, 508, 509, 510, 512, 513, 514, 515, 516, 518, 569, 519, 520,
    521, 522, 523, 525, 526, 527, 528, 529, 530, 531, 532, 533, 534, 535, 536, 537, 538, 540, 539, 598,
    541, 568, 542, 543, 544, 545, 546, 547, 548, 549, 550, 559, 551, 552, 553, 554, 560, 561, 562, 563,
    564, 565, 566, 567, 555, 556, 557, 558, 100, 571, 572, 573, 574, 575, 576, 577, 578, 579, 580, 581,
    582, 583, 584, 585, 586, 587, 588, 589, 590, 592, 2,   3,   4,   5,   511, 517, 605, 602};

std::string format_value(const std::optional<std::string>& value) { return value.value_or(""); }
std::string format_value(std::int64_t value) { return std::to_string(value); }
std::string format_value(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : "";
}
std::string format_value(const std::optional<Date>& value) { return value ? format_iso_date(*value) : ""; }
std::string format_value(Millis value) { return value.value == 0 ? "" : format_utc(value); }
std::string format_value(bool value) { return value ? "true" : "false"; }

std::string format_cell(const Contact& contact, int column) {
  if (column == kDistributionList) return format_members(contact.distribution_list);
  const auto table = model::contacts::contact_fields();
  const int index = model::find_column(table, column);
  if (index < 0) return {};
  return std::visit([&](auto member) { return format_value(contact.*member); },
                    table[static_cast<std::size_t>(index)].member);
}

}  // namespace

std::span<const int> default_columns() { return kDefaultColumns; }

std::vector<int> exportable_columns(std::span<const int> columns) {
  std::vector<int> kept;
  std::copy_if(columns.begin(), columns.end(), std::back_inserter(kept),
               [](int column) { return !exported_title(column).empty(); });
  return kept;
}

void append_titles(std::string& out, std::span<const int> columns) {
  std::vector<std::string> titles;
  for (const int column : columns) titles.emplace_back(exported_title(column));
  append_row(out, titles);
}

void append_contact(std::string& out, const Contact& contact, std::span<const int> columns,
                    const WriteOptions& options) {
  std::vector<std::string> cells;
  cells.reserve(columns.size());
  for (const int column : columns) cells.push_back(format_cell(contact, column));
  append_row(out, cells, options);
}

}  // namespace gw::formats::csv
