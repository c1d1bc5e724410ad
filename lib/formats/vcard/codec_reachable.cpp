// EMAIL, IMPP with the many X- messenger names, URL: a few places filled by preference, type and order.
#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "formats/lines/text_value.hpp"
#include "formats/vcard/codecs.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"

namespace gw::formats::vcard {
namespace {

using Pending = ContactReading::Pending;

/// Named places first, the others in order into the free rows of the codec. What finds no room stays in the
/// original.
void fill(ContactReading& reading, const std::vector<Pending>& entries, const Codec& codec) {
  std::vector<const Pending*> unnamed;
  for (const Pending& entry : entries) {
    const Row* row = named_row(reading.property(entry.index));
    if (row == nullptr || !reading.set_text(entry.index, *row, entry.text)) unnamed.push_back(&entry);
  }
  for (const Pending* entry : unnamed)
    for (const Row& row : contact_rows())
      if (row.codec == &codec && reading.set_text(entry->index, row, entry->text)) break;
}

void sort_by_preference(ContactReading& reading, std::vector<Pending>& entries) {
  const auto rank = [&](const Pending& entry) {
    const Property& property = reading.property(entry.index);
    const int type = property.has_type("WORK") ? 0 : property.has_type("HOME") ? 1 : 2;
    return std::pair(property.preference(), type);
  };
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

bool has_scheme(std::string_view text, std::string_view scheme) {
  return to_lower_ascii(text.substr(0, scheme.size())) == scheme;
}

// --- EMAIL

void read_email(ContactReading& reading, std::size_t index, const Row&) {
  const Property& property = reading.property(index);
  if (property.has_type("X400")) return;
  std::string text = clean_text(unescape_text(property.value));
  while (has_scheme(text, "mailto:")) text = clean_text(std::string_view(text).substr(7));
  reading.emails.push_back({index, std::move(text)});
}

void write_email(ContactWriting& writing, const Row& row) {
  if (writing.text(row).empty()) return;
  Property property = make_text("EMAIL", writing.text(row));
  if (writing.version() != Version::V40) property.add_parameter("TYPE", "INTERNET");
  if (writing.group_of(row).front() == &row) property.add_parameter("TYPE", "PREF");
  writing.mark_place(property, row);
  writing.add(std::move(property), {row.column});
}

// --- IMPP

struct MessengerName {
  std::string_view property;
  std::string_view scheme;
};
constexpr std::array kMessengerNames{
    MessengerName{"X-AIM", "aim:"},
    MessengerName{"X-JABBER", "xmpp:"},
    MessengerName{"X-GOOGLE-TALK", "xmpp:"},
    MessengerName{"X-SKYPE", "skype:"},
    MessengerName{"X-SKYPE-USERNAME", "skype:"},
    MessengerName{"X-MSN", "msnim:"},
    MessengerName{"X-ICQ", "icq:"},
    MessengerName{"X-YAHOO", "ymsgr:"},
    MessengerName{"X-GADUGADU", "gg:"},
    MessengerName{"X-GROUPWISE", "groupwise:"},
    MessengerName{"X-QQ", "qq:"},
    MessengerName{"X-TELEGRAM", "telegram:"},
    MessengerName{"X-MATRIX", "matrix:"},
};

/// The generic scheme carries addresses that are no URI themselves. Source: RFC 3860.
constexpr std::string_view kPlainScheme = "im:";

/// `scheme:rest` in characters a URI may hold.
bool is_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2 || colon + 1 == text.size()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~:/?#[]@!$&'()*+=%").find(c) != std::string_view::npos;
  });
}

void read_messenger(ContactReading& reading, std::size_t index, const Row&) {
  const Property& property = reading.property(index);
  std::string text = clean_text(unescape_text(property.value));
  if (property.name == "IMPP") {
    if (has_scheme(text, kPlainScheme)) {
      text.erase(0, kPlainScheme.size());
      text = percent_decode(text, false).value_or(text);
    }
  } else if (text.find(':') == std::string::npos && !text.empty()) {
    for (const MessengerName& name : kMessengerNames)
      if (name.property == property.name) text.insert(0, name.scheme);
  }
  const auto known = [&](const Pending& other) { return equal_ignoring_ascii_case(other.text, text); };
  if (std::none_of(reading.messengers.begin(), reading.messengers.end(), known))
    reading.messengers.push_back({index, std::move(text)});
}

void write_messenger(ContactWriting& writing, const Row& row) {
  const std::string_view text = writing.text(row);
  if (text.empty()) return;
  Property property;
  property.name = "IMPP";
  const bool as_it_is = is_uri(text) && !has_scheme(text, kPlainScheme);
  property.value = as_it_is ? std::string(text) : std::string(kPlainScheme) + percent_encode(text);
  writing.mark_place(property, row);
  writing.add(std::move(property), {row.column});
}

// --- URL

void read_url(ContactReading& reading, std::size_t index, const Row&) {
  reading.urls.push_back({index, unescape_text(reading.property(index).value)});
}

void write_url(ContactWriting& writing, const Row& row) {
  if (writing.text(row).empty()) return;
  Property property;
  property.name = "URL";
  property.value = escape_uri(writing.text(row));
  writing.add(std::move(property), {row.column});
}

}  // namespace

const Codec kEmail{read_email, write_email};
const Codec kMessenger{read_messenger, write_messenger};
const Codec kUrl{read_url, write_url};

void resolve_emails(ContactReading& reading) {
  sort_by_preference(reading, reading.emails);
  fill(reading, reading.emails, kEmail);
}
void resolve_messengers(ContactReading& reading) {
  // IMPP is the standard's own: the X- names only repeat it in many programs.
  std::stable_sort(reading.messengers.begin(), reading.messengers.end(), [&](const auto& a, const auto& b) {
    return (reading.property(a.index).name == "IMPP") > (reading.property(b.index).name == "IMPP");
  });
  fill(reading, reading.messengers, kMessenger);
}
void resolve_urls(ContactReading& reading) {
  sort_by_preference(reading, reading.urls);
  fill(reading, reading.urls, kUrl);
}

}  // namespace gw::formats::vcard
