#include "core/http_date.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/text.hpp"

namespace gw {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                "Friday", "Saturday", "Sunday"};

/// Takes pieces from the front; after the first that does not fit, nothing fits any more.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : rest_(text) {}

  void word(std::string_view wanted) {
    fits_ = fits_ && rest_.starts_with(wanted);
    if (fits_) rest_.remove_prefix(wanted.size());
  }
  void day_name(std::size_t length) {
    const auto* found = std::find_if(kDays.begin(), kDays.end(), [&](std::string_view day) {
      return rest_.starts_with(length == 0 ? day : day.substr(0, length));
    });
    fits_ = fits_ && found != kDays.end();
    if (fits_) rest_.remove_prefix(length == 0 ? found->size() : length);
  }
  int month() {
    const auto* found = std::find_if(kMonths.begin(), kMonths.end(),
                                     [&](std::string_view name) { return rest_.starts_with(name); });
    fits_ = fits_ && found != kMonths.end();
    if (!fits_) return 0;
    rest_.remove_prefix(found->size());
    return static_cast<int>(found - kMonths.begin()) + 1;
  }
  int digits(std::size_t count) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      fits_ = fits_ && i < rest_.size() && rest_[i] >= '0' && rest_[i] <= '9';
      if (!fits_) return 0;
      number = number * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return number;
  }
  /// asctime fills the day with a blank.
  int padded_day() {
    if (!rest_.starts_with(' ')) return digits(2);
    rest_.remove_prefix(1);
    return digits(1);
  }
  [[nodiscard]] bool is_done() const { return fits_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool fits_ = true;
};

struct Parts {
  CivilDay day;
  int hour = 0, minute = 0, second = 0;
};

void take_time(Pieces& pieces, Parts& parts) {
  parts.hour = pieces.digits(2);
  pieces.word(":");
  parts.minute = pieces.digits(2);
  pieces.word(":");
  parts.second = pieces.digits(2);
}

bool take_fixed(Pieces pieces, Parts& parts) {
  pieces.day_name(3);
  pieces.word(", ");
  parts.day.day = pieces.digits(2);
  pieces.word(" ");
  parts.day.month = pieces.month();
  pieces.word(" ");
  parts.day.year = pieces.digits(4);
  pieces.word(" ");
  take_time(pieces, parts);
  pieces.word(" GMT");
  return pieces.is_done();
}

bool take_rfc850(Pieces pieces, Parts& parts, Millis now) {
  constexpr int kFuture = 50, kCentury = 100;
  pieces.day_name(0);
  pieces.word(", ");
  parts.day.day = pieces.digits(2);
  pieces.word("-");
  parts.day.month = pieces.month();
  pieces.word("-");
  const int year = pieces.digits(2);
  pieces.word(" ");
  take_time(pieces, parts);
  pieces.word(" GMT");
  const int this_year = civil_day(Date::from_millis(now.value)).year;
  parts.day.year = this_year - this_year % kCentury + year;
  if (parts.day.year > this_year + kFuture) parts.day.year -= kCentury;
  return pieces.is_done();
}

bool take_asctime(Pieces pieces, Parts& parts) {
  pieces.day_name(3);
  pieces.word(" ");
  parts.day.month = pieces.month();
  pieces.word(" ");
  parts.day.day = pieces.padded_day();
  pieces.word(" ");
  take_time(pieces, parts);
  pieces.word(" ");
  parts.day.year = pieces.digits(4);
  return pieces.is_done();
}

}  // namespace

std::optional<Millis> parse_http_date(std::string_view text, Millis now) {
  const Pieces pieces(trim(text));
  Parts parts;
  if (!take_fixed(pieces, parts) && !take_rfc850(pieces, parts, now) && !take_asctime(pieces, parts))
    return std::nullopt;
  const auto date = date_from_civil(parts.day);
  // 60: a leap second, which our instants do not have.
  if (!date || parts.hour > 23 || parts.minute > 59 || parts.second > 60) return std::nullopt;
  const std::int64_t seconds = (parts.hour * 60 + parts.minute) * 60 + std::min(parts.second, 59);
  return Millis{date->to_millis() + seconds * 1'000};
}

}  // namespace gw
