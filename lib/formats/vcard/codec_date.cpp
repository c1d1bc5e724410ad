// BDAY and ANNIVERSARY. A date without year is the year 1604 in a contact. Sources: RFC 6350 section 4.3.1,
// RFC 2426 section 3.1.5, Apple's X-APPLE-OMIT-YEAR.
#include <charconv>

#include <fmt/format.h>

#include "core/text.hpp"
#include "core/time.hpp"
#include "formats/lines/text_value.hpp"
#include "formats/vcard/codecs.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"

namespace gw::formats::vcard {
namespace {

constexpr int kNoYear = 1604;

/// A number of exactly `count` digits taken off the front; -1 when there is none.
int take_digits(std::string_view& text, std::size_t count) {
  int number = 0;
  if (text.size() < count) return -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + count, number);
  if (error != std::errc{} || end != text.data() + count || text.front() == '-') return -1;
  text.remove_prefix(count);
  return number;
}

void skip_dash(std::string_view& text) {
  if (text.starts_with('-')) text.remove_prefix(1);
}

/// `yyyy-mm-dd`, `yyyymmdd`, `--mm-dd`, `--mmdd`, each also with a time behind it, which does not count.
std::optional<Date> parse_date(std::string_view text) {
  text = trim(text);
  CivilDay day;
  if (text.starts_with("--")) {
    text.remove_prefix(2);
    day.year = kNoYear;
  } else {
    day.year = take_digits(text, 4);
    skip_dash(text);
  }
  day.month = take_digits(text, 2);
  skip_dash(text);
  day.day = take_digits(text, 2);
  const bool ends = text.empty() || text.front() == 'T' || text.front() == 't' || text.front() == ' ';
  if (day.year < 0 || day.month < 1 || day.day < 1 || !ends) return std::nullopt;
  return date_from_civil(day);
}

std::optional<Date> date_of(const Property& property) {
  auto date = parse_date(unescape_text(property.value));
  if (!date) return std::nullopt;
  CivilDay day = civil_day(*date);
  if (const auto omitted = parse_integer(property.parameter("X-APPLE-OMIT-YEAR"));
      omitted && *omitted == day.year) {
    day.year = kNoYear;
    date = date_from_civil(day);
  }
  return date;
}

void read_into(ContactReading& reading, std::size_t index, std::optional<Date> Contact::*member, int column) {
  std::optional<Date>& target = reading.contact().*member;
  const Property& property = reading.property(index);
  if (target || clean_text(property.value).empty()) return;
  target = date_of(property);
  if (target)
    reading.record(index, column);
  else
    reading.warn_ignored(property);
}

void write_date(ContactWriting& writing, const std::optional<Date>& date, std::string_view name, int column) {
  if (!date) return;
  const CivilDay day = civil_day(*date);
  if (day.year < 0 || day.year > 9'999) return;  // neither version can write it
  Property property;
  property.name = name;
  if (writing.version() == Version::V40) {
    property.value = day.year == kNoYear ? fmt::format("--{:02}{:02}", day.month, day.day)
                                         : fmt::format("{:04}{:02}{:02}", day.year, day.month, day.day);
  } else {
    property.value = fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
    if (day.year == kNoYear) property.add_parameter("X-APPLE-OMIT-YEAR", std::to_string(kNoYear));
  }
  writing.add(std::move(property), {column});
}

void read_birthday(ContactReading& reading, std::size_t index, const Row& row) {
  read_into(reading, index, &Contact::birthday, row.column);
}
void write_birthday(ContactWriting& writing, const Row& row) {
  write_date(writing, writing.contact().birthday, "BDAY", row.column);
}
void read_anniversary(ContactReading& reading, std::size_t index, const Row& row) {
  read_into(reading, index, &Contact::anniversary, row.column);
}
void write_anniversary(ContactWriting& writing, const Row& row) {
  const bool is_new = writing.version() == Version::V40;
  write_date(writing, writing.contact().anniversary, is_new ? "ANNIVERSARY" : "X-ANNIVERSARY", row.column);
}
void read_labelled(ContactReading& reading, std::size_t index, const Row&) {
  constexpr int kAnniversaryColumn = 517;
  if (reading.label_of(index) == "ANNIVERSARY")
    read_into(reading, index, &Contact::anniversary, kAnniversaryColumn);
}

}  // namespace

const Codec kBirthday{read_birthday, write_birthday};
const Codec kAnniversary{read_anniversary, write_anniversary};
const Codec kLabelledDate{read_labelled, nullptr};

}  // namespace gw::formats::vcard
