#include "apache/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include "core/text.hpp"
#include "core/value_or_file.hpp"

namespace gw::apache {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr std::array<Unit, 5> kDurations{
    {{"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr std::array<Unit, 3> kSizeUnits{{{"k", 1LL << 10}, {"m", 1LL << 20}, {"g", 1LL << 30}}};

struct Measure {
  std::int64_t number = 0;
  std::string unit;
};

std::optional<Measure> split_measure(std::string_view text) {
  const std::size_t digits = text.find_first_not_of("0123456789");
  const auto number = parse_integer(text.substr(0, digits));
  if (digits == 0 || !number) return std::nullopt;
  return Measure{*number, digits == std::string_view::npos ? "" : to_lower_ascii(text.substr(digits))};
}

template <std::size_t Count>
std::optional<std::int64_t> apply_unit(const Measure& measure, const std::array<Unit, Count>& units) {
  for (const Unit& unit : units) {
    if (unit.name != measure.unit) continue;
    if (measure.number > std::numeric_limits<std::int64_t>::max() / unit.factor) return std::nullopt;
    return measure.number * unit.factor;
  }
  return std::nullopt;
}

std::string format_size(std::int64_t bytes) {
  if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) return fmt::format("{}G", bytes >> 30);
  if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) return fmt::format("{}M", bytes >> 20);
  if (bytes >= 1 << 10 && bytes % (1 << 10) == 0) return fmt::format("{}K", bytes >> 10);
  return fmt::format("{}", bytes);
}

}  // namespace

std::int64_t parse_number(std::string_view directive, std::string_view text, std::int64_t minimum,
                          std::int64_t maximum) {
  const auto number = parse_integer(text);
  if (!number || *number < minimum || *number > maximum)
    throw DirectiveError(
        fmt::format("{} \"{}\": write a whole number from {} to {}", directive, text, minimum, maximum));
  return *number;
}

std::int64_t parse_size(std::string_view directive, std::string_view text, std::int64_t minimum,
                        std::int64_t maximum) {
  const auto measure = split_measure(text);
  const auto bytes = !measure                ? std::nullopt
                     : measure->unit.empty() ? std::optional(measure->number)
                                             : apply_unit(*measure, kSizeUnits);
  if (!bytes || *bytes < minimum || *bytes > maximum)
    throw DirectiveError(fmt::format("{} \"{}\": write a size from {} to {}, such as 512K, 100M or 1G",
                                     directive, text, format_size(minimum), format_size(maximum)));
  return *bytes;
}

std::chrono::milliseconds parse_duration(std::string_view directive, std::string_view text,
                                         std::chrono::milliseconds minimum,
                                         std::chrono::milliseconds maximum) {
  const auto measure = split_measure(text);
  const bool is_zero = measure && measure->number == 0 && measure->unit.empty();
  const auto value = !measure  ? std::nullopt
                     : is_zero ? std::optional<std::int64_t>(0)
                               : apply_unit(*measure, kDurations);
  if (!value || *value < minimum.count() || *value > maximum.count())
    throw DirectiveError(
        fmt::format("{} \"{}\": write a duration from {} to {} with its unit (ms, s, m, h, d), such as 30s",
                    directive, text, format_duration(minimum), format_duration(maximum)));
  return std::chrono::milliseconds(*value);
}

std::string format_duration(std::chrono::milliseconds duration) {
  if (duration.count() == 0) return "0";
  for (auto unit = kDurations.rbegin(); unit != kDurations.rend(); ++unit)
    if (duration.count() % unit->factor == 0)
      return fmt::format("{}{}", duration.count() / unit->factor, unit->name);
  return fmt::format("{}ms", duration.count());
}

std::string read_value_or_file(std::string_view directive, std::string_view text) try {
  return gw::read_value_or_file(text);
} catch (const std::invalid_argument& problem) {
  throw DirectiveError(fmt::format("{}: {}", directive, problem.what()));
}

std::pair<std::string_view, std::string_view> split_word(std::string_view word) {
  const std::size_t equals = std::min(word.find('='), word.size());
  return {word.substr(0, equals), word.substr(std::min(equals + 1, word.size()))};
}

Words::Words(std::string_view directive, std::span<const std::string_view> arguments)
    : directive_(directive) {
  for (const std::string_view argument : arguments) {
    const std::size_t equals = argument.find('=');
    if (equals == 0 || equals == std::string_view::npos)
      throw DirectiveError(fmt::format(
          "{}: \"{}\" is no key=value: write the key, an equals sign and the value without blanks",
          directive_, argument));
    const std::string_view key = argument.substr(0, equals);
    for (const Word& word : words_)
      if (word.key == key) throw DirectiveError(fmt::format("{}: {} is given twice", directive_, key));
    words_.push_back({key, argument.substr(equals + 1)});
  }
}

const std::string_view* Words::take(std::string_view key) {
  known_ += known_.empty() ? "" : ", ";
  known_ += key;
  for (Word& word : words_) {
    if (word.key != key) continue;
    word.taken = true;
    return &word.value;
  }
  return nullptr;
}

std::string Words::label(std::string_view key) const { return fmt::format("{} {}", directive_, key); }

void Words::number(std::string_view key, int& target, std::int64_t minimum, std::int64_t maximum) {
  if (const std::string_view* value = take(key))
    target = static_cast<int>(parse_number(label(key), *value, minimum, maximum));
}

void Words::finish() const {
  if (words_.empty())
    throw DirectiveError(
        fmt::format("{}: write at least one key=value; known keys are: {}", directive_, known_));
  for (const Word& word : words_)
    if (!word.taken)
      throw DirectiveError(
          fmt::format("{}: unknown key \"{}\"; known are: {}", directive_, word.key, known_));
}

}  // namespace gw::apache
