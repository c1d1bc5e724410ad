// Rows to contacts.
#include <algorithm>

#include "core/errors/transfer.hpp"
#include "core/text.hpp"
#include "formats/charset.hpp"
#include "formats/clean_text.hpp"
#include "formats/csv/contact_csv.hpp"
#include "formats/csv/google_groups.hpp"
#include "formats/csv/title_match.hpp"
#include "formats/csv/values.hpp"
#include "model/contacts/contact_fields.hpp"

namespace gw::formats::csv {
namespace {

using model::contacts::Contact;
using model::contacts::Text;

constexpr int kCategories = 100;

/// The text of the file in UTF-8; `storage` holds it where it had to be converted.
std::string_view decode(std::string_view bytes, const std::string& charset, std::string& storage) {
  const bool is_named = !charset.empty() && !equal_ignoring_ascii_case(charset, "auto");
  if (is_named && !is_known_charset(charset)) throw ApiError(errors::ie::kBadCharset, {charset});
  const ByteOrderMark mark = find_byte_order_mark(bytes);
  bytes.remove_prefix(mark.size);
  const std::string source = mark.size > 0 ? std::string(mark.charset) : is_named ? charset : "UTF-8";
  const bool is_utf8 =
      equal_ignoring_ascii_case(source, "UTF-8") || equal_ignoring_ascii_case(source, "UTF8");
  if (is_utf8 && is_valid_utf8(bytes)) return bytes;
  storage = is_utf8 && !is_named ? guess_utf8(bytes) : to_utf8(bytes, source).value_or("");
  return storage;
}

/// One row on its way to a contact.
class RowMapper {
 public:
  RowMapper(const TitleMatch& match, std::size_t row) : match_(match), row_(row) {}

  CsvRecord run(const std::vector<std::string>& cells) {
    const std::size_t count = std::min(cells.size(), match_.columns.size());
    for (std::size_t i = 0; i < count; ++i) {
      const Column& column = match_.columns[i];
      std::string text = column.is_known() ? clean_text(cells[i]) : std::string();
      if (text.empty()) continue;
      if (column.numbered) {
        google_.add(column.numbered->group, column.numbered->number, column.numbered->part, std::move(text));
        has_value_ = true;
      } else {
        store(*column.known, column.title, std::move(text));
      }
    }
    google_.fill(record_.contact);
    judge();
    return std::move(record_);
  }

 private:
  void store(const Title& title, const std::string& shown, std::string text) {
    if (title.use == Use::Nothing) return;
    has_value_ = true;
    if (title.use == Use::Sensitivity) {
      record_.contact.private_flag |= is_private_word(text);
    } else if (title.column == kDistributionList) {
      record_.contact.distribution_list = parse_members(text);
      record_.contact.number_of_distribution_list =
          static_cast<std::int64_t>(record_.contact.distribution_list.size());
    } else if (title.column == kCategories && match_.set->name == "google") {
      store_google_labels(text);
    } else {
      store_field(title, shown, std::move(text));
    }
  }

  void store_field(const Title& title, const std::string& shown, std::string text) {
    const auto table = model::contacts::contact_fields();
    const int index = model::find_column(table, title.column);
    if (index < 0) return;
    std::visit([&](auto member) { store_value(record_.contact.*member, title, shown, std::move(text)); },
               table[static_cast<std::size_t>(index)].member);
  }

  void store_value(Text& target, const Title& title, const std::string&, std::string text) {
    if (!target)
      target = std::move(text);
    else if (title.use == Use::Line)
      *target += '\n' + text;
  }
  void store_value(std::optional<Date>& target, const Title&, const std::string& shown, std::string text) {
    if (is_empty_date(text) || target) return;
    target = parse_date(text, match_.set->day_first);
    if (!target) warn(shown, text);
  }
  void store_value(bool& target, const Title&, const std::string& shown, std::string text) {
    const auto flag = parse_flag(text);
    if (!flag) return warn(shown, text);
    target |= *flag;
  }
  void store_value(std::optional<std::int64_t>& target, const Title&, const std::string& shown,
                   std::string text) {
    target = parse_integer(text);
    if (!target) warn(shown, text);
  }
  void store_value(std::int64_t&, const Title&, const std::string&, std::string) {
  }  // counters are the server's own
  void store_value(Millis&, const Title&, const std::string&, std::string) {}

  /// "* myContacts ::: Friends": what starts with an asterisk is Google's own.
  void store_google_labels(std::string_view text) {
    std::vector<std::string> labels;
    for (std::string& label : split_google(text))
      if (!label.empty() && !label.starts_with("*")) labels.push_back(std::move(label));
    if (!labels.empty()) record_.contact.categories = join(labels, ",");
  }

  void warn(const std::string& shown, std::string_view text) {
    constexpr std::size_t kMaxShown = 100;
    record_.warnings.push_back(
        problem(errors::ie::kValueIgnored, {shown, std::string(first_characters(text, kMaxShown))}));
  }

  void judge() {
    if (!has_value_) {
      record_.error = problem(errors::ie::kRowWithoutValue, {std::to_string(row_)});
      return;
    }
    const Contact& c = record_.contact;
    const bool has_name = c.display_name || c.first_name || c.last_name || c.second_name || c.nickname ||
                          c.company || c.email1 || c.email2 || c.email3;
    if (!has_name) record_.error = problem(errors::ie::kRowWithoutName, {std::to_string(row_)});
  }

  const TitleMatch& match_;
  std::size_t row_;
  CsvRecord record_;
  GoogleGroups google_;
  bool has_value_ = false;
};

/// The titles nobody knows, for the warning of every row. Empty titles are no titles.
std::string unknown_titles(const TitleMatch& match) {
  constexpr std::size_t kMaxShown = 20;
  std::vector<std::string> unknown;
  for (const Column& column : match.columns)
    if (!column.is_known() && !trim(column.title).empty() && unknown.size() < kMaxShown)
      unknown.push_back(clean_text(column.title));
  return join(unknown, ", ");
}

}  // namespace

std::size_t parse_contacts(std::string_view bytes, const std::string& charset,
                           const std::function<bool(CsvRecord&&)>& take) {
  std::string storage;
  const std::string_view text = decode(bytes, charset, storage);
  RowReader rows(text, guess_delimiter(text));
  std::vector<std::string> titles;
  std::vector<std::string> cells;
  if (!rows.next(titles) || !rows.next(cells)) throw ApiError(errors::ie::kNoContent);
  const TitleMatch match = match_titles(titles);
  if (match.hits == 0) throw ApiError(errors::ie::kNoKnownTitle);
  if (!has_naming_column(match)) throw ApiError(errors::ie::kNoNamingColumn);
  const std::string unknown = unknown_titles(match);
  std::size_t count = 0;
  do {
    CsvRecord record = RowMapper(match, ++count).run(cells);
    if (!unknown.empty() && !record.error)
      record.warnings.push_back(problem(errors::ie::kUnknownTitles, {unknown}));
    if (!take(std::move(record))) break;
  } while (rows.next(cells));
  return count;
}

}  // namespace gw::formats::csv
