#include "mail/flags.hpp"

#include <algorithm>
#include <bit>

#include "core/text.hpp"

namespace gw::mail {
namespace {

struct Word {
  Flag flag;
  std::string_view word;
};

/// Stored ones, in the order they are written.
constexpr Word kWords[] = {
    {Flag::Answered, "\\Answered"},      {Flag::Deleted, "\\Deleted"}, {Flag::Draft, "\\Draft"},
    {Flag::Flagged, "\\Flagged"},        {Flag::Seen, "\\Seen"},       {Flag::Forwarded, "$Forwarded"},
    {Flag::ReadAcknowledged, "$MDNSent"}};

constexpr int kMostColor = 10;
constexpr std::uint32_t kAllBits = 1023;

/// The number of a colour keyword, 0 for numbers that are no colour; empty when it is no colour keyword.
std::optional<int> color_of(std::string_view word) {
  std::string lower = to_lower_ascii(word);
  if (lower.starts_with('$')) lower.erase(0, 1);
  if (!lower.starts_with("cl_") || lower.size() == 3) return std::nullopt;
  const std::string digits = lower.substr(3);
  if (digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const auto number = parse_integer(digits);
  return number && *number <= kMostColor ? static_cast<int>(*number) : 0;
}

}  // namespace

void add_flag_word(MessageFlags& to, std::string_view word) {
  for (const Word& known : kWords) {
    if (equal_ignoring_ascii_case(known.word, word)) return to.flags.set(known.flag);
  }
  if (equal_ignoring_ascii_case(word, "\\Recent")) return to.flags.set(Flag::Recent);
  if (const auto color = color_of(word)) {
    if (*color != 0) to.color = *color;
    return;
  }
  // Other system flags belong to the server alone.
  if (!word.empty() && !word.starts_with('\\')) to.keywords.emplace_back(word);
}

void link_color(MessageFlags& flags, int color_of_flagged) {
  if (flags.color != 0)
    flags.flags.set(Flag::Flagged);
  else if (flags.flags.has(Flag::Flagged))
    flags.color = color_of_flagged;
}

std::optional<bool> find_attachment_marker(const MessageFlags& flags) {
  for (const std::string& keyword : flags.keywords) {
    if (equal_ignoring_ascii_case(keyword, kHasAttachment)) return true;
    if (equal_ignoring_ascii_case(keyword, kHasNoAttachment)) return false;
  }
  return std::nullopt;
}

std::string_view flag_word(Flag flag) {
  for (const Word& known : kWords) {
    if (known.flag == flag) return known.word;
  }
  return {};
}

std::vector<std::string_view> flag_words(FlagSet flags) {
  std::vector<std::string_view> words;
  for (const Word& known : kWords) {
    if (flags.has(known.flag)) words.push_back(known.word);
  }
  return words;
}

std::string color_word(int color) {
  return color >= 1 && color <= kMostColor ? "$cl_" + std::to_string(color) : std::string();
}

const std::vector<std::string>& all_color_words() {
  static const auto& words = *new std::vector<std::string>([] {
    std::vector<std::string> made;
    for (int color = 0; color <= kMostColor; ++color) {
      made.push_back("$cl_" + std::to_string(color));
      made.push_back("cl_" + std::to_string(color));
    }
    return made;
  }());
  return words;
}

std::optional<Flag> single_flag(std::int64_t number) {
  if (number <= 0 || number > kAllBits || !std::has_single_bit(static_cast<std::uint64_t>(number)))
    return std::nullopt;
  return static_cast<Flag>(number);
}

}  // namespace gw::mail
