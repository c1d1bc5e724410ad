// Edits of series against a model that knows nothing of rules: it keeps what happens on each day. After each
// edit both must show the same.
#include <random>

#include "writing_desk.hpp"

namespace gw::test {
namespace {

constexpr int kMinutesOfDay = 1'440;

/// Minutes since 2024-07-01 as a time.
std::string moment(int minutes) {
  const Millis start = instant_of(when("20240701T000000Z"), TimeZone::utc());
  return format_basic_utc({start.value + std::int64_t{minutes} * 60'000});
}

struct ModelException {
  std::optional<int> moved_to;
  std::optional<std::string> summary;
};

/// A daily series.
struct ModelSeries {
  ObjectId id;
  int first = 0, count = 0;  ///< days
  int minute = 0;            ///< of the day
  std::string summary;
  std::map<int, ModelException> exceptions;
  std::set<int> deleted;

  [[nodiscard]] bool holds(int day) const {
    return day >= first && day < first + count && !deleted.contains(day);
  }
  [[nodiscard]] std::vector<int> days() const {
    std::vector<int> list;
    for (int day = first; day < first + count; ++day)
      if (holds(day)) list.push_back(day);
    return list;
  }
  [[nodiscard]] std::string name(int day) const { return moment(day * kMinutesOfDay + minute); }
  void cut() {
    std::erase_if(exceptions,
                  [&](const auto& each) { return each.first < first || each.first >= first + count; });
    std::erase_if(deleted, [&](int day) { return day < first || day >= first + count; });
  }
};

class SeriesModel : public WritingDesk {
 protected:
  void run(unsigned seed, int edits) {
    random.seed(seed);
    begin();
    std::string done;
    for (int i = 0; i < edits && !HasFailure(); ++i) {
      if (all.empty()) begin();
      done += edit() + "\n";
      EXPECT_EQ(shown(kAnna, "20240601T000000Z", "20241201T000000Z"), expected())
          << "seed " << seed << ", edits:\n"
          << done;
    }
  }

 private:
  int pick(int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); }
  std::string word() { return "s" + std::to_string(++words); }

  void begin() {
    ModelSeries series;
    series.first = pick(5);
    series.count = 3 + pick(8);
    series.minute = 60 * (8 + pick(4));
    series.summary = word();
    const int start = series.first * kMinutesOfDay + series.minute;
    series.id = create(kAnna, Draft(moment(start), moment(start + 30), series.summary)
                                  .rule("FREQ=DAILY;COUNT=" + std::to_string(series.count))
                                  .with({user(kBerta)}));
    all.push_back(series);
  }

  Names expected() const {
    Names names;
    for (const ModelSeries& series : all) {
      for (const int day : series.days()) {
        const auto exception = series.exceptions.find(day);
        int start = day * kMinutesOfDay + series.minute;
        std::string summary = series.summary;
        if (exception != series.exceptions.end()) {
          start = exception->second.moved_to.value_or(start);
          summary = exception->second.summary.value_or(summary);
        }
        names.push_back(moment(start) + " " + summary);
      }
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  std::string edit() {
    const auto at = static_cast<std::size_t>(pick(static_cast<int>(all.size())));
    ModelSeries& series = all[at];
    const std::vector<int> days = series.days();
    const int day = days[static_cast<std::size_t>(pick(static_cast<int>(days.size())))];
    switch (pick(9)) {
      case 0:
        return rename_occurrence(series, day);
      case 1:
        return move_occurrence(series, day);
      case 2:
        return delete_occurrence(at, day);
      case 3:
        return rename_series(series);
      case 4:
        return shift_series(series);
      case 5:
        return change_count(series);
      case 6:
        return begin_later(series);
      case 7:
        return split(at, day);
      default:
        return cut_off(at, day);
    }
  }

  std::string rename_occurrence(ModelSeries& series, int day) {
    const std::string text = word();
    update_at(kAnna, series.id, series.name(day), Draft().summary(text));
    series.exceptions[day].summary = text;
    return "rename " + series.name(day);
  }
  std::string move_occurrence(ModelSeries& series, int day) {
    // Never a time that a series may have.
    const int start = (day + pick(3)) * kMinutesOfDay + 900 + 7;
    update_at(kAnna, series.id, series.name(day), Draft().at(moment(start), moment(start + 30)));
    series.exceptions[day].moved_to = start;
    return "move " + series.name(day);
  }
  std::string delete_occurrence(std::size_t at, int day) {
    ModelSeries& series = all[at];
    const std::string name = series.name(day);
    EXPECT_EQ(remove(kAnna, series.id, name), "");
    series.deleted.insert(day);
    series.exceptions.erase(day);
    if (series.days().empty()) all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    return "delete " + name;
  }
  std::string rename_series(ModelSeries& series) {
    series.summary = word();
    update(kAnna, series.id, Draft().summary(series.summary));
    return "rename series";
  }
  std::string shift_series(ModelSeries& series) {
    series.minute = 60 * (8 + pick(6)) + 30 * pick(2);
    const int start = series.first * kMinutesOfDay + series.minute;
    update(kAnna, series.id, Draft().at(moment(start), moment(start + 30)));
    return "shift to " + moment(start);
  }
  std::string change_count(ModelSeries& series) {
    ModelSeries wanted = series;
    wanted.count = 1 + pick(12);
    wanted.cut();
    // A series of which nothing is left cannot be stored.
    if (wanted.days().empty()) return "no change of count";
    update(kAnna, series.id, Draft().rule("FREQ=DAILY;COUNT=" + std::to_string(wanted.count)));
    series = wanted;
    return "count " + std::to_string(series.count);
  }
  std::string begin_later(ModelSeries& series) {
    ModelSeries wanted = series;
    ++wanted.first;
    wanted.cut();
    if (series.count < 2 || wanted.days().empty()) return "no later begin";
    const int start = wanted.first * kMinutesOfDay + wanted.minute;
    // The count says how often, so the end goes along; one that was cut off ends by a day.
    update(kAnna, series.id,
           Draft()
               .at(moment(start), moment(start + 30))
               .rule("FREQ=DAILY;COUNT=" + std::to_string(wanted.count)));
    series = wanted;
    return "begin later";
  }
  std::string split(std::size_t at, int day) {
    ModelSeries later = all[at];
    WriteOptions options;
    options.this_and_future = true;
    const std::string name = later.name(day), text = word();
    const CalendarResult result = update_at(kAnna, later.id, name, Draft().summary(text), options);
    later.summary = text;
    if (day == later.first) {
      EXPECT_TRUE(result.created.empty());
      all[at] = later;
      return "split at the first, " + name;
    }
    ModelSeries earlier = all[at];
    earlier.count = day - earlier.first;
    earlier.cut();
    // Of a part whose days are all deleted nothing is stored.
    EXPECT_EQ(result.created.size(), earlier.days().empty() ? 0U : 1U);
    later.count -= day - later.first;
    later.first = day;
    later.cut();
    all[at] = later;
    if (!result.created.empty()) {
      earlier.id = result.created.front().event.id;
      all.push_back(earlier);
    }
    return "split at " + name;
  }
  std::string cut_off(std::size_t at, int day) {
    ModelSeries& series = all[at];
    WriteOptions options;
    options.this_and_future = true;
    const std::string name = series.name(day);
    EXPECT_EQ(remove(kAnna, series.id, name, options), "");
    series.count = day - series.first;
    series.cut();
    if (series.days().empty()) all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    return "cut off at " + name;
  }

  std::mt19937 random;
  int words = 0;
  std::vector<ModelSeries> all;
};

TEST_F(SeriesModel, EveryEditDoesWhatTheModelSays) {
  for (const unsigned seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    run(seed, 30);
    if (HasFailure()) break;
  }
}

}  // namespace
}  // namespace gw::test
