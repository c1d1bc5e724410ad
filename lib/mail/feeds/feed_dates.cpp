// Dates of articles.
#include "core/text.hpp"
#include "mail/feeds/feed.hpp"
#include "mail/mime/headers.hpp"

namespace gw::mail::feeds {
namespace {

/// Takes numbers of fixed width off the front of a text.
class DigitReader {
 public:
  explicit DigitReader(std::string_view text) : text_(text) {}

  /// Errors: empty when there are not so many digits.
  std::optional<int> number(std::size_t digits) {
    if (text_.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return std::nullopt;
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(digits);
    return value;
  }
  bool take(char wanted) {
    if (!text_.starts_with(wanted)) return false;
    text_.remove_prefix(1);
    return true;
  }
  void skip_digits() {
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') text_.remove_prefix(1);
  }
  [[nodiscard]] bool is_at_end() const { return text_.empty(); }

 private:
  std::string_view text_;
};

constexpr std::int64_t kMillisPerMinute = 60'000;

/// `Z`, `+hh:mm`, `+hhmm`, or nothing. Units: minutes east. Errors: empty for anything else.
std::optional<int> read_zone(DigitReader& reader) {
  if (reader.is_at_end() || reader.take('Z') || reader.take('z')) return 0;
  const bool is_west = reader.take('-');
  if (!is_west && !reader.take('+')) return std::nullopt;
  const auto hours = reader.number(2);
  reader.take(':');
  const auto minutes = reader.number(2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int offset = *hours * 60 + *minutes;
  return is_west ? -offset : offset;
}

/// `hh:mm[:ss[.f]]` and the zone. Units: ms from the day's beginning, UTC.
std::optional<std::int64_t> read_time(DigitReader& reader) {
  const auto hour = reader.number(2);
  if (!hour || *hour > 24 || !reader.take(':')) return std::nullopt;
  const auto minute = reader.number(2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (reader.take(':')) {
    second = reader.number(2).value_or(61);
    if (second > 60) return std::nullopt;
    if (reader.take('.')) reader.skip_digits();
  }
  const auto zone = read_zone(reader);
  if (!zone) return std::nullopt;
  return (*hour * 60 + *minute - *zone) * kMillisPerMinute + second * 1'000;
}

std::optional<Millis> parse_w3c_date(std::string_view text) {
  DigitReader reader(text);
  const auto year = reader.number(4);
  if (!year) return std::nullopt;
  CivilDay day{*year, 1, 1};
  if (reader.take('-')) {
    day.month = reader.number(2).value_or(0);
    if (reader.take('-')) day.day = reader.number(2).value_or(0);
  }
  const auto date = date_from_civil(day);
  if (!date) return std::nullopt;
  if (reader.is_at_end()) return Millis{date->to_millis()};
  if (!reader.take('T') && !reader.take('t') && !reader.take(' ')) return std::nullopt;
  const auto time = read_time(reader);
  if (!time || !reader.is_at_end()) return std::nullopt;
  return Millis{date->to_millis() + *time};
}

}  // namespace

std::optional<Millis> parse_feed_date(std::string_view text) {
  text = trim(text);
  const auto date = parse_w3c_date(text);
  return date ? date : mime::parse_date(text);
}

}  // namespace gw::mail::feeds
