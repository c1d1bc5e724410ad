// The interface of the folder: whole texts to contacts, contacts to whole texts.
#include "formats/vcard/vcard.hpp"

#include "core/errors/transfer.hpp"
#include "formats/charset.hpp"
#include "formats/vcard/card_writer.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"

namespace gw::formats::vcard {
namespace {

Problem error_of(const ReadCard& card) {
  if (card.error == ReadError::UnknownVersion) return problem(errors::ie::kVcardUnknownFormat);
  return problem(errors::ie::kVcardParse, {std::string(read_error_text(card.error))});
}

ParsedCard parse_card(const ReadCard& read) {
  ParsedCard parsed;
  if (read.error != ReadError::None) {
    parsed.error = error_of(read);
    return parsed;
  }
  ContactReading(read.card, parsed).run();
  const bool has_content = !read.card.properties.empty();
  if (!has_content) parsed.error = problem(errors::ie::kVcardConversion, {"the card is empty"});
  parsed.contact.original_vcard = guess_utf8(read.source);
  return parsed;
}

}  // namespace

std::size_t parse_cards(std::string_view text, const Limits& limits,
                        const std::function<bool(ParsedCard&&)>& take) {
  return read_cards(text, limits, [&](ReadCard&& card) { return take(parse_card(card)); });
}

std::string write_card(const Contact& contact, const std::optional<Image>& image, Version version) {
  Card card;
  card.version = version;
  card.properties = frame_properties(contact);
  for (Generated& entry : ContactWriting(contact, image, version).run())
    card.properties.push_back(std::move(entry.property));
  return format_card(card, version);
}

}  // namespace gw::formats::vcard
