// Text to cards: finds the cards of a file one after the other and reads their properties. Memory: one card
// at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/vcard/card.hpp"

namespace gw::formats::vcard {

/// Units: bytes. Everything above ends the card with an error, not the file.
struct Limits {
  std::size_t card = 4'194'304;
  std::size_t properties = 5'000;
  int agent_depth = 4;
};

enum class ReadError { None, NoEnd, TooLarge, TooManyProperties, UnknownVersion, TooDeep };
std::string_view read_error_text(ReadError error);

/// `source` is the card's own text from BEGIN to END, valid during the callback only.
struct ReadCard {
  Card card;
  ReadError error = ReadError::None;
  /// Lines that are no content lines, skipped.
  std::size_t broken_lines = 0;
  std::string_view source;
};

/// Reads one card: BEGIN and END lines are skipped where present. Errors: see ReadCard::error.
ReadCard read_card(std::string_view text, const Limits& limits);

/// Calls `take` for each card in file order until it returns false. A byte order mark is honoured, UTF-16 and
/// UTF-32 are converted as a whole first. Gives the number of cards found; 0 means the text holds none. Cost:
/// linear in the text, memory of one card.
std::size_t read_cards(std::string_view text, const Limits& limits,
                       const std::function<bool(ReadCard&&)>& take);

}  // namespace gw::formats::vcard
